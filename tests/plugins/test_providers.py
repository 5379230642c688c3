"""Players of other sites that a plugin brings: from the link in a text to the policy of `_headers`."""

import pytest

from builders import NOW, article_source, config_source, site_folder
from newsgen.api import Player, Plugin, Provider
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.core.errors import ContentError

PLUGIN = """from newsgen.api import Player, Plugin, Provider


def find(address):
    {body}


def plugin():
    return Plugin(providers=(Provider("Phim", ("phim.example",), ("https://phim.example/embed/",), find),))
"""
GOOD = "return Player('https://phim.example/embed/1', 'video', 4, 3) if '/w/' in address else None"
LINK = "[Lễ hội](https://www.phim.example/w/1)\n\n[Kênh](https://phim.example/kenh)\n"


def make_site(folder, body):
    """A site with a story that has two links to the plugin's site."""
    files = {"content/tin/a.md": article_source("slug: a", body=LINK), "plugins/phim.py": PLUGIN.format(body=body)}
    return site_folder(folder, files, config_source("plugins: [phim]"))


def test_a_plugin_shows_another_site(tmp_path):
    """A link to it is a facade, another one stays; the policy allows its player; another version makes pages again."""
    site = make_site(tmp_path, GOOD)
    build(BuildOptions(site, site / "build", NOW))
    (page,) = (site / "build").glob("tin/*/*/a.html")
    html = page.read_text("utf-8")
    assert 'data-player="https://phim.example/embed/1"' in html
    assert 'viewBox="0 0 4 3"' in html
    assert '<p><a href="https://phim.example/kenh" rel="external noopener">Kênh</a></p>' in html
    assert "https://phim.example/embed/;" in (site / "build/_headers").read_text("utf-8")
    (site / "plugins/phim.py").write_text(PLUGIN.format(body=GOOD.replace("embed/1", "embed/2")), "utf-8")
    build(BuildOptions(site, site / "build", NOW))
    assert "https://phim.example/embed/2" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return Player('https://evil.example/embed/1')", "gives the player “https://evil.example/embed/1”"),
        ("return 'https://phim.example/embed/1'", "gives str in place of Player"),
        ("return Player('https://phim.example/embed/1', 'film')", "fails: ValidationError"),
        ("return Player('https://phim.example/embed/1', 'video', '9')", "fails: ValidationError"),
        ("return 1 / 0", "fails: ZeroDivisionError"),
    ],
)
def test_what_a_provider_gives_wrongly_is_told_at_the_link(tmp_path, body, words):
    """A player of another host, what is no player, and an exception."""
    site = make_site(tmp_path, body)
    with pytest.raises(ContentError) as caught:
        build(BuildOptions(site, site / "build", NOW))
    problem = caught.value.problems[0]
    assert ("content/tin/a.md", 6, "plugin-failed") == (problem.location.path, problem.location.line, problem.rule)
    assert words in problem.what


@pytest.mark.parametrize(
    "given",
    [
        ("", ("phim.example",), ("https://phim.example/",)),
        ("Phim", (), ("https://phim.example/",)),
        ("Phim", ("Phim.example",), ("https://phim.example/",)),
        ("Phim", ("phim.example",), ("https://phim.example",)),
        ("Phim", ("phim.example",), ("http://phim.example/",)),
        ("Phim", ("phim.example",), ("https://phim.example/; script-src *",)),
        ("Phim", "phim.example", ("https://phim.example/",)),
    ],
)
def test_a_provider_has_hosts_and_players(given):
    """Which can stand in a policy; a player's host ends before a `/`."""
    with pytest.raises(TypeError, match="`providers` takes"):
        Plugin(providers=(Provider(*given, find=lambda _address: Player()),))
