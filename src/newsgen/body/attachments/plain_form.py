"""The form of attachments for programs that have neither the theme's styles nor its scripts: readers of feeds."""

from selectolax.lexbor import LexborHTMLParser

FIGURES = ("data-table", "data-chart")
"""The classes of figures that have another form there."""

_DRAWN = ".data-chart > :is(.chart, .chart-legend), .data-chart > details > summary"


def simplify_attachments(tree: LexborHTMLParser) -> None:
    """A chart is its table; what only the theme's style sheet and script use is left out."""
    for node in tree.css("[data-value]"):
        del node.attrs["data-value"]
    for node in tree.css(_DRAWN):
        node.decompose()
    for node in tree.css(".data-chart > details"):
        node.unwrap()
    for node in tree.css(":is(.data-table, .data-chart) > .table-scroll"):
        node.unwrap()
