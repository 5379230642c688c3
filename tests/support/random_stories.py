"""Stories as editors type them, made at random from blocks and spans that stand in one another.

What docs/markdown.md lists as a difference between the engines is never typed here: an address with blanks, quotation
marks inside a caption, a `~` alone, a rule in a list. Nor is what no reader could follow: a note in the text of a link.
"""

import re
from collections.abc import Callable
from random import Random

_SAID = """
Chợ nổi họp sớm ghe chở khóm xoài về bến nước lên giá tăng gấp đôi bà Sáu nói “mừng lắm” hôm nay 5.000 đồng/kg, năm
2025. UBND tỉnh họp – dân chờ… 3 * 4 a_b_c cô Ba & con #chợ 50% (tạm tính) R&D 1. đầu [1] x < y; 5 km
"""
WORDS = _SAID.split()
PLAIN = [word for word in WORDS if word.isalpha()]
ADDRESSES = ("https://a.example/x?y=1&z=2", "/kinh-te/", "bai.md#neo", "<anh cho.jpg>", "cho_(1).jpg")
TITLES = ("", ' "Chú thích | Ảnh: An"', " 'Bến'", ' "a &amp; b"')
ATTRIBUTES = ("{.rong}", "{: .rong #neo }", "{width=300}", '{title="Bến xưa"}', "{red}", "{{ x }}", "{% x %}")
BARE = ("https://a.example/b_c", "www.a.example", "toa.soan@a.example")
OTHERS = [
    *(
        "<https://a.example>",
        "<an@a.example>",
        "[bến]",
        "[^1]",
        "[^chú]",
        "`a*b`",
        "<br>",
        "&nbsp;",
        "&copy; &lt;b&gt;",
    ),
    *("\\*không\\*", "\\[x]", "\\# a", "<!-- ẩn -->", "UBND", "HĐND.", "*", "_", "**", "`", "[", "![", "<", "|"),
    *ATTRIBUTES,
]
APART = re.compile(r"(?:\S*(?:://|www\.|@)\S*|<)$")
"""What nothing is typed directly behind."""


class Desk:
    """Types texts by the numbers that it is given."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def text(self) -> str:
        """A story of a few blocks, with what its blocks refer to."""
        blocks = [self.block(3) for _ in range(self.chance.randint(1, 4))]
        for written in (self._reference, self._note, self._abbreviation):
            if self.chance.random() < 0.4:
                blocks.insert(self.chance.randint(0, len(blocks)), written())
        return self._joined(blocks) + self.chance.choice(("", "\n"))

    def block(self, depth: int, *, in_item: bool = False) -> str:
        """A block; others stand in it as deep as `depth`."""
        simple = [self._paragraph, self._paragraph, self._heading, self._fence, self._table, self._html, self._terms]
        simple += [self._code] if in_item else [self._code, self._setext, self._rule]
        nesting = [self._items, self._items, self._quote, self._details] if depth else []
        chosen: Callable[..., str] = self.chance.choice([*simple, *nesting])
        return chosen(depth - 1) if chosen in nesting else chosen()

    def spans(self, depth: int = 2) -> str:
        """A line or a few of text."""
        said = self._span(depth)
        for _ in range(self.chance.randrange(6)):
            glue = (" ", " ", " ", " ", "\n", "", "  \n", "\\\n", ", ")
            said += self.chance.choice(glue[:5] if APART.search(said) else glue) + self._span(depth)
        return said

    def _line(self, depth: int = 1) -> str:
        return self.spans(depth).splitlines()[0]

    def _span(self, depth: int) -> str:
        if not depth or self.chance.random() < 0.4:
            return self._words(WORDS, 3)
        kind = self.chance.randrange(5)
        if kind < 2:
            return self._nested(self.spans(depth - 1))
        if kind == 2:
            return self._simple(self._words(PLAIN, 2))
        return self.chance.choice(OTHERS if kind == 3 else BARE)

    def _words(self, words: list[str], most: int) -> str:
        return " ".join(self.chance.choices(words, k=self.chance.randint(1, most)))

    def _nested(self, inner: str) -> str:
        linked = re.sub(r"[][<>]", "", inner)  # no link in a link
        return self.chance.choice([
            f"*{inner}*", f"**{inner}**", f"_{inner}_", f"__{inner}__", f"~~{inner.replace('~', '')}~~",
            f"<b>{inner}</b>", f"[{linked}]({self._target()})", f"**{inner}:**5",
        ])  # fmt: skip

    def _simple(self, words: str) -> str:
        given = self.chance.choice(ATTRIBUTES)
        return self.chance.choice([
            f"***{words}***", f"`{words}`", f"![{words}]({self._target()})", f"[{words}][bến]", f"*{words}*{given}",
            f'<span class="x">{words}</span>', f"[{words}](a.md){given}", f'<a href="b.md">{words}</a>', f"{words} **",
        ])  # fmt: skip

    def _target(self) -> str:
        return self.chance.choice(ADDRESSES) + self.chance.choice(TITLES)

    def _paragraph(self) -> str:
        return self.spans() + self.chance.choice(("", "", "", f"\n{self.chance.choice(ATTRIBUTES)}"))

    def _heading(self) -> str:
        ending = self.chance.choice(("", "", " ##", " {#neo}", " {: .lop }", " {.a .b}", " ## {.a}"))
        return f"{'#' * self.chance.randint(1, 4)} {self._line()}{ending}"

    def _setext(self) -> str:
        return f"{self.spans(1)}\n{self.chance.choice(('===', '---'))}"

    def _rule(self) -> str:
        return self.chance.choice(("---", "***", "* * *", "___"))

    def _fence(self) -> str:
        mark = self.chance.choice(("```", "~~~", "````"))
        info = self.chance.choice(("", "python", " sh", "{.py}", " {.py #ma}", "py title=x"))
        return f"{mark}{info}\n{self.chance.choice(('a < b', 'x = *1*', '{.y}', 'UBND', ''))}\n{mark}"

    def _code(self) -> str:
        return "    mã <b>\n    *x*"

    def _table(self) -> str:
        columns = self.chance.randint(1, 3)
        rows = [[self._line() for _ in range(columns)] for _ in range(self.chance.randint(2, 4))]
        rule = [self.chance.choice(("---", ":--", "--:", ":-:")) for _ in range(columns)]
        return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))

    def _html(self) -> str:
        inner = self.spans(1)
        return self.chance.choice([
            f"<div>\n{inner}\n</div>", f'<div class="hop">\n\n{inner}\n\n</div>', f'<p align="center">{inner}</p>',
            f'<figure><img src="a.jpg"><figcaption>{inner}</figcaption></figure>', f"<center>{inner}</center>",
            f'<div markdown="1">\n{inner}\n</div>', '<iframe src="https://www.youtube.com/embed/a"></iframe>',
            f"<!-- {inner} -->", "<hr>", f"<section>\n{inner}",
        ])  # fmt: skip

    def _terms(self) -> str:
        gap = self.chance.choice(("\n", "\n\n"))
        return self._line(0) + "".join(f"{gap}: {self.spans(1)}" for _ in range(self.chance.randint(1, 2)))

    def _items(self, depth: int) -> str:
        mark = self.chance.choice(("-", "*", "+", "1.", "2)"))
        numbered = mark[:-1].isdigit()
        written = []
        for index in range(self.chance.randint(1, 3)):
            own = f"{int(mark[:-1]) + index}{mark[-1]}" if numbered else mark
            written.append(f"{own} {_indented(self._item(depth), len(own) + 1)}")
        return self.chance.choice(("\n", "\n", "\n\n")).join(written)

    def _item(self, depth: int) -> str:
        first = self.chance.choice(("", "", "[ ] ", "[x] ")) + self.spans(1)
        return first if self.chance.random() < 0.5 else self._joined([first, self.block(depth, in_item=True)])

    def _quote(self, depth: int) -> str:
        alert = self.chance.choice(("", "", "[!NOTE]\n", "[!TIP] Mẹo riêng\n"))
        return "> " + (alert + self.block(depth)).replace("\n", "\n> ")

    def _details(self, depth: int) -> str:
        return f"<details>\n<summary>Thêm</summary>\n\n{self.block(depth)}\n\n</details>"

    def _reference(self) -> str:
        return f"[bến]: {self._target()}\n"

    def _note(self) -> str:
        blocks = [self.spans(1), self.block(1)][: self.chance.randint(1, 2)]
        return f"[^{self.chance.choice(('1', 'chú'))}]: {_indented(self._joined(blocks), 4)}"

    def _abbreviation(self) -> str:
        return self.chance.choice(("*[UBND]: Ủy ban nhân dân", "*[HĐND]: Hội đồng “nhân dân” & đoàn"))

    def _joined(self, blocks: list[str]) -> str:
        said = blocks[0]
        for block in blocks[1:]:
            said += self.chance.choice(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n")) + block
        return said


def _indented(text: str, width: int) -> str:
    return text.replace("\n", f"\n{' ' * width}")
