"""The `markdown` package with newsgen's dialect, a fixed list of extensions and the site's own."""

import markdown

from newsgen.body.dialect import Dialect, make_plain

COMPARED = {"3.11.3"}
"""The releases of the `markdown` package with which `fast_markdown` was compared; it is used with no other."""


def load_extension(name: str) -> None:
    """Load one extension by itself. Raises whatever it raises."""
    markdown.Markdown(extensions=[name])


def make_markdown(extensions: tuple[str, ...], dialect: Dialect) -> markdown.Markdown:
    """`fast_markdown` for the fixed extensions, the plain package where a site adds its own or HTML is not read."""
    if extensions or not dialect.reads_html or markdown.__version__ not in COMPARED:
        return make_plain(extensions, dialect)
    from newsgen.body.fast_markdown import QuickMarkdown  # start-up: of parts that others lack

    return QuickMarkdown(["attr_list", "abbr", dialect])
