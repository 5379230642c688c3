"""Outputs and urls are two spellings of one address."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.urls import absolute, base_path, output_of, url_of

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
    assert url == url_of(output)
    assert "/bao" + url == url_of(output, "/bao")


@given(OUTPUT)
def test_a_url_names_its_output_and_nothing_else(output):
    """Any output's url is plain ASCII with no query, and leads back to the output."""
    url = url_of(output)
    parts = urlsplit("https://bao.example" + url)
    assert url.isascii()
    assert ("", "") == (parts.query, parts.fragment)
    assert output == output_of(unquote(parts.path))


@pytest.mark.parametrize(
    ("path", "output"),
    [("/", "index.html"), ("/a/", "a/index.html"), ("/a/b.html", "a/b.html"), ("//a//b/", "a/b/index.html")],
)
def test_the_output_of_a_path(path, output):
    """A path that ends in a slash is a folder's index; empty steps fall away."""
    assert output == output_of(path)


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
        ("//y.example/a", "//y.example/a"),
        ("https://y.example/a", "https://y.example/a"),
        ("#a", "#a"),
    ],
)
def test_absolute_urls(url, expected):
    """A root-relative url gets the site's scheme and host, never its base path twice."""
    assert expected == absolute(url, "https://x.example/bao")
