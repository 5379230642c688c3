"""Broken articles without end: sound ones with bytes changed, pieces joined, structures nested, all from one seed."""

import random
from collections.abc import Callable, Iterator

HEADS = (
    "title: Nhãn muộn được mùa\ndate: 2022-08-07\ntags: [nhãn, 'xuất khẩu']\n",
    'title: "Cầu Lạc: ngày thông xe"\ndate: 2022-08-07 07:51 +07:00\nupdated: 2022-08-08\nauthors: [Thu Trang]\n',
    "title: Chợ phiên\ndate: 2022-08-07T07:51:00Z\nimage: {src: cho.png, alt: Chợ, caption: Phiên sớm, credit: Lan}\n",
    "title: Thông báo\ndate: 2022-08-07\nstatus: draft\nslug: thong-bao\nextra:\n  a: [1, {b: c}]\n  d: |\n    hai\n    dòng\n",
    "title: Mùa lũ\ndate: 2022-08-07\nexpires: 2032-01-01\nsection: xa-hoi\nsummary: >-\n  Nước lên\n  nhanh.\npin: true\n",
)
TOML = 'title = "Giá vải"\ndate = 2022-08-07\ntags = ["vải", "giá"]\n[extra]\na = [1, {b = "c"}]\n'
BODIES = (
    "Đoạn mở đầu của tin.\n\n## Mục một\n\n- một\n- hai\n\n> trích\n",
    'Xem [tin kia](mau.md) và <https://example.com/>.\n\n![Cầu](cau.png "Chú thích | Ảnh: An")\n',
    "| Mốc | Số |\n|---|--:|\n| a | 1 |\n\n```python\nx = 1\n```\n\nChữ[^1].\n\n[^1]: Chú.\n",
    '<details markdown="1"><summary>Thêm</summary>\n\n*a* **b**\n\n</details>\n\n*[UBND]: Ủy ban\n\nUBND {: .x #y }\n',
    '<iframe src="https://www.youtube.com/embed/x"></iframe>\n\n<video src="a.mp4" controls></video>\n\n[TOC]\n',
)
TOKENS = (
    *(
        "---\n",
        "+++\n",
        "---",
        "...\n",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a ",
        "!!python/object:os.system ",
        "<<: ",
    ),
    *(
        '"',
        "'",
        "|\n",
        ">\n",
        "#",
        " #",
        "%",
        "@",
        "`",
        "\t",
        "\r",
        "\r\n",
        "\n\n",
        "\n    ",
        "~",
        "null",
        "=",
        "? ",
        ",",
    ),
    *(
        "title",
        "date:",
        "2024-02-30",
        "0000-00-00",
        "99999-1-1",
        "-1",
        "1e999",
        "nan",
        ".inf",
        "0x1F",
        "0o7",
        "12:30",
        "yes",
    ),
    *(
        "\x00",
        "\x0b",
        "\x7f",
        "\x85",
        "\u2028",
        "\u200f",
        "\u202e",
        "\ufeff",
        "\ufffe",
        "\ufffd",
        "\U0010ffff",
        "é\u0302",
        "e\u0302\u0301",
    ),
    *(
        "<",
        ">",
        "</",
        "<script>",
        "</script>",
        "<svg onload=x>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<div>",
        "</p>",
    ),
    *(
        "&",
        "&#",
        "&#x;",
        "&#x110000;",
        "&amp;",
        "](",
        "![",
        "[^",
        "[^1]:",
        "[a]:",
        "*[",
        "]:",
        "{:",
        " }",
        "{: #",
        "$",
        "\\",
    ),
    *(
        "javascript:",
        "//",
        "../",
        "%2e%2e/",
        "%00",
        "file:///",
        "a.md",
        "cau.png",
        "http://[",
        "https://x:99999/",
        "mailto:",
    ),
    *(
        "***",
        "___",
        "~~~",
        "```",
        "`",
        "> ",
        "1. ",
        "   ",
        "|-|",
        "| ",
        "====\n",
        "----\n",
        "#" * 7,
        "[TOC]",
        "\x02",
        "\x03",
        "klzzwxh:0001",
    ),
)
REPEATED = (
    "[",
    "](",
    "[a",
    "![a](",
    "[^",
    "* ",
    "> ",
    "- ",
    "1. ",
    "*a_",
    "**",
    "`",
    "<div>",
    "<b>",
    "<![CDATA[",
    "<!--",
    "{",
    "&",
    "|a",
)
REPEATED += (
    "[a]: ",
    "\n[^1]: ",
    "~",
    '<a b="',
    "<details markdown=1>\n",
    "(",
    "\\",
    "a\n===\n",
    "*[a]: b\n",
    "\n: ",
    "[a][",
    "$",
    "    ",
)


def sound(dice: random.Random) -> str:
    """A sound article."""
    body = "\n".join(dice.sample(BODIES, dice.randint(1, 3)))
    if dice.random() < 0.15:
        return f"+++\n{TOML}+++\n{body}"
    return f"---\n{dice.choice(HEADS)}---\n{body}"


def _bytes_changed(dice: random.Random) -> bytes:
    raw = bytearray(sound(dice).encode())
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        at = dice.randrange(len(raw))
        match dice.randrange(5):
            case 0:
                raw[at] ^= 1 << dice.randrange(8)
            case 1:
                del raw[at : at + dice.choice((1, 1, 3, 40))]
            case 2:
                raw[at:at] = bytes(dice.randrange(256) for _ in range(dice.choice((1, 2, 8))))
            case 3:
                raw[at:at] = raw[(other := dice.randrange(len(raw))) : other + 30]
            case _:
                raw[at] = dice.choice(b"\x00\t\n\r \"'#&*-:<>[]`{|}\x7f\x80\xc3\xff")
        raw = raw or bytearray(b"x")
    return bytes(raw)


def _tokens_put_in(dice: random.Random) -> bytes:
    text = sound(dice)
    for _ in range(dice.choice((1, 2, 3, 8))):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(TOKENS) + text[at + dice.choice((0, 0, 1, 5)) :]
    return text.encode("utf-8", "surrogatepass")


def _value_replaced(dice: random.Random) -> bytes:
    name = dice.choice(
        ("title", "date", "slug", "tags", "image", "section", "authors", "status", "pin", "extra", "lang")
    )
    value = "".join(dice.choice(TOKENS) for _ in range(dice.randint(1, 6)))
    head = "".join(line + "\n" for line in dice.choice(HEADS).splitlines() if not line.startswith(name))
    return f"---\n{head}{name}: {value}\n---\n{dice.choice(BODIES)}".encode("utf-8", "surrogatepass")


def _soup(dice: random.Random) -> bytes:
    body = "".join(dice.choice(TOKENS) for _ in range(dice.randint(1, 60)))
    return f"---\n{dice.choice(HEADS)}---\n{body}".encode("utf-8", "surrogatepass")


def _nested(dice: random.Random) -> bytes:
    piece = dice.choice(REPEATED) * dice.choice((8, 30, 100, 400, 1500))
    if dice.random() < 0.3:
        return f"---\n{dice.choice(HEADS)}extra: {piece[:60_000]}\n---\nx\n".encode()
    return f"---\n{dice.choice(HEADS)}---\n{piece}{dice.choice(('', 'a', ')' * 50))}\n".encode()


def _stairs(dice: random.Random) -> bytes:
    step, mark = dice.choice((1, 2, 4)), dice.choice(("- a", "1. a", "> a", ": a", "a:"))
    return f"---\n{dice.choice(HEADS)}---\n{''.join(' ' * step * n + mark + chr(10) for n in range(dice.choice((20, 60, 120))))}".encode()


def _noise(dice: random.Random) -> bytes:
    return dice.randbytes(dice.choice((0, 1, 3, 50, 500)))


KINDS: tuple[tuple[Callable[[random.Random], bytes], int], ...] = (
    (_bytes_changed, 30),
    (_tokens_put_in, 25),
    (_value_replaced, 20),
    (_soup, 15),
    (_nested, 4),
    (_stairs, 2),
    (_noise, 4),
)


def broken_articles(seed: int, count: int) -> Iterator[bytes]:
    """That many files, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    kinds, weights = zip(*KINDS, strict=True)
    for _ in range(count):
        (kind,) = dice.choices(kinds, weights)
        yield kind(dice)
