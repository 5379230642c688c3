import gzip
from pathlib import Path

import jinja2
import pytest

from builders import site_folder
from newsgen.documents.host_headers import SCRIPTS
from newsgen.render.template_loader import ThemeLoader
from newsgen.render.theme import PACKAGED, StaticFiles, Theme, isolate


def loaded(site, name):
    environment = jinja2.Environment(autoescape=True)
    text, shown, _ = ThemeLoader(site).get_source(environment, name)
    return text, shown


def test_the_sites_own_template_comes_first(tmp_path):
    """A template of the site takes the place of the theme's, under the name an editor knows it by."""
    site = site_folder(tmp_path, {"templates/page.html": "\ufeffcủa trang"})
    assert ("của trang", "templates/page.html") == loaded(site, "page.html")


def test_the_theme_has_what_the_site_lacks(tmp_path):
    """Without one of the site's, the packaged template is found and shown as theme/…"""
    text, shown = loaded(tmp_path, "partials/pager.html")
    assert "theme/partials/pager.html" == shown
    assert "listing.older" in text


def test_the_themes_own_can_be_extended(tmp_path):
    """The name theme/x.html is the packaged template even where the site has its own x.html."""
    site = site_folder(tmp_path, {"templates/base.html": "của trang"})
    assert "theme/base.html" == loaded(site, "theme/base.html")[1]


@pytest.mark.parametrize("name", ["nope.html", "theme/nope.html", "theme/", "../newsgen.yaml", "theme/../__init__.py"])
def test_a_template_that_is_not_there_is_not_found(tmp_path, name):
    """No name leads out of the two folders of templates."""
    with pytest.raises(jinja2.TemplateNotFound):
        loaded(site_folder(tmp_path, {"templates/a.html": ""}), name)


def test_every_template_is_listed_once(tmp_path):
    """The list of templates holds the site's and the theme's, sorted, hidden files left out."""
    site = site_folder(tmp_path, {"templates/base.html": "", "templates/so/x.html": "", "templates/.x.html.swp": ""})
    found = ThemeLoader(site).list_templates()
    assert sorted(set(found)) == found
    assert {"base.html", "so/x.html", "home.html", "partials/card.html"} <= set(found)
    assert not any(".swp" in name for name in found)


def test_the_theme_brings_its_files():
    """The stylesheet and the scripts of the theme are published under theme/."""
    files = PACKAGED.static()
    scripts = {name for name in files if name.endswith(".js") and name != "theme/redirect.js"}
    assert scripts == {f"theme/{name}.js" for name in SCRIPTS}
    assert "theme/newsgen.css" in files
    assert all(path.is_file() for path in files.values())


def test_scripts_of_parts_are_small():
    """No more than 2.5 kB cross the wire for the viewer of galleries, nor for live reports."""
    for name in ("gallery", "live"):
        assert len(gzip.compress(PACKAGED.static()[f"theme/{name}.js"].read_bytes())) <= 2500, name


def test_the_scripts_of_the_search_are_small():
    """No more than 4 KiB cross the wire for the script of the search, nor for the one that it loads on use."""
    for name in ("search", "search-index"):
        assert len(gzip.compress(PACKAGED.static()[f"theme/{name}.js"].read_bytes())) <= 4096, name


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", "Tin mới nhất"),
        ("vi-VN", "Tin mới nhất"),
        ("vi_VN", "Tin mới nhất"),
        ("en", "Latest news"),
        ("fr", "Latest news"),
    ],
)
def test_interface_strings_speak_the_sites_language(language, expected):
    """Interface strings are in the site's language, in English where there is no catalogue."""
    assert expected == PACKAGED.translations(language).gettext("Latest news")


def test_a_plugins_theme_stands_between_the_sites_and_the_packaged_one(tmp_path):
    """Its templates, static files and strings come before the packaged ones, and keep the names they have."""
    site = site_folder(tmp_path / "site", {"templates/page.html": "của trang"})
    folder = site_folder(
        tmp_path / "cards",
        {
            "templates/page.html": "của tiện ích",
            "templates/partials/pager.html": "của tiện ích",
            "static/theme/newsgen.js": "js",
            "static/cards.css": "css",
        },
    )
    theme = Theme({"cards": folder})
    loader = ThemeLoader(site, theme=theme)
    found = [loader.get_source(None, name)[:2] for name in ("page.html", "partials/pager.html", "base.html")]
    assert [("của trang", "templates/page.html"), ("của tiện ích", "theme-of-cards/partials/pager.html")] == found[:2]
    assert "theme/base.html" == found[2][1]
    assert "theme/partials/pager.html" == loader.get_source(None, "theme/partials/pager.html")[1]
    static = theme.static()
    assert [folder / "static/theme/newsgen.js", folder / "static/cards.css"] == [
        static[name] for name in ("theme/newsgen.js", "cards.css")
    ]
    assert static["theme/newsgen.css"] == PACKAGED.static()["theme/newsgen.css"]
    assert (folder, "theme-of-cards/static/cards.css") == (
        theme.root(folder / "static/cards.css"),
        theme.shown(folder / "static/cards.css"),
    )
    assert "Tin mới nhất" == theme.translations("vi").gettext("Latest news")


def test_a_fingerprint_changes_with_the_file(tmp_path):
    """A static file's fingerprint is of its bytes alone, eight digits long."""
    one, same, other = (tmp_path / name for name in ("1.css", "2.css", "3.css"))
    for path, text in ((one, "a"), (same, "a"), (other, "b")):
        path.write_text(text)
    prints = StaticFiles({"one": one, "same": same, "other": other})
    assert prints.static("one") == prints.static("same") != prints.static("other")
    assert 8 == len(prints.static("one"))
    assert "" == prints.static("gone")


def test_each_static_file_is_read_once_for_its_fingerprint(tmp_path):
    """Within a build a fingerprint stays what it was when first asked for."""
    path = Path(tmp_path / "a.css")
    path.write_text("a")
    prints = StaticFiles({"a.css": path})
    first = prints.static("a.css")
    path.write_text("b")
    assert first == prints.static("a.css")


def test_a_text_that_could_turn_its_line_is_isolated():
    """Such a text comes in a `<bdi>`, escaped; any other comes as it is, to be escaped by its template."""
    assert ("<bdi>&lt;b&gt; א</bdi>", "<b> a") == (str(isolate("<b> א")), isolate("<b> a"))
