"""Elements of the tree: what stands around one, and how it is removed or renamed."""

from selectolax.lexbor import LexborHTMLParser

from newsgen.body.nodes import is_inside, remove, rename, walk_up


def _parse(html):
    return LexborHTMLParser(html, is_fragment=True)


def test_the_elements_around_a_node_come_from_the_inside_out():
    """A list's item stands in the list, and the list in the whole body."""
    item = _parse("<section><ul><li>a</li></ul></section>").css_first("li")
    assert ["ul", "section"] == [node.tag for node in walk_up(item)][:2]
    assert is_inside(item, "section")
    assert not is_inside(item, "li")


def test_an_element_goes_with_the_paragraph_and_link_that_hold_nothing_else():
    """A paragraph with other words stays."""
    tree = _parse('<p><a href="b"><img src="a"></a></p><p>Ảnh: <img src="c"></p>')
    for image in tree.css("img"):
        remove(image)
    assert "<p>Ảnh: </p>" == tree.html


def test_a_renamed_element_keeps_attributes_and_content():
    """Quotation marks in attributes are escaped."""
    tree = _parse('<h1 id="a" title="&quot;b&quot;">c <em>d</em></h1>')
    rename(tree.css_first("h1"), "h2")
    assert '<h2 id="a" title="&quot;b&quot;">c <em>d</em></h2>' == tree.html
