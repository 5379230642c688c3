"""SVG drawings are published without what runs and without private data, wherever they lie."""

import pytest

from builders import article_source, config_source, site_folder
from drawings import DRAWINGS, HEAD, INKSCAPE, SECRETS
from newsgen.core.errors import ConfigError, ContentError
from papers import build_site, tree

STORY = "content/kinh-te/a.md"
BESIDE, STATIC = "content/kinh-te/ban-do.svg", "static/do-hoa/ban-do.svg"
RUNNING = HEAD.format('width="9" height="9"', '\n<g onclick="x()"/>\n<script>x()</script>\n<image href="a.png"/>')


def drawn_site(folder, drawing=RUNNING, setting=""):
    """A site with the same drawing beside a story, which shows it, and in static/."""
    config = config_source(f"pictures: {{svg: {setting}}}" if setting else "")
    files = {STORY: article_source(body="![Bản đồ](ban-do.svg)\n"), BESIDE: drawing, STATIC: drawing}
    return site_folder(folder, files, config)


def find_errors(site):
    with pytest.raises(ContentError) as fault:
        build_site(site)
    return [f"{problem.location} {problem.rule}" for problem in fault.value.problems if problem.level == "error"]


def published(site):
    build_site(site)
    made = tree(site / "build")
    return [made[name] for name in ("do-hoa/ban-do.svg", "kinh-te/ban-do.svg")]


@pytest.mark.parametrize("setting", ["", "refuse"])
def test_what_runs_in_a_drawing_is_refused(tmp_path, setting):
    """Each part is an error at its line and column, beside stories and in static/; the old output stays."""
    places = ("2:4", "3:1", "4:8")
    site = drawn_site(tmp_path, setting=setting)
    assert [f"{name}:{place} script-in-file" for name in (BESIDE, STATIC) for place in places] == find_errors(site)
    assert not (site / "build").exists()


def test_the_fix_of_an_error_works(tmp_path):
    """The setting that the fix names publishes the drawing without the part."""
    site = drawn_site(tmp_path)
    with pytest.raises(ContentError) as fault:
        build_site(site)
    fixes = {str(problem.fix).partition("`")[2].rstrip("`") for problem in fault.value.problems}
    assert {f'pictures: {{svg: {{"{name}": sanitize}}}}' for name in (BESIDE, STATIC)} == fixes
    (site / "newsgen.yaml").write_text(config_source(f'pictures: {{svg: {{"{BESIDE}": sanitize, static: sanitize}}}}'))
    left = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">\n<g/>\n<image/></svg>\n'
    assert [left.encode()] * 2 == published(site)


def test_the_nearest_setting_wins(tmp_path):
    """A file's own setting goes before that of its folder, and that before one of a folder above."""
    nearest = "{static: refuse, static/do-hoa: sanitize, static/do-hoa/ban-do.svg: allow, content: sanitize}"
    static, beside = published(drawn_site(tmp_path, setting=nearest))
    assert RUNNING.encode() == static
    assert b"script" not in beside


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_drawing_says_who_drew_it(tmp_path, name):
    """What programs note in a drawing is not published, and no reason for an error."""
    for data in published(drawn_site(tmp_path, DRAWINGS[name])):
        assert [] == [secret for secret in SECRETS if secret in data]


def test_originals_are_kept_where_the_settings_say_so(tmp_path):
    """Where pictures are published as they are, so are drawings; what runs in them is refused there too."""
    site = drawn_site(tmp_path, INKSCAPE)
    (site / "newsgen.yaml").write_text(config_source("pictures: {originals: {static/do-hoa: keep}}"), "utf-8")
    static, beside = published(site)
    assert INKSCAPE.encode() == static
    assert b"ha-my" not in beside
    (site / STATIC).write_text(RUNNING, "utf-8")
    assert 3 == len(find_errors(site))


def test_another_setting_makes_a_drawing_again(tmp_path):
    """After a change of the settings the drawings are those of a clean build."""
    site = drawn_site(tmp_path, setting="allow")
    assert [RUNNING.encode()] * 2 == published(site)
    (site / "newsgen.yaml").write_text(config_source("pictures: {svg: sanitize}"), "utf-8")
    again = published(site)
    build_site(site, clean=True)
    assert again == published(site)
    assert b"script" not in again[0]
    (site / "newsgen.yaml").write_text(config_source(), "utf-8")
    assert 6 == len(find_errors(site))


@pytest.mark.parametrize("drawing", ["", "lời", "<svg xmlns='http://www.w3.org/2000/svg'><g>", "<svg/>"])
@pytest.mark.parametrize("setting", ["sanitize", "refuse"])
def test_what_is_no_drawing(tmp_path, drawing, setting):
    """A file that no browser shows as a drawing is an error, once; told to, newsgen publishes it as it is."""
    site = site_folder(
        tmp_path, {STORY: article_source(), STATIC: drawing}, config_source(f"pictures: {{svg: {setting}}}")
    )
    assert [STATIC] == [error.split(" ")[0].split(":")[0] for error in find_errors(site)]
    (site / "newsgen.yaml").write_text(config_source(f"pictures: {{svg: {{{STATIC}: allow}}}}"), "utf-8")
    build_site(site)
    assert drawing == (site / "build/do-hoa/ban-do.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("setting", "place"),
    [("all", "newsgen.yaml:3:17"), ("{static: all}", "newsgen.yaml:3:26"), ("{anh: allow}", "newsgen.yaml:3:23")],
)
def test_an_unknown_setting(tmp_path, setting, place):
    """A setting that makes no sense is an error at its place."""
    with pytest.raises(ConfigError) as fault:
        build_site(drawn_site(tmp_path, setting=setting))
    assert [place] == [str(problem.location) for problem in fault.value.problems]
