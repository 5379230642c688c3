"""One broken site for every rule: what is in it, where the fault is told, and how its fix is applied."""

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from click.testing import CliRunner

from builders import CONFIG, article_source, config_source, page_source, png, site_folder
from newsgen.cli import main
from newsgen.core.errors import Location, Problem, apply_edits
from newsgen.core.messages import decode_message
from pictures_with_words import make_iim, put_into_jpeg
from recordings import silence

A = "content/kinh-te/a.md"
PLAIN = {
    f"templates/{name}.html": "{{ body.html if body is defined }}"
    for name in ("home", "listing", "article", "page", "archive", "404")
}
"""Templates that are quickly read; the theme's own are tested elsewhere."""

ENGLISH_TOO = config_source("languages: {en: {title: Lạc Giang News}}")
OTHER = {"content/kinh-te/khac.md": article_source(title="Tin khác")}
COVER = png(1400, 1400, is_grey=False)
Mend = Callable[[Path, Problem], None]


@dataclass(frozen=True)
class Case:
    """A site with one fault, of `rule` at `place`, and how an editor mends it. `code` is what the command ends with."""

    rule: str
    place: str
    files: Mapping[str, str | bytes]
    mend: Mend
    code: int = 1
    config: str = CONFIG
    command: tuple[str, ...] = ("build",)
    prepare: Callable[[Path], None] = field(default=lambda site: None)

    def make(self, folder: Path) -> Path:
        """The site in a folder."""
        site = site_folder(folder, {**PLAIN, **OTHER, **self.files}, self.config)
        self.prepare(site)
        return site


def _line(site: Path, problem: Problem, change: Callable[[str], str]) -> None:
    """Change the line that a problem names."""
    path = site / problem.location.path
    lines = path.read_text("utf-8").split("\n")
    lines[problem.location.line - 1] = change(lines[problem.location.line - 1])
    path.write_text("\n".join(lines), "utf-8")


def _ticked(problem: Problem) -> str:
    """What the fix says in backticks."""
    found = re.search(r"`(.+?)`", problem.fix)
    assert found, problem.fix
    return found[1]


def paste(site: Path, problem: Problem) -> None:
    """Put the line that the fix quotes after a colon in place of the one named."""
    _, _, line = problem.fix.partition(": ")
    _line(site, problem, lambda old: re.match(r"\s*", old)[0] + line)


def write_line(site: Path, problem: Problem) -> None:
    """Put what the fix says in backticks, a whole `name: value`, in place of the line named."""
    _line(site, problem, lambda old: re.match(r"\s*", old)[0] + _ticked(problem))


def write_value(site: Path, problem: Problem) -> None:
    """Put what the fix says in backticks from the column named to the line's end."""
    _line(site, problem, lambda old: old[: problem.location.column - 1] + _ticked(problem))


def write_word(site: Path, problem: Problem) -> None:
    """Put what the fix says in backticks in place of the word at the column named."""
    at = problem.location.column - 1
    _line(site, problem, lambda old: old[:at] + re.sub(r"^[\w-]+", _ticked(problem), old[at:]))


def write_named(site: Path, problem: Problem) -> None:
    """Put what the fix says in backticks in place of what the message quotes."""
    quoted = re.search("“(.+?)”", problem.what)
    _line(site, problem, lambda old: old.replace(quoted[1], _ticked(problem)))


def add_line(value: str) -> Mend:
    """Add the line that the fix names, with a value, after the first one."""

    def mend(site: Path, problem: Problem) -> None:
        line = _ticked(problem).replace("…", value)
        _line(site, problem, lambda old: f"{line}\n{old}")

    return mend


def delete_character(site: Path, problem: Problem) -> None:
    """Delete the character at the place named."""
    at = problem.location.column - 1
    _line(site, problem, lambda old: old[:at] + old[at + 1 :])


def delete_line(site: Path, problem: Problem) -> None:
    """Delete the line named."""
    path = site / problem.location.path
    lines = path.read_text("utf-8").split("\n")
    del lines[problem.location.line - 1]
    path.write_text("\n".join(lines), "utf-8")


def edit(old: str, new: str, path: str = "") -> Mend:
    """Change a text in the file named, or in another: the fix is a sentence."""

    def mend(site: Path, problem: Problem) -> None:
        file = site / (path or problem.location.path)
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return mend


def remove(site: Path, problem: Problem) -> None:
    """Delete the file or folder named."""
    path = site / problem.location.path
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def rename(new: str) -> Mend:
    """Give the file named another name."""
    return lambda site, problem: (site / problem.location.path).rename((site / problem.location.path).parent / new)


def make_edits(site: Path, problem: Problem) -> None:
    """Make the edits that `newsgen check --json` has for the problem."""
    done = CliRunner().invoke(main, ["--site", str(site), "check", "--json", "--at", "2022-08-09"])
    told = [msgspec.convert(one, Problem, dec_hook=decode_message) for one in json.loads(done.stdout)["problems"]]
    edits = next(one.edits for one in told if (one.location, one.rule) == (problem.location, problem.rule))
    path = site / problem.location.path
    path.write_text(apply_edits(path.read_text("utf-8"), edits), "utf-8")


def save_as_utf8(site: Path, problem: Problem) -> None:
    """Save the file named as UTF-8; it was Latin-1."""
    path = site / problem.location.path
    path.write_bytes(path.read_bytes().decode("latin-1").encode())


def write_config(site: Path, problem: Problem) -> None:
    """Make the folder a site."""
    (site / "newsgen.yaml").write_text(CONFIG, "utf-8")


def write_article(site: Path, problem: Problem) -> None:
    """Write a first article."""
    site_folder(site, {A: article_source()}, (site / "newsgen.yaml").read_text("utf-8"))


def in_head(rule: str, place: str, *lines: str, mend: Mend, code: int = 1, **more: str) -> Case:
    """A case of an article with these lines in its front matter."""
    return Case(rule, f"{A}:{place}", {A: article_source(*lines, **more)}, mend, code)


def in_body(rule: str, place: str, body: str, mend: Mend, code: int = 1, **more: object) -> Case:
    """A case of an article with this text."""
    files = {A: article_source(body=body), "content/kinh-te/cau.png": png()}
    return Case(rule, f"{A}:{place}", files, mend, code, **more)  # type: ignore[arg-type]


def in_file(rule: str, path: str, place: str, given: str | bytes, mend: Mend, code: int = 1) -> Case:
    """A case of another file."""
    return Case(rule, f"{path}:{place}", {A: article_source(), path: given}, mend, code)


def shown_in(rule: str, name: str, place: str, files: Mapping[str, str], mend: Mend) -> Case:
    """A case of a table that a story shows: the files stand beside it."""
    story = {A: article_source(body="![Giá](gia.csv)\n")}
    beside = {f"content/kinh-te/{name}": text for name, text in files.items()}
    return Case(rule, f"content/kinh-te/{name}:{place}", {**story, **beside}, mend)


def prepared(rule: str, path: str, prepare: Callable[[Path], None], mend: Mend = remove) -> Case:
    """A case that needs more than files."""
    return Case(rule, f"{path}:1:1", {A: article_source()}, mend, prepare=prepare)


def _without_config(site: Path) -> None:
    (site / "newsgen.yaml").unlink()


def _without_articles(site: Path) -> None:
    shutil.rmtree(site / "content")
    (site / "content").mkdir()


FRONT_MATTER = [
    Case("no-config", "newsgen.yaml:1:1", {}, write_config, 2, prepare=_without_config),
    Case("bad-setting", "newsgen.yaml:3:11", {}, write_line, 2, config_source("timezone: Asia/Ho_Chi_Min")),
    in_file("empty-file", "content/kinh-te/b.md", "1:1", "", remove),
    in_file("no-front-matter", "content/b.md", "1:1", "Chữ.\n", edit("Chữ.", article_source(title="Chữ"))),
    in_file("no-front-matter", "content/b.md", "4:1", "---\ntitle: B\ndate: 2022-08-07\n----\nx\n", write_value),
    in_file("no-front-matter", "content/b.md", "1:1", "---\ntitle: B\ndate: 2022-08-07\n\nx\n", make_edits),
    in_file("missing-key", "content/b.md", "2:1", "---\ntitle: B\n---\nx\n", add_line("2022-08-07")),
    in_head("unknown-key", "4:1", "kiker: Nóng", mend=write_word),
    in_head("duplicate-key", "4:1", "title: Hai", mend=delete_line),
    in_head("bad-url", "4:6", "url: tin/cu.html", mend=make_edits),
    in_head("bad-url", "4:6", "url: /_headers", mend=edit("/_headers", "/headers/")),
    in_head("bad-guid", "4:7", "guid: 4711", mend=edit("4711", "urn:old:4711")),
    Case(
        "duplicate-guid",
        "content/xa-hoi/b.md:4:7",
        {
            A: article_source("guid: urn:old:4711"),
            "content/xa-hoi/b.md": article_source("guid: urn:old:4711", title="Khác"),
        },
        edit("4711", "4712"),
    ),
    in_head("bad-alias", "4:11", "aliases: [/cu.html?id=3]", mend=edit("?id=3", "")),
    in_head("bad-value", "4:6", "pin: có", mend=write_line),
    in_head("unknown-key", "4:1", "draft: true", mend=write_line),
    in_head("unknown-key", "4:1", "description: Lời dẫn", mend=write_word),
    in_head("unknown-key", "4:1", "layout: post", mend=make_edits),
    in_head("wrong-type", "4:9", "status: pubished", mend=write_line),
    in_head("bad-value", "3:7", date="12/08/2022", mend=write_value),
    in_head("bad-value", "3:7", date="2022-02-30", mend=write_value),
    in_head("bad-value", "3:7", date="2022-8-7 7:51", mend=write_value),
    in_head("bad-value", "3:7", date="2022-08-07 8h30", mend=write_value),
    in_head("bad-value", "4:7", "tags: [giá: vải, nhãn]", mend=write_value),
    in_head("bad-value", "3:7", date="1822-08-07", mend=edit("1822", "2022")),
    Case(
        "same-part",
        f"{A}:4:9",
        {
            A: article_source("series: {name: Sông, part: 2}", date="2022-08-08"),
            "content/xa-hoi/b.md": article_source("series: {name: sông, part: 2}", title="Khác"),
        },
        edit("part: 2", "part: 3"),
        0,
    ),
    in_head("html-entity", "2:8", title="R&amp;D và AT&#38;T", mend=make_edits, code=0),
    in_head("updated-before-date", "4:10", "updated: 2021-01-01", mend=edit("2021", "2023")),
    in_head("bad-slug", "4:7", "slug: Giá Vải", mend=write_line),
    in_head("bad-slug", "4:7", "slug: con", mend=write_line),
    in_head("empty-slug", "4:8", "tags: [😀]", mend=edit("😀", "vui")),
    in_head("bad-section", "4:10", "section: ../../etc", mend=edit("../../etc", "kinh-te")),
    in_body("bad-address", "5:5", "[x](//[x)\n", write_named),
    Case(
        "missing-image",
        f"{A}:4:8",
        {A: article_source("image: cua.png"), "content/kinh-te/cau.png": png()},
        write_value,
    ),
    Case(
        "not-a-picture",
        f"{A}:4:8",
        {A: article_source("image: bang.docx"), "content/kinh-te/bang.docx": b"PK", "content/kinh-te/cau.png": png()},
        edit("bang.docx", "cau.png"),
    ),
    Case(
        "not-alone",
        f"{A}:5:12",
        {A: article_source(body="Xem ![Giá](gia.csv) nhé.\n"), "content/kinh-te/gia.csv": "Tỉnh,Giá\nA,1\n"},
        edit("![Giá]", "[Giá]"),
    ),
    Case(
        "bad-geojson",
        "content/kinh-te/a.geojson:1:34",
        {
            A: article_source(body="![Bến](a.geojson)\n"),
            "content/kinh-te/a.geojson": '{"type": "Point", "coordinates": [21.03, 105.85]}',
        },
        edit("[21.03, 105.85]", "[105.85, 21.03]"),
    ),
    Case(
        "bad-captions",
        "content/kinh-te/a.vtt:3:1",
        {
            A: article_source(body="![Hợp long](a.webm)\n"),
            "content/kinh-te/a.webm": b"\x1aE\xdf\xa3",
            "content/kinh-te/a.vtt": "WEBVTT\n\n00:00:01,500 --> 00:00:02,500\nNước lên\n",
        },
        make_edits,
    ),
    Case(
        "broken-file",
        f"{A}:5:15",
        {A: article_source(body="![Nghị quyết](a.pdf)\n"), "content/kinh-te/a.pdf": "<html>"},
        lambda site, problem: site_folder(site, {"content/kinh-te/a.pdf": "%PDF-1.7"}),
    ),
    Case(
        "unknown-form",
        f"{A}:5:8",
        {A: article_source(body="![Giá](gia.csv#tron)\n"), "content/kinh-te/gia.csv": "Tỉnh,Giá\nA,1\n"},
        edit("#tron", "#cot"),
    ),
    shown_in("bad-cell", "gia.csv", "2:3", {"gia.csv": "Tỉnh,Giá\nA,1.234\n"}, edit("1.234", "1234")),
    shown_in(
        "table-size",
        "gia.csv",
        "502:1",
        {"gia.csv": "Tỉnh,Giá\n" + "A,1\n" * 501},
        lambda site, problem: site_folder(site, {"content/kinh-te/gia.csv.yaml": _ticked(problem)}),
    ),
    shown_in(
        "unknown-column",
        "gia.csv.yaml",
        "1:11",
        {"gia.csv": "Tỉnh,Giá\nA,1\n", "gia.csv.yaml": "columns: [Gía]\n"},
        edit("Gía", "Giá"),
    ),
    Case(
        "private-data",
        "static/kho/ban-do.tif:1:1",
        {"static/kho/ban-do.tif": b"II*\0"},
        lambda site, _problem: (site / "static/kho/ban-do.tif").unlink(),
    ),
    Case(
        "script-in-file",
        "content/kinh-te/cau.svg:2:1",
        {
            A: article_source(body="![cầu](cau.svg)\n"),
            "content/kinh-te/cau.svg": '<svg xmlns="http://www.w3.org/2000/svg">\n<script/></svg>',
        },
        edit("<script/>", ""),
    ),
    Case(
        "no-consent",
        f"{A}:4:8",
        {
            A: article_source("image: cau.png"),
            "content/kinh-te/cau.png": png(),
            "content/kinh-te/cau.png.yaml": "consent: false\n",
            "content/kinh-te/cho.png": png(),
        },
        edit("cau.png", "cho.png"),
        0,
    ),
    Case(
        "no-crop",
        f"{A}:4:34",
        {
            A: article_source("image: {src: do-thi.svg, crops: [1:1]}"),
            "content/kinh-te/do-thi.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"/>',
        },
        edit("crops: [1:1]", "crops: []"),
        0,
    ),
    Case(
        "lost-sidecar",
        "content/kinh-te/cua.png.yaml:1:1",
        {"content/kinh-te/cua.png.yaml": "credit: An\n"},
        lambda site, _problem: (site / "content/kinh-te/cua.png.yaml").unlink(),
        0,
    ),
    Case(
        "lost-sidecar",
        "content/kinh-te/cua.png.yaml:1:1",
        {"content/kinh-te/cua.png.yaml": "consent: false\n", "content/kinh-te/cau.png": png()},
        lambda site, problem: (site / problem.location.path).rename(site / "content/kinh-te" / _ticked(problem)),
    ),
    in_head("missing-related", "4:11", "related: [khong-co.md]", mend=edit("khong-co.md", "kinh-te/khac.md")),
    Case(
        "other-language",
        f"{A}:4:11",
        {A: article_source("related: [en/a.md]"), "content/en/a.md": article_source(title="Longan")},
        edit("[en/a.md]", "[kinh-te/khac.md]"),
        config=ENGLISH_TOO,
    ),
    Case("unknown-language", f"{A}:4:7", {A: article_source("lang: fr")}, write_line, config=ENGLISH_TOO),
    Case(
        "language-folder",
        "content/en/a.md:4:7",
        {"content/en/a.md": article_source("lang: vi", title="Longan")},
        write_line,
        config=ENGLISH_TOO,
    ),
    Case(
        "language-folder",
        "content/kinh-te/khac.en.md:4:7",
        {"content/kinh-te/khac.en.md": article_source("lang: vi", title="Longan")},
        write_line,
        config=ENGLISH_TOO,
    ),
    Case(
        "ambiguous-related",
        f"{A}:4:11",
        {A: article_source("related: [tin-khac]"), "content/xa-hoi/khac.md": article_source(title="Tin khác")},
        edit("[tin-khac]", "[xa-hoi/khac.md]"),
    ),
    Case(
        "duplicate-address",
        "content/kinh-te/b.md:2:8",
        {A: article_source(), "content/kinh-te/b.md": article_source()},
        edit("---\ntitle", "---\nslug: khac-han\ntitle"),
    ),
    in_head("front-matter-size", "1:1", f"summary: {'a ' * 550_000}", mend=edit("a " * 550_000, "a")),
]

YAML = [
    in_head("yaml-colon", "2:18", title="Nghị quyết: mười điểm", mend=paste),
    in_head(
        "yaml-colon", "3:10", title="Nghị quyết\n  số mười: mới", mend=edit("Nghị quyết\n  số mười: mới", "'a: b'")
    ),
    in_head("yaml-comment", "2:20", title="Giá vải lên # mạnh", mend=paste, code=0),
    in_head("yaml-comment", "4:9", "kicker: #nong", mend=paste, code=0),
    *(
        in_head("yaml-quotes", place, title=title, mend=paste)
        for title, place in [("%30 hộ", "2:8"), ("@bao", "2:8"), ('"Sông" cạn', "2:15"), ("'Sông' cạn", "2:15")]
    ),
    in_head("yaml-quotes", "2:14", title="[Ảnh] Chợ phiên", mend=paste),
    in_head("yaml-quotes", "2:8", title='"Chưa đóng', mend=paste),
    in_head("yaml-space", "4:7", "kicker:Nóng", mend=paste),
    in_head("yaml-space", "4:7", "kicker:\xa0Nóng", mend=paste),
    in_head("yaml-space", "4:1", " kicker: Nóng", mend=make_edits),
    in_head("yaml-tab", "4:1", "\tkicker: a", mend=edit("\tkicker", "kicker")),
    in_head("yaml-syntax", "4:7", "tags: [a, b", mend=paste),
    in_head("yaml-anchor", "2:8", title="&neo Chợ", mend=lambda site, p: paste(site, _after_or(p))),
    in_head("yaml-alias", "2:8", title="*neo", mend=lambda site, p: paste(site, _after_or(p))),
    in_head("yaml-tag", "2:8", title="!neo Chợ", mend=lambda site, p: paste(site, _after_or(p))),
    in_head("yaml-merge", "5:3", "extra:", "  <<: {a: 1}", mend=edit("<<: {a: 1}", "a: 1")),
    in_head("yaml-key", "5:3", "extra:", "  [a]: 1", mend=edit("[a]", "a")),
    in_file("yaml-documents", "data/a.yaml", "2:1", "a: 1\n---\nb: 2\n", delete_line),
    in_head("yaml-depth", "4:39", f"extra: {'[' * 40}{']' * 40}", mend=edit("[" * 40 + "]" * 40, "{a: [1]}")),
    in_head("yaml-size", "4:199980", f"tags: [{'aa, ' * 50_001}]", mend=edit("aa, " * 50_001, "a")),
    in_file(
        "toml-syntax",
        "content/b.md",
        "2:9",
        "+++\ntitle = Chợ\ndate = 2022-08-07\n+++\nx\n",
        edit("= Chợ", '= "Chợ"'),
    ),
]


def _after_or(problem: Problem) -> Problem:
    """The problem with only the second half of its fix, the line in quotes."""
    return Problem(problem.location, problem.rule, problem.what, problem.fix.partition(", or ")[2])


STORIES = [
    in_body("dead-link", "5:5", "[x](khca.md)\n", write_named),
    Case(
        "unpublished-link",
        f"{A}:5:5",
        {
            A: article_source(body="[x](nhap.md)\n"),
            "content/kinh-te/nhap.md": article_source("status: draft", title="N"),
        },
        edit("[x](nhap.md)", "x"),
        0,
    ),
    in_body(
        "frame-host",
        "5:14",
        '<iframe src="http://phim.example/x"></iframe>\n',
        edit('<iframe src="http://phim.example/x"></iframe>', "[Phim](http://phim.example/x)"),
    ),
    in_body("unknown-component", "5:4", ":::hopp\nx\n:::\n", edit(":::hopp\nx\n:::", "\\:::hopp\nx")),
    in_file(
        "bad-component",
        "templates/components/gia.html",
        "2:22",
        "{#\narguments: {content: text}\n#}\n{{ content }}",
        edit("content: text", "noi-dung: text"),
    ),
    in_body("markdown-depth", "5:1", "* " * 600 + "a\n", edit("* " * 600, "* ")),
    in_body(
        "unclosed-html",
        "5:1",
        "<iframe src='https://www.youtube.com/embed/a' title='x'>\n\nMột.\n",
        edit("'x'>", "'x'></iframe>"),
    ),
    in_body(
        "duplicate-anchor", "9:10", "## Một {#m}\n\nchữ\n\n## Hai {#m}\n\nchữ\n", edit("Hai {#m}", "Hai {#m_1}"), 0
    ),
    in_body("unclosed-html", "5:5", "Một <!-- hai\n\nBa -->\n", edit(" <!--", "\n\n<!--")),
    in_body("dropped-html", "5:3", "a <script>x</script>\n", edit("<script>x</script>", ""), 0),
    in_body("dropped-html", "5:6", 'a <b onclick="x">b</b>\n', edit(' onclick="x"', ""), 0),
    in_body("dropped-html", "5:5", "[x](javascript:alert)\n", edit("[x](javascript:alert)", "x"), 0),
    in_body("lost-character", "5:4", "giá \ufffdải\n".replace("giá ", "giá"), edit("\ufffd", "v"), 0),
]

FILES = [
    Case(
        "bad-episode",
        f"{A}:4:10",
        {A: article_source("podcast: tieng-rao.mp3"), "content/kinh-te/tieng-rao-1.mp3": silence()},
        write_named,
    ),
    Case(
        "no-podcast",
        f"{A}:4:10",
        {A: article_source("podcast: rao.mp3"), "content/kinh-te/rao.mp3": silence(), "static/podcast.jpg": COVER},
        lambda site, _: (site / "newsgen.yaml").write_text(f"{CONFIG}podcast: {{image: /podcast.jpg}}\n", "utf-8"),
        0,
    ),
    Case(
        "podcast-picture",
        "newsgen.yaml:3:18",
        {"static/podcast.jpg": png(4, 4), A: article_source()},
        lambda site, _: (site / "static/podcast.jpg").write_bytes(COVER),
        0,
        config_source("podcast: {image: /podcast.jpg}"),
    ),
    Case(
        "early-entry",
        f"{A}:6:1",
        {A: article_source("live: true", date="2022-07-12 13:00", body=":::live 0:10 Nước rút\nHết mưa.\n:::\n")},
        edit("0:10", "13/7 0:10"),
        0,
    ),
    Case("no-content", "content:1:1", {}, write_article, prepare=_without_articles),
    in_file(
        "encoding",
        "content/b.md",
        "2:11",
        "---\ntitle: caf\xe9\ndate: 2022-08-07\n---\nx\n".encode("latin-1"),
        save_as_utf8,
    ),
    in_body("control-character", "5:2", "a\x00b\n", delete_character),
    in_body("control-character", "5:2", "a\x9fb\n", delete_character),
    in_body("control-character", "5:2", "a\ufffeb\n", delete_character),
    in_body("control-character", "5:3", "a &#1; b\n", edit("&#1;", "")),
    in_file(
        "file-size",
        "content/b.md",
        "1:1",
        article_source(title="B", body="a\n" * 1_050_000),
        edit("a\n" * 1_050_000, "a"),
    ),
    in_file("odd-name", "content/kinh-te/a\u202eb.md", "1:1", article_source(title="B"), rename("b.md")),
    in_file("reserved-name", "static/con.png", "1:1", png(), rename("conn.png")),
    in_file("reserved-name", "content/kinh-te/a?.md", "1:1", article_source(title="B"), rename("b.md")),
    in_file("reserved-name", "static/a.", "1:1", "x", rename("a")),
    Case(
        "same-name",
        "content/kinh-te/chợ.md:1:1",
        {
            A: article_source(),
            "content/kinh-te/chợ.md": article_source(title="B"),
            "content/kinh-te/cho\u031b\u0323.md": article_source(title="C"),
        },
        remove,
    ),
    in_file("odd-ending", "content/kinh-te/b.MD", "1:1", article_source(title="B"), rename("b.md"), 0),
    in_file(
        "long-address",
        "/".join(["content", *["s" * 100] * 11, "b.md"]),
        "2:8",
        article_source(title="B"),
        lambda site, p: (site / "content" / ("s" * 100)).rename(site / "muc") and shutil.rmtree(site / "muc"),
    ),
    prepared("not-a-file", "content/kinh-te/b.md", lambda site: os.mkfifo(site / "content/kinh-te/b.md")),
    prepared(
        "link-outside", "content/kinh-te/b.md", lambda site: (site / "content/kinh-te/b.md").symlink_to("/etc/hostname")
    ),
    prepared("link-outside", "static", lambda site: (site / "static").symlink_to("/etc")),
    prepared("link-outside", "templates/x.html", lambda site: (site / "templates/x.html").symlink_to("/etc/hostname")),
    prepared("link-loop", "content/kinh-te/vong", lambda site: (site / "content/kinh-te/vong").symlink_to("..")),
    in_file("json-syntax", "data/a.json", "1:7", '{"a": x}', edit("x", "1")),
    in_file("json-depth", "data/a.json", "1:1", "[" * 100_000, edit("[" * 100_000, "[]")),
    in_file("csv-syntax", "data/a.csv", "2:4", 'a,b\n"1" x,2\n', edit('"1" x', '"1 x"')),
    in_file("csv-row", "data/a.csv", "2:1", "a,b\n1\n", edit("\n1", "\n1,2")),
    Case(
        "duplicate-data",
        "data/a.yaml:1:1",
        {A: article_source(), "data/a.json": "1", "data/a.yaml": "1"},
        rename("b.yaml"),
    ),
]

TEMPLATES = [
    in_file("template-syntax", "templates/page.html", "1:1", "{% if %}", edit("{% if %}", "")),
    in_file("template-error", "templates/article.html", "1:1", "{{ nothing }}", edit("nothing", "page.title")),
    in_file(
        "template-missing",
        "templates/article.html",
        "1:1",
        '{% include "cards.html" %}',
        edit("cards.html", "partials/footer.html"),
    ),
    Case(
        "unknown-block",
        "templates/page.html:1:1",
        {A: article_source(), "templates/page.html": '{% extends "theme/page.html" %}{% block mian %}x{% endblock %}'},
        edit("mian", "main"),
        0,
    ),
]
TEMPLATES[0].files["content/pages/p.md"] = page_source()  # type: ignore[index]

COMMANDS = [
    Case(
        "foreign-output",
        "build:1:1",
        {A: article_source(), "build/x": "x"},
        lambda site, p: shutil.rmtree(site / "build"),
        2,
    ),
    Case(
        "not-empty", "day:1:1", {"day/x": "x"}, lambda site, p: shutil.rmtree(site / "day"), 2, command=("init", "day")
    ),
    Case(
        "unknown-section",
        "--section:1:1",
        {A: article_source()},
        lambda site, p: site_folder(site, {"content/kinh-t/x.md": article_source(title="X")}),
        2,
        command=("new", "Tin", "--section", "kinh-t"),
    ),
    Case(
        "file-exists",
        "content/kinh-te/tin.md:1:1",
        {"content/kinh-te/tin.md": article_source()},
        remove,
        command=("new", "Tin", "--section", "kinh-te"),
    ),
]

CHECK = ("check",)
GOOD_PICTURE = '![Cầu](cau.png "Cầu mới | Ảnh: An")'


def noted(rule: str, place: str, body: str, mend: Mend) -> Case:
    """A case of an editor's warning on a text."""
    return in_body(rule, place, body, mend, 0, command=CHECK)


EDITING = [
    noted(
        "embed-code",
        "5:1",
        '<iframe src="https://www.youtube.com/embed/LacGiang001" title="Lễ hợp long" style="border: 0"></iframe>\n',
        make_edits,
    ),
    noted("template-markup", "6:4", "Chữ.\nSố {{< so >}}.\n", edit("{{< so >}}", "5")),
    noted("unread-markdown", "5:5", "Giá **tăng **mạnh.\n", make_edits),
    noted("listed-speech", "5:1", '- "Ghe đâu?" - chị hỏi.\n', make_edits),
    noted("indented-text", "7:1", "Bến.\n\n\tNước lên tới bến sông.\n", make_edits),
    noted("placeholder", "5:1", "Đoạn mở đầu của tin.\n", edit("Đoạn mở đầu của tin", "Nhà vườn vào vụ")),
    Case(
        "placeholder",
        f"{A}:4:10",
        {A: article_source("summary: Một hai câu tóm tắt tin (sapo), khoảng 30 đến 50 chữ.")},
        delete_line,
        0,
        command=CHECK,
    ),
    Case(
        "unread-markdown",
        f"{A}:4:10",
        {A: article_source("summary: Bến *mới* mở")},
        edit("*mới*", "mới"),
        0,
        command=CHECK,
    ),
    Case("joined-tags", f"{A}:4:8", {A: article_source("tags: [cam; quýt, mận]")}, write_line, 0, command=CHECK),
    Case("joined-tags", f"{A}:4:8", {A: article_source("tags: [“cam”, “mận”]")}, write_line, 0, command=CHECK),
    Case("joined-tags", f"{A}:4:10", {A: article_source("authors: Hà My; Minh An")}, write_line, 0, command=CHECK),
    Case("joined-tags", f"{A}:4:9", {A: article_source("author: Hà My và Minh An")}, write_line, 0, command=CHECK),
    Case(
        "far-date",
        "content/kinh-te/b.md:3:7",
        {A: article_source(), "content/kinh-te/b.md": article_source(title="B", date="2062-08-07")},
        edit("2062", "2022"),
        0,
        command=CHECK,
    ),
    Case(
        "odd-ending",
        "content/kinh-te/ghi.txt:1:1",
        {A: article_source(), "content/kinh-te/ghi.txt": "Chữ.\n"},
        remove,
        0,
        command=CHECK,
    ),
    noted("missing-alt", "5:5", '![](cau.png "Cầu mới | Ảnh: An")\n', edit("![]", "![Cầu]")),
    Case(
        "words-from-file",
        f"{A}:4:14",
        {
            A: article_source("image: {src: anh.jpg, alt: Cầu, credit: An}"),
            "content/kinh-te/anh.jpg": put_into_jpeg(make_iim({120: "DSC 0007"})),
        },
        edit("alt: Cầu", "alt: Cầu, caption: Nhịp giữa"),
        0,
        command=CHECK,
    ),
    Case(
        "licence-ends",
        "content/kinh-te/cau.png.yaml:1:16",
        {
            A: article_source("image: {src: cau.png, alt: Cầu, caption: Nhịp giữa, credit: An}"),
            "content/kinh-te/cau.png": png(),
            "content/kinh-te/cau.png.yaml": "licence_until: 2022-08-20\n",
        },
        edit("2022", "2023"),
        0,
        command=("check", "--at", "2022-08-08"),
    ),
    noted("missing-caption", "5:8", '![Cầu](cau.png "| Ảnh: An")\n', edit('"|', '"Cầu |')),
    noted("missing-credit", "5:8", '![Cầu](cau.png "Cầu mới")\n', edit("mới", "mới | Ảnh: An")),
    Case(
        "long-title", f"{A}:2:8", {A: article_source(title="nhãn " * 30)}, edit("nhãn " * 30, "nhãn"), 0, command=CHECK
    ),
    noted("dead-anchor", "7:5", "## Giá\n\n[x](#gai) chữ\n", edit("#gai", "#gia")),
    noted("stray-colons", "8:1", ":::hộp\nchữ\n:::\n:::\n", delete_line),
    noted("stray-colons", "7:1", "chữ\n\n  :::hộp\nchữ\n  :::\n", edit("  :::", ":::")),
    noted("stray-colons", "5:1", "- :::hộp\n  chữ\n  :::\n", edit("- :::hộp\n  chữ\n  :::", ":::hộp\nchữ\n:::")),
    noted("heading-jump", "5:5", "### Sâu\n\nchữ\n", edit("###", "##")),
    noted("sentence-heading", "6:1", "Chợ tan lúc chín giờ.\n---\n\nMai lại họp.\n", edit(".\n---", ".\n\n---")),
    noted("empty-section", "5:4", "## Rỗng\n\n## Có\n\nchữ\n", edit("## Rỗng\n\n", "")),
    noted("empty-story", "5:1", "", edit("\n---\n", "\n---\nchữ\n")),
    Case(
        "odd-crop",
        f"{A}:9:20",
        {
            A: article_source(
                "image:", "  src: cau.png", "  alt: a", "  caption: b", "  credit: c", "  crops: [cau.png, dai.png]"
            ),
            "content/kinh-te/cau.png": png(4, 3),
            "content/kinh-te/dai.png": png(30, 10),
        },
        lambda site, p: (site / "content/kinh-te/dai.png").write_bytes(png(16, 9)) and None,
        0,
        command=CHECK,
    ),
    Case(
        "large-image",
        f"{A}:5:8",
        {A: article_source(body=GOOD_PICTURE), "content/kinh-te/cau.png": png(4000, 2)},
        lambda site, p: (site / "content/kinh-te/cau.png").write_bytes(png(2000, 2)) and None,
        0,
        config_source("pictures: {widths: []}"),
        command=CHECK,
    ),
    noted("insecure-link", "5:5", "[x](http://x.example/)\n", edit("http:", "https:")),
    Case(
        "no-card",
        f"{A}:2:8",
        {A: article_source(title="Mùa nước nổi 湄公河")},
        edit(" 湄公河", ""),
        0,
        config=config_source("cards: {when: missing}"),
        command=CHECK,
    ),
    Case(
        "same-title",
        "content/kinh-te/b.md:2:8",
        {A: article_source("slug: mot"), "content/kinh-te/b.md": article_source("slug: hai")},
        edit("title: Nhãn", "title: Vải"),
        0,
        command=CHECK,
    ),
    Case(
        "unknown-choice",
        "newsgen.yaml:4:3",
        {A: article_source()},
        edit("kinh-tee", "kinh-te"),
        0,
        config_source("defaults:", "  kinh-tee: {kicker: Tin}"),
    ),
    Case(
        "unused-section",
        "newsgen.yaml:5:3",
        {A: article_source()},
        edit("  the-thao: {}\n", ""),
        0,
        config_source("sections:", "  kinh-te: {}", "  the-thao: {}").replace("  kinh-te: {}\n", "  kinh-te: {}\n"),
        CHECK,
    ),
    Case(
        "dead-redirect",
        "newsgen.yaml:4:8",
        {A: article_source()},
        edit("/kinh-tee/", "/kinh-te/"),
        1,
        config_source("redirects:", "  /cu: /kinh-tee/"),
    ),
    Case(
        "dead-banner",
        "data/breaking.yaml:2:6",
        {A: article_source(), "data/breaking.yaml": "text: Bão vào bờ\nurl: /kinh-tee/\n"},
        edit("/kinh-tee/", "/kinh-te/"),
        1,
    ),
    Case(
        "unknown-choice",
        "newsgen.yaml:5:22",
        {A: article_source()},
        edit("kinh-tee", "kinh-te"),
        0,
        config_source("feeds:", "  partners:", "    ban: {sections: [kinh-tee]}"),
    ),
    Case(
        "unknown-choice",
        "newsgen.yaml:6:35",
        {A: article_source("noi: [Huế]")},
        edit("[hue, hu]", "[hue, hue]"),
        0,
        config_source("taxonomies: {noi: {}}", "feeds:", "  partners:", "    ban: {taxonomies: {noi: [hue, hu]}}"),
    ),
    Case(
        "unused-section",
        "newsgen.yaml:6:7",
        {"content/en/town/a.md": article_source()},
        edit("      sport: {}\n", ""),
        0,
        config_source("languages:", "  en:", "    sections:", "      sport: {}", "      town: {}"),
        CHECK,
    ),
    noted("hidden-direction", "5:2", "a\u202eb\n", delete_character),
]

CASES = [*FRONT_MATTER, *YAML, *STORIES, *FILES, *TEMPLATES, *COMMANDS, *EDITING]

ELSEWHERE = {
    "markdown-failed": "tests/body/test_body.py",
    "moving-sources": "tests/build/test_pipeline.py",
    "reading-slow": "tests/content/test_reader.py",
    "reading-crashed": "tests/content/test_reader.py",
    "render-slow": "tests/build/test_pipeline.py",
    "render-crashed": "tests/build/test_pipeline.py",
    "unreadable": "tests/content/test_reader.py",
    "too-deep": "tests/cli/test_exit_codes.py",
    "not-a-folder": "tests/cli/test_exit_codes.py",
    "foreign-state": "tests/publish/test_own_files.py",
    "bad-report": "tests/publish/test_own_files.py",
    "report-unwritten": "tests/publish/test_own_files.py",
    "locked": "tests/publish/test_publication.py",
    "disk-full": "tests/publish/test_old_or_new.py",
    "permission": "tests/core/test_errors.py",
    "machine": "tests/core/test_errors.py",
    "dead-external-link": "tests/commands/test_external_links.py",
    "lost-address": "tests/build/test_week.py",
    "no-urls-lock": "tests/build/test_address_book.py",
    "silent-change": "tests/build/test_address_book.py",
    "empty-update": "tests/build/test_address_book.py",
    "urls-lock": "tests/build/test_address_book.py",
    "urls-unwritten": "tests/build/test_address_book.py",
    "leak": "tests/build/test_leaks.py",
    "same-language": "tests/site/test_translations.py",
    "missing-package": "tests/online/test_command.py",
    "not-built": "tests/commands/test_explain.py",
    "bad-plugin": "tests/plugins/test_plugins.py",
    "plugin-failed": "tests/plugins/test_plugin_builds.py",
    "open-block": "tests/plugins/test_plugin_builds.py",
    "bad-block": "tests/plugins/test_plugin_builds.py",
    "not-repeatable": "tests/commands/test_verify.py",
    "unknown-page": "tests/commands/test_explain.py",
}
"""Rules whose fault lies with the machine, the clock or another site → the test that provokes it."""


AT = {"build": ("--at", "2022-08-09"), "check": ("--at", "2022-08-09")}


def told(site: Path, case: Case) -> tuple[int, dict[str, Problem]]:
    """The exit code of a case's command, and what it printed as problems by place and rule."""
    arguments = [*case.command, *AT.get(case.command[0], ())]
    if case.command[0] != "init":
        arguments = ["--site", str(site), *arguments]
    else:
        arguments[-1] = str(site / arguments[-1])
    done = CliRunner().invoke(main, ["--debug", *arguments], catch_exceptions=False)
    problems = {}
    for line in done.stderr.splitlines():
        where, mark, rest = line.partition(": error[")
        where, mark, rest = (where, mark, rest) if mark else line.partition(": warning[")
        if mark:
            rule, _, text = rest.partition("]: ")
            what, _, fix = text.partition(". fix: ")
            path, number, column = where.rsplit(":", 2)
            place = Location(
                path.encode().decode("unicode_escape") if "\\u" in path else path, int(number), int(column)
            )
            problems[f"{where} {rule}"] = Problem(place, rule, what, fix)
    return done.exit_code, problems
