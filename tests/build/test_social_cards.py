"""Social cards in builds: which stories have one, when it is drawn again, and that no card tells what is not public."""

import io
import json
import re
import shutil
from unicodedata import normalize

import pytest
from PIL import Image

from builders import NOW, article_source, config_source, moment, png, site_folder
from card_texts import bundled
from newsgen.commands.explain import explain
from newsgen.core.errors import ConfigError, ContentError
from newsgen.media.cards.recipe import CardDrawing
from papers import build_site, tree

CARDS = "cards: {when: missing}"
A, B = "content/kinh-te/a.md", "content/kinh-te/b.md"
TITLE = "Nhãn lồng được mùa"
META = re.compile(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">')
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@pytest.fixture
def drawn(monkeypatch):
    """The headlines of the cards that are drawn, by one process."""
    titles, make = [], CardDrawing.make
    monkeypatch.setattr("newsgen.workers.pool.sys.platform", "none")
    monkeypatch.setattr(
        CardDrawing, "make", lambda self, *given: titles.append(self.card.texts.headline) or make(self, *given)
    )
    return titles


def paper(folder, line=CARDS, **stories):
    """A site with a story without a picture, one with a picture, and others by their file's name."""
    files = {
        A: article_source("slug: a", title=TITLE),
        B: article_source("slug: b", "image: {src: cau.png, alt: Cầu}", title="Cầu thông xe"),
        "content/kinh-te/cau.png": png(40, 30),
        "static/logo.png": png(60, 60),
        "static/fonts/rieng.ttf": bundled().small,
        **{f"content/kinh-te/{name}.md": source for name, source in stories.items()},
    }
    return site_folder(folder, files, config_source(line))


def cards(site):
    """The cards of a built site, by their paths."""
    return {name: data for name, data in tree(site / "build").items() if name.startswith("theme/pictures/cards/")}


def page(site, name="a"):
    """The page of a story: what its head tells other sites, and its JSON-LD."""
    text = (site / f"build/kinh-te/2022/08/{name}.html").read_text("utf-8")
    return dict(META.findall(text)), json.loads(JSON_LD.search(text)[1])["@graph"][0]


def test_a_story_without_a_picture_has_a_card(tmp_path):
    """Its page names it with its true size, and search engines get it; a story with a picture keeps that."""
    site = paper(tmp_path)
    build_site(site)
    ((name, data),) = cards(site).items()
    told, thing = page(site)
    assert f"https://baolacgiang.example/{name}" == told["og:image"] == thing["image"][0]["url"]
    size = Image.open(io.BytesIO(data)).size
    assert size == (int(told["og:image:width"]), int(told["og:image:height"]))
    assert [TITLE] * 2 == [told["og:image:alt"], told["twitter:image:alt"]]
    assert "summary_large_image" == told["twitter:card"]
    told, thing = page(site, "b")
    assert [True, True] == ["/kinh-te/cau" in told["og:image"], "/kinh-te/cau" in thing["image"][0]["url"]]


def test_all_stories(tmp_path):
    """With `all` other sites get a card of each story, and search engines the lead picture where there is one."""
    site = paper(tmp_path, "cards: {when: all}")
    build_site(site)
    assert 2 == len(cards(site))
    told, thing = page(site, "b")
    assert "/theme/pictures/cards/" in told["og:image"]
    assert "/kinh-te/cau" in thing["image"][0]["url"]


@pytest.mark.parametrize("line", ["", "cards: {when: none}"])
def test_no_card_unless_a_paper_wants_them(tmp_path, line):
    """Without the setting there is none."""
    site = paper(tmp_path, line)
    build_site(site)
    assert {} == cards(site)
    assert "og:image" not in page(site)[0]


def test_only_what_changed_is_drawn_again(tmp_path, drawn):
    """Not after a text edit or with nothing changed; another headline draws its card, and the old one goes."""
    site = paper(tmp_path, c=article_source("slug: c", title="Tin khác"))
    build_site(site)
    before = cards(site)
    assert {TITLE, "Tin khác"} == set(drawn)
    drawn.clear()
    shutil.rmtree(site / ".newsgen/pictures")
    build_site(site)
    (site / A).write_text(article_source("slug: a", title=TITLE, body="Lời khác.\n"), "utf-8")
    build_site(site)
    (site / "newsgen.yaml").write_text(config_source(CARDS, "lists: {page: 3}"), "utf-8")
    build_site(site)
    assert [] == drawn
    assert before == cards(site)
    (site / A).write_text(article_source("slug: a", title="Nhãn mất mùa"), "utf-8")
    build_site(site)
    assert ["Nhãn mất mùa"] == drawn
    assert 1 == len(before.keys() & cards(site).keys())
    build_site(site, output=tmp_path / "clean", clean=True)
    assert tree(tmp_path / "clean") | {"newsgen.json": b""} == tree(site / "build") | {"newsgen.json": b""}
    assert ["Nhãn mất mùa", "Tin khác"] == drawn, "the clean build found the one that was kept"


@pytest.mark.parametrize(
    "line",
    [
        'cards: {when: missing, color: "#036"}',
        "cards: {when: missing, logo: /logo.png}",
        "cards: {when: missing, font: static/fonts/rieng.ttf}",
    ],
)
def test_another_look_draws_all_again(tmp_path, drawn, line):
    """Another colour, logo or font gives every card another name and other bytes."""
    site = paper(tmp_path)
    build_site(site)
    (site / "newsgen.yaml").write_text(config_source(line), "utf-8")
    before = cards(site)
    build_site(site)
    assert [TITLE, TITLE] == drawn
    assert before.keys().isdisjoint(cards(site))
    assert set(before.values()).isdisjoint(cards(site).values())


def test_another_file_of_a_font_or_logo_draws_all_again(tmp_path, drawn):
    """The settings are the same, the bytes that they name are not: pages name the new cards.

    An older story of the section has none.
    """
    line = "cards: {when: missing, logo: /logo.png, font: static/fonts/rieng.ttf}"
    site = paper(tmp_path, line, z=article_source("slug: z", title="湄公河", date="2022-08-01"))
    build_site(site)
    seen = {page(site)[0]["og:image"]}
    for file, data in (("static/logo.png", png(50, 60)), ("static/fonts/rieng.ttf", bundled().headline)):
        drawn.clear()
        (site / file).write_bytes(data)
        build_site(site)
        assert [TITLE] == drawn
        seen.add(page(site)[0]["og:image"])
    assert 3 == len(seen)
    assert next(iter(cards(site))) in page(site)[0]["og:image"]


def test_a_card_is_explained(tmp_path):
    """`newsgen explain` tells whose card it is, and which page names it."""
    site = paper(tmp_path)
    build_site(site)
    (name,) = cards(site)
    found = explain(site, site / "build", name, NOW)
    assert (f"a social card, drawn for {A}", ("/kinh-te/2022/08/a.html",)) == (found.why, found.shown_by)


def test_both_unicode_forms_have_one_card(tmp_path):
    """A headline in NFD has the card of the same headline in NFC, which two stories with one title share."""
    site = paper(tmp_path, c=article_source("slug: c", title=normalize("NFD", TITLE)))
    build_site(site)
    assert 1 == len(cards(site))


def test_no_card_before_its_time(tmp_path):
    """A story to come has no card in the output, and its name tells nothing; an update has another card."""
    coming = "Tỉnh bàn giao khu đất cảng cũ cho thành phố"
    sources = {
        "d": article_source("slug: d", "embargo: 2030-01-01", title=coming),
        "e": article_source("slug: e", "status: draft", title=f"{coming} hôm nay"),
        "g": article_source("slug: g", title="Sắp tới nữa", date="2031-01-01"),
    }
    site = paper(tmp_path, **sources)
    build_site(site)
    before = cards(site)
    assert 1 == len(before)
    build_site(site, at=moment("2030-01-02"))
    after = cards(site)
    assert 2 == len(after)
    assert before.keys() < after.keys()
    assert all(re.fullmatch(r"theme/pictures/cards/[0-9a-f]{16}\.jpg", name) for name in after)


def test_processes_make_the_same_cards(tmp_path):
    """Several processes draw byte for byte what one does."""
    stories = {f"s{n}": article_source(f"slug: s{n}", title=f"Tin số {n}") for n in range(12)}
    made = []
    for jobs in (1, 3):
        site = paper(tmp_path / str(jobs), **stories)
        build_site(site, jobs=jobs)
        made.append(cards(site))
    assert made[0] == made[1]
    assert 13 == len(made[0])


def test_a_damaged_or_forged_card_in_the_store_is_drawn_again(tmp_path, drawn):
    """What is kept is only a hint."""
    site = paper(tmp_path)
    build_site(site)
    before = cards(site)
    for kept in (site / ".newsgen/pictures").glob("??/*"):
        kept.write_bytes(b"x" * 90)
    build_site(site, output=tmp_path / "again", clean=True)
    assert [TITLE, TITLE] == drawn
    assert before.items() <= tree(tmp_path / "again").items()


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("cards: {when: sometimes}", "newsgen.yaml:3:15"),
        ("cards: {when: missing, color: red}", "newsgen.yaml:3:31"),
        ('cards: {when: missing, color: "#12345"}', "newsgen.yaml:3:31"),
        ("cards: {when: missing, logo: /logo.svg}", "newsgen.yaml:3:30"),
        ("cards: {when: missing, font: fonts/x.ttf}", "newsgen.yaml:3:30"),
        ("cards: {when: missing, font: static/fonts/x.woff2}", "newsgen.yaml:3:30"),
        ("cards: {background: red}", "newsgen.yaml:3:21"),
    ],
)
def test_a_wrong_setting_is_told_at_its_place(tmp_path, line, place):
    """Colours, logos and fonts that cannot be used are errors of newsgen.yaml."""
    with pytest.raises(ConfigError) as fault:
        build_site(paper(tmp_path, line))
    assert [place] == [str(problem.location) for problem in fault.value.problems]


@pytest.mark.parametrize(
    ("line", "file", "data", "place"),
    [
        ("logo: /khong-co.png", "", b"", "newsgen.yaml:3:30"),
        ("logo: /hong.png", "static/hong.png", png(30, 30).replace(b"IDAT", b"IDAX"), "newsgen.yaml:3:30"),
        ("logo: /hong.png", "static/hong.png", b"text", "newsgen.yaml:3:30"),
        ("font: static/khong-co.ttf", "", b"", "newsgen.yaml:3:30"),
        ("font: static/hong.ttf", "static/hong.ttf", b"text", "newsgen.yaml:3:30"),
        ("font: static/hong.ttf", "static/hong.ttf", bundled().small[:20000], "newsgen.yaml:3:30"),
    ],
)
def test_a_wrong_file_is_told_at_its_setting(tmp_path, line, file, data, place):
    """A font or logo that is missing or damaged is told where newsgen.yaml names it."""
    site = paper(tmp_path, f"cards: {{when: missing, {line}}}")
    if file:
        (site / file).write_bytes(data)
    with pytest.raises(ContentError) as fault:
        build_site(site)
    assert place in {str(problem.location) for problem in fault.value.problems}


def test_a_story_in_other_letters_has_no_card(tmp_path):
    """Boxes in place of letters are no headline: the page says nothing of a card, and the build goes on."""
    site = paper(tmp_path, c=article_source("slug: c", title="Tin 湄公河"))
    build_site(site)
    assert 1 == len(cards(site))
    assert "og:image" not in page(site, "c")[0]


def test_the_lead_picture_stands_behind(tmp_path, drawn):
    """With `all` its colours are seen; another picture, or another focus of it, draws that card alone again."""
    site = paper(tmp_path, "cards: {when: all}")
    (site / "content/kinh-te/cau.png").write_bytes(two_colours("#00ff00", "#0000ff"))
    build_site(site)
    assert {TITLE, "Cầu thông xe"} == set(drawn)
    assert (0, 255, 0) == seen_on(site)
    for change, colour in (
        (("cau.png.yaml", b"focus: 100% 50%\n"), (0, 0, 255)),
        (("cau.png", two_colours("#00ff00", "#ff0000")), (255, 0, 0)),
    ):
        drawn.clear()
        (site / "content/kinh-te" / change[0]).write_bytes(change[1])
        build_site(site)
        assert (["Cầu thông xe"], 2, colour) == (drawn, len(cards(site)), seen_on(site))
    (site / "newsgen.yaml").write_text(config_source("cards: {when: all, background: color}"), "utf-8")
    build_site(site)
    assert (163, 21, 28) == seen_on(site)


def two_colours(left, right):
    """A wide picture, the larger part of it in the first colour."""
    image = Image.new("RGB", (3000, 400), left)
    image.paste(right, (2200, 0, 3000, 400))
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def seen_on(site):
    """The colour in the upper half of the card of the story with a picture, as full as the channels are near to it."""
    name = page(site, "b")[0]["og:image"].removeprefix("https://baolacgiang.example/")
    colour = Image.open(io.BytesIO(cards(site)[name])).getpixel((900, 260))
    known = ((0, 255, 0), (0, 0, 255), (255, 0, 0), (163, 21, 28))
    return min(known, key=lambda one: sum(abs(a - b) for a, b in zip(one, colour, strict=True)))
