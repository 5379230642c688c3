"""The desk: after a change only what it touches is done again, and what is broken leaves the last that was whole."""

from datetime import timedelta

from builders import NOW, article_source, moment, png, site_folder
from newsgen.desk import Desk, DeskOptions
from papers import weekly

STORY = "content/kinh-te/tin-00.md"
PAGE = "kinh-te/2022/01/tin-so-0.html"


def desk_of(folder, files=None, at=None) -> Desk:
    """A desk that has read the weekly paper once; `at` is asked for the time."""
    desk = Desk(DeskOptions(site_folder(folder, files or weekly()), at or (lambda _config: NOW)))
    desk.look()
    return desk


def changed(desk: Desk, path: str, text: str | bytes) -> Desk:
    """The desk after such a file was saved and looked at."""
    site_folder(desk.options.site, {path: text})
    desk.look(frozenset({path}))
    return desk


def rules(desk: Desk) -> list[str]:
    """The rules of what is wrong."""
    return [problem.rule for problem in desk.problems]


def test_a_body_joins_nothing(tmp_path):
    """A changed body leaves everything that was joined and planned as it is."""
    desk = desk_of(tmp_path)
    before, number = desk.edition, desk.number
    changed(desk, STORY, weekly()[STORY].replace("## Mục", "## Mục khác"))
    assert (before.planned, before.answers, number + 1) == (desk.edition.planned, desk.edition.answers, desk.number)
    assert before.reading is not desk.edition.reading


def test_a_head_joins_again(tmp_path):
    """A changed title is in the plan."""
    desk = changed(desk_of(tmp_path), STORY, weekly()[STORY].replace("Tin số 0", "slug: tin-so-0\ntitle: Tin sửa", 1)
                   .replace("title: slug", "slug"))  # fmt: skip
    assert "Tin sửa" == desk.edition.pages[PAGE].title


def test_nothing_new_is_nothing(tmp_path):
    """A file saved as it was, an editor's backup, another look: the number stays."""
    desk = desk_of(tmp_path)
    number = desk.number
    changed(desk, STORY, weekly()[STORY])
    changed(desk, "content/kinh-te/.tin-00.md.swp", "x")
    changed(desk, "content/kinh-te/tin-00.md~", "x")
    desk.look()
    assert number == desk.number


def test_a_look_finds_what_changed(tmp_path):
    """Where it is not said what changed, a look finds it by itself: added, changed, gone."""
    desk = desk_of(tmp_path)
    site_folder(tmp_path, {"content/xa-hoi/moi.md": article_source(title="Tin thêm")})
    (tmp_path / "content/kinh-te/tin-03.md").unlink()
    desk.look()
    assert "xa-hoi/2022/08/tin-them.html" in desk.edition.pages
    assert "kinh-te/2022/01/tin-so-3.html" not in desk.edition.pages


def test_a_broken_story_keeps_its_last_text(tmp_path):
    """What cannot be read is told, and stands as it last could; other changes come through meanwhile."""
    desk = changed(desk_of(tmp_path), STORY, "---\ntitle: [\n---\n")
    assert desk.problems
    assert "Tin số 0" == desk.edition.pages[PAGE].title
    changed(desk, "content/xa-hoi/moi.md", article_source(title="Tin thêm"))
    assert "xa-hoi/2022/08/tin-them.html" in desk.edition.pages
    assert desk.problems
    changed(desk, STORY, weekly()[STORY])
    assert () == desk.problems


def test_what_cannot_be_joined_keeps_the_edition(tmp_path):
    """Two stories at one address leave the edition as it was, until one of them gives way."""
    desk = desk_of(tmp_path)
    before = desk.edition
    changed(desk, "content/kinh-te/hai.md", article_source(title="Tin số 0", date="2022-01-10"))
    assert (["duplicate-address"], before) == (rules(desk), desk.edition)
    (tmp_path / "content/kinh-te/hai.md").unlink()
    desk.look(frozenset({"content/kinh-te/hai.md"}))
    assert [] == rules(desk)


def test_settings(tmp_path):
    """Faulty settings keep the edition; mended they make another."""
    desk = desk_of(tmp_path)
    before, config = desk.edition, (tmp_path / "newsgen.yaml").read_text("utf-8")
    changed(desk, "newsgen.yaml", config + "titel: sai\n")
    assert (["unknown-key"], before) == (rules(desk), desk.edition)
    changed(desk, "newsgen.yaml", config + "description: Tin hai bờ\n")
    assert ([], "Tin hai bờ") == (rules(desk), desk.edition.config.description)


def test_templates_and_styles_join_nothing(tmp_path):
    """A template or a style is looked up anew, and nothing is joined for it."""
    desk = desk_of(tmp_path, weekly() | {"static/own.css": "a{}"})
    before = desk.edition
    changed(desk, "templates/page.html", "x")
    assert before.planned is desk.edition.planned
    assert before.answers is not desk.edition.answers
    middle = changed(desk, "static/own.css", "b{}").edition
    assert before.planned is middle.planned


def test_a_picture_of_another_size(tmp_path):
    """A picture that is replaced has its new size on cards."""
    files = {STORY: weekly()[STORY].replace("---\n", "---\nimage: a.png\n", 1), "content/kinh-te/a.png": png(4, 3)}
    desk = desk_of(tmp_path, weekly() | files)
    assert 4 == desk.edition.pages[PAGE].image.width
    changed(desk, "content/kinh-te/a.png", png(9, 3))
    assert 9 == desk.edition.pages[PAGE].image.width


def test_a_story_whose_time_comes(tmp_path):
    """When a scheduled story's time comes the next look shows it, though no file changed."""
    times = [NOW]
    files = weekly() | {"content/xa-hoi/hen.md": article_source(title="Tin hẹn", date="2022-08-07 08:00")}
    desk = desk_of(tmp_path, files, lambda _config: times[-1])
    assert (False, False) == (desk.is_due(), "xa-hoi/2022/08/tin-hen.html" in desk.edition.pages)
    times.append(moment("2022-08-07 08:00") + timedelta(seconds=1))
    assert desk.is_due()
    desk.look(frozenset())
    assert (False, True) == (desk.is_due(), "xa-hoi/2022/08/tin-hen.html" in desk.edition.pages)
