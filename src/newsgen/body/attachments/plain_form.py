"""The form of attachments for programs that have neither the theme's styles nor its scripts: readers of feeds."""

from html import escape

from selectolax.lexbor import LexborHTMLParser

from newsgen.body.nodes import replace_html

FIGURES = ("data-table", "data-chart", "recording", "film", "data-map")
"""The classes of figures that have another form there."""

_DRAWN = ", ".join(
    [
        ".data-map > svg",
        ".data-map > details > summary",
        ".recording > audio",
        ".data-chart > :is(.chart, .chart-legend)",
        ".data-chart > details > summary",
    ]
)
"""What is left out, with all that stands in it."""


def simplify_attachments(tree: LexborHTMLParser) -> None:
    """A chart is its table, a map the list of its places, a film its poster, and a recording the link to its file.

    What only the theme's style sheet and script use is left out.
    """
    for node in tree.css("[data-value]"):
        del node.attrs["data-value"]
    for node in tree.css(".film > video"):
        src, poster, alt = (escape(node.attrs.get(name) or "") for name in ("src", "poster", "aria-label"))
        if poster:
            replace_html(node, f'<a href="{src}"><img src="{poster}" alt="{alt}"></a>')
        else:
            replace_html(node, f'<p><a href="{src}">{alt or src}</a></p>')
    for node in tree.css(_DRAWN):
        node.decompose()
    for node in tree.css(".data-chart > details, .data-map > details"):
        node.unwrap()
    for node in tree.css(":is(.data-table, .data-chart) > .table-scroll"):
        node.unwrap()
