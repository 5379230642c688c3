"""How tests of documents get one: a paper in memory, an output of its plan, the bytes that its document makes."""

from pathlib import Path

from lxml import etree

from newsgen.documents import registry
from newsgen.documents.queries import DocumentQueries, Files
from newsgen.model.stories import Body
from papers import documents

HERE = Path(__file__).parent
ATOM, SITEMAP = (etree.RelaxNG(etree.parse(HERE / name)) for name in ("atom.rng", "sitemap.rng"))


def written(paper, output, bodies=None, length=0):
    """The bytes of a document of a newspaper; `bodies` are HTML by source, `length` the bytes of every picture."""
    files = Files({}, lambda _source: length, lambda source: Body((bodies or {})[source], words=7))
    planned = documents(paper)[output]
    writers = {document.name: document for document in registry.DOCUMENTS}
    return writers[planned.document].write(planned, DocumentQueries(paper, files=files))


def parsed(data, schema=None):
    """The root of an XML document, parsed strictly and held to a schema."""
    root = etree.fromstring(data, etree.XMLParser(recover=False, resolve_entities=False))
    if schema is not None:
        schema.assertValid(root)
    return root


def every_title():
    """Titles that hold every character of Unicode's first plane that a headline may be made of, and some beyond it."""
    characters = [chr(n) for n in range(0x10000) if not 0xD800 <= n < 0xE000]
    characters += [chr(n) for n in range(0x1F300, 0x1F700)]
    return [f"a{''.join(characters[start : start + 700])}z" for start in range(0, len(characters), 700)]
