"""Outputs and urls are two spellings of one address."""

from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.core.urls import (
    NotAnOutput,
    as_output,
    base_path,
    escape_url,
    guess_page_path,
    is_old_path,
    leads_out,
    make_absolute,
    parse_old_path,
    parse_page_path,
    to_output,
    to_url,
)

STEP = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1, max_size=8)
OUTPUT = st.lists(STEP, min_size=1, max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("output", "url"),
    [
        ("index.html", "/"),
        ("kinh-te/index.html", "/kinh-te/"),
        ("kinh-te/nhan.html", "/kinh-te/nhan.html"),
        ("xindex.html", "/xindex.html"),
        ("anh/vải thiều.jpg", "/anh/v%E1%BA%A3i%20thi%E1%BB%81u.jpg"),
        ("a?b#c%d.html", "/a%3Fb%23c%25d.html"),
    ],
)
def test_the_url_of_an_output(output, url):
    """A folder's index is the folder; what an address cannot hold is escaped."""
    assert url == to_url(output)
    assert "/bao" + url == to_url(output, "/bao")


@given(OUTPUT)
def test_a_url_names_its_output_and_nothing_else(output):
    """Any output's url is plain ASCII with no query, and leads back to the output."""
    url = to_url(output)
    parts = urlsplit("https://bao.example" + url)
    assert url.isascii()
    assert ("", "") == (parts.query, parts.fragment)
    assert output == to_output(unquote(parts.path))


@pytest.mark.parametrize(
    ("path", "output"),
    [("/", "index.html"), ("/a/", "a/index.html"), ("/a/b.html", "a/b.html"), ("//a//b/", "a/b/index.html")],
)
def test_the_output_of_a_path(path, output):
    """A path that ends in a slash is a folder's index; empty steps fall away."""
    assert output == to_output(path)


@pytest.mark.parametrize(
    ("url", "base"),
    [("https://bao.example", ""), ("https://bao.example/", ""), ("https://x.example/a/b/", "/a/b")],
)
def test_the_base_path_of_a_site(url, base):
    """A site may lie below its host's root."""
    assert base == base_path(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/bao/a.html", "https://x.example/bao/a.html"),
        ("//y.example/a", "https://y.example/a"),
        ("https://y.example/a", "https://y.example/a"),
        ("#a", "#a"),
    ],
)
def test_absolute_urls(url, expected):
    """A root-relative url gets the site's scheme and host, never its base path twice."""
    assert expected == make_absolute(url, "https://x.example/bao")


OUTSIDE = [
    "",
    "/",
    "/etc/x",
    "..",
    ".",
    "../x",
    "a/../x",
    "a/..",
    "a/./b",
    "a//b",
    "a/",
    "//x",
    "a\0b",
    "a\nb",
    "a/\x7f",
]
OUTSIDE += ["\ud800", "\x1f", "a/b/../../../c"]


@pytest.mark.parametrize("path", OUTSIDE)
def test_what_is_no_output_is_refused(path):
    """A path that could lead out of the output folder, or that holds a control character, is not an output."""
    with pytest.raises(NotAnOutput):
        as_output(path)


@pytest.mark.parametrize(
    "path", ["a", "a/b.html", ".well-known/x", "..a/b", "a/...", "kinh-tế/vải thiều.jpg", "a:b/c?.x"]
)
def test_what_lies_in_the_output_folder_is_an_output(path):
    """Every name that a file below the folder can have is taken as it is."""
    assert path == as_output(path)
    assert not leads_out(path)


@given(st.text(max_size=12) | st.lists(st.sampled_from(["..", ".", "", "a", "/", "\0", "b.c"])).map("/".join))
def test_an_output_stays_below_its_folder(path):
    """Whatever the path: either it is refused, or the file that it names lies below the folder."""
    for is_refused in (leads_out(path), not _is_taken(path)):
        assert is_refused or normpath(f"/out/{path}").startswith("/out/")


def _is_taken(path):
    try:
        as_output(path)
    except NotAnOutput:
        return False
    return True


@given(st.text(max_size=30))
def test_an_old_path_can_stand_anywhere(text):
    """The path of an old address has no step that leads up and no sign that means something in a server's rules."""
    path = parse_old_path(text, "https://bao.example")
    if path is not None:
        assert as_output(to_output(path))
        assert set(path).isdisjoint('"\\{}$*?#%<>|` \t\n\r\0')


@given(st.text(max_size=30) | st.text("/._-a?#: %", max_size=12))
def test_the_own_path_of_a_page_is_an_output(text):
    """It is an output of one name, an address that urls.lock can hold, and no file that servers read."""
    path, fault = parse_page_path(text, "https://bao.example/bao")
    assert bool(path) != bool(fault)
    if path:
        output = as_output(to_output(path))
        assert "." in output.rpartition("/")[2]
        assert is_old_path(unquote(to_url(output)))
        assert not output.startswith("_")
        assert not any(step.startswith(".") for step in output.split("/"))


@pytest.mark.parametrize(
    ("text", "path", "meant"),
    [
        ("/2019/Tin-Cu.HTM", "/2019/Tin-Cu.HTM", "/2019/Tin-Cu.HTM"),
        ("/tin/v1.2/", "/tin/v1.2/", "/tin/v1.2/"),
        ("/about", "/about/", "/about"),
        ("/a/index.html", "/a/index.html", "/a/index.html"),
        ("https://bao.example/bao/a.php", "/a.php", ""),
        ("/th%C3%A1ng-t%C6%B0.html", "/tháng-tư.html", "/th%C3%A1ng-t%C6%B0.html"),
        ("about/", "", "/about/"),
        ("/tin//cu.html", "", "/tin/cu.html"),
        ("/tin.php?id=5", "", "/tin.php"),
        ("/../a.html", "", ""),
        ("/", "", ""),
        ("/.htaccess", "", ""),
        ("/_redirects", "", ""),
        ("/a/con.html", "", ""),
        ("/:title/", "", ""),
        ("https://khac.example/a.html", "", ""),
    ],
)
def test_a_page_may_ask_for_its_address(text, path, meant):
    """Capitals, dots and any ending may stand in it; without an ending it is a folder's. What was meant is told."""
    assert (path, meant) == (
        parse_page_path(text, "https://bao.example/bao")[0],
        guess_page_path(text, "https://bao.example/bao"),
    )


@given(st.text(max_size=30))
def test_an_escaped_address_holds_only_what_addresses_hold(text):
    """Escaping leaves plain ASCII without spaces, quotes and braces, and does nothing the second time."""
    url = escape_url(text)
    assert url.isascii()
    assert set(url).isdisjoint('"\\{}<>|`^ \t\n\r\0')
    assert url == escape_url(url)
