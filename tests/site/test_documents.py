"""Outputs that are no HTML pages."""

from builders import manuscript, site_config, site_folder
from papers import build_site, newspaper, planned, tree, weekly


def documents(site):
    """The documents of a newspaper by their outputs."""
    return {page.output: page for page in planned(site) if page.writer}


def test_robots_are_let_in(tmp_path):
    """A paper at the root of its host has a robots.txt that lets everybody read."""
    site = site_folder(tmp_path, weekly())
    build_site(site)
    assert b"User-agent: *\nAllow: /\n" == tree(site / "build")["robots.txt"]


def test_a_paper_below_a_path_has_no_robots_file():
    """Where crawlers would not look there is no robots.txt."""
    below = site_config(url="https://x.example/bao")
    assert "robots.txt" in documents(newspaper(manuscript()))
    assert "robots.txt" not in documents(newspaper(manuscript(), config=below))


def test_a_file_in_static_takes_a_documents_place(tmp_path):
    """The paper's own robots.txt is published as it is, and nothing collides."""
    site = site_folder(tmp_path, {**weekly(), "static/robots.txt": "User-agent: *\nDisallow: /nhap/\n"})
    build_site(site)
    assert b"User-agent: *\nDisallow: /nhap/\n" == tree(site / "build")["robots.txt"]
