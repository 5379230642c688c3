"""The index that builds make: of what readers may see, a function of the stories, little of it new for a new story."""

import json
import shutil
import zlib
from datetime import timedelta

import pytest

from builders import NOW, article_source, config_source, png, site_folder
from newsgen.build.index_leaks import find_runs
from newsgen.commands.explain import explain
from newsgen.core.messages import say
from newsgen.render.scanning import Canary
from newsgen.search.reader import read_tiers
from newsgen.search.terms import StoryTexts, list_terms
from papers import build_site, tree

pytestmark = pytest.mark.usefixtures("one_process")

HEAD = "theme/search/vi.json"
FOLDER = "theme/search/vi/"
PAPER = config_source("language: vi", "search: {text: auto}")


def story(title, *lines, body="Bến đò đông khách.", date="2022-03-01 08:00"):
    """A story with a title and a text."""
    return article_source(*lines, title=title, date=date, body=body)


def read_index(site):
    """The tiers of the index of a built site."""
    files = tree(site / "build")
    return read_tiers(files[HEAD], lambda name: files[f"{FOLDER}{name}"])


def find(site, term):
    """The addresses of the stories with a term, newest first."""
    return [tier.find_story(number).url for tier in read_index(site) for number in sorted(tier.find_all(term))]


def index_of(site):
    """The files of the index of a built site."""
    return {name: data for name, data in tree(site / "build").items() if name.startswith("theme/search/")}


def many(count):
    """Stories of several years, in three sections."""
    names = ("kinh-te", "kinh-te/gia-ca", "xa-hoi")
    return {
        f"content/{names[n % 3]}/tin-{n:03}.md": story(
            f"Tin {n} về mùa nhãn",
            f"tags: [loại {n % 7}]",
            body=f"Nhà vườn số {n} bán {n * 3} tạ. Giá {n % 11} nghìn đồng.\n\nĐường {n % 13} còn ngập.",
            date=f"20{19 + n % 4}-0{1 + n % 7}-{1 + n % 27:02} 07:00",
        )
        for n in range(count)
    }


def test_readers_find_titles_leads_and_texts(tmp_path):
    """A word is found in the title, the lead, the names of authors and tags, the text and what a table says."""
    body = "Đò chạy từ sáng.\n\n![Giá](gia.csv)\n\n:::hộp Lưu ý\nMang áo phao.\n:::"
    files = {
        "content/xa-hoi/ben-do.md": story(
            "Bến mới", "summary: Qua sông", "authors: [Ngọc Hà]", "tags: [sông nước]", body=body
        ),
        "content/xa-hoi/gia.csv": "Vùng,Giá\nPhù Sa,12\nThượng Lưu,15\n",
    }
    site = site_folder(tmp_path, files, PAPER)
    build_site(site)
    found = {
        term: bool(find(site, term))
        for term in ("bến mới", "qua sông", "ngọc hà", "sông nước", "áo phao", "thượng lưu")
    }
    assert all(found.values()), found
    assert ["/xa-hoi/2022/03/ben-moi.html"] == find(site, "section:xa-hoi") == find(site, "author:ngoc-ha")
    assert [] == find(site, "không có")


def test_the_head_tells_what_the_script_needs(tmp_path):
    """Tiers with their years, names of sections and authors, and the letters by which words are folded."""
    site = site_folder(tmp_path, many(30), PAPER)
    build_site(site)
    head = json.loads(tree(site / "build")[HEAD])
    assert [tier["name"] for tier in head["tiers"]] == ["m", "y", "a"]
    assert 30 == sum(tier["stories"] for tier in head["tiers"])
    years = [year for tier in head["tiers"] for year, _ in tier["years"]]
    assert sorted(set(years), reverse=True) == list(dict.fromkeys(years))
    assert {"kinh-te", "kinh-te/gia-ca", "xa-hoi"} == head["sections"].keys()
    assert "d" == head["letters"]["đ"]
    assert "\\u0300-\\u036f" in head["marks"]
    below = set(find(site, "section:kinh-te"))
    assert below > set(find(site, "section:kinh-te/gia-ca")) > set()


def test_what_readers_may_not_see_is_in_no_file(tmp_path):
    """Drafts, stories to come, ended, withdrawn and unlisted ones are not found by any of their words."""
    hidden = {
        "draft": story("Bản nháp hươu cao cổ", "status: draft"),
        "embargo": story("Tin giữ hươu cao cổ", "embargo: 2030-01-01"),
        "later": story("Tin sau hươu cao cổ", date="2031-01-01"),
        "ended": story("Tin hết hươu cao cổ", "expires: 2022-04-01"),
        "unlisted": story("Tin ẩn hươu cao cổ", "expires: 2022-04-01", "replace: unlist"),
        "withdrawn": story("Tin rút hươu cao cổ", "status: withdrawn"),
    }
    files = {f"content/xa-hoi/{name}.md": source for name, source in hidden.items()}
    site = site_folder(tmp_path, {**files, "content/xa-hoi/a.md": story("Tin thường")}, PAPER)
    build_site(site)
    assert [] == find(site, "hươu cao") == find(site, "hươu")
    plain = [zlib.decompress(data) for name, data in index_of(site).items() if name.endswith(".bin")]
    assert not any("hươu".encode() in data for data in plain)
    assert 1 == len(find(site, "tin thường"))


def test_a_story_that_goes_is_found_no_more(tmp_path):
    """What becomes a draft, or goes at its time, leaves the index with the next build."""
    site = site_folder(
        tmp_path,
        {"content/a/b.md": story("Hươu cao cổ", "expires: 2023-01-01"), "content/a/c.md": story("Khác")},
        PAPER,
    )
    build_site(site)
    assert find(site, "hươu cao")
    build_site(site, at=NOW + timedelta(days=4000))
    assert [] == find(site, "hươu cao")


def test_the_index_of_an_edited_site_is_that_of_a_clean_build(tmp_path):
    """Whatever came, went or changed, with segments kept, lost or damaged, and the settings changed between."""
    site = site_folder(tmp_path / "site", many(40), PAPER)
    edits = [
        {"content/xa-hoi/moi.md": story("Tin mới nhất", date="2022-07-30 09:00")},
        {"content/kinh-te/tin-000.md": story("Tin cũ sửa lại", body="Chữ khác hẳn.", date="2019-01-01 07:00")},
        {"content/xa-hoi/moi.md": None},
        {"content/xa-hoi/thang-sau.md": story("Tháng sau", date="2022-08-02 09:00")},
    ]
    state = site / ".newsgen"
    for number, edit in enumerate(edits):
        for name, source in edit.items():
            (site / name).unlink() if source is None else site_folder(site, {name: source}, PAPER)
        build_site(site)
        for at, path in enumerate(sorted(state.rglob("segments/*"))):
            if at % 4 == number % 4:
                path.write_bytes(path.read_bytes()[: 40 + number])
            elif at % 4 == 1:
                path.unlink()
        clean = tmp_path / f"clean-{number}"
        shutil.copytree(site, clean, ignore=shutil.ignore_patterns("build", ".newsgen"))
        build_site(clean)
        assert index_of(clean) == index_of(site)


def test_a_new_story_rewrites_few_files(tmp_path):
    """One more story of the newest month changes the files of that month, and fewer than eighty."""
    site = site_folder(tmp_path, many(200), PAPER)
    build_site(site)
    before = index_of(site)
    site_folder(site, {"content/xa-hoi/moi.md": story("Tin mới nhất", date="2022-07-30 09:00")}, PAPER)
    build_site(site)
    changed = {name for name, data in index_of(site).items() if before.get(name) != data}
    assert changed
    assert len(changed) < 80
    assert all(name == HEAD or name.startswith((f"{FOLDER}m", f"{FOLDER}s0")) for name in changed), changed


def test_nothing_is_made_again_without_an_edit_of_a_story(tmp_path):
    """A build after an edit of a standing page keeps every file of the index."""
    site = site_folder(tmp_path, {**many(12), "content/pages/ve.md": "---\ntitle: Về báo\n---\nMột.\n"}, PAPER)
    build_site(site)
    stamps = {path: path.stat().st_mtime_ns for path in (site / "build/theme/search").rglob("*.bin")}
    site_folder(site, {"content/pages/ve.md": "---\ntitle: Về tòa soạn\n---\nHai.\n"}, PAPER)
    build_site(site)
    assert stamps == {path: path.stat().st_mtime_ns for path in (site / "build/theme/search").rglob("*.bin")}


@pytest.mark.parametrize(("text", "finds"), [("head", False), ("full", True), ("auto", True)])
def test_the_settings_choose_what_is_searched(tmp_path, text, finds):
    """`head` leaves out the texts."""
    site = site_folder(tmp_path, many(3), config_source("language: vi", f"search: {{text: {text}}}"))
    build_site(site)
    assert find(site, "mùa nhãn")
    assert finds is bool(find(site, "còn ngập"))


def test_a_paper_without_a_search_has_nothing_of_it(tmp_path):
    """No page, no files, no description, no link to them."""
    site = site_folder(tmp_path, many(3), config_source("language: vi", "search: {text: none}"))
    build_site(site)
    files = tree(site / "build")
    assert not [name for name in files if "theme/search/" in name or name == "opensearch.xml" or "tim-kiem" in name]
    assert b"tim-kiem" not in files["index.html"]
    assert b"SearchAction" not in files["index.html"]


def test_each_language_has_an_index(tmp_path):
    """A story is found in its language alone."""
    config = config_source("language: vi", "languages: {en: {}}", "search: {text: auto}")
    site = site_folder(
        tmp_path, {"content/a/cau.md": story("Cầu mới"), "content/a/cau.en.md": story("New bridge", "lang: en")}, config
    )
    build_site(site)
    files = tree(site / "build")
    english = read_tiers(files["theme/search/en.json"], lambda name: files[f"theme/search/en/{name}"])
    assert find(site, "cầu mới")
    assert [] == find(site, "new bridge")
    assert english[0].find_all("new bridge")
    assert "en/search/index.html" in files


def test_foreign_words_in_a_shard_are_a_leak(tmp_path):
    """A run of hidden words is told where a story has all its pairs, and not from its own texts."""
    site = site_folder(tmp_path, {"content/a/b.md": story("Tin", body="Ông tỉnh trưởng mới từ chức hôm qua.")}, PAPER)
    build_site(site)
    (tier,) = read_index(site)
    canary = Canary(" tỉnh trưởng mới từ chức ", "text", "content/a/mat.md", say("a draft"))
    own = list_terms(StoryTexts("Tin", "", "Ông tỉnh trưởng mới từ chức hôm qua."))
    others = list_terms(StoryTexts("Tin", "", "Ông tỉnh trưởng mới."))
    assert [] == list(find_runs(tier, [canary], lambda _number: own))
    ((name, told),) = find_runs(tier, [canary], lambda _number: others)
    assert canary == told
    assert f"{FOLDER}{name}" in tree(site / "build")
    absent = Canary(" từ chức mới trưởng ", "text", "content/a/mat.md", say("a draft"))
    assert [] == list(find_runs(tier, [absent], lambda _number: others))


@pytest.mark.parametrize("widths", ["[16, 24]", "[64]", "[]"])
def test_the_picture_of_a_result_is_published(tmp_path, widths):
    """In whatever sizes pictures are published, the address that results show is that of a file."""
    pictures = f"pictures: {{widths: {widths}, formats: {{lead: [avif, webp], body: [webp]}}}}"
    config = config_source("language: vi", "search: {text: head}", pictures)
    files = {"content/a/b.md": story("Cầu mới", "image: cau.png"), "content/a/cau.png": png(40, 30)}
    site = site_folder(tmp_path, files, config)
    build_site(site)
    (tier,) = read_index(site)
    assert tier.find_story(0).picture.removeprefix("/") in tree(site / "build")


def test_a_file_of_the_index_is_explained(tmp_path):
    """`newsgen explain` knows the head and the files beside it."""
    site = site_folder(tmp_path, many(3), PAPER)
    build_site(site)
    for output in index_of(site):
        found = explain(site, site / "build", f"/{output}", NOW)
        assert (output, "a file in which readers search, made of the stories") == (found.output, found.why)
