"""Drawings as they are published: they look as before, nothing in them runs, and nothing is asked for."""

import random
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page
from test_hostile_pages import EVENTS

from drawings import BOX, DRAWINGS, HEAD
from newsgen.media.cleaning.fault import PictureFault
from newsgen.media.cleaning.svg import clean_svg
from payloads import CALL, scripts

AT_ONCE = 40
"""Drawings that are opened at once, each in a frame of its own."""

STIR = f"""
for (const frame of document.querySelectorAll('iframe'))
  for (const node of frame.contentDocument.querySelectorAll('*')) {{
    for (const name of {list(EVENTS)}) node.dispatchEvent(new Event(name));
    for (const name of ['href', 'xlink:href', 'to', 'values'])
      if (/script:/i.test(node.getAttribute(name) || '')) top.sprung.push(node.outerHTML);
  }}
"""
TRAP = "top.sprung ||= []; window.trap = window.alert = word => { top.sprung.push([location.pathname, word]) };"
XMLNS = "xmlns=&quot;http://www.w3.org/2000/svg&quot;"
SHAPES = (
    "<script>{c}</script>",
    "<script href='//other.example/x.js'/>",
    "<script xlink:href='data:text/javascript,top.sprung.push(1)'/>",
    "<g onload='{c}' onclick='{c}'/>",
    "<image href='//other.example/a.png' onerror='{c}'/>",
    "<image href='x' onerror='{c}'/>",
    f"<image href='data:image/svg+xml,&lt;svg {XMLNS} onload=&quot;{{c}}&quot;/&gt;'/>",
    "<use href='//other.example/a.svg#a'/>",
    f"<use href='data:image/svg+xml,&lt;svg id=&quot;x&quot; {XMLNS}/&gt;#x'/>",
    "<a href='javascript:{c}'><rect width='9' height='9'/></a>",
    "<a xlink:href='java&#9;script:{c}'><rect width='9' height='9'/></a>",
    "<a><set attributeName='href' to='javascript:{c}'/></a>",
    "<a><animate attributeName='xlink:href' values='javascript:{c}'/></a>",
    "<animate attributeName='x' onbegin='{c}' begin='0s' dur='1s'/>",
    "<set attributeName='fill' to='url(//other.example/a.svg#a)'/>",
    "<foreignObject><img xmlns='http://www.w3.org/1999/xhtml' src='x' onerror='{c}'/></foreignObject>",
    "<h:iframe xmlns:h='http://www.w3.org/1999/xhtml' src='javascript:parent.{c}'/>",
    "<h:img xmlns:h='http://www.w3.org/1999/xhtml' src='//other.example/a.png' onerror='{c}'/>",
    "<style>@import url(//other.example/a.css);</style>",
    "<style>@imp\\6frt '//other.example/a.css';</style>",
    "<style>rect{{fill:u\\72l(//other.example/a.svg#a);background:url(//other.example/b.png)}}</style><rect/>",
    "<style>g{{a:'/*'}} rect{{mask:url(//other.example/c.svg#a)}} g{{b:'*/'}}</style><rect width='9' height='9'/>",
    "<style>@font-face{{font-family:f;src:url(//other.example/f.woff2)}}</style><text font-family='f' y='9'>x</text>",
    "<style>rect{{cursor:image-set('//other.example/a.png' 1x)}}</style><rect width='9' height='9'/>",
    "<rect width='9' height='9' style='filter:url(&quot;//other.example/a.svg#a&quot;)'/>",
    "<rect width='9' height='9' mask='url(//other.example/a.svg#a)'/>",
    "<filter id='f'><feImage href='//other.example/a.png'/></filter><rect filter='url(#f)' width='9' height='9'/>",
    "<g xml:base='//other.example/'><use href='a.svg#a'/></g>",
    "<?xml-stylesheet href='//other.example/a.css'?>",
    "<video xmlns='http://www.w3.org/1999/xhtml' src='//other.example/a.mp4' onerror='{c}'/>",
    "<handler xmlns='http://www.w3.org/2001/xml-events' type='text/javascript'>{c}</handler>",
    "<text>&lt;img src=x onerror={c}&gt;<![CDATA[<img src=x onerror={c}>]]></text>",
    "<title>&lt;/title&gt;&lt;img src=x onerror={c}&gt;</title>",
    "<desc>&lt;script&gt;{c}&lt;/script&gt;</desc>",
    "<style>&lt;/style&gt;&lt;img src=x onerror={c}&gt;</style>",
)
"""What attackers put into a drawing."""


def mutate(text: str, chance: random.Random) -> str:
    """A payload with a few characters of it changed, doubled, left out or wrapped in an entity."""
    for _ in range(chance.randrange(3)):
        at = chance.randrange(len(text))
        more = chance.choice(
            ["", text[at] * 2, text[at].swapcase(), "&#9;", " ", "\n", "/", "'", '"', "<g>", "\\", "/**/"]
        )
        text = text[:at] + more + text[at + 1 :]
    return text


def make_attacks() -> Iterator[bytes]:
    """Drawings with payloads, plain, mutated, beside each other, in entities and at the root."""
    chance = random.Random(7)  # noqa: S311 - the same mutants each time
    plain = [shape.format(c=CALL) for shape in SHAPES]
    for part in [*plain, *(mutate(chance.choice(plain), chance) for _ in range(4_000)), *scripts()]:
        yield HEAD.format(BOX, part).encode()
        if "&" not in part and '"' not in part and "%" not in part:
            yield (f'<!DOCTYPE svg [<!ENTITY e "{part}">]>' + HEAD.format(BOX, "&e;")).encode()
    yield HEAD.format(f"{BOX} onload='{CALL}'", "").encode()


@pytest.fixture
def trapped(browser: Browser) -> Iterator[tuple[Page, list[str], dict[str, bytes]]]:
    """A page with a trap in every frame, the addresses of other hosts it asked for, and the drawings it may open."""
    context = browser.new_context()
    context.add_init_script(TRAP)
    asked, served = [], {"/": b"<!doctype html><body></body>"}

    def answer(route):
        path = unquote(route.request.url.partition("paper.example")[2])
        if path in served:
            kind = "image/svg+xml" if path.endswith(".svg") else "text/html"
            route.fulfill(body=served[path], content_type=kind)
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    yield context.new_page(), asked, served
    context.close()


def open_all(page: Page, served: dict[str, bytes], drawings: list[bytes]) -> list[object]:
    """Open drawings as documents, and as parts of a page; stir them, and give what sprang the trap."""
    served.update((f"/{number}.svg", drawing) for number, drawing in enumerate(drawings))
    served.update((f"/{number}.html", b"<!doctype html><body>" + one) for number, one in enumerate(drawings))
    page.goto("http://paper.example/")
    page.evaluate(
        """names => Promise.all(names.map(name => new Promise(done => {
            const frame = document.createElement('iframe');
            frame.onload = done; frame.src = name; document.body.append(frame)})))""",
        [f"/{number}{ending}" for number in range(len(drawings)) for ending in (".svg", ".html")],
    )
    page.evaluate(STIR)
    return page.evaluate("top.sprung")


def test_the_trap_springs(trapped):
    """What runs in a drawing that is published as it is, and what it asks for, is noticed."""
    page, asked, served = trapped
    for shape in SHAPES[:2]:
        open_all(page, served, [HEAD.format(BOX, shape.format(c=CALL)).encode()])
    assert any("other.example" in address for address in asked)
    assert open_all(page, served, [HEAD.format(BOX, SHAPES[0].format(c=CALL)).encode()])


def test_nothing_runs_in_a_drawing(trapped):
    """Of thousands of attacks nothing runs, and no address is asked for."""
    page, asked, served = trapped
    drawings = set()
    for attack in make_attacks():
        try:
            drawings.add(clean_svg(attack))
        except PictureFault:
            continue
    ordered = sorted(drawings)
    assert len(ordered) > 100
    for start in range(0, len(ordered), AT_ONCE):
        assert [] == open_all(page, served, ordered[start : start + AT_ONCE])
        assert [] == asked


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_look_as_before(browser, name):
    """Every pixel of a drawing of each program is the same, opened alone and as the picture of a page."""
    page, drawing = browser.new_page(viewport={"width": 500, "height": 320}), DRAWINGS[name].encode()
    before, after = take_shots(page, drawing), take_shots(page, clean_svg(drawing))
    empty = take_shots(page, HEAD.format(BOX, "").encode())
    page.close()
    assert before == after
    assert [False, False] == [shot in empty for shot in before]


def take_shots(page: Page, drawing: bytes) -> list[bytes]:
    """Screenshots of a drawing, alone and as a picture."""
    shots = []
    page.route("http://paper.example/a.svg", lambda route: route.fulfill(body=drawing, content_type="image/svg+xml"))
    image = "<img src=a.svg width=450>"
    page.route("http://paper.example/", lambda route: route.fulfill(body=image, content_type="text/html"))
    for address in ("http://paper.example/a.svg", "http://paper.example/"):
        page.goto(address)
        shots.append(page.screenshot())
    page.unroute_all()
    return shots
