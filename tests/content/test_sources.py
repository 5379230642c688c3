"""Which files a site has, and their text."""

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import site_folder
from newsgen.content.sources import Sources, add_story, find_sources
from newsgen.core.decoding import decode
from newsgen.core.errors import Problem, Problems
from newsgen.core.text import nfc
from story_rendering import shown, sources_of

TEXT = st.text(
    st.one_of(st.sampled_from("a\n\té"), st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"))
)


def refused(raw: bytes) -> str:
    """Where and by which rule these bytes are refused."""
    problem = decode(raw, "f.md")
    assert isinstance(problem, Problem)
    return shown((problem,))[0]


def test_each_file_has_its_purpose(tmp_path):
    """Markdown is an article; what lies beside it and in static/ is published under its own path."""
    files = [
        "content/a.md",
        "content/xa-hoi/y-te/b.md",
        "content/xa-hoi/c.jpg",
        "static/logo.png",
        "data/x/y.yaml",
        "other/z.md",
    ]
    found = sources_of(site_folder(tmp_path, dict.fromkeys(files, "")))
    assert found == Sources(
        articles=("content/a.md", "content/xa-hoi/y-te/b.md"),
        assets={"xa-hoi/c.jpg": "content/xa-hoi/c.jpg"},
        static={"logo.png": "static/logo.png"},
        data=("data/x/y.yaml",),
    )


def test_a_site_may_lack_every_folder(tmp_path):
    """An empty folder has no sources and no faults."""
    assert Sources((), {}, {}, ()) == sources_of(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".git/config",
        "a.md~",
        "#a.md#",
        ".a.md.swp",
        "a.bak",
        "a.orig",
        "server.PEM",
        "id.key",
        "Thumbs.db",
        "desktop.ini",
    ],
)
def test_hidden_files_backups_and_keys_are_passed_over(tmp_path, name):
    """What an editor or a system left behind is never published."""
    found = sources_of(site_folder(tmp_path, {f"content/{name}": "", f"static/{name}": "", f"data/{name}": ""}))
    assert Sources((), {}, {}, ()) == found


def test_well_known_is_published(tmp_path):
    """The one hidden folder that the web asks for."""
    found = sources_of(site_folder(tmp_path, {"static/.well-known/security.txt": ""}))
    assert [".well-known/security.txt"] == list(found.static)


def test_outputs_are_composed_whatever_the_disk_says(tmp_path):
    """A decomposed file name is published in NFC and read under its own name."""
    name = unicodedata.normalize("NFD", "Ảnh đẹp.jpg")
    found = sources_of(site_folder(tmp_path, {f"content/{name}": ""}))
    assert {"Ảnh đẹp.jpg": f"content/{name}"} == found.assets


def test_links_may_lead_inside_the_site_only(tmp_path):
    """A link out of the site, back above itself or to nowhere is a fault; one to a file of the site is that file."""
    site = site_folder(tmp_path / "site", {"content/a.md": ""})
    (tmp_path / "secret.txt").write_text("x")
    (site / "static").mkdir()
    for name, target in {"good": "../content/a.md", "out": "../../secret.txt", "loop": ".", "lost": "gone"}.items():
        (site / "static" / name).symlink_to(target)
    problems = Problems()
    assert ["good"] == list(find_sources(site, problems).static)
    told = {p.location.path.rpartition("/")[2]: p.rule for p in problems.found}
    assert {"out": "link-outside", "loop": "link-loop", "lost": "not-a-file"} == told


def test_odd_names_and_odd_files_are_faults(tmp_path):
    """A pipe, and a name that cannot be shown, are told and not read."""
    site = site_folder(tmp_path, {"static/a\u202eb.txt": "", "static/ok.txt": ""})
    os.mkfifo(site / "static/pipe")
    problems = Problems()
    assert ["ok.txt"] == list(find_sources(site, problems).static)
    assert {"odd-name", "not-a-file"} == {p.rule for p in problems.found}


@given(TEXT)
def test_every_way_of_saving_a_text_reads_alike(text):
    """BOM, CRLF, CR and decomposed letters give the text that LF and NFC give."""
    expected = unicodedata.normalize("NFC", text)
    for saved in (text, "\ufeff" + text, unicodedata.normalize("NFD", text)):
        for end in ("\n", "\r\n", "\r"):
            assert expected == decode(saved.replace("\n", end).encode(), "f")


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_a_fault_inside_it(raw):
    """Bytes give NFC text without control characters, or a fault at a line of the file."""
    text = decode(raw, "f")
    if isinstance(text, Problem):
        assert 1 <= text.location.line <= raw.count(b"\n") + raw.count(b"\r") + 1
        assert 1 <= text.location.column <= len(raw) + 1
    else:
        assert unicodedata.is_normalized("NFC", text)
        assert not {c for c in text if c < " "} - {"\n", "\t"}


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"\xff\xfea\0", "1:1 encoding"),
        (b"\xfe\xff\0a", "1:1 encoding"),
        ("một\nđây: ".encode() + b"\xff", "2:6 encoding"),
        ("Ti\xeang Vi\xeat".encode("latin-1"), "1:3 encoding"),
        (b"a\nb\x1b", "2:2 control-character"),
        (b"a\0", "1:2 control-character"),
    ],
)
def test_what_is_no_text_is_refused_where_it_starts(raw, fault):
    """UTF-16, bytes of another encoding and control characters are named with line and column."""
    assert fault == refused(raw)


@pytest.mark.parametrize(
    "name",
    ["b.md", "a/0.md", "a/z.md", "a.md", "a-b.md", "con.md", ".b.md", "Kinh.md", "mới/b.md", "b.txt", "a/b/c.md"],
)
def test_a_new_story_is_found_without_a_walk_as_with_one(tmp_path, name):
    """The sources with a new story are those that a walk finds, or the walk is needed."""
    site = site_folder(tmp_path, dict.fromkeys(["content/a/1.md", "content/a/b/2.md", "content/a.b/3.md"], ""))
    before = find_sources(site, Problems())
    site_folder(site, {f"content/{name}": ""})
    found, problems = add_story(tmp_path, before, f"content/{name}"), Problems()
    assert find_sources(tmp_path, problems) == (found or find_sources(tmp_path, Problems()))
    assert found is None or [] == problems.found
    assert (found is not None) == (name in ("b.md", "a/0.md", "a/z.md", "a.md", "a-b.md", "a/b/c.md"))


def test_a_link_in_place_of_a_new_story_is_left_to_the_walk(tmp_path):
    """A new name that is a link, or lies behind one, is no plain new story."""
    site_folder(tmp_path, {"content/a/1.md": "", "content/b/2.md": ""})
    (tmp_path / "content" / "c").symlink_to(tmp_path / "content" / "a")
    before = find_sources(tmp_path, Problems())
    (tmp_path / "content" / "a" / "new.md").symlink_to(tmp_path / "content" / "b" / "2.md")
    site_folder(tmp_path, {"content/a/other.md": ""})
    assert add_story(tmp_path, before, "content/a/new.md") is None
    assert add_story(tmp_path, before, "content/c/other.md") is None


def test_plain_names_have_no_other_spelling():
    """No text but itself becomes a plain name in Unicode form C."""
    others = {nfc(chr(n)) for n in range(128, 0x110000) if nfc(chr(n)).isascii()}
    assert {"K", ";", "`"} == others
