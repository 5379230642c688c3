"""The most read stories of the day: distinct readers, stories of the paper alone, nothing that a reader wrote."""

import json

import pytest

from builders import article_source, site_folder
from papers import build_site
from reader_count import MOST_READ, Clock, paper, run

A, B, C = "/a.html", "/b.html", "/c.html"


async def listed(one):
    """The urls of the list."""
    answer = await one.ask("GET", MOST_READ, origin=None)
    assert 200 == answer.status
    return [story["url"] for story in answer.json["stories"]]


def test_the_most_read_comes_first(tmp_path, store):
    """Stories are ordered by their readers, each counted once however long they read."""

    async def day():
        one = paper(tmp_path, redis=store)
        one.name_stories(A, B, C)
        for _ in range(5):
            await one.beat(1, A)
        for reader in (1, 2, 3):
            await one.beat(reader, B)
        for reader in (4, 5):
            await one.beat(reader, C)
        assert [B, C, A] == await listed(one)

    run(day())


def test_the_list_tells_when_it_was_made(tmp_path, store):
    """It has the moment, titles and languages, may be kept for a minute, and any page may read it."""

    async def day():
        one = paper(tmp_path, redis=store)
        one.name_stories(A)
        await one.beat(1, A)
        answer = await one.ask("GET", MOST_READ, origin=None)
        story = {"url": A, "title": f"Tin {A}", "language": "vi"}
        assert {"at": "2022-08-07T00:51:00+00:00", "stories": [story]} == answer.json
        assert "public, max-age=60" == answer.headers["cache-control"]
        assert "*" == answer.headers["access-control-allow-origin"]

    run(day())


def test_a_day_old_reading_is_not_listed(tmp_path, store):
    """What was read a day ago is not among the most read, also across the change of salts."""

    async def day():
        clock = Clock()
        one = paper(tmp_path, clock=clock, redis=store)
        one.name_stories(A, B)
        await one.beat(1, A)
        await one.beat(2, A)
        clock.pass_minutes(23 * 60)
        await one.beat(1, B)
        assert [A, B] == await listed(one)
        clock.pass_minutes(60)
        assert [B] == await listed(one)

    run(day())


STRANGE = ["/x.html", "//evil.example/a.html", "https://evil.example/a.html", "/a.html?x", "a" * 900]


@pytest.mark.parametrize("story", STRANGE)
def test_what_is_no_story_of_the_paper_is_not_stored(tmp_path, redis, story):
    """Its reader is online all the same, and no name that a reader made up gets into the store or the list."""

    async def day():
        one = paper(tmp_path, redis=redis.url)
        one.name_stories(A)
        assert 200 == (await one.beat(1, story)).status
        assert 1 == await one.online(1)
        assert [] == await listed(one)

    run(day())
    with redis.client() as client:
        assert not [key for key in client.scan_iter() if b"story" in key]


def test_few_readers_make_no_list(tmp_path, store):
    """A story that fewer than the least number have read is not listed."""

    async def day():
        one = paper(tmp_path, redis=store, least=3)
        one.name_stories(A, B)
        for reader in (1, 2, 3):
            await one.beat(reader, A)
        await one.beat(1, B)
        assert [A] == await listed(one)

    run(day())


def test_each_language_has_its_list(tmp_path, store):
    """Ten stories of each language at most."""

    async def day():
        one = paper(tmp_path, redis=store)
        one.name_stories(*(f"/{number}.html" for number in range(12)), *(f"/en/{number}.html" for number in range(2)))
        for number in range(12):
            await one.beat(1, f"/{number}.html")
        for number in range(2):
            await one.beat(1, f"/en/{number}.html")
        told = await listed(one)
        assert 12 == len(told)
        assert {"/en/0.html", "/en/1.html"} < set(told)

    run(day())


def test_stories_are_those_of_a_build(tmp_path, store):
    """The paper's own latest.json names them, in every language, under its base path; another build is noticed."""
    files = {
        "content/kinh-te/gia-vai.md": article_source("slug: gia-vai", title="Giá vải"),
        "content/en/culture/market.md": article_source("slug: market", title="The market"),
    }
    settings = (
        "title: Báo\nurl: https://baolacgiang.example/bao\n"
        "online: {endpoint: /api/online, most_read: /api/online/most-read}\n"
        "languages: {en: {title: News, sections: {culture: {title: Culture}}}}\nsections: {kinh-te: {title: Kinh tế}}\n"
    )

    async def day():
        one = paper(tmp_path, settings, redis=store)
        site_folder(one.site, files, settings)
        build_site(one.site)
        await one.read_stories()
        for reader, story in enumerate(("/bao/kinh-te/2022/08/gia-vai.html", "/bao/en/culture/2022/08/market.html")):
            await one.beat(reader, story)
        answer = await one.ask("GET", MOST_READ, origin=None)
        told = {(story["title"], story["language"]) for story in answer.json["stories"]}
        assert {("Giá vải", "vi"), ("The market", "en")} == told

    run(day())


@pytest.mark.parametrize("latest", [b"", b"{", b"[]", b'{"stories": 5}', b'{"stories": [{"url": 1}]}', b"\xff\xfe"])
def test_a_bad_file_of_stories_is_told_and_changes_nothing(tmp_path, latest):
    """The stories that were known stay, and whoever runs the service is told once."""

    async def day():
        file = tmp_path / "latest.json"
        one = paper(tmp_path, stories=(str(file),))
        file.write_text(json.dumps({"stories": [{"url": "https://baolacgiang.example/a.html", "title": "A"}]}))
        await one.read_stories()
        await one.beat(1, A)
        file.write_bytes(latest)
        for _ in range(3):
            await one.read_stories()
        assert [A] == await listed(one)
        assert 1 == len(one.lines)
        assert str(file) in one.lines[0]

    run(day())


def test_stories_of_another_host_are_none(tmp_path):
    """A latest.json that names pages elsewhere, or outside the paper's base path, brings none of them."""

    async def day():
        file = tmp_path / "latest.json"
        one = paper(tmp_path, stories=(str(file),))
        urls = ["https://evil.example/a.html", "javascript:alert(1)", "//evil.example/a.html", "", "https://[x"]
        file.write_text(json.dumps({"stories": [{"url": url, "title": "A"} for url in urls]}))
        await one.read_stories()
        await one.beat(1, A)
        assert [] == await listed(one)

    run(day())
