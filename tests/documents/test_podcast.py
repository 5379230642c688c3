"""The podcast: a feed by PSP-1, of the recordings that stories have in their front matter."""

import io
from uuid import UUID

import feedparser
import pytest
from PIL import Image

from builders import article_source, config_source, moment, png, site_folder
from moving_pictures import make_large_gif
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.core.errors import ConfigError, ContentError
from papers import build_site, tree
from recordings import silence
from written_documents import parsed

ITUNES, PODCAST = "{http://www.itunes.com/dtds/podcast-1.0.dtd}", "{https://podcastindex.org/namespace/1.0}"
SHOW = "podcast: {image: /podcast.png, title: Tiếng sông & chợ, author: Báo, email: a@baolacgiang.example}"
FIELDS = "podcast: {file: tap-1.mp3, season: 1, episode: 2, type: bonus, explicit: true, transcript: tap-1.vtt}"
COVER = png(1400, 1400, is_grey=False)
NOW = moment("2026-01-01 08:00")


def make_site(folder, *heads, config=SHOW, **files):
    """A paper with a recording beside a story for each head, the last one newest."""
    stories = {
        f"content/tin/a{number}.md": article_source(head, f"slug: a{number}", title=f"Tập {number} <&>")
        for number, head in enumerate(heads, 1)
    }
    beside = {"content/tin/tap-1.mp3": silence(65), "content/tin/tap-1.vtt": "WEBVTT\n", "static/podcast.png": COVER}
    return site_folder(folder, {**stories, **beside, **files}, config_source(config))


def built(site):
    """Every output of a site."""
    build_site(site, at=NOW)
    return tree(site / "build")


def test_the_feed_has_what_the_standard_asks_for(tmp_path):
    """The required elements of PSP-1, with the bytes of the recording and the seconds that it plays."""
    found = built(make_site(tmp_path, FIELDS))
    root = parsed(found["podcast.xml"])
    channel = root.find("channel")
    told = ["title", "link", "description", "language", f"{ITUNES}author", f"{ITUNES}explicit", f"{PODCAST}guid"]
    assert [] == [tag for tag in told if not channel.findtext(tag)]
    assert "Tiếng sông & chợ" == channel.findtext("title")
    assert "News" == channel.find(f"{ITUNES}category").get("text")
    assert "https://baolacgiang.example/podcast.png" == channel.find(f"{ITUNES}image").get("href")
    assert 5 == UUID(channel.findtext(f"{PODCAST}guid")).version
    (item,) = channel.findall("item")
    enclosure = item.find("enclosure").attrib
    size = str(len(found["tin/tap-1.mp3"]))
    assert ("https://baolacgiang.example/tin/tap-1.mp3", size, "audio/mpeg") == tuple(
        map(enclosure.get, ("url", "length", "type"))
    )
    assert ("Tập 1 <&>", "65") == (item.findtext("title"), item.findtext(f"{ITUNES}duration"))
    numbers = [item.findtext(f"{ITUNES}{tag}") for tag in ("season", "episode", "episodeType", "explicit")]
    assert ["1", "2", "bonus", "true"] == numbers
    assert "text/vtt" == item.find(f"{PODCAST}transcript").get("type")
    assert b"WEBVTT\n" == found["tin/tap-1.vtt"]
    assert not feedparser.parse(found["podcast.xml"]).bozo


def test_pages_have_a_player_and_name_the_feed(tmp_path):
    """Nothing of the recording is loaded before it is played; the transcript is linked."""
    site = make_site(tmp_path, FIELDS, "kicker: Tin")
    found = {name: data.decode("utf-8", "replace") for name, data in built(site).items()}
    (page,) = (text for name, text in found.items() if name.endswith("a1.html"))
    assert '<audio controls preload="none" src="/tin/tap-1.mp3"' in page
    assert 'href="/tin/tap-1.vtt"' in page
    assert 'href="/podcast.xml"' in found["index.html"]
    assert 1 == sum("<audio" in text for text in found.values())


def test_papers_without_episodes_have_no_podcast(tmp_path):
    """Neither the feed nor a link to it."""
    found = built(make_site(tmp_path, "kicker: Tin"))
    assert "podcast.xml" not in found
    assert b"podcast.xml" not in found["index.html"]


def test_without_a_picture_of_the_show_a_story_has_its_player(tmp_path):
    """And the paper no feed of it, which is told at the newest episode."""
    site = make_site(tmp_path, "podcast: tap-1.mp3", FIELDS, config="language: vi")
    (problem,) = build_site(site, at=NOW).warnings
    assert ("no-podcast", "content/tin/a2.md:4:17") == (problem.rule, str(problem.location))
    found = tree(site / "build")
    assert "podcast.xml" not in found
    assert "tin/tap-1.mp3" in found


def make_jpeg(mode):
    """A JPEG of the right size in colours of a mode."""
    file = io.BytesIO()
    Image.new(mode, (1400, 1400)).save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "picture", "words"),
    [
        ("podcast.png", COVER, ""),
        ("podcast.png", png(3000, 3000, is_grey=False), ""),
        ("podcast.jpg", make_jpeg("RGB"), ""),
        ("podcast.png", png(1399, 1399, is_grey=False), "1399 × 1399 pixels"),
        ("podcast.png", png(3001, 3001, is_grey=False), "3001 × 3001 pixels"),
        ("podcast.png", png(1600, 1400, is_grey=False), "1600 × 1400 pixels"),
        ("podcast.png", png(1400, 1400), "not in RGB"),
        ("podcast.jpg", make_jpeg("CMYK"), "not in RGB"),
        ("podcast.jpg", make_jpeg("L"), "not in RGB"),
        ("podcast.gif", make_large_gif(0, (60, 50), 1), "no JPEG and no PNG"),
    ],
)
def test_a_picture_that_directories_do_not_take_is_told(tmp_path, name, picture, words):
    """Its shape, its size, its format and its colours, at its place in newsgen.yaml."""
    site = make_site(tmp_path, FIELDS, config=f"podcast: {{image: /{name}}}", **{f"static/{name}": picture})
    found = build_site(site, at=NOW).warnings
    told = [(problem.rule, problem.location.path, words in str(problem.what)) for problem in found]
    assert ([("podcast-picture", "newsgen.yaml", True)] if words else []) == told


def test_addresses_of_the_picture_are_escaped(tmp_path):
    """As those of pages are, below the path of the paper on its host."""
    config = "podcast: {image: ảnh bìa.png}"
    site = make_site(tmp_path, FIELDS, config=config, **{"static/ảnh bìa.png": COVER})
    (channel,) = parsed(built(site)["podcast.xml"])
    assert "https://baolacgiang.example/%E1%BA%A3nh%20b%C3%ACa.png" == channel.find(f"{ITUNES}image").get("href")


def test_an_id_of_another_form_is_told(tmp_path):
    """At its place in newsgen.yaml."""
    site = make_site(tmp_path, FIELDS, config="podcast: {image: /podcast.png, guid: tiếng sông}")
    with pytest.raises(ConfigError) as caught:
        build_site(site, at=NOW)
    assert ["newsgen.yaml:3:38"] == [str(problem.location) for problem in caught.value.problems]


def test_each_language_has_a_podcast_of_its_own(tmp_path):
    """The id of the settings is that of the main one; no two feeds have the same."""
    guid = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    config = f"podcast: {{image: /podcast.png, guid: {guid}}}\nlanguages: {{en: {{title: News}}}}"
    english = article_source("podcast: tap-1.mp3", "slug: b", title="One")
    beside = {"content/en/tin/b.md": english, "content/en/tin/tap-1.mp3": silence()}
    found = built(make_site(tmp_path, FIELDS, config=config, **beside))
    guids = [parsed(found[name])[0].findtext(f"{PODCAST}guid") for name in ("podcast.xml", "en/podcast.xml")]
    assert guid == guids[0]
    assert 5 == UUID(guids[1]).version


def test_descriptions_have_no_more_bytes_than_the_standard_allows(tmp_path):
    """4,000, of the show and of an episode."""
    config = f"description: {'Đường ' * 1000}\n{SHOW}"
    site = make_site(tmp_path, f"{FIELDS}\nsummary: {'Đường ' * 1000}", config=config)
    (channel,) = parsed(built(site)["podcast.xml"])
    texts = [channel.findtext("description"), channel.find("item").findtext("description")]
    assert [True, True] == [1000 < len(text.encode()) <= 4000 for text in texts]


@pytest.mark.parametrize(
    ("head", "place", "words"),
    [
        ("podcast: tap-9.mp3", "4:10", "there is no file “tap-9.mp3”"),
        ("podcast: tap-1.vtt", "4:10", "is no file of the kind"),
        ("podcast: {file: tap-1.mp3, transcript: tap-9.vtt}", "4:40", "there is no file “tap-9.vtt”"),
        ("podcast: hong.mp3", "4:10", "“hong.mp3” is no recording"),
    ],
)
def test_a_wrong_file_is_told_at_its_place(tmp_path, head, place, words):
    """A missing file, one of another kind, and a damaged one."""
    site = make_site(tmp_path, head, **{"content/tin/hong.mp3": b"<!doctype html>"})
    with pytest.raises(ContentError) as caught:
        build_site(site, at=NOW)
    (problem,) = caught.value.problems
    assert ("bad-episode", f"content/tin/a1.md:{place}") == (problem.rule, str(problem.location))
    assert words in problem.what


def test_an_embargoed_recording_is_in_no_output(tmp_path):
    """Neither the file nor its transcript, until the story is public."""
    site = make_site(tmp_path, f"embargo: 2026-06-01\n{FIELDS}")
    found = built(site)
    assert not {"podcast.xml", "tin/tap-1.mp3", "tin/tap-1.vtt"} & found.keys()


def test_an_incremental_build_leaves_what_a_clean_one_leaves(tmp_path):
    """After a recording was exchanged, an episode came or went, and the settings changed."""
    site = make_site(tmp_path, FIELDS, "kicker: Tin")
    other = tmp_path / "clean"
    story = site / "content/tin/a2.md"
    text = story.read_text("utf-8")
    steps = (
        lambda: (site / "content/tin/tap-1.mp3").write_bytes(silence(130)),
        lambda: story.write_text(text.replace("kicker: Tin", "podcast: tap-1.mp3"), "utf-8"),
        lambda: story.write_text(text, "utf-8"),
        lambda: (site / "newsgen.yaml").write_text(config_source(SHOW.replace("Báo", "Đài")), "utf-8"),
    )
    built(site)
    for number, step in enumerate(steps):
        step()
        found = built(site)
        build(BuildOptions(site, other / str(number), NOW, clean=True))
        assert found == tree(other / str(number))
