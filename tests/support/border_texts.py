"""Texts at the borders of the grammar that both engines share, made at random: nearly all of a text is plain."""

from random import Random

_SAID = """
Chợ nổi họp sớm ghe chở khóm xoài về bến nước lên giá tăng gấp đôi bà Sáu nói hôm nay 5.000 đồng/kg năm 2025 họp dân
cô Ba con e\u0301 a\u0323\u0302 Đà đ 12 1.126 một hai ba
"""
WORDS = _SAID.split()
ADDRESSES = (
    "https://a.example/x", "/kinh-te/", "bai.md#neo", "a.md?x=1&y=2", "cho_noi.jpg", "x", "#neo", "a@b.example",
    "%C4%91", "cho_(1).jpg", "<a b>", "a b", "đò.md", "", "(a)", "a'b", "a*b*", "javascript:x", "data:x", "a;b",
    "&copy;", "a\\)b", "www.a", "a~b", "!a", "a(b", "file:x",
)  # fmt: skip
TITLES = (
    "",
    "",
    "",
    ' "Chú thích | Ảnh: An"',
    ' "a & b"',
    " 'Bến'",
    ' "a "b""',
    ' "*a* > _b_"',
    ' ""',
    '  "a"',
    ' "&amp;"',
    " (a)",
)
INSIDE = (
    "“a”", '"a"', "'a'", "a_b", "_a_", "__a__", "a*b*c", "3 * 4", "**", "*", "***a***", "*a **b** c*", "**a:** b",
    "**a**:", "a**b**", "**a **", "(*a*)", "“**a**”", "*a*b", "*“a”*", "**a.**b", "*a*", "**a b**", "*a,* b", "*a!*)",
    "*(a)*", "*a)* b", "*a*“", "*a*—", "—*a*", "/*a*/", "*a\u0301*", "*\u00a0a*", "\u00a0*a*", "*é*", "*1*", "*a*1",
    "*.a*", "a & b", "R&D", "&amp;", "&#60;", "&nbsp", "a; b & c", "<b>", "a < b", "a > b", "-> b", "`a`", "\\*", "~",
    "~~a~~", "{a}", "{.a}", "{", "https://a.example", "www.a.example", "WWW.a.example", "a@b.example", "http:",
    "a://b", "://", "xmpp:a", "ftp://a.b", "*www*.a.example", "[a]", "[^1]", "[a][b]", "[a]:", "[TOC]", "[ ]", "[x]",
    "![a]", "!", "!!", "[", "]", "](", ")", "(", "a|b", "|", "#", "a#", "#a", "##", "=", "==", "+", "-", "--", "---",
    "…", "...", ":", "::", ":::a", "(c)", "1.", "1)", "2025.", "a\u2028b", "a\u00a0b", "a\u3000b", "\u200b", "\ufeff",
    "\t", "a\tb", "\x0b", "\x0c", "\x1f", "\x85", "\x00", "\x02", "\x03", "\x7f", "\x01", "klzzwxh:0000", "عربي",
    "日本語。", "😀", "\u0301a", "¹", "²", "١", "①", "Ⅷ", "\U0001d7d9", "\ud800", "fi", "ß", "İ", "&", "&;", "'", '"',
    "”",    "“", "«a»", "·", "•", "–",
)  # fmt: skip
BEGINNINGS = (
    "", "", "", "", "", "", " ", "  ", "    ", "\t", "\u00a0", "\u3000", "# ", "## ", "### ", "###### ", "####### ",
    "#", "##", "#  ", "# # ", "- ", "- ", "* ", "* ", "+ ", "-", "*", "+", "-  ", "-\t", "- - ", "- # ", "- > ",
    "- 1. ", "-     ", "* * ", "1. ", "2. ", "1) ", "1.", "3) ", "01. ", "10. ", "1234567890. ", "12.", "1.5 ",
    "2025 ", "2025. ", "١. ", "0. ", "> ", "> ", ">", ">  ", "> > ", "> - ", "> # ", ">     ", "> 1. ", "= ", "| ",
    ": ", ":", "~ ", "_", "__", "**", "***", "! ", "!", "[", "![", "[a]: ", "[^1]: ", "*[A]: ", "\ufeff",
    "> [!NOTE] ", "- [ ] ", "- [x] ", "[x] ", "{: .a }", "\u2028", "\x0b", "\u200b", "· ", "• ", "– ", "§ ", "\x85",
    "> * ", "* # ", "> ! ",
)  # fmt: skip
ENDINGS = (
    "",
    "",
    "",
    "",
    "",
    "",
    " ",
    "  ",
    "\\",
    "\t",
    " #",
    "#",
    " ##",
    "\u00a0",
    "\u3000",
    "\u2028",
    "{.a}",
    "  {.a}",
    " |",
    "\x85",
    ":",
    "*",
    "_",
)
WHOLE = (
    "---", "***", "===", "=", "-", "- ", "*", "+", "1.", ">", "> ", "", " ", "\t", "```", "~~~", "    a", "<br>",
    "---|---", "|-|", "#", "##", "# #", "[a]: b", "*[A]: b", "{: .a }", "[TOC]", ">\n>", "-\n  a", "\u00a0", "\u3000",
    "\x0c", "&nbsp;", "\\", "___", "- - -", "--", "==",
)  # fmt: skip
"""Lines that may be a block of their own."""
JOINS = ("\n\n", "\n\n", "\n\n", "\n", "\n", "\n\n\n", "\n \n", "\r\n", "\r\n\r\n", "\r", "\n\t\n", "\n\u00a0\n")


class BorderTexts:
    """Makes texts by the numbers that it is given, with something odd in about half of them."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.oddness = chance.choice((0.0, 0.01, 0.05, 0.2))

    def make(self) -> str:
        """A text of a few blocks."""
        text = self._block()
        for _ in range(self.chance.randrange(6)):
            text += self._pick(JOINS, "\n\n") + self._block()
        if self._is_odd():
            at = self.chance.randrange(len(text) + 1)
            text = (
                text[:at]
                + self.chance.choice((*INSIDE, *BEGINNINGS, *WHOLE, *JOINS))
                + text[at + self.chance.randrange(3) :]
            )
        return self._pick(("", "\n", " "), "") + text + self._pick(("", "\n", " \n", "\n\n"), "\n")

    def _is_odd(self) -> bool:
        return self.chance.random() < self.oddness

    def _pick(self, odd: tuple[str, ...], plain: str) -> str:
        return self.chance.choice(odd) if self._is_odd() else plain

    def _block(self) -> str:
        if self._is_odd():
            return self.chance.choice(WHOLE)
        kind = self.chance.randrange(8)
        if kind == 0:
            return f"{'#' * self.chance.randint(1, 6)} {self._line()}"
        if kind == 1:
            mark = self.chance.choice("-*+")
            return "\n".join(
                f"{self._pick(BEGINNINGS, f'{mark} ')}{self._line()}" for _ in range(self.chance.randint(1, 4))
            )
        if kind == 2:
            first, mark = self.chance.choice((0, 1, 1, 3)), self.chance.choice(".)")
            return "\n".join(f"{first + number}{mark} {self._line()}" for number in range(self.chance.randint(1, 3)))
        if kind == 3:
            return "\n".join(
                f"> {self._line()}" if self.chance.random() < 0.8 else ">" for _ in range(self.chance.randint(1, 4))
            )
        return self._pick(("\n", "\n\n", "  \n"), "\n").join(
            self._line() for _ in range(self.chance.choice((1, 1, 1, 2, 3)))
        )

    def _line(self) -> str:
        words = [self._span() for _ in range(self.chance.randint(1, 6))]
        said = words[0]
        for word in words[1:]:
            said += self._pick(("", "  ", "\u00a0", "\t"), " ") + word
        return self._pick(BEGINNINGS, "") + said + self._pick(ENDINGS, "")

    def _span(self) -> str:
        if self._is_odd():
            return self.chance.choice(INSIDE)
        words = " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 3)))
        match self.chance.randrange(10):
            case 0:
                return f"**{words}**{self._pick(INSIDE, self.chance.choice(('', '.', ',', ':')))}"
            case 1:
                return f"*{words}{self.chance.choice(('', '', ':', '.'))}*"
            case 2:
                image = self.chance.choice(("", "", "!"))
                return (
                    f"{image}[{self._pick(INSIDE, words)}]({self.chance.choice(ADDRESSES[:9])}{self._pick(TITLES, '')})"
                )
            case 3:
                return f"[{words}]({self._pick(ADDRESSES, 'a.md')}{self._pick(TITLES, TITLES[3])})"
            case 4:
                return self.chance.choice(
                    (
                        "“a”",
                        '"a b"',
                        "(a)",
                        "a,",
                        "b.",
                        "c:",
                        "1.126",
                        "10",
                        "'a'",
                        "a > b",
                        "a & b",
                        "#a",
                        "a-b",
                        "50%",
                    )
                )
        return words
