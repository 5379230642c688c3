"""Pictures whose licence has ended, or to which nobody has consented, are in no output."""

import json

import pytest
from click.testing import CliRunner

from builders import article_source, config_source, moment, png, site_folder
from clean_builds import sources
from newsgen.build.memory import LastBuild
from newsgen.cli import main
from newsgen.core.errors import ContentError
from newsgen.core.sealed import load
from newsgen.publish.publication import find_state_folder
from papers import build_site, tree

END = moment("2022-09-01 06:00")
BEFORE, AFTER = moment("2022-09-01 05:59"), END
NEVER, UNTIL = "consent: false\n", "licence_until: 2022-09-01 06:00\n"
LEAD, BODY, LINK = (f"content/kinh-te/{name}.md" for name in "abc")
FILES = {
    LEAD: article_source("image: {src: cau.png, crops: [cau-vuong.png]}", title="Bài có ảnh dẫn"),
    BODY: article_source(
        title="Bài có ảnh giữa bài", body="Chữ.\n\n![](cau.png)\n\n<img src='cho.png' srcset='cau.png 2x'>\n"
    ),
    LINK: article_source(title="Bài có liên kết", body="Xem [ảnh lớn](cau.png).\n"),
    "content/xa-hoi/d.md": article_source("author: Minh An", title="Bài có tác giả", body="![](/anh/lac.png)\n"),
    "content/xa-hoi/e.md": article_source(title="Bài không có ảnh"),
    "data/authors/minh-an.yaml": "name: Minh An\nphoto: /anh/lac.png\n",
    "static/anh/lac.png": png(6, 5),
    "content/kinh-te/cau.png": png(5, 4),
    **{f"content/kinh-te/{name}.png": png(3, 3) for name in ("cau-vuong", "cho")},
}
BARRED = ("content/kinh-te/cau.png", "static/anh/lac.png")
OUTPUTS = ("kinh-te/cau.png", "anh/lac.png")
CONFIG = config_source("publisher: {name: Báo, logo: /anh/lac.png}", "share_image: /anh/lac.png")


def make_site(folder, text, config=CONFIG):
    """The site with this sidecar for its two pictures, "" for none."""
    beside = {f"{picture}.yaml": text for picture in BARRED} if text else {}
    return site_folder(folder, {**FILES, **beside}, config)


def find_named(site):
    """The outputs that name one of the pictures, by the name of each."""
    found = tree(site / "build")
    names = ("cau.png", "lac.png")
    return {
        output: [n for n in names if n.encode() in data] for output, data in found.items() if "newsgen.json" != output
    }


@pytest.mark.parametrize(("text", "at"), [(NEVER, BEFORE), (UNTIL, AFTER)])
def test_no_output_has_or_names_the_picture(tmp_path, text, at):
    """Not as a lead picture, in a story, as a link, an author's photograph or a logo, and not in static/."""
    site = make_site(tmp_path, text)
    build_site(site, at=at)
    assert {} == {output: names for output, names in find_named(site).items() if names}
    assert not set(OUTPUTS) & tree(site / "build").keys()


def test_before_the_end_the_picture_is_there(tmp_path):
    """Until its licence ends a picture is shown as any other."""
    site = make_site(tmp_path, UNTIL)
    build_site(site, at=BEFORE)
    with_licence = tree(site / "build")
    assert set(OUTPUTS) <= with_licence.keys()


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_build_after_the_end_is_a_clean_one(tmp_path, jobs):
    """When a licence ends, the paper is that of a clean build; also when time goes back."""
    site, clean = make_site(tmp_path / "a", UNTIL), make_site(tmp_path / "b", UNTIL)
    build_site(site, at=BEFORE)
    earlier = tree(site / "build")
    build_site(site, at=AFTER, jobs=jobs)
    build_site(clean, at=AFTER)
    assert tree(clean / "build") == tree(site / "build")
    build_site(site, at=BEFORE)
    assert earlier == tree(site / "build")


def test_pages_that_do_not_show_it_are_kept(tmp_path):
    """The end of the licence of a picture in a story's text makes that page again, and no other."""
    files = {
        BODY: article_source(title="Bài có ảnh", body="![Cầu](cau.png)\n"),
        LEAD: article_source(title="Bài không có ảnh"),
        "content/kinh-te/cau.png": png(),
        "content/kinh-te/cau.png.yaml": UNTIL,
    }
    site = site_folder(tmp_path, files)
    build_site(site, at=moment("2022-08-20"))
    assert 0 == build_site(site, at=BEFORE).made
    assert 1 == build_site(site, at=AFTER).made
    assert 0 == build_site(site, at=moment("2022-09-02")).made


def test_the_end_bounds_the_span_of_a_build(tmp_path):
    """A build knows that its output holds only until the licence ends, though no story changes then."""
    site = make_site(tmp_path, UNTIL)
    build_site(site, at=moment("2022-08-20"))
    last = load(LastBuild, find_state_folder(site, site / "build") / "last")
    assert END.isoformat() == last.until


def test_a_text_edit_after_the_end(tmp_path):
    """The fast way for edits of texts does not show the picture any longer."""
    site = make_site(tmp_path, UNTIL)
    build_site(site, at=BEFORE)
    (site / LINK).write_text(FILES[LINK].replace("Xem", "Hãy xem"), "utf-8")
    build_site(site, at=AFTER)
    assert not set(OUTPUTS) & tree(site / "build").keys()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Chữ.\n\n![Lan](cau.png)\n", "<p>Chữ.</p>"),
        ("Chữ.\n\n<figure><img src='cau.png'><figcaption>Chị Lan</figcaption></figure>\n", "<p>Chữ.</p>"),
        ("Chữ.\n\n[![Lan](cau.png)](cau.png)\n", "<p>Chữ.</p>"),
        ("Chữ ![Lan](cau.png) chữ.\n", "<p>Chữ  chữ.</p>"),
    ],
)
def test_what_is_left_of_a_text(tmp_path, text, left):
    """The figure goes with its caption, which may name who is on the picture."""
    files = {LEAD: article_source(title="Bài", body=text), "templates/article.html": "{{ body.html }}"}
    files |= {"content/kinh-te/cau.png": png(), "content/kinh-te/cau.png.yaml": NEVER}
    site = site_folder(tmp_path, files)
    build_site(site)
    assert left == (site / "build/kinh-te/2022/08/bai.html").read_text("utf-8").strip()


@pytest.mark.parametrize(("text", "at"), [(NEVER, BEFORE), (UNTIL, AFTER)])
def test_a_logo_on_social_cards(tmp_path, text, at):
    """Cards are drawn without a logo that nobody may see."""
    made = []
    for name, logo in (("a", "{when: all, logo: /anh/lac.png}"), ("b", "{when: all}")):
        site = make_site(tmp_path / name, text, config_source(f"cards: {logo}"))
        build_site(site, at=at)
        made.append(sorted(data for output, data in tree(site / "build").items() if output.endswith(".jpg")))
    assert made[0] == made[1] != []


def test_due_tells_the_end(tmp_path):
    """`newsgen due` lists when each licence ends; of a picture without consent it lists nothing."""
    site = make_site(tmp_path, UNTIL)
    (site / f"{BARRED[1]}.yaml").write_text(f"{UNTIL}{NEVER}", "utf-8")
    done = CliRunner().invoke(main, ["--site", str(site), "due", "--json", "--at", "2022-08-20"])
    told = [one for one in json.loads(done.stdout) if one["source"] in BARRED]
    assert [(BARRED[0], END.isoformat())] == [(one["source"], one["at"]) for one in told], done.output


def test_a_story_that_shows_a_picture_without_consent(tmp_path):
    """Each place is told, and the paper is published; the rule can be made an error."""
    site = make_site(tmp_path, NEVER)
    told = {(str(one.location), one.rule) for one in build_site(site).warnings if one.rule == "no-consent"}
    places = {f"{LEAD}:4:14", f"{BODY}:7:5", f"{LINK}:5:15", "content/xa-hoi/d.md:6:5"}
    assert places <= {place for place, _ in told}, told
    (site / "newsgen.yaml").write_text(f"{CONFIG}rules: {{no-consent: error}}\n", "utf-8")
    before = tree(site / "build")
    with pytest.raises(ContentError, match="no-consent"):
        build_site(site)
    assert before == tree(site / "build")


@pytest.mark.parametrize(("text", "at"), [(NEVER, BEFORE), (UNTIL, AFTER)])
def test_a_template_that_names_the_picture(tmp_path, text, at):
    """No end of a licence at night may hold up a paper: the page is made, and the editors are told."""
    site = make_site(tmp_path, text)
    site_folder(site, {"templates/404.html": "{{ asset('anh/lac.png') }}"}, CONFIG)
    if text == UNTIL:
        build_site(site, at=BEFORE)
        assert "/anh/lac.png?v=" in (site / "build/404.html").read_text("utf-8")
    build_site(site, at=at)
    assert "/anh/lac.png" == (site / "build/404.html").read_text("utf-8")
    done = CliRunner().invoke(main, ["--site", str(site), "check", "--json", "--at", f"{at:%Y-%m-%d %H:%M}"])
    places = [(one["location"]["path"], one["rule"]) for one in json.loads(done.stdout)["problems"]]
    assert (f"{BARRED[1]}.yaml", "no-consent" if text == NEVER else "licence-ends") in places


def test_nobody_is_told_of_a_licence_that_has_ended(tmp_path):
    """An archive full of agency pictures does not fill every build with warnings."""
    report = build_site(make_site(tmp_path, UNTIL), at=AFTER)
    assert [] == [one for one in report.warnings if "png" in one.what]


def test_consent_taken_back_and_given_again(tmp_path):
    """Each change of a sidecar gives the paper of a clean build."""
    site = make_site(tmp_path / "a", "")
    for number, text in enumerate((NEVER, "consent: true\n", NEVER, None)):
        build_site(site)
        for picture in BARRED:
            if text is None:
                (site / f"{picture}.yaml").unlink()
            else:
                (site / f"{picture}.yaml").write_text(text, "utf-8")
        build_site(site)
        clean = site_folder(tmp_path / f"clean-{number}", sources(site))
        build_site(clean)
        assert tree(clean / "build") == tree(site / "build")
