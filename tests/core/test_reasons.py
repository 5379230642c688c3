"""What libraries say of texts that they cannot read is told in the editor's language."""

import pytest

from builders import site_folder
from newsgen.content.data_files import read_data
from newsgen.core.errors import Problems, suggest_name
from newsgen.core.messages import localize, translate_to
from newsgen.core.reasons import REASONS
from newsgen.core.toml_tree import parse as parse_toml
from newsgen.core.yaml_tree import YamlFault
from newsgen.core.yaml_tree import parse as parse_yaml


@pytest.mark.parametrize("text", ["- a\nb: c", "[a", "{a: b", ": a", "a: [b: c: d]"])
def test_what_yaml_is_not(text):
    """Slips that nothing more is known of than what libyaml says."""
    with pytest.raises(YamlFault) as caught:
        parse_yaml(text, "f")
    assert_vietnamese(caught.value.problem, "không đọc được YAML: ")


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a = x",
        'a = "x',
        "a = [1",
        "a = {b = 1",
        "a = 1 b = 2",
        "a = 1\na = 2",
        'a = "\\q"',
        "a = 2022-02-30",
        "= 1",
    ],
)
def test_what_toml_is_not(text):
    """Slips as `tomllib` tells them."""
    with pytest.raises(YamlFault) as caught:
        parse_toml(text, "f")
    assert_vietnamese(caught.value.problem, "không đọc được TOML: ")


@pytest.mark.parametrize(
    "text", ["", "{", '{"a" 1}', "[1 2]", "{a: 1}", "1 2", '["a', '["\\q"]', '["\\u12"]', '["\t"]']
)
def test_what_json_is_not(tmp_path, text):
    """Slips as `json` tells them, in a file of data/."""
    problems = Problems()
    read_data(site_folder(tmp_path, {"data/a.json": text}), ("data/a.json",), problems)
    assert_vietnamese(problems.found[0], "không đọc được JSON: ")


def assert_vietnamese(problem, start):
    """The problem gives a reason, whose English words are not in its Vietnamese sentence."""
    told = localize(problem.what, translate_to("vi"))
    assert problem.what.values["why"] in REASONS
    assert told.startswith(start)
    assert problem.what.values["why"] not in told


def test_what_no_name_can_be_is_to_be_removed():
    """Where nothing could be meant, no empty list is offered."""
    assert "remove it: there is nothing that could be named here" == suggest_name("x", ())
