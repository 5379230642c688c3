"""Warnings about a story that is valid and may still be improved, for `newsgen check` and the preview."""

import re
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.nodes import walk_up
from newsgen.body.placeholders import LEFT_IN, OPENINGS
from newsgen.body.slips import describe_template_markup, find_template_markup
from newsgen.body.source_positions import Mentions
from newsgen.core.errors import Location, Problem, find_nearest
from newsgen.core.messages import Message, say
from newsgen.core.text import CURLY
from newsgen.model.manuscripts import ImageField, Manuscript
from newsgen.model.pictures import Picture
from newsgen.model.stories import Heading

SHOWN_PIXELS = 720
"""How wide the theme shows a picture in a story."""

TOO_MANY_TIMES = 4
"""A picture with more pixels than this many times those shown only costs time; screens have three a point at most."""

TITLE_LENGTH = 120
"""Characters of a headline after which search engines and readers' phones cut it."""

SHAPES, NEARLY = (1, 4 / 3, 16 / 9), 0.02
"""Width by height of the pictures that search engines ask for (Google Search Central), and how far one may be off."""

_MARKED = re.compile(
    r"\*\*[^*\n]+\*\*|!?\[[^][\n]+\]\([^()\s]+\)|`[^`\n]+`"
    r"|(?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\w*])|(?<!\w)_[^\s_](?:[^_\n]*[^\s_])?_(?!\w)"
)
"""Markdown in a text that is shown as it is."""
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_TURNING_BEGINS = b"\xe2"
"""The first byte of these characters in UTF-8, which is faster to find."""

_HEADING = re.compile(r"h[1-6]")
_BETWEEN_PEOPLE = re.compile(r"\s+(?:và|and|&)\s+")
_UNDERLINED = re.compile(
    r"""[^\n]*(?:\n(?![ ]{0,3}[-=])[^\n]+)*?(?<=[.!?…:;,”"»’])[*_ \t]*\n(?P<signs>-{2,}|={2,})[ \t]*$""", re.MULTILINE
)
"""The rest of a sentence, and the line below it that makes a heading of the paragraph (CommonMark, setext headings)."""


class Notes:
    """The warnings about one body, gathered while passes change it."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions, self.text = mentions, mentions.text
        self.found: list[Problem] = []

    def add(self, place: Location, rule: str, what: Message, fix: Message) -> None:
        """Add a warning."""
        self.found.append(Problem(place, rule, what, fix, "warning"))

    def check_picture(self, image: LexborNode, width: int | None) -> None:
        """Check the last picture that was counted: its alternative text, caption, credit, and width if it has one."""
        src = image.attrs.get("src") or ""
        if not (image.attrs.get("alt") or "").strip():
            what = say("the picture “{src}” has no words for those who cannot see it", src=src)
            fix = say("write what it shows: `![…]({src})`", src=_write_target(src))
            self.add(self.mentions.locate(src), "missing-alt", what, fix)
        if is_figure(image):
            caption, _, credit = (image.attrs.get("title") or "").partition("|")
            self._check_caption(src, caption.strip(), credit.strip())
        given = image.attrs.get("width") or ""
        shown = int(given) if given.isdecimal() and len(given) < 6 else SHOWN_PIXELS
        if size := _describe_large(width, shown):
            self.add(self.mentions.locate(src), "large-image", *size)

    def _check_caption(self, src: str, caption: str, credit: str) -> None:
        fix = say('write `![…]({src} "Caption | Credit")`', src=_write_target(src))
        if not caption:
            what = say("the picture “{src}” has no caption", src=src)
            self.add(self.mentions.locate(src), "missing-caption", what, fix)
        if not credit:
            what = say("the picture “{src}” does not say who took it", src=src)
            self.add(self.mentions.locate(src), "missing-credit", what, fix)

    def add_placeholder(self, place: Location, text: str) -> None:
        """Warn of a text that `newsgen new` wrote."""
        what = say("“{text}” was written by `newsgen new`", text=text)
        self.add(place, "placeholder", what, say("write your own, or delete it"))

    def check_text(self, place: Location, text: str) -> None:
        """Check a text of the front matter that readers see."""
        for found, name in find_template_markup(text) if "{" in text or "[" in text else ():
            self.add(place, "template-markup", *describe_template_markup(found, name or "…"))
        if (marked := _MARKED.search(text)) is not None:
            what = say("readers see `{text}` as it was typed: this field holds no Markdown", text=marked[0])
            self.add(place, "unread-markdown", what, say("write it without these signs"))
        if text in LEFT_IN:
            self.add_placeholder(place, text)

    def check_address(self, target: str, place: Location) -> None:
        """Check an address of another site."""
        if target.casefold().startswith("http:"):
            what = say("“{address}” is asked for without encryption", address=target)
            fix = say("write `https:`")
            if not (typed := self.mentions.get_spelling(target)).casefold().startswith("http:"):
                fix = say("write `{address}`", address=f"https://{typed}")
            self.add(place, "insecure-link", what, fix)

    def add_dead_anchor(self, target: str, known: Collection[str]) -> None:
        """Warn of the last link that was counted: its story has no such place. `known` are the places it has."""
        story, _, anchor = target.partition("#")
        what = say("the link “{name}” leads to no place in this story", name=self.mentions.get_spelling(target))
        if story:
            what = say("the link “{name}” leads to no place in that story", name=self.mentions.get_spelling(target))
        close = find_nearest(unquote(anchor), known)
        fix = say("name the place, such as a heading, with `{{{name}}}` at its end", name=f"#{anchor}")
        if close is not None:
            fix = say("did you mean `{name}`?", name=f"{story}#{close}")
        self.add(self.mentions.locate(target), "dead-anchor", what, fix)

    def check_headings(self, headings: Sequence[Heading], empty: Iterable[bool]) -> None:
        """Check the levels of the headings; `empty` says of each whether nothing stands below it."""
        above, at = 1, 0
        for is_empty, heading in zip(empty, headings, strict=True):
            found = self.text.find(heading.text[:40], at)
            at = found if found >= 0 else at
            place = self.mentions.locate_index(max(found, 0))
            is_marked = self.text[self.text.rfind("\n", 0, max(found, 0)) + 1 : max(found, 0)].lstrip().startswith("#")
            line = None if found < 0 or is_marked else _UNDERLINED.match(self.text, found + len(heading.text[:40]))
            if line is not None:
                self._add_sentence_heading(line)
            if heading.level > above + 1:
                values = {"text": heading.text, "level": str(heading.level), "above": str(above)}
                what = say("the heading “{text}” is of level {level} below one of level {above}", **values)
                self.add(place, "heading-jump", what, say("begin it with {marks}", marks="#" * (above + 1)))
            if is_empty:
                what = say("there is nothing below the heading “{text}”", text=heading.text)
                self.add(place, "empty-section", what, say("write it, or remove the heading"))
            above = heading.level

    def _add_sentence_heading(self, line: re.Match[str]) -> None:
        """Warn of a paragraph that became a heading because signs stand right below it."""
        place = self.mentions.locate_index(line.start("signs"))
        what = say("the sentence above became a heading, since `{signs}` stands right below it", signs=line["signs"])
        edits = (self.mentions.make_edit(line.start("signs"), line.start("signs"), "\n"),)
        fix = say("leave an empty line above `{signs}`", signs=line["signs"])
        self.found.append(Problem(place, "sentence-heading", what, fix, "warning", edits))

    def check_body(self, tree: LexborHTMLParser, words: int, *, has_absent: bool = False) -> None:
        """Check the body as a whole; `has_absent` says that missing pictures were removed from it."""
        if not words and not has_absent and tree.css_first("img, video, audio, iframe") is None:
            place = self.mentions.locate_index(0)
            self.add(place, "empty-story", say("this story has no text"), say("write it"))
        self.check_typed(self.text.encode("utf-8", "surrogatepass"))

    def check_typed(self, encoded: bytes) -> None:
        """Check the text as it was typed, here in UTF-8 too: what `newsgen new` wrote, and what hides in it."""
        for text in OPENINGS:
            if (at := self.text.find(text)) >= 0:
                self.add_placeholder(self.mentions.locate_index(at), text)
        if _TURNING_BEGINS in encoded and (turning := _TURNING.search(self.text)):
            self.add_direction(self.mentions.locate_index(turning.start()), turning[0])

    def add_direction(self, place: Location, character: str) -> None:
        """Warn of a character that changes the direction of a text."""
        what = say("the character U+{code:04X} turns the direction of the text around", code=ord(character))
        self.add(place, "hidden-direction", what, say("delete it"))


def note_taken_words(place: Location, names: Sequence[str]) -> list[Problem]:
    """A warning where some of alternative text, caption and credit, as named, were taken from a picture itself."""
    if not names:
        return []
    what = say("words of this picture ({names}) are taken from its file", names=", ".join(names))
    fix = say("read them on the page, and write your own in the story or in a sidecar where they do not fit")
    return [Problem(place, "words-from-file", what, fix, "warning")]


def find_front_matter_notes(manuscript: Manuscript, lead: Picture | None) -> list[Problem]:
    """The warnings about a story's front matter; `lead` is its lead picture if there is one."""
    notes = Notes(Mentions("", manuscript.source, 1))
    title, image = manuscript.title, manuscript.image
    place = Location(manuscript.source, *manuscript.get_place("title"))
    if len(title) > TITLE_LENGTH:
        fix = say("say it in at most {most}; the rest belongs into `summary`", most=TITLE_LENGTH)
        notes.add(place, "long-title", say("the title has {count} characters", count=len(title)), fix)
    for text in (title, manuscript.kicker):
        notes.check_text(place, text)
    if manuscript.has_lead:
        notes.check_text(Location(manuscript.source, *manuscript.get_place("summary")), manuscript.summary)
    _check_terms(notes, manuscript)
    if turning := _TURNING.search(title + manuscript.summary + manuscript.kicker):
        notes.add_direction(place, turning[0])
    if image is not None:
        _check_lead_picture(notes, manuscript.source, image, lead)
    return notes.found


def _check_terms(notes: Notes, manuscript: Manuscript) -> None:
    for field, terms in {"authors": manuscript.authors, **manuscript.terms}.items():
        names = [name for term in terms for name in _split_names(term.text, are_people=field == "authors")]
        fix = say("write `{field}: [{names}]`", field=field, names=", ".join(names))
        for term in terms:
            what = None
            if ";" in term.text:
                what = say("“{name}” is one name, with a semicolon in it", name=term.text)
            elif term.text[0] in CURLY and term.text[-1] in CURLY:
                what = say("the quotation marks of {name} are a part of the name", name=term.text)
            elif field == "authors" and len(_split_people(term.text)) > 1:
                what = say("“{name}” is one author, though it names several", name=term.text)
            if what is not None:
                notes.add(term.place(manuscript.source), "joined-tags", what, fix)


def _split_names(text: str, *, are_people: bool) -> list[str]:
    """The names that were meant by one term: it may hold several, or stand in quotation marks."""
    pieces = [piece.strip().strip(CURLY) for piece in text.split(";")]
    return [name for piece in pieces if piece for name in (_split_people(piece) if are_people else [piece])]


def _split_people(author: str) -> list[str]:
    """The people whom a byline names: two in “Hà My và Minh An”, while “Tài nguyên và Môi trường” is one paper."""
    names = _BETWEEN_PEOPLE.split(author)
    are_names = all(len(name.split()) > 1 and all(word[0].isupper() for word in name.split()) for name in names)
    return names if are_names else [author]


def _check_lead_picture(notes: Notes, source: str, image: ImageField, lead: Picture | None) -> None:
    place = image.references[0].place(source)
    alt, caption, credit = (lead.alt, lead.caption, lead.credit) if lead else (image.alt, image.caption, image.credit)
    for text in filter(None, (image.alt, image.caption, image.credit)):
        notes.check_text(place, text)
    for rule, given, what in (
        ("missing-alt", alt, say("the lead picture has no words for those who cannot see it")),
        ("missing-caption", caption, say("the lead picture has no caption")),
        ("missing-credit", credit, say("the lead picture has no word of who took it")),
    ):
        if not given:
            fix = say("write `{name}: …` below `src:` of `image:`", name=rule.removeprefix("missing-"))
            notes.add(place, rule, what, fix)
    for named in image.references:
        notes.check_address(named.text, named.place(source))
    if lead is None:
        return
    if size := _describe_large(lead.width, SHOWN_PIXELS):
        notes.add(place, "large-image", *size)
    files = [crop for crop in lead.crops if crop.file is None or crop.file.crop is None]
    if len(image.crops) != len(files):  # some are missing, or nobody may see them
        return
    for named, crop in zip(image.crops, files, strict=True):
        if crop.width and crop.height and not _has_usual_shape(crop.width, crop.height):
            pixels = {"width": crop.width, "height": crop.height}
            what = say("the crop “{name}” is {width}×{height} pixels", name=named.text, **pixels)
            fix = say("cut it to 1:1, 4:3 or 16:9, the shapes in which search engines show pictures")
            notes.add(named.place(source), "odd-crop", what, fix)


def _has_usual_shape(width: int, height: int) -> bool:
    """Whether a picture has a shape that search engines ask for."""
    return any(abs(width / height / shape - 1) < NEARLY for shape in SHAPES)


def _describe_large(width: int | None, shown: int) -> tuple[Message, Message] | None:
    if not width or width <= TOO_MANY_TIMES * shown:
        return None
    what = say("the picture is {width} pixels wide and is shown with {shown}", width=width, shown=shown)
    return what, say("save it with at most {most} pixels", most=3 * shown)


def _write_target(src: str) -> str:
    """An address as it is written in Markdown: between `<` and `>` where it holds a space."""
    return f"<{src}>" if " " in src else src


def is_figure(image: LexborNode) -> bool:
    """Whether a picture will be a figure: alone in its paragraph, or with its like."""
    node = next((around for around in walk_up(image) if around.tag != "a"), None)
    return node is not None and node.tag == "p" and not node.text().strip()


def is_empty_heading(node: LexborNode) -> bool:
    """Whether nothing follows a heading but another of its level or above, or the end."""
    following = node.next
    while following is not None and following.tag in ("-text", "_comment") and not following.text().strip():
        following = following.next
    if following is None:
        return True
    return bool(_HEADING.fullmatch(following.tag or "")) and (following.tag or "") <= (node.tag or "")
