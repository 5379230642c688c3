"""Field names of other programs (Hugo, Jekyll, Zola, Eleventy, Pelican, Nikola, Ghost, WordPress), and fixes."""

import re
from collections.abc import Collection

from newsgen.core.errors import MIN_LIKENESS, Edit, find_nearest
from newsgen.core.messages import say
from newsgen.core.schema import SWITCHES, Fix, rename_key
from newsgen.core.text import slugify
from newsgen.core.yaml_tree import TOML, Mapping, Node, Scalar, Sequence

_WORDS = {
    "title": "headline name posttitle tieude tit",
    "date": "publishdate pubdate published publishedat publishedon pubtime created createdat datecreated datepublished"
    " postdate firstpublished ngay ngaydang",
    "updated": "lastmod lastmodified lastmodifiedat lastupdated lastupdate modified modifiedat updatedat updateddate"
    " dateupdated datemodified postmodified revised edited",
    "expires": "expirydate expiry unpublishdate expiration expireson",
    "summary": "description excerpt abstract lead sapo subtitle subhead deck dek standfirst teaser intro customexcerpt"
    " metadescription postexcerpt blurb tomtat mota",
    "slug": "postname urlslug",
    "tags": "tag categories category keywords keyword topics topic labels label tukhoa the",
    "authors": "writer writers byline by creator contributor contributors tacgia nguoiviet",
    "image": "cover coverimage featuredimage featureimage featured_image thumbnail thumb banner headerimage hero"
    " heroimage previewimage ogimage picture photo anh hinh",
    "lang": "language locale langcode",
    "url": "permalink path link",
    "weight": "order menuorder navorder sortorder position thutu",
    "aliases": "redirectfrom redirectsfrom oldurls oldurl",
    "pin": "sticky featured pinned",
    "section": "chuyenmuc",
    "kicker": "eyebrow overline",
    "related": "relatedposts seealso",
}
MEANT = {word: name for name, words in _WORDS.items() for word in words.replace("_", "").split()}
"""newsgen's name for each field of other programs, whose names are in lower case without signs and accents."""

_SORTED = frozenset({"category", "categories"})
"""Names that may mean tags, sections or a taxonomy of the site."""

_LISTS = frozenset({"tags", "authors", "aliases", "related"})
_PICTURE = frozenset({"src", "alt", "caption", "credit", "focus", "crops"})


def mend_name(name: str, tree: Mapping, names: Collection[str]) -> Fix:
    """The fix of an unknown field: newsgen's name for it, a similar name, or a move to `extra`."""
    key, value = tree.entries[name]
    if name in _PICTURE and "image" in names:
        return _move_to_image(tree, key)
    plain = slugify(name).replace("-", "")
    free = [known for known in names if known not in tree.entries]
    status = _read_status(plain, value)
    if status and "status" in tree.entries:
        return _move_to_extra(tree, key, "status")
    if status and "status" in free:
        line, column = value.end
        entry = f'status = "{status}"' if key.syntax == TOML else f"status: {status}"
        edits = (Edit(key.line, key.column, line, column, entry),) if key.end[0] and line else ()
        return say("write `{name}`", name=entry), edits
    better = MEANT.get(plain)
    if plain in _SORTED and "tags" in free and _fits("tags", value):
        fix = say(
            "write `tags`, or `section` and `also_in` for sections; `taxonomies:` in newsgen.yaml makes other fields"
        )
        return fix, rename_key(key, "tags")
    if better is not None and better in free and _fits(better, value):
        return say("write `{better}`, which is what it is called here", better=better), rename_key(key, better)
    if better is None and (close := find_nearest(name, free, MIN_LIKENESS)) is not None:
        return say("did you mean `{name}`?", name=close), rename_key(key, close)
    return _move_to_extra(tree, key, better if better in tree.entries else None)


def _read_status(plain: str, value: Node) -> str:
    """The status that `draft: true` or `published: false` means; "" for any other field."""
    is_on = SWITCHES.get(value.text.casefold()) if isinstance(value, Scalar) else None
    if is_on is None or plain not in ("draft", "published"):
        return ""
    return "published" if (plain == "published") == (is_on == "true") else "draft"


def _fits(name: str, value: Node) -> bool:
    """Whether a value can stand under another name as it is."""
    if name in _LISTS and isinstance(value, Sequence):
        return all(isinstance(item, Scalar) for item in value.items)
    if not isinstance(value, Scalar):
        return False
    if name in ("aliases", "url"):
        return value.text.startswith("/") and ":" not in value.text
    if name == "weight":
        return re.fullmatch(r"-?\d{1,9}", value.text) is not None
    return value.text in ("true", "false") if name == "pin" else True


def _move_to_extra(tree: Mapping, key: Scalar, taken: str | None) -> Fix:
    """The fix that moves an unknown field to `extra`; `taken` is a field with its meaning that is there already."""
    fix = say("move it under `extra:`, or declare it in `fields:` of newsgen.yaml")
    if taken is not None:
        fix = say("`{name}` is there already: remove this, or move it under `extra:`", name=taken)
    if "extra" in tree.entries or not key.end[0]:
        return fix, ()
    if key.syntax == TOML:
        return fix, (Edit(key.line, key.column, key.line, key.column, "extra."),)
    if key.column != 1:
        return fix, ()
    last = _find_last_line(tree, key)
    begin = (Edit(key.line, 1, key.line, 1, "extra:\n  "),)
    return fix, begin + tuple(_indent(line) for line in range(key.line + 1, last + 1))


def _move_to_image(tree: Mapping, key: Scalar) -> Fix:
    """The fix that indents a field of a picture which was written beside `image:`."""
    if "image" not in tree.entries:
        return say("write `image:` above it, and two spaces before `{name}`", name=key.text), ()
    image, value = tree.entries["image"]
    if not isinstance(value, Scalar) or value.text or not key.end[0] or key.syntax == TOML:
        return say("write it under `image:`, with two spaces before `{name}`", name=key.text), ()
    edits: list[Edit] = []
    names = list(tree.entries)
    for name in names[names.index("image") + 1 :]:
        if name not in _PICTURE:
            break
        inner_key = tree.entries[name][0]
        edits += [_indent(line) for line in range(inner_key.line, _find_last_line(tree, inner_key) + 1)]
    is_among = any(edit.line == key.line for edit in edits) and image.column == key.column == 1
    fix = say("write two spaces before it: `{name}` belongs to `image`", name=key.text)
    return fix, tuple(edits) if is_among else ()


def _indent(line: int) -> Edit:
    return Edit(line, 1, line, 1, "  ")


def _find_last_line(tree: Mapping, key: Scalar) -> int:
    """The last line of a key's entry."""
    following = [other.line for other, _ in tree.entries.values() if other.line > key.line]
    return min(following) - 1 if following else _find_end(tree.entries[key.text][1])


def _find_end(node: Node) -> int:
    if isinstance(node, Scalar) or node.end[0]:
        return node.end[0] - (node.end[1] == 1 and node.end[0] > node.line)
    inner = node.items if isinstance(node, Sequence) else [value for _, value in node.entries.values()]
    return max([node.line, *map(_find_end, inner)])
