"""Links alone in their paragraphs that show a video, post, sound or map; codes for embedding; what is left alone."""

import re
from random import Random
from urllib.parse import quote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from builders import site_config
from embed_codes import CODES
from markdown_engines import DEFAULT, SECOND, engine, examples
from newsgen.body.embeds.registry import KNOWN, PROVIDERS, list_players
from newsgen.body.prose import find_first_paragraph
from newsgen.body.static_form import make_static
from newsgen.core.errors import apply_edits
from newsgen.core.text import squeeze
from newsgen.model.stories import Body
from random_stories import Desk
from story_rendering import FIRST_LINE, body_of, shown

VIDEO = "https://www.youtube.com/watch?v=LacGiang001"
ENGINES = (DEFAULT, SECOND)
TABLE = """
https://www.youtube.com/watch?v=LacGiang001&t=1m3s → https://www.youtube-nocookie.com/embed/LacGiang001?start=63&autoplay=1
https://youtu.be/LacGiang001?si=x → https://www.youtube-nocookie.com/embed/LacGiang001?autoplay=1
HTTPS://M.YouTube.com/shorts/LacGiang001 → https://www.youtube-nocookie.com/embed/LacGiang001?autoplay=1
https://www.youtube.com/live/LacGiang001?feature=share → https://www.youtube-nocookie.com/embed/LacGiang001?autoplay=1
https://www.youtube.com/embed/LacGiang001?start=9 → https://www.youtube-nocookie.com/embed/LacGiang001?start=9&autoplay=1
https://www.youtube.com/playlist?list=PL1 → https://www.youtube-nocookie.com/embed/videoseries?list=PL1&autoplay=1
https://www.youtube.com/@lacgiang →
https://www.youtube.com/watch?v=Lac%22Giang →
https://www.youtube.com:8080/watch?v=LacGiang001 →
https://www.youtube.com@evil.example/watch?v=LacGiang001 →
https://evil.example/www.youtube.com/watch?v=LacGiang001 →
https://vimeo.com/123456 → https://player.vimeo.com/video/123456?dnt=1&autoplay=1
https://vimeo.com/123456/abcdef0123 → https://player.vimeo.com/video/123456?h=abcdef0123&dnt=1&autoplay=1
https://player.vimeo.com/video/123456?h=abcdef0123 → https://player.vimeo.com/video/123456?h=abcdef0123&dnt=1&autoplay=1
https://vimeo.com/lacgiang →
https://www.facebook.com/watch/?v=12&ref=x → https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D12&show_text=false&autoplay=true
https://m.facebook.com/reel/12 → https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Freel%2F12%2F&show_text=false&autoplay=true
https://facebook.com/lacgiang/posts/12 → https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Flacgiang%2Fposts%2F12&show_text=true
https://fb.watch/abc/ → (a card)
https://www.facebook.com/lacgiang →
https://www.tiktok.com/@lac.giang/video/712?lang=vi → https://www.tiktok.com/player/v1/712?autoplay=1
https://vm.tiktok.com/ZMabc/ → (a card)
https://x.com/lg/status/123?s=20 → https://platform.twitter.com/embed/Tweet.html?id=123&dnt=true
https://mobile.twitter.com/lg/status/123/photo/1 → https://platform.twitter.com/embed/Tweet.html?id=123&dnt=true
https://x.com/lg →
https://www.instagram.com/lg/reel/CabcdefGHIJ/?igsh=x → https://www.instagram.com/reel/CabcdefGHIJ/embed/
https://www.instagram.com/p/CabcdefGHIJ/ → https://www.instagram.com/p/CabcdefGHIJ/embed/
https://www.instagram.com/lg/ →
https://open.spotify.com/intl-vi/track/4rOoJ6Egrf8K2IrywzwOMk?si=1 → https://open.spotify.com/embed/track/4rOoJ6Egrf8K2IrywzwOMk
https://open.spotify.com/search/a →
https://soundcloud.com/lac-giang/ban-tin?utm_source=x → https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Flac-giang%2Fban-tin&auto_play=true
https://soundcloud.com/lac-giang →
https://on.soundcloud.com/abc → (a card)
https://www.openstreetmap.org/?mlat=10.77&mlon=106.7#map=17/10.77/106.7 → https://www.openstreetmap.org/export/embed.html?bbox=106.69614%2C10.76747%2C106.70386%2C10.77253&layer=mapnik&marker=10.77000%2C106.70000
https://www.openstreetmap.org/about →
https://www.google.com/maps/place/Ch%E1%BB%A3+Ch%C3%ADnh/@10.77,106.69,17z/data=x → https://www.google.com/maps?q=Ch%E1%BB%A3%20Ch%C3%ADnh&ll=10.77%2C106.69&z=17&output=embed
https://maps.google.com/?q=10.77,106.7 → https://www.google.com/maps?q=10.77%2C106.7&output=embed
https://maps.app.goo.gl/abc → (a card)
https://www.google.com/maps/dir/A/B → (a card)
https://www.google.com/search?q=a →
https://youtu.be/LacGiang001&t=42 → https://www.youtube-nocookie.com/embed/LacGiang001?start=42&autoplay=1
https://mbasic.facebook.com/lacgiang/posts/le-hop-long/12/ → https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Flacgiang%2Fposts%2F12&show_text=true
https://www.facebook.com/groups/lac.giang/permalink/12/ → https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fgroups%2Flac.giang%2Fposts%2F12%2F&show_text=true
https://www.facebook.com/lacgiang/photos/a.1/12/?type=3 → https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fphoto.php%3Ffbid%3D12&show_text=true
https://www.facebook.com/groups/lacgiang →
https://www.instagram.com/share/reel/BAabc → (a card)
https://instagr.am/p/CabcdefGHIJ/ → https://www.instagram.com/p/CabcdefGHIJ/embed/
https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk/video?utm_source=generator → https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk
https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk/video →
https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/soundcloud%253Atracks%253A1234 → https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2Fsoundcloud%253Atracks%253A1234&auto_play=true
https://w.soundcloud.com/player/?url=https%3A//evil.example/lg/ban-tin →
"""


def facade(body: Body):
    """The one facade of a body."""
    (found,) = LexborHTMLParser(body.html).css(".embed")
    return found


@pytest.mark.parametrize("line", TABLE.strip().split("\n"))
def test_an_address_has_a_player(line):
    """Or it has none and is a card, or is a link and nothing more."""
    address, _, wanted = line.partition(" →")
    found = KNOWN.find(address)
    assert wanted.strip() == ("" if found is None else found.player.address or "(a card)")


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(
    ("text", "title"),
    [
        (VIDEO, "Video trên YouTube"),
        (f"<{VIDEO}>", "Video trên YouTube"),
        ("www.youtube.com/watch?v=LacGiang001", "Video trên YouTube"),
        (f"[Lễ *hợp* long]({VIDEO})", "Lễ hợp long"),
        (f"[![Lễ hợp long](cau.png)]({VIDEO})", "Lễ hợp long"),
        (f"[![](cau.png) Lễ hợp long]({VIDEO})", "Lễ hợp long"),
        (f"Một.\n\n[Lễ hợp long][a]\n\nHai.\n\n[a]: {VIDEO}", "Lễ hợp long"),
    ],
)
def test_a_link_alone_is_a_facade(text, title, name):
    """It keeps its address, and names the player that a click shows; nothing in it is asked of the other site."""
    made = facade(body_of(text, engine=name))
    link = made.css_first("a")
    assert "figure" == made.tag
    assert link.attrs["href"].endswith("www.youtube.com/watch?v=LacGiang001")
    assert "https://www.youtube-nocookie.com/embed/LacGiang001?autoplay=1" == link.attrs["data-player"]
    assert title == made.css_first(".embed-title").text()
    assert not made.css("iframe, script, [style]")
    assert {"/kinh-te/cau.png"} >= {image.attrs["src"] for image in made.css("img")}


def test_a_still_has_the_words_of_a_picture():
    """Caption and credit stand below; attributes of the paragraph go to the figure."""
    html = f'[![Lễ](cau.png "Cầu mới. | Ảnh: Ngọc Hà")]({VIDEO})\n{{: .rong #le }}'
    made = facade(body_of(html))
    assert ("le", True) == (made.attrs["id"], "rong" in made.attrs["class"])
    assert 'Cầu mới. <span class="credit">Ảnh: Ngọc Hà</span>' == made.css_first("figcaption").inner_html
    assert ("", "Lễ") == (made.css_first("img").attrs["alt"], made.css_first(".embed-title").text())
    assert () == body_of(html).notes


def test_words_are_in_the_language_of_the_story():
    """What a click does and what has no title are said in English or Vietnamese."""
    english = facade(body_of(VIDEO, site_config("language: en")))
    assert "Play video: Video on YouTube" == squeeze(english.css_first(".embed-words").text())
    assert "Phát video: Video trên YouTube" == squeeze(facade(body_of(VIDEO)).css_first(".embed-words").text())


LEFT = [
    f"Xem {VIDEO}",
    f"{VIDEO}.",
    f"{VIDEO} và {VIDEO}",
    f"{VIDEO}\n{VIDEO}",
    f"- {VIDEO}",
    f"- {VIDEO}\n\n- b",
    f"> {VIDEO}",
    f"| a |\n|---|\n| {VIDEO} |",
    f"a\n:   {VIDEO}",
    f"a[^1]\n\n[^1]: {VIDEO}",
    f"## {VIDEO}",
    f"    {VIDEO}",
    f"`{VIDEO}`",
    f"**[Lễ]({VIDEO})**",
    f"[Lễ]({VIDEO}){{.link}}",
    f"{VIDEO}\n{{: .link }}",
    "https://evil.example/watch?v=LacGiang001",
    "https://www.youtube.com/@lacgiang",
]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("text", LEFT)
def test_other_links_stay(text, name):
    """In a sentence, a list, a quotation, a table, a note, code, with the class `link`, to other places."""
    html = body_of(text, engine=name).html
    assert "embed" not in html
    assert html == body_of(text, site_config("markdown: {embeds: []}"), engine=name).html


@pytest.mark.parametrize("name", ENGINES)
def test_prose_is_left_alone(name):
    """The examples of CommonMark and stories typed at random are the same where no site is switched on."""
    nothing, chance = site_config("markdown: {embeds: []}"), Random(7)  # noqa: S311 - a die, not a secret
    texts = [example.text for example in examples("commonmark")[::7]]
    texts += [text for text in (Desk(chance).text() for _ in range(60)) if "<iframe" not in text]
    for text in texts:
        assert body_of(text, nothing, engine=name) == body_of(text, engine=name), text


def test_a_short_address_is_a_card():
    """Its player cannot be known: it is a link in a box, which no script changes."""
    made = facade(body_of("[Chợ](https://vm.tiktok.com/ZMabc/)"))
    assert {"class", "href", "rel"} == set(made.css_first("a").attrs)
    assert "Chợ TikTok" == squeeze(made.text())


def test_a_site_switches_providers_off():
    """What `markdown.embeds` does not name is a link."""
    config = site_config("markdown: {embeds: [vimeo]}")
    assert "embed" not in body_of(VIDEO, config).html
    assert "Vimeo" in body_of("[a](https://vimeo.com/12)", config).html


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("code", CODES)
def test_a_code_gives_what_its_line_gives(code, name):
    """Copied code is the same facade, with a note whose fix writes the line; nothing of it is told as dropped."""
    written, line = CODES[code]
    text = f"Một.\n\n{written}\n\nHai.\n"
    body = body_of(text, engine=name)
    assert ((), ["7:1 embed-code"]) == (body.problems, shown(body.notes))
    (note,) = body.notes
    fixed = apply_edits("\n" * (FIRST_LINE - 1) + text, note.edits).removeprefix("\n" * (FIRST_LINE - 1))
    assert f"Một.\n\n{line}\n\nHai.\n" == fixed
    assert facade(body).html == facade(body_of(fixed, engine=name)).html
    assert () == body_of(fixed, engine=name).notes


def test_a_code_in_a_code_block_is_text():
    """Neither the facade nor the note."""
    for written, _ in CODES.values():
        body = body_of(f"```\n{written}\n```")
        assert 'class="embed' not in body.html
        assert "embed-code" not in [note.rule for note in body.notes]


def test_a_frame_between_words_stands_there():
    """As elements that may stand in a paragraph."""
    body = body_of('Một <iframe src="https://www.youtube.com/embed/LacGiang001"></iframe> hai.')
    assert "span" == facade(body).tag
    assert "p" == facade(body).parent.tag


def test_unclosed_codes_take_no_long_time():
    """The time grows with the text, and not with its square."""
    body_of('<blockquote class="twitter-tweet"> a\n\n' * 3_000)


def test_other_programs_get_links_and_stills():
    """Feeds and the JSON of stories have a figure, or a paragraph where nothing but the link is shown."""
    plain = make_static(body_of(f"[Lễ]({VIDEO})").html)
    assert f'<p><a href="{VIDEO}" rel="external noopener">Lễ</a> (YouTube)</p>' == plain
    html = make_static(body_of(f'[![Lễ](cau.png "Cầu | Ảnh: A")]({VIDEO})').html)
    tree = LexborHTMLParser(html)
    assert [VIDEO, VIDEO] == [link.attrs["href"] for link in tree.css("figure a")]
    assert "Lễ (YouTube). Cầu Ảnh: A" == tree.css_first("figcaption").text()
    assert not tree.css("svg, [class^=embed], [data-player]")


@pytest.mark.parametrize("name", ENGINES)
def test_a_link_alone_is_no_summary(name):
    """The first paragraph of prose comes after it."""
    for link in (VIDEO, "https://youtu.be/LacGiang001", f"[Lễ]({VIDEO})"):
        assert "Hai ba." == find_first_paragraph(f"{link}\n\nHai ba.\n", engine(name), str)
    assert f"Xem {VIDEO} này." == find_first_paragraph(f"Xem {VIDEO} này.\n", engine(name), str)


def test_a_title_is_counted_once():
    """The words of a link are its title; nothing that the facade adds is read."""
    assert 5 == body_of(f"[Lễ hợp long]({VIDEO})\n\nHai ba.").words


def test_a_link_outlives_its_still():
    """Where the picture may not be shown, the video still is."""
    body = body_of(f"[![Lễ](khong-co.png)]({VIDEO})")
    assert ["missing-image"] == [problem.rule for problem in body.problems]


PIECES = r"""
youtube.com www.YouTube.com youtu.be m.facebook.com x.com vimeo.com google.com soundcloud.com evil.example / / / watch
embed maps p reel status video place sets @a ?v= LacGiang001 123456 CabcdefGHIJ &t= &list=PL ?q= # " ' < > &quot; %22
%3Cscript%3E
.. \ @ : ; javascript: // é ?utm_source=a &igsh=b , . ! pb= ` |
"""
TAGS = {"html", "head", "body", "p", "a", "figure", "span", "svg", "path", "em", "code", "strong", "del", "br"}
KNOWN_ATTRIBUTES = {"class", "href", "rel", "data-player", "data-allow", "data-height", "viewBox", "viewbox", "d"}


def test_no_address_breaks_out():
    """Whatever an address holds, players are of known hosts alone, and no attribute or element is added."""
    starts = list_players(PROVIDERS.values())
    pieces, chance, facades = PIECES.split(), Random(20), 0  # noqa: S311 - a die, not a secret
    for number in range(3_000):
        host = chance.choice(["", "https://", "https://www.youtube.com/watch?v=", "https://www.google.com/maps?q="])
        address = host + "".join(chance.choices(pieces, k=chance.randint(1, 7)))
        found = KNOWN.find(address)
        if found is not None and found.player.address:
            assert found.player.address.startswith(starts)
            assert not re.search(r"[\s\"'<>]", found.player.address), address
            assert urlsplit(found.player.page).scheme in ("", "https")
        if number % 10 == 0:
            raw = f'<p><a href="{quote(address, safe=":/?&=#@,")}">'
            written = f"[a](<{address}>)" if chance.random() < 0.5 else raw
            html = body_of(f"{written}\n").html
            facades += "embed" in html
            for node in LexborHTMLParser(html).css("*"):
                assert node.tag in TAGS, html
                assert KNOWN_ATTRIBUTES | {"aria-hidden", "id"} >= set(node.attrs), html
                assert (node.attrs.get("data-player") or starts[0]).startswith(starts)
    assert facades > 5
