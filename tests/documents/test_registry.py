"""Outputs that are no HTML pages."""

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from builders import NOW, article_source, config_source, manuscript, site_config, site_folder
from newsgen.commands.explain import explain
from newsgen.core.errors import ContentError
from newsgen.documents.document import Paper
from newsgen.documents.registry import DOCUMENTS
from newsgen.model.episodes import Episode
from newsgen.model.manuscripts import Coverage
from newsgen.model.pages import DocumentOutput
from papers import build_site, documents, newspaper, tree, weekly
from written_documents import written

EVERYTHING = site_config(
    "machines: {article_json: true, headers: [netlify, nginx, apache, caddy]}",
    "redirects: {/cu/: /}",
    "feeds: {partners: {bao-ban: {}}}",
    "podcast: {image: /podcast.jpg}",
    "search: {text: auto}",
)
EPISODES = {"content/kinh-te/nhan-muon.md": Episode("/kinh-te/rao.mp3", "audio/mpeg", 7)}


def test_every_document_writes_what_it_plans():
    """No two documents have one name, each plans something in a paper that wants all, and writes that itself."""
    site = newspaper(replace(manuscript(), live=Coverage(entries=1)), config=EVERYTHING, episodes=EPISODES)
    planned = documents(site)
    names = [document.name for document in DOCUMENTS]
    assert len(names) == len(set(names))
    assert set(names) == {output.document for output in planned.values()}
    for output in planned:
        assert written(site, output, {"content/kinh-te/nhan-muon.md": "<p>Một.</p>"}), output


def test_a_document_plans_outputs_of_its_own_name():
    """Whatever a document plans is written by that document and by no other."""
    site = newspaper(replace(manuscript(), live=Coverage(entries=1)), config=EVERYTHING, episodes=EPISODES)
    paper = Paper(site, site.main, [], lambda text: text)
    for document in DOCUMENTS:
        assert {document.name} == {output.document for output in document.plan(paper)}


class Names:
    """A document as others may write one: the names of all people in the paper, one file in each language."""

    name = "names"

    def plan(self, paper):
        """One file with the languages' own word in its head."""
        link = paper.edition.permalinks.at("/names.txt")
        yield DocumentOutput(self.name, link.output, link.url, paper.translate("Home"))

    def write(self, output, ask):
        """The authors of the newest stories, one a line."""
        authors = {author.name for item in ask.stories("site", "", 10) for author in item.card.authors}
        return "\n".join([output.subject, *sorted(authors), ""]).encode()


@pytest.fixture
def with_names(monkeypatch):
    """A line in the registry, as a new document would have."""
    monkeypatch.setattr("newsgen.plugins.additions.DOCUMENTS", (*DOCUMENTS, Names()))


@pytest.mark.usefixtures("with_names")
def test_a_document_more_is_made_and_kept_as_the_others_are(tmp_path):
    """It stands in the output of each language, is reported, explained, kept, and made again when an answer changes."""
    config = config_source("languages: {en: {title: News}}")
    site = site_folder(tmp_path, {"content/a/a.md": article_source("authors: [Thu Trang]")}, config)
    first = build_site(site, jobs=1)
    assert "Trang chủ\nThu Trang\n" == tree(site / "build")["names.txt"].decode()
    assert b"Home\n" == tree(site / "build")["en/names.txt"]
    told = {change.url: change for change in first.addresses}["/names.txt"]
    assert ("added", "document", "names.txt", "", "new") == (
        told.change,
        told.kind,
        told.title,
        told.source,
        told.reason,
    )
    assert 0 == build_site(site, jobs=1).made
    site_folder(site, {"content/a/b.md": article_source("authors: [Bảo Long]", title="Tin khác")}, config)
    second = build_site(site, jobs=1)
    assert "surroundings" == {change.url: change.reason for change in second.addresses}["/names.txt"]
    assert "/en/names.txt" not in {change.url for change in second.addresses}
    explained = explain(site, site / "build", "names.txt", NOW)
    assert ["the 10 latest stories of the site"] == [one.asked.strip() for one in explained.questions]


@pytest.mark.usefixtures("with_names")
def test_a_document_more_collides_as_the_others_do(tmp_path):
    """A story at its address is told, with the document's output as the owner."""
    files = {"content/a/a.md": article_source("url: /names.txt")}
    with pytest.raises(ContentError) as caught:
        build_site(site_folder(tmp_path, files), jobs=1)
    problem = next(one for one in caught.value.problems if one.rule == "duplicate-address")
    assert "the document “names.txt”" in f"{problem.what}"


def test_the_json_of_a_story_names_its_source(tmp_path):
    """The list of changed addresses says which story an article's JSON is about."""
    config = config_source("machines: {article_json: true}")
    site = site_folder(tmp_path, {"content/a/a.md": article_source()}, config)
    found = {change.source for change in build_site(site, jobs=1).addresses if change.url.endswith(".json")}
    assert {"content/a/a.md", ""} == found


HIDDEN = "Disallow: /nhap/\n"
SITEMAP = "\nSitemap: https://baolacgiang.example/sitemap.xml\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], f"User-agent: *\nAllow: /\n{SITEMAP}"),
        (["machines: {sitemap: false}"], "User-agent: *\nAllow: /\n"),
        (
            ["robots: {disallow: [/nhap/], crawlers: {GPTBot: deny, Googlebot: allow}}"],
            f"User-agent: *\n{HIDDEN}\nUser-agent: GPTBot\nDisallow: /\n\nUser-agent: Googlebot\n{HIDDEN}{SITEMAP}",
        ),
    ],
)
def test_robots_are_let_in_as_the_paper_wants(lines, expected):
    """A paper at the root of its host has a robots.txt: the policy for each crawler, and where the sitemaps are."""
    site = newspaper(manuscript(), config=site_config(*lines))
    assert expected == written(site, "robots.txt").decode()


def test_latest_json_has_the_newest_stories():
    """latest.json tells other programs what lists show, newest first, with whole addresses."""
    stories = [
        manuscript(f"a/{n:02}.md", slug=f"s{n}", date=NOW - timedelta(hours=n), tags=("lúa",)) for n in range(60)
    ]
    found = json.loads(written(newspaper(*stories), "latest.json"))
    assert ("Báo Lạc Giang", 50) == (found["title"], len(found["stories"]))
    newest = found["stories"][0]
    assert "https://baolacgiang.example/a/2022/08/s0.html" == newest["url"]
    assert ("2022-08-07T07:51:00+07:00", "a", "lúa") == (
        newest["published"],
        newest["section"]["id"],
        newest["tags"][0]["name"],
    )


def test_a_story_has_its_own_json_where_it_is_wanted():
    """`machines.article_json` puts a file with the body beside each story's page."""
    config = site_config("machines: {article_json: true}", "permalink: /{section}/{slug}/")
    site = newspaper(manuscript(), config=config)
    found = json.loads(written(site, "kinh-te/nhan-muon/index.json", {"content/kinh-te/nhan-muon.md": "<p>Một.</p>"}))
    assert ("Nhãn muộn được mùa", "<p>Một.</p>", 7) == (found["title"], found["html"], found["words"])
    assert not [one for one in documents(newspaper(manuscript())).values() if one.document == "article.json"]


def test_addresses_in_the_json_of_a_story_are_whole():
    """A program that reads it need not know the site; links to places of the text stay in it."""
    config = site_config("machines: {article_json: true}", "permalink: /{section}/{slug}/")
    html = '<p id="a"><a href="/b.html">b</a> <a href="#a">a</a> <img src="/c.png" srcset="/c.png 1x, /d.png 2x"></p>'
    site = newspaper(manuscript(), config=config)
    found = json.loads(written(site, "kinh-te/nhan-muon/index.json", {"content/kinh-te/nhan-muon.md": html}))
    root = "https://baolacgiang.example"
    assert [html.replace('"/', f'"{root}/').replace(" /d", f" {root}/d")] == [found["html"]]


def test_galleries_are_plain_figures_in_the_json_of_a_story_and_in_feeds():
    """Their links to large pictures lead into a viewer, which other programs do not have."""
    config = site_config("machines: {article_json: true}", "permalink: /{section}/{slug}/", "feeds: {content: full}")
    image = '<img src="/a.png" alt="A">'
    html = f'<figure><a class="enlarge" href="/a.png">{image}</a></figure>'
    site, bodies = newspaper(manuscript(), config=config), {"content/kinh-te/nhan-muon.md": html}
    found = json.loads(written(site, "kinh-te/nhan-muon/index.json", bodies))
    assert '<figure><img src="https://baolacgiang.example/a.png" alt="A"></figure>' == found["html"]
    (item,) = json.loads(written(site, "feed.json", bodies))["items"]
    assert '<figure><img src="https://baolacgiang.example/a.png" alt="A"></figure>' == item["content_html"]


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


def test_publishing_a_story_rewrites_fewer_than_thirty_files(tmp_path):
    """With the shared box a new story changes its own page and fewer than 29 others, feeds and sitemaps included."""
    config = "title: Báo\nurl: https://baolacgiang.example\nlatest: {mode: fragment}\n"
    names = ("kinh-te", "kinh-te/gia-ca", "xa-hoi")
    stories = {
        f"content/{names[n % 3]}/tin-{n:03}.md": article_source(
            f"tags: ['loại {n % 7}', 'nơi {n % 5}', chung]",
            f"authors: [Người {n % 4}]",
            title=f"Tin {n}",
            date=f"20{19 + n % 4}-0{1 + n % 8}-01 07:{n % 60:02}",
        )
        for n in range(150)
    }
    site = site_folder(tmp_path, stories, config)
    build_site(site)
    before = tree(site / "build")
    new = article_source("tags: ['loại 1', 'nơi 2', chung]", "authors: [Người 3]", title="Tin mới nhất hôm nay")
    site_folder(site, {"content/kinh-te/gia-ca/moi.md": new}, config)
    build_site(site)
    after = tree(site / "build")
    changed = {name for name, data in after.items() if before.get(name) != data} - {"newsgen.json"}
    assert {"rss.xml", "kinh-te/gia-ca/atom.xml", "chu-de/chung/rss.xml", "sitemap-2022.xml", "latest.json"} <= changed
    assert len(changed) < 30, sorted(changed)
