"""Files that stories show, in builds: what is made again after a change of one, and what nobody may see."""

from unittest import mock

import pytest

from builders import article_source, config_source, png, site_folder
from clean_builds import settled_clock
from newsgen.build import text_edits
from newsgen.core.errors import ContentError
from papers import build_site, tree
from recordings import silence
from six_stories import SETTINGS, STORIES, STORY, built_again, paper, story

GRID = "content/kinh-te/gia.csv"
TABLE = '![Giá nhãn](gia.csv "Nghìn đồng | Nguồn: Sở")'
PRICES = "Vùng,Giá\nA,20\nB,30\n"


@pytest.fixture
def site(tmp_path):
    """The small paper, in which two stories of one folder show a table, and one of them is linked from a third."""
    site = paper(tmp_path)
    built_again(site, {GRID: PRICES, **{STORY[f"tin-{n}"]: story(n, body=TABLE) for n in (2, 4)}})
    return site


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize(
    ("what", "files"),
    [
        ("a cell", {GRID: PRICES.replace("30", "31")}),
        ("a row", {GRID: f"{PRICES}C,5\n"}),
        ("a column that is chosen", {f"{GRID}.yaml": "columns: [Giá]\n"}),
        ("a word", {f"{GRID}.yaml": "rows: 1\n"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_makes_again_what_shows_the_file(site, what, files):
    """These pages and no others."""
    made, report = built_again(site, files)
    assert {STORIES["tin-2"], STORIES["tin-4"]} == made
    assert 3 >= report.changed


@pytest.mark.usefixtures("one_process")
def test_a_setting_of_tables_makes_again_what_shows_them(site):
    """These pages and no others; a comment in newsgen.yaml, and a pattern of other tables, none."""
    for files, made in (
        ("{gia.csv: {columns: [Giá]}}", {STORIES["tin-2"], STORIES["tin-4"]}),
        ("{gia.csv: {columns: [Giá]}} # ghi chú", set()),
        ("{content/xa-hoi: {rows: 1}, gia.csv: {columns: [Giá]}}", set()),
        ("{content/kinh-te: {rows: 1}, gia.csv: {columns: [Giá]}}", {STORIES["tin-2"], STORIES["tin-4"]}),
    ):
        again, _ = built_again(site, config=config_source(*SETTINGS, "attachments:", f"  files: {files}"))
        assert made == again


@pytest.mark.usefixtures("one_process")
def test_a_file_that_nobody_shows_makes_nothing_again(site):
    """Nor does a sidecar without its table, or a file that is only saved again."""
    made, report = built_again(site, {"content/kinh-te/khac.csv": "a\n1\n", GRID: PRICES})
    assert (set(), 0) == (made, report.changed)


@pytest.mark.usefixtures("one_process")
def test_the_short_way_of_edits_shows_the_file_as_it_is(site):
    """After an edit of a text the table is that of the file, also where the file changed with the text."""
    with settled_clock():
        built_again(site)
        taken = []
        follow = text_edits.follow_text_edits

        def noted(workspace):
            report = follow(workspace)
            taken.append(report is not None)
            return report

        with mock.patch.object(text_edits, "follow_text_edits", noted):
            made, _ = built_again(site, {STORY["tin-2"]: story(2, body=f"Chữ khác.\n\n{TABLE}")})
            assert ({STORIES["tin-2"]}, True) == (made, taken[0])
            edit = {STORY["tin-2"]: story(2, body=f"Chữ mới.\n\n{TABLE}"), GRID: PRICES.replace("20", "21")}
            made, _ = built_again(site, edit)
            assert {STORIES["tin-2"], STORIES["tin-4"]} == made


@pytest.mark.usefixtures("one_process")
def test_a_fault_of_a_file_keeps_the_last_paper(site):
    """It stops the build, is told once for all stories, and nothing changes."""
    before = tree(site / "build")
    site_folder(site, {GRID: "Vùng,Giá\nA,1.234\n"}, (site / "newsgen.yaml").read_text("utf-8"))
    with pytest.raises(ContentError) as caught:
        build_site(site)
    (problem,) = caught.value.problems
    assert (GRID, 2, 3, "bad-cell") == (*_place(problem), problem.rule)
    assert before == tree(site / "build")


def _place(problem):
    return problem.location.path, problem.location.line, problem.location.column


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize(("name", "data"), [("anh.png", png()), ("gia-2.csv", PRICES), ("rao.mp3", silence())])
def test_a_file_that_is_gone_is_told_where_it_is_shown(site, name, data):
    """A picture, a table and a recording: the next build says in which line it is missed, as a clean one does."""
    built_again(site, {STORY["tin-2"]: story(2, body=f"![Giá]({name})"), f"content/kinh-te/{name}": data})
    (site / "content/kinh-te" / name).unlink()
    with pytest.raises(ContentError) as caught:
        build_site(site)
    (problem,) = caught.value.problems
    assert (STORY["tin-2"], "missing-image") == (problem.location.path, problem.rule)


STATES = {
    "draft": "status: draft",
    "embargoed": "embargo: 2030-01-01",
    "later": "date: 2031-01-01",
    "withdrawn": "status: withdrawn",
}
HIDDEN = "Giám đốc cảng Vân Hải nhận tiền của nhà thầu trong ba năm liền"


@pytest.mark.parametrize("beside", ["content/kinh-te", "static"])
@pytest.mark.parametrize("state", STATES)
def test_a_file_of_an_unseen_story_is_in_no_output(tmp_path, state, beside):
    """Neither its name, nor its words, nor the file itself."""
    name = "/bi-mat.csv" if beside == "static" else "bi-mat.csv"
    lines = [STATES[state]]
    hidden = article_source(*lines, title="Chuyện ở cảng", body=f"![Giá]({name})\n")
    hidden = hidden.replace("date: 2022-08-07\n", "", 1) if state == "later" else hidden
    files = {
        "content/kinh-te/kin.md": hidden,
        "content/xa-hoi/a.md": article_source(title="Kè sông"),
        f"{beside}/bi-mat.csv": f"Việc,Số\n{HIDDEN},3\n",
        f"{beside}/bi-mat.csv.yaml": "alt: Bí mật\n",
    }
    build_site(site_folder(tmp_path, files))
    made = tree(tmp_path / "build")
    assert [] == [n for n, data in made.items() if "bi-mat" in n or b"bi-mat" in data or HIDDEN.encode() in data]


def test_a_file_is_published_with_a_story_that_shows_it(tmp_path):
    """Its sidecar never is; with `consent: false` neither file nor table is."""
    files = {"content/kinh-te/a.md": article_source(body=f"Chữ.\n\n{TABLE}\n"), GRID: PRICES}
    site = site_folder(tmp_path, {**files, f"{GRID}.yaml": "highlight: [A]\n"})
    build_site(site)
    assert PRICES.encode() == tree(site / "build")["kinh-te/gia.csv"]
    site_folder(site, {f"{GRID}.yaml": "consent: false\n"})
    report = build_site(site)
    made = tree(site / "build")
    assert ["no-consent"] == [problem.rule for problem in report.warnings]
    assert [] == [name for name, data in made.items() if "gia.csv" in name or b"gia.csv" in data]
