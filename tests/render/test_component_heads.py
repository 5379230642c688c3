"""The heads of components' templates: what they declare, and what is told of wrong ones in the template."""

from datetime import date

import msgspec
import pytest

from newsgen.render.component_heads import read_head

FULL = """\
{#
names: [giá vàng]
arguments:
  loai: [SJC, nhẫn]
  gia: {type: number, required: true, names: [price]}
  ngày: date
  nổi bật: {type: bool, default: true}
  ghi-chu: {default: không}
#}
<div>
"""


def told(text):
    """What is wrong with a head: line, column, rule, what."""
    return [(p.location.line, p.location.column, p.rule, p.what) for p in read_head(text, "templates/x.html").problems]


def test_a_head_declares_names_and_arguments():
    """Each argument has a type, a value where it may be left out, and a name that templates can use."""
    head = read_head(FULL, "templates/x.html")
    assert ((), ("giá vàng",)) == (head.problems, head.names)
    given = msgspec.convert({"gia": "35000", "ngay": "2022-07-12"}, head.arguments, strict=False)
    expected = {"loai": None, "gia": 35000, "ngay": date(2022, 7, 12), "noi_bat": True, "ghi_chu": "không"}
    assert expected == msgspec.structs.asdict(given)


@pytest.mark.parametrize("text", ["<div>", "{# Hộp giá: vàng #}<div>", "{# names #}", "x{# names: [a] #}"])
def test_a_template_without_a_head_has_no_arguments(text):
    """A comment that declares nothing is a comment."""
    head = read_head(text, "templates/x.html")
    assert ((), (), ()) == (head.problems, head.names, msgspec.structs.fields(head.arguments))


TAKEN = "no argument can be called “{}”: its name in the template is taken, or no name"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{# arguments: {a: texd} #}", (1, 19, "wrong-type", None)),
        ("{#\narguments:\n  a: {typ: text}\n#}", (3, 7, "unknown-key", "`a` has no `typ`")),
        ("{#\narguments:\n  content: text\n#}", (3, 12, "bad-component", TAKEN.format("content"))),
        ("{#\narguments: {a: text, á: text}\n#}", (2, 25, "bad-component", TAKEN.format("á"))),
        ("{#\narguments: {1a: text}\n#}", (2, 17, "bad-component", TAKEN.format("1a"))),
        (
            "{#\narguments: {a: choice}\n#}",
            (2, 16, "bad-component", "`choices` and the type `choice` go together, and “a” has one of them"),
        ),
        (
            "{#\narguments: {a: {type: number, default: ba}}\n#}",
            (2, 40, "wrong-type", "`default` must be a whole number or a number, not “ba”"),
        ),
        ("{#\narguments: {a: text\n#}", (2, 12, "yaml-syntax", None)),
    ],
)
def test_what_is_wrong_in_a_head_is_told(text, expected):
    """Each fault has its line and column in the template."""
    found = told(text)
    assert expected in [one if expected[3] else (*one[:3], None) for one in found]
