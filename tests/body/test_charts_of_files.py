"""Charts of files: what is drawn is what the table below has, in the form that fits, and faults have their places."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.attachments.label_widths import fits, measure_text, wrap_text
from newsgen.body.attachments.scales import make_scale
from random_charts import make_table
from story_rendering import body_of

SHOWN = '![Giá nhãn](gia.csv#{} "Nghìn đồng/kg | Nguồn: Hợp tác xã")\n'
YEARS = "Năm;Vải;Nhãn\n2022;20;18,5\n2023;22;\n2025;19,5;24\n"
SERIES = "abcdef"


def show(csv: str, form: str, sidecar: str = ""):
    files = {"gia.csv": csv, **({"gia.csv.yaml": sidecar} if sidecar else {})}
    return body_of(SHOWN.format(form), files=files)


def draw(csv: str, form: str, sidecar: str = "") -> LexborHTMLParser:
    body = show(csv, form, sidecar)
    assert () == body.problems
    return LexborHTMLParser(body.html)


def read_drawing(tree: LexborHTMLParser) -> list[list[str]]:
    """The values of the marks by series, as programs read them."""
    drawn = [tree.css(f".chart :is(rect, circle).series-{letter}") for letter in SERIES]
    return [[mark.attrs["data-value"] for mark in marks] for marks in drawn if marks]


def read_table(tree: LexborHTMLParser) -> list[list[str]]:
    """The values of the table by column, without the labels."""
    rows = [row.css("th, td")[1:] for row in tree.css("tbody tr")]
    columns = [[cell.attrs.get("data-value") for cell in column] for column in zip(*rows, strict=True)]
    return [[value for value in column if value] for column in columns if any(column)]


def list_lengths(tree: LexborHTMLParser) -> list[tuple[Decimal, float]]:
    """The value of each mark with the length or height at which it is drawn."""
    found = []
    for mark in tree.css(".chart :is(rect, circle)"):
        sizes = {
            name: float(value.rstrip("%")) for name, value in mark.attrs.items() if re.fullmatch(r"[\d.]+%?", value)
        }
        is_bar = mark.attrs.get("height") == "14"
        size = -sizes["cy"] if mark.tag == "circle" else sizes["width"] if is_bar else sizes["height"]
        found.append((Decimal(mark.attrs["data-value"]), size))
    return found


@pytest.mark.parametrize("seed", range(200))
def test_a_drawing_has_the_values_of_its_table(seed):
    """Read back from the SVG they are the same, and what is longer or higher has the larger value."""
    tree = draw(*make_table(seed))
    assert read_table(tree) == read_drawing(tree)
    lengths = list_lengths(tree)
    if "circle" not in (tree.css_first(".chart").html or ""):
        lengths = [(abs(value), size) for value, size in lengths]
    ordered = sorted(lengths)
    for (one, low), (other, high) in pairwise(ordered):
        assert low <= high + 0.11, (one, other)
    assert None is tree.css_first("[style], script")


def test_a_chart_is_a_figure_with_its_table():
    """A title with the unit, a legend, a drawing with words for those who do not see it, the table, the source."""
    tree = draw(YEARS, "cot")
    figure = tree.css_first("figure.data-chart")
    assert ["p", "ul", "div", "details", "figcaption"] == [node.tag for node in figure.iter()]
    assert "Giá nhãn Nghìn đồng/kg" == figure.css_first("p").text()
    assert ["Vải", "Nhãn"] == [node.text() for node in figure.css("ul > li")]
    assert "img" == figure.css_first("div").attrs["role"]
    assert (
        "Giá nhãn. Biểu đồ cột. Vải: thấp nhất 19,5 (2025), cao nhất 22,0 (2023). "
        "Nhãn: thấp nhất 18,5 (2022), cao nhất 24,0 (2025)." == figure.css_first("div").attrs["aria-label"]
    )
    assert "2022, Vải: 20,0" == figure.css_first("rect > title").text()
    assert ["Năm", "Vải", "Nhãn"] == [node.text() for node in figure.css("details th[scope=col]")]


@pytest.mark.parametrize(
    ("form", "mark"),
    [(name, "rect") for name in ("cot", "cột", "c%E1%BB%99t", "column", "thanh", "bar")]
    + [(name, "circle") for name in ("duong", "đường", "line")],
)
def test_forms_have_names_in_both_languages(form, mark):
    """With and without diacritics."""
    tree = draw(YEARS, form)
    assert 5 == len(tree.css(f".chart {mark}"))


def test_a_missing_value_is_a_gap():
    """A line is joined only between rows that follow one another, and bars say that there is none."""
    paths = [path.attrs["d"] for path in draw(YEARS, "duong").css("path")]
    assert [(1, 2)] == [(path.count("M"), path.count("L")) for path in paths]
    assert ["–"] == [text.text() for text in draw(YEARS, "thanh").css("text") if text.text() == "–"]


def test_moments_lie_where_their_time_is():
    """Two years apart is twice as far as one."""
    places = [float(point.attrs["cx"].rstrip("%")) for point in draw(YEARS, "duong").css("circle.series-a")]
    assert 2 == pytest.approx((places[2] - places[1]) / (places[1] - places[0]), rel=0.01)


def test_long_labels_make_bars_of_columns():
    """Columns have no room for them; bars have the whole width."""
    names = ("Thành phố Hồ Chí Minh", "Bà Rịa – Vũng Tàu", "Đồng bằng sông Cửu Long", "Tây Nguyên", "Bắc Trung Bộ")
    csv = "Vùng;Giá\n" + "".join(f"{name};{at}\n" for at, name in enumerate(names, 1))
    tree = draw(csv, "cot")
    assert "Biểu đồ thanh" in tree.css_first(".chart").attrs["aria-label"]
    assert None is tree.css_first(".chart-axis")


def test_negative_values_lie_on_the_other_side_of_zero():
    """A column below the line, a bar left of it."""
    csv = "Năm;Tăng\n2024;2\n2025;-1\n"
    up, down = draw(csv, "cot").css("rect")
    assert float(up.attrs["y"]) + float(up.attrs["height"]) == pytest.approx(float(down.attrs["y"]), abs=0.2)
    right, left = draw(csv, "thanh").css("rect")
    end = float(left.attrs["x"].rstrip("%")) + float(left.attrs["width"].rstrip("%"))
    assert end == pytest.approx(float(right.attrs["x"].rstrip("%")), abs=0.2)


def test_a_sidecar_chooses_columns_order_and_highlights():
    """Of a chart as of a table."""
    tree = draw(YEARS, "cot", "columns: [Năm, Vải]\norder: Vải\nhighlight: ['2023']\n")
    assert [["19.5", "20", "22"]] == read_drawing(tree)
    assert ["22"] == [node.attrs["data-value"] for node in tree.css("rect.lit")]
    assert None is not tree.css_first("figure.has-lit")


@pytest.mark.parametrize(
    ("csv", "form", "fault"),
    [
        (YEARS, "tron", "cau-lac-2.md:5:13 unknown-form"),
        ("Vùng;Giá\nA;1\nB;hai\n", "cot", "gia.csv:3:3 bad-cell"),
        ("Vùng\nA\n", "cot", "gia.csv:1:1 csv-row"),
        ("V;a;b;c;d;e;f;g\nA;1;2;3;4;5;6;7\n", "cot", "gia.csv:1:15 table-size"),
        ("V;a\n" + "A;1\n" * 61, "cot", "cau-lac-2.md:5:13 table-size"),
    ],
)
def test_what_cannot_be_drawn_is_told(csv, form, fault):
    """Forms that there are not, cells that are no numbers, too many rows and columns."""
    (problem,) = show(csv, form).problems
    place = f"{problem.location.path.rpartition('/')[2]}:{problem.location.line}:{problem.location.column}"
    assert fault == f"{place} {problem.rule}"


def test_near_names_of_forms_are_offered():
    """The fix can be typed."""
    assert "did you mean `#column`?" == show(YEARS, "colum").problems[0].fix


@pytest.mark.parametrize(
    ("values", "zero", "ticks"),
    [
        ([3, 17], True, [0, 5, 10, 15, 20]),
        ([3, 17], False, [0, 5, 10, 15, 20]),
        ([98, 103], False, [98, 99, 100, 101, 102, 103]),
        ([-7, 12], True, [-10, -5, 0, 5, 10, 15]),
        ([0], True, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ([], True, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ([10**12], True, [0, 2 * 10**11, 4 * 10**11, 6 * 10**11, 8 * 10**11, 10**12]),
    ],
)
def test_an_axis_has_round_numbers(values, zero, ticks):
    """Around all values, from zero on where lengths are compared."""
    scale = make_scale(map(Decimal, values), with_zero=zero)
    assert ticks == [pytest.approx(float(tick)) for tick in scale.ticks]


def test_a_label_is_broken_at_words_and_cut_in_the_end():
    """It is never wider than it may be."""
    text = "Khu công nghiệp công nghệ cao Thuận Lạc"
    lines = wrap_text(text, 100, 2)
    assert (2, True, False) == (len(lines), lines[-1].endswith("…"), fits(text, 100, 2))
    assert all(measure_text(line) <= 100 for line in lines)
