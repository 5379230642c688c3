"""data/ becomes plain values for templates."""

from pathlib import Path
from typing import Any

import pytest

from builders import site_folder
from newsgen.content.data_files import read_data
from newsgen.core.errors import Problems
from story_rendering import shown, sources_of


def read(folder: Path, **files: str | bytes) -> tuple[dict[str, Any], Problems]:
    """Templates' data from files of data/, by name with "__" for "/" and "_" for "."."""
    named = {f"data/{name.replace('__', '/').replace('_', '.')}": text for name, text in files.items()}
    problems = Problems()
    site = site_folder(folder, named)
    return read_data(site, sources_of(site).data, problems), problems


def test_each_file_has_its_name_and_folder(tmp_path):
    """data/a/b.yaml is `data.a.b`; files of other kinds are passed over."""
    data, problems = read(
        tmp_path, a_yaml="x: 1", b__c_yml="[1, no]", b__d_json='{"y": [true]}', e_csv="m,n\n1,2\n", f_txt="z"
    )
    assert [] == problems.found
    assert {"a": {"x": 1}, "b": {"c": [1, "no"], "d": {"y": [True]}}, "e": [{"m": "1", "n": "2"}]} == data


@pytest.mark.parametrize("saved", ["m,n\r\n1,2\r\n", "\ufeffm,n\n1,2\n", 'm,n\n"1","2"'])
def test_spreadsheets_save_in_many_ways(tmp_path, saved):
    """BOM, CRLF and quotes make no difference."""
    assert {"a": [{"m": "1", "n": "2"}]} == read(tmp_path, a_csv=saved)[0]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a_yaml", "x: 1\ny: &z 2\n", "2:4 yaml-anchor"),
        ("a_yaml", "x: 1\nx: 2\n", "2:1 duplicate-key"),
        ("a_yaml", b"x: \xff", "1:4 encoding"),
        ("a_json", '{"x":\n1,}', "2:2 json-syntax"),
        ("a_json", "[1,\n ]", "1:3 json-syntax"),
        ("a_json", "[,]", "1:2 json-syntax"),
        ("a_json", "[1\n 2]", "2:2 json-syntax"),
        ("a_json", '{"x": "', "1:7 json-syntax"),
        ("a_json", "[" * 201 + "]" * 201, "1:1 json-depth"),
        ("a_json", "[" * 20_000 + "]" * 20_000, "1:1 json-depth"),
        ("a_json", "", "1:1 json-syntax"),
        ("a_json", "[" * 100_000, "1:1 json-depth"),
        ("a_csv", "m,n\n1,2\n3\n", "3:1 csv-row"),
        ("a_csv", "m,n\n1,2,3\n", "2:1 csv-row"),
    ],
)
def test_a_fault_has_its_place(tmp_path, name, text, fault):
    """A file that cannot be read is a fault at its line, and gives no value."""
    data, problems = read(tmp_path, **{name: text})
    assert ({}, [fault]) == (data, shown(problems))


def test_a_stray_comma_is_told_in_the_same_words_by_every_python(tmp_path):
    """Python's words and place for it changed with 3.13; ours are newsgen's own."""
    _, problems = read(tmp_path, a_json='{"x": [1, 2, ]}')
    [fault] = problems.found
    told = (fault.location.column, fault.what, fault.fix)
    assert (12, "a comma stands before the closing bracket", "leave the comma out") == told


def test_json_may_be_nested_as_deeply_as_newsgen_says(tmp_path):
    """The limit is newsgen's: just below it every Python reads the file."""
    data, problems = read(tmp_path, a_json="[" * 200 + "]" * 200)
    assert [] == problems.found
    assert "[" * 200 == str(data["a"]).rstrip("]")


def test_two_files_of_one_name_are_a_fault(tmp_path):
    """The later one names the earlier."""
    _, problems = read(tmp_path, a_json="1", a_yaml="2")
    assert ["duplicate-data"] == [p.rule for p in problems.found]
    assert "data/a.json" in problems.found[0].what


@pytest.mark.parametrize("text", ["x: 1", "[1]"])
def test_a_file_and_a_folder_of_one_name_are_a_fault(tmp_path, text):
    """data/a.yaml and data/a/b.yaml cannot both be `data.a`; neither is dropped in silence."""
    _, problems = read(tmp_path, a_yaml=text, a__b_yaml="y: 2")
    assert ["duplicate-data"] == [p.rule for p in problems.found]
