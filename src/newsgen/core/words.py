"""Split text into words: by its bytes, which is fast, where it is spelled plainly; else in every reading of it.

A line is odd if readers may see a word in it that its bytes do not spell: with escapes, tags or Markdown between
letters, or invisible characters. COARSE maps upper and lower case of Vietnamese letters to the same bytes, and makes
few other words alike.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from typing import AnyStr
from urllib.parse import unquote

from newsgen.core.plain_text import ASIDE, BLOCK, GAP, INVISIBLE, MARKUP, STOP, fold_readings
from newsgen.core.text import nfc

VIETNAMESE = "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
MARKS = "–—‘’“”…"
"""Punctuation of Vietnamese besides ASCII: all begin with the same two bytes in UTF-8."""

LETTER = rb"0-9A-Za-z\x80-\xff"
IN_TAG = rb"""[^<>"'&%\\\n]*"""
ONE_TAG = (
    rb"(?!!|/?(?:script|style|template|noscript|su[bp]|r[tp])\b)"
    + IN_TAG
    + rb"(?:\"[^\"<&%\\\n]*\""
    + IN_TAG
    + rb"|'[^'<&%\\\n]*'"
    + IN_TAG
    + rb")*>"
)
NO_WORD = rb"(?:[^" + LETTER + rb"<*~`\[\]{&%\\]|\Z)"
"""What ends a word, whatever markup is before it."""

GLUED_MARKUP = re.compile(
    rb"<(?<=[" + LETTER + rb"]<)(?!" + ONE_TAG + rb"(?:<" + ONE_TAG + rb")*" + NO_WORD + rb")", re.IGNORECASE
)
"""A tag, or what looks like one, between letters of what may be one word."""

MARKDOWN_GLUED = re.compile(
    rb"[*~`](?<=[" + LETTER + rb"].)[*~`]*(?!" + NO_WORD + rb"|[*~`])"
    rb"|\](?<=[" + LETTER + rb"].)[(\[]|\[(?<=[" + LETTER + rb"].)\^|\{(?<=[" + LETTER + rb"].)[:.#%]"
)
"""The same of Markdown and templates."""

MARKDOWN_SIGNS = (b"*", b"~", b"`", b"](", b"][", b"[^", b"{:", b"{.", b"{#", b"{%")
ASCII = bytes(range(128))
ODD = frozenset((*b"&%\\\0\xc2", *range(0xC7, 0xE1), *range(0xE2, 0x100)))
ORDINARY = bytes(set(range(256)) - ODD - set(b"\n*~`[]{"))
"""Bytes of lines that can be split the fast way: ASCII without escapes, Vietnamese letters."""

ORDINARY_ASCII = bytes(set(ORDINARY) & set(ASCII))
ORDINARY_LETTERS = bytes(set(ORDINARY) - set(ASCII))
ODD_REST = re.compile(rb"[^*~`\[\]{%]")
ESCAPED = re.compile(rb"%[0-9a-fA-F]{2}")
HARD = re.compile(rf"[\\\0{INVISIBLE}]")
"""What makes every reading of a text necessary, besides what can be decoded twice."""

OVER_LINES = re.compile(r"<[^>]*$|<!|<(?:script|style|template|noscript|su[bp]|r[tp])\b|\{[%#]", re.IGNORECASE)
"""Markup that may end in a later line."""

PLAIN_WORDS = re.compile(rf"[ 0-9a-z{VIETNAMESE}]+")
"""Words that the fast way finds, whatever their case."""

BARE = re.compile(r"</?(?!(?:script|style|template|noscript|su[bp]|r[tp])>)[a-zA-Z][\w:-]*>", re.IGNORECASE)
"""Tags without attributes."""

BREAK = f" {STOP} "

CLOSING_LINES = 20
FURTHEST = 100_000
PUNCTUATION = re.compile(rb"\xe2\x80[\x93-\xa6]|\xc3[\x97\xb7]|\xc2[\xa0-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf]")
"""Signs besides ASCII that separate words: dashes, curly quotes, dots, spaces that do not break, × and ÷."""


def _coarse() -> bytes:
    """Bytes as those of words: brackets and gaps are `<`, other signs of ASCII are spaces.

    Upper and lower case of Vietnamese letters are the same.
    """
    table = bytearray(range(256))
    for code in range(128):
        table[code] = ord(chr(code).lower()) if chr(code).isalnum() else 32
    table[30] = 30  # STOP
    for sign in (*map(ord, "<>()[]{}*~`"), 0):
        table[sign] = ord("<")
    for code in range(0x80, 0xC0):
        table[code] = code & 0xFE | 0x20
    table[0xAF] = table[0xB0] = table[0xB1] = table[0xAE]  # Ư and ư
    return bytes(table)


COARSE = _coarse()
BETWEEN = re.compile(r"[^\w\0-\x7f]+")
PARTS = re.compile(rf"[^\W_]+(?:{GAP}+[^\W_]+)+")
LONGEST = 30
SIGN = b"<"

FOREIGN = tuple(letter.encode() for letter in "ſßẞ")
"""Letters that equal some of ASCII when case is ignored."""

LEADS = (b"\xe1\xba", b"\xe1\xbb")
"""The first bytes of Vietnamese letters of three bytes."""


def coarsen(words: str) -> list[bytes]:
    """Words that are split already, in the form of `coarse_words`."""
    return [word.encode("utf-8", "surrogatepass").translate(COARSE) for word in words.split()]


def coarse_words(text: str, longest: int = LONGEST) -> list[bytes]:
    """The words of a text in every reading of it, and a SIGN where markup may be.

    Words that are spelled nearly alike are the same. Letters with markup between them are joined to words of at most
    `longest` letters.
    """
    texts = _read(text)
    glued = (found[0].replace(GAP, " ") for each in texts if GAP in each for found in PARTS.finditer(each))
    joined = [word for parts in glued for word in join_parts(parts.split(), longest)]
    return split_words(BETWEEN.sub(" ", "<".join((*texts, *joined))).encode("utf-8", "surrogatepass"))


def split_words(data: bytes) -> list[bytes]:
    """The words of Vietnamese text in UTF-8, with SIGNs between them, in the form of `coarse_words`."""
    words = remove_punctuation(data).translate(COARSE)
    return words.replace(SIGN, b" < ").replace(STOP.encode(), BREAK.encode()).split()


def remove_punctuation(data: bytes) -> bytes:
    """Text in UTF-8 with spaces in place of punctuation besides ASCII."""
    for sign in set(PUNCTUATION.findall(data.translate(None, ASCII))):
        data = data.replace(sign, b" ")
    return data


def _read(text: str) -> tuple[str, ...]:
    """The readings of a text: few where it has only entities, addresses and ordinary tags."""
    decoded = unquote(unescape(text)) if "&" in text or "%" in text else text
    is_glued = has_glued_markup(decoded.encode("utf-8", "surrogatepass"))
    is_hard = HARD.search(decoded) or OVER_LINES.search(decoded)
    if is_hard or (decoded != text and (is_glued or unquote(unescape(decoded)) != decoded)):
        return fold_readings(text)
    texts = [text] if decoded == text else [text, decoded]
    if is_glued:
        texts.append(MARKUP.sub(GAP, text))
    return tuple(nfc(each).casefold() for each in texts)


def has_glued_markup(data: bytes) -> bool:
    """Whether markup is between letters of what may be one word."""
    return GLUED_MARKUP.search(data) is not None or has_glued_markdown(data)


def has_glued_markdown(data: bytes) -> bool:
    """Whether Markdown or a template's markup is between letters of what may be one word."""
    return any(sign in data for sign in MARKDOWN_SIGNS) and MARKDOWN_GLUED.search(data) is not None


def join_parts(parts: Sequence[AnyStr], longest: int) -> Iterator[AnyStr]:
    """The words, of at most `longest` characters or bytes, that parts with markup between them can form."""
    for start in range(len(parts) - 1):
        word = parts[start]
        for part in parts[start + 1 :]:
            word += part
            if len(word) > longest:
                break
            yield word


def find_glued_markup(data: bytes) -> Iterator[int]:
    """The indexes of tags between letters of what may be one word."""
    return (match.start() for match in GLUED_MARKUP.finditer(data))


def separate_odd_lines(
    lines: list[bytes], find_glued: Callable[[bytes], Iterable[int]] = find_glued_markup, *, is_plain: bool
) -> tuple[list[bytes], list[bytes]]:
    """The odd lines, and the others; all are odd unless the words to find are plain (`is_plain`).

    `find_glued` gives the indexes of tags that make their lines odd.
    """
    data = b"\n".join(lines)
    if not lines or not is_plain or _has_foreign_letters(data.translate(None, ASCII)):
        return list(lines), []
    odd = {data[data.rfind(b"\n", 0, at) + 1 : _end_of_line(data, at)] for at in find_glued(data)}
    rest = PUNCTUATION.sub(b"", data.translate(None, ORDINARY_ASCII)).translate(None, ORDINARY_LETTERS).split(b"\n")
    odd.update(line for line, signs in zip(lines, rest, strict=True) if signs and _is_odd(line, signs))
    return list(odd), [line for line in lines if line not in odd]


def is_ordinary(data: bytes) -> bool:
    """Whether text in UTF-8 has no characters but ASCII, Vietnamese letters and punctuation."""
    rest = data.translate(None, ASCII)
    return not _has_foreign_letters(rest) and not PUNCTUATION.sub(b"", rest).translate(None, ORDINARY_LETTERS)


def strip_tags(data: bytes) -> bytes:
    """Text with STOPs in place of the tags of blocks, and spaces in place of other bare tags."""
    text = BLOCK.sub(_break, data.decode("utf-8", "replace"))
    return BARE.sub(" ", text).encode()


def _break(found: re.Match[str]) -> str:
    inside = found[1]
    return f" {STOP} {inside} {STOP} " if inside else BREAK


def _has_foreign_letters(data: bytes) -> bool:
    """Whether a text has characters that COARSE confuses with Vietnamese letters."""
    return data.count(b"\xe1") > sum(map(data.count, LEADS)) or any(letter in data for letter in FOREIGN)


def _is_odd(line: bytes, signs: bytes) -> bool:
    """Whether a line with these unusual signs is odd."""
    is_odd = ODD_REST.search(signs) or (b"%" in signs and ESCAPED.search(line))
    return bool(is_odd) or has_glued_markdown(line)


def _end_of_line(data: bytes, at: int) -> int:
    """The end of the line around an index."""
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end


def find_chunks(line: bytes, data: bytes) -> list[bytes]:
    """The line, or for a line that opens markup, wherever an output has it, all lines to the end of the markup."""
    text = unquote(unescape(line.decode("utf-8", "replace")))
    if not OVER_LINES.search(text) and not text.count('"') % 2 and not text.count("'") % 2:
        return [line]
    whole, chunks, at = b"\n%b\n" % data, [], -1
    while (at := whole.find(b"\n%b\n" % line, at + 1)) >= 0:
        chunks.append(_extend_to_end(whole, at + 1))
    return list(dict.fromkeys(chunks))


def _extend_to_end(data: bytes, start: int) -> bytes:
    """The lines from an index to the end of the markup that the first of them opens."""
    end = _end_of_line(data, start)
    tail = data[start : start + FURTHEST].decode("utf-8", "replace")
    size, lines = len(data[start:end].decode("utf-8", "replace")), 0
    for pattern in (MARKUP, ASIDE):
        for found in pattern.finditer(tail):
            if found.start() > size:
                break
            size = max(size, found.end())
    while lines < CLOSING_LINES and (at := tail.find("\n", size)) >= 0:
        said = unquote(unescape(tail[:size]))
        if said.rfind("<") <= said.rfind(">"):
            break
        size, lines = at + 1, lines + 1
    end = tail.find("\n", size)
    return tail[: end if end >= 0 else None].encode()
