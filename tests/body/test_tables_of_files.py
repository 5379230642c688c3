"""A CSV that a story shows is a table with the numbers and dates of its language, and its faults have their places."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from builders import site_config
from newsgen.body.attachments.dates import read_days, read_months
from newsgen.body.attachments.numbers import convert, read_typed, write_number
from story_rendering import body_of

SHOWN = '![Giá nhãn](gia.csv "Nghìn đồng/kg | Nguồn: Hợp tác xã")\n'
PRICES = "Vùng;Giá;Ngày\nĐồng Vải;1.234,5;5/3/2026\nBến Đò;-31;6/3/2026\nLạc Giang;–;7/3/2026\n"


def show(csv: str | bytes, sidecar: str = "", text: str = SHOWN, name: str = "gia.csv", settings: str = ""):
    """The body of a story that shows a table."""
    files = {name: csv, **({f"{name}.yaml": sidecar} if sidecar else {})}
    return body_of(text.replace("gia.csv", name), site_config(*filter(None, [settings])), files=files)


def cells_of(csv: str | bytes, sidecar: str = "", **more: object) -> list[list[str]]:
    """The texts of all cells of a table without a fault, the head first."""
    body = show(csv, sidecar, **more)
    assert () == body.problems
    return [[cell.text() for cell in row.css("th, td")] for row in LexborHTMLParser(body.html).css("tr")]


def faults_of(csv: str | bytes, sidecar: str = "", **more: object) -> list[str]:
    """The places and rules of a table's faults; nothing of it is shown."""
    body = show(csv, sidecar, **more)
    assert "<table" not in body.html
    return [
        f"{p.location.path.rpartition('/')[2]}:{p.location.line}:{p.location.column} {p.rule}" for p in body.problems
    ]


def test_a_csv_is_a_table():
    """With a caption, the unit, heads of columns and rows, numbers to the right, the source, and a link to the file."""
    body = show(PRICES)
    assert () == body.problems
    assert ("content/kinh-te/gia.csv",) == body.files
    assert body.html.strip() == (
        '<figure class="data-table"><div class="table-scroll" tabindex="0" role="group" aria-label="Giá nhãn">'
        '<table class="sortable">'
        '<caption><span><b>Giá nhãn</b> <span class="unit">Nghìn đồng/kg</span></span></caption>'
        '<thead><tr><th scope="col">Vùng</th><th scope="col" class="align-right">Giá</th><th scope="col">Ngày</th></tr>'
        '</thead><tbody><tr><th scope="row">Đồng Vải</th><td class="align-right" data-value="1234.5">1.234,5</td>'
        '<td data-value="20260305">05/03/2026</td></tr><tr><th scope="row">Bến Đò</th>'
        '<td class="align-right" data-value="-31">−31,0</td><td data-value="20260306">06/03/2026</td></tr>'
        '<tr><th scope="row">Lạc Giang</th><td class="align-right">–</td><td data-value="20260307">07/03/2026</td></tr>'
        '</tbody></table></div><figcaption><span class="credit">Nguồn: Hợp tác xã</span> '
        '<a href="/kinh-te/gia.csv" download="">Tải dữ liệu (CSV, 1 KB)</a></figcaption></figure>'
    )


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_both_engines_show_the_same_table(engine):
    """What an attribute list says goes to the figure where the engine has such lists."""
    body = body_of(f"Đoạn.\n\n{SHOWN}\nĐoạn.\n", engine=engine, files={"gia.csv": PRICES})
    assert ((), 1) == (body.problems, body.html.count('<figure class="data-table">'))


@pytest.mark.parametrize(
    "saved",
    [
        "Vùng,Giá\nA,1\nB,2\n",
        "\ufeffVùng,Giá\r\nA,1\r\nB,2\r\n",
        "Vùng;Giá\nA;1\nB;2\n",
        "sep=;\nVùng;Giá\nA;1\nB;2\n",
        "Vùng\tGiá\nA\t1\nB\t2\n",
        "Vùng,Giá,,\nA,1,,\nB,2,,\n,,,\n,,,\n",
        '"Vùng","Giá"\n"A","1"\n\nB,2',
    ],
)
def test_what_spreadsheets_save_is_read(saved):
    """Commas, semicolons, tabs, a byte order mark, Excel's first line, and empty columns and rows at the end."""
    assert [["Vùng", "Giá"], ["A", "1"], ["B", "2"]] == cells_of(saved)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (["1.234,5", "2"], ["1.234,5", "2,0"]),
        (["1,234.5", "2"], ["1.234,5", "2,0"]),
        (["12.5", "1.234"], ["12,500", "1,234"]),
        (["12,5", "1.234"], ["12,5", "1.234,0"]),
        (["1.234.567", "1.234"], ["1.234.567", "1.234"]),
        (["1 234 567", "89"], ["1.234.567", "89"]),
        (["1234567", "1000"], ["1.234.567", "1.000"]),
        (["2019", "2026"], ["2019", "2026"]),
        (["2019", "2500"], ["2.019", "2.500"]),
        (["12,5%", "-3%"], ["12,5%", "−3,0%"]),
        (["0,5", "+1"], ["0,5", "1,0"]),
        (["007", "12"], ["007", "12"]),
        (["-0,4", "n/a"], ["−0,4", "–"]),
        (["1.2.3", "4"], ["1.2.3", "4"]),
    ],
)
def test_numbers_are_read_in_both_ways(typed, shown):
    """They are written in Vietnamese, with as many decimals as the column has; codes and years stay as they are."""
    rows = "".join(f"{name};{number}\n" for name, number in zip("AB", typed, strict=True))
    assert shown == [row[1] for row in cells_of(f"Vùng;Giá\n{rows}")[1:]]


def test_numbers_are_written_in_the_language_of_the_paper():
    """English has points before decimals, and its own short dates."""
    out = cells_of(PRICES, settings="language: en")
    assert ["Đồng Vải", "1,234.5", "5 Mar 2026"] == out[1]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (["2026-03-05", "6/3/2026"], ["05/03/2026", "06/03/2026"]),
        (["5.3.2026", "16.3.2026"], ["05/03/2026", "16/03/2026"]),
        (["3/5/2026", "3/16/2026"], ["05/03/2026", "16/03/2026"]),
        (["2026-03", "4/2026"], ["3/2026", "4/2026"]),
        (["31/2/2026", "1/3/2026"], ["31/2/2026", "1/3/2026"]),
    ],
)
def test_dates_are_written_as_the_paper_does(typed, shown):
    """The day stands first, unless the column says otherwise; what is no date is text."""
    rows = "".join(f"{day},x\n" for day in typed)
    assert shown == [row[0] for row in cells_of(f"Ngày,Việc\n{rows}")[1:]]


@pytest.mark.parametrize(
    ("csv", "faults"),
    [
        ("Vùng,Giá\nA,1.234\n", ["gia.csv:2:3 bad-cell"]),
        ("Vùng;Giá\nA;12,5\nB;3\nC;12.5\n", ["gia.csv:4:3 bad-cell"]),
        ('Vùng,Giá\nA,"1\nB,2\n', ["gia.csv:2:3 csv-syntax"]),
        ('Vùng,Giá\nA,"1"2\n', ["gia.csv:2:6 csv-syntax"]),
        ("Vùng,Giá\nA,1,2\nB\n", ["gia.csv:2:1 csv-row", "gia.csv:3:1 csv-row"]),
        ("Vùng,Giá,Giá\nA,1,2\n", ["gia.csv:1:10 csv-row"]),
        ("Vùng,,Giá\nA,1,2\n", ["gia.csv:1:6 csv-row"]),
        ("", ["gia.csv:1:1 csv-row"]),
        (b"V\xf9ng,Gi\xe1\n", ["gia.csv:1:2 encoding"]),
        ("Vùng\tGiá\n".encode("utf-16"), ["gia.csv:1:1 encoding"]),
        ("Vùng,Giá\nA,\x07\n", ["gia.csv:2:3 control-character"]),
        ("A,B\n" + "1,2\n" * 100_000, ["gia.csv:502:1 table-size"]),
        (",".join(f"c{n}" for n in range(1000)) + "\n" + "1," * 999 + "1\n", ["gia.csv:1:71 table-size"]),
    ],
    ids=str,
)
def test_a_fault_of_a_file_has_its_place(csv, faults):
    """Numbers that can be read in two ways, quotes, rows, names, bytes, and more than a page can show."""
    assert faults == faults_of(csv)


def test_faults_of_many_rows_are_told_up_to_a_number():
    """A file whose every row is wrong does not fill the terminal."""
    assert 10 == len(faults_of("a,b\n" + "1\n" * 400))


@pytest.mark.parametrize(
    ("sidecar", "settings"), [("numbers: 1.234,5\n", ""), ("", "attachments: {numbers: '1.234,5'}")]
)
def test_doubtful_numbers_are_read_as_somebody_says(sidecar, settings):
    """The sidecar or the settings say how numbers are typed."""
    assert "1.234" == cells_of("Vùng,Giá\nA,1.234\n", sidecar, settings=settings)[1][1]
    assert ["gia.csv:2:3 bad-cell"] == faults_of("Vùng,Giá\nA,12.5\n", sidecar, settings=settings)


WIDE = "Vùng,Năm,Giá,Ghi chú\nA,2019,5,x\nB,2020,30,y\nĐ,2021,,z\nC,2022,12,x\n"


@pytest.mark.parametrize(
    ("sidecar", "cells"),
    [
        ("columns: [Giá, Vùng]\n", [["Giá", "Vùng"], ["5", "A"], ["30", "B"], ["–", "Đ"], ["12", "C"]]),
        ("columns: [Vùng]\norder: Giá\nrows: 2\n", [["Vùng"], ["A"], ["C"]]),
        ("columns: [Vùng]\norder: Giá\ndescending: true\n", [["Vùng"], ["B"], ["C"], ["A"], ["Đ"]]),
        ("columns: [Vùng]\norder: Vùng\n", [["Vùng"], ["A"], ["B"], ["C"], ["Đ"]]),
        ("columns: [Giá]\nrows: 2\ndecimals: 1\n", [["Giá"], ["5,0"], ["30,0"]]),
    ],
)
def test_a_sidecar_chooses_what_is_shown(sidecar, cells):
    """Columns in its order, rows in the order of a column, only the first ones, and decimals."""
    assert cells == cells_of(WIDE, sidecar)


def test_a_sidecar_has_words_and_highlights():
    """Words that the story does not say, rows that stand out, and how many rows are left in the file."""
    sidecar = "alt: Giá vải\ncaption: Nghìn đồng\ncredit: Sở Công Thương\nhighlight: [B]\nrows: 3\n"
    html = show(WIDE, sidecar, "![](gia.csv)\n").html
    assert '<b>Giá vải</b> <span class="unit">Nghìn đồng</span>' in html
    assert '<span class="credit">Sở Công Thương</span> Còn 1 dòng nữa trong tệp.' in html
    assert ["B"] == [row.css_first("th").text() for row in LexborHTMLParser(html).css("tr.lit")]


@pytest.mark.parametrize(
    ("sidecar", "fault"),
    [
        ("columns: [Vùng, Gía]\n", "gia.csv.yaml:1:17 unknown-column"),
        ("order: Giá cả\n", "gia.csv.yaml:1:8 unknown-column"),
        ("highlight: [E]\n", "gia.csv.yaml:1:13 unknown-column"),
    ],
)
def test_a_name_that_the_file_does_not_have(sidecar, fault):
    """It is told where the sidecar says it."""
    assert [fault] == faults_of(WIDE, sidecar)


GIA = 'attachments: {files: {"gia*.csv": {columns: [Tên, Cao], order: Cao, descending: true, unit: m}}}'
HEIGHTS = "Tên,Năm,Cao\nA,2001,5\nB,2002,9\n"


def test_the_settings_say_how_tables_are_shown():
    """A pattern of names or paths chooses what a sidecar says of one table; the sidecar counts before it."""
    assert [["Tên", "Cao"], ["B", "9"], ["A", "5"]] == cells_of(HEIGHTS, settings=GIA)
    assert [["Tên", "Năm", "Cao"], ["A", "2001", "5"], ["B", "2002", "9"]] == cells_of(
        HEIGHTS, settings=GIA.replace("gia*", "cho*")
    )
    assert [["Tên"], ["A"], ["B"]] == cells_of(HEIGHTS, "columns: [Tên]\norder: Năm\n", settings=GIA)
    assert [["Tên", "Cao"], ["A", "5"], ["B", "9"]] == cells_of(HEIGHTS, "descending: false\n", settings=GIA)
    assert "m</span>" in show(HEIGHTS, settings=GIA, text="![a](gia.csv)\n").html


@pytest.mark.parametrize(
    ("patterns", "shown"),
    [
        ("{content: {columns: [Tên]}, content/kinh-te: {columns: [Năm]}}", "Năm"),
        ("{content/kinh-te/*.csv: {columns: [Năm]}, gia.csv: {columns: [Tên]}}", "Năm"),
        ("{'*.csv': {columns: [Năm]}, 'gia.*': {columns: [Tên]}}", "Tên"),
        ("{'gia.csv': {columns: [Năm]}, '*.csv': {columns: [Tên]}}", "Năm"),
        ("{content/**/gia.csv: {columns: [Năm]}, content/xa-hoi: {columns: [Tên]}}", "Năm"),
    ],
)
def test_the_most_specific_pattern_counts(patterns, shown):
    """The one with more steps, then the one with fewer wildcards, then the later one."""
    assert [shown] == cells_of(HEIGHTS, settings=f"attachments: {{files: {patterns}}}")[0]


def test_a_table_that_the_settings_do_not_fit_says_what_to_write():
    """The fault stands in the table, and what it says to write mends it; a row that a table has not is none."""
    text = "Tên,Nam,Ca o\nA,2001,5\n"
    (problem,) = show(text, settings="attachments: {files: {gia.csv: {columns: [Tên, Cao]}}}").problems
    assert ("content/kinh-te/gia.csv", 1, 9, "unknown-column", "write `Cao`") == _told(problem)
    settings = "attachments: {files: {gia.csv: {columns: [Tên, Giá], order: Giá, highlight: [Z]}}}"
    first, second = show('Tên,"a, b"\nA,1\n', settings=settings).problems
    assert 'add the column, or write `columns: [Tên, "a, b"]` in content/kinh-te/gia.csv.yaml' == first.fix
    assert "add the column, or write `order: ''` in content/kinh-te/gia.csv.yaml" == second.fix
    sidecar = "columns: [Tên, \"a, b\"]\norder: ''\n"
    assert [["Tên", "a, b"], ["A", "1"]] == cells_of('Tên,"a, b"\nA,1\n', sidecar, settings=settings)


def _told(problem):
    place = problem.location
    return place.path, place.line, place.column, problem.rule, problem.fix


@pytest.mark.parametrize("name", ['Giá: "nay"', "a, b", "[x]", "#1", "'", "c]", "- d", "null", "x\ny", "e\\f"])
def test_a_list_that_a_fix_says_to_write_is_read_again(name):
    """Whatever signs the names of columns have."""
    quoted = name.replace('"', '""')
    wide = ",".join(["Tên", f'"{quoted}"', *(f"c{n}" for n in range(19))])
    values = ",".join("1" * 21)
    (problem,) = show(f"{wide}\n{values}\n").problems
    written = problem.fix.partition("`")[2].rpartition("`")[0]
    assert [["Tên", " ".join(name.split())], ["1", "1"]] == cells_of(f"{wide}\n{values}\n", f"{written}\n")


def test_a_file_that_is_hostile_is_text():
    """No markup of a file comes to life, and formulas are shown as they are typed."""
    hostile = 'Tên,"<script>alert(1)</script>"\n"<img src=x onerror=alert(1)>","=cmd|\' /C calc\'!A0"\n&lt;,""""\n'
    body = show(hostile, text='![<b>"](gia.csv "a<i> | <u>")\n')
    tree = LexborHTMLParser(body.html)
    assert ((), None) == (body.problems, tree.css_first("script, img, i, u"))
    assert ["<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0"] == [c.text() for c in tree.css("tbody tr")[0].iter()]
    assert ["&lt;", '"'] == [cell.text() for cell in tree.css("tbody tr")[1].iter()]


@pytest.mark.parametrize("text", [f"Xem {SHOWN}", f"{SHOWN}{SHOWN}", f"- {SHOWN}", "[![a](gia.csv)](cau.png)\n"])
def test_a_table_stands_alone(text):
    """In a line of text, a tight list, a link, or with another one it is an error at its address."""
    body = show(PRICES, text=text)
    assert {"not-alone"} == {problem.rule for problem in body.problems}
    assert "<table" not in body.html


def test_a_table_in_a_quotation_or_a_loose_list_is_shown():
    """These hold paragraphs too."""
    for text in (f"> {SHOWN}", f"- Mục\n\n    {SHOWN}"):
        body = show(PRICES, text=text)
        assert ((), 1) == (body.problems, body.html.count("<table"))


@pytest.mark.parametrize("text", ["![a](gia.csv){.rong #bang}\n", "![a](gia.csv)\n{.rong #bang}\n"])
def test_a_table_keeps_what_an_editor_gives_it(text):
    """Its classes and the name of its place, whether they follow the image or its paragraph."""
    body = show(PRICES, text=text)
    figure = LexborHTMLParser(body.html).css_first("figure#bang")
    assert ((), "data-table rong") == (body.problems, figure.attrs["class"])


@pytest.mark.parametrize("address", ["https://nguon.example/gia.csv", "//nguon.example/a.mp3?x#t=1"])
def test_a_file_of_another_site_is_an_error(address):
    """Nobody would see it; while a site moves in it is a warning."""
    (problem,) = show(PRICES, text=f"![a]({address})\n").problems
    assert ("not-a-picture", 5, 6, "error") == (problem.rule, *_told(problem)[1:3], problem.level)
    (problem,) = show(PRICES, text=f"![a]({address})\n", settings="migrating: true").problems
    assert "warning" == problem.level


@pytest.mark.parametrize("field", ["columns: [{}]", "highlight: [{}]", "order: {}"])
def test_a_name_that_a_fix_offers_is_read_again(field):
    """With quotes where YAML needs them."""
    text = 'A,"Giá, nay"\n"Giá, nay",1\n'
    (problem,) = show(text, field.format('"Giá, này"')).problems
    assert 'did you mean `"Giá, nay"`?' == problem.fix
    assert () == show(text, field.format('"Giá, nay"')).problems


def test_a_long_number_keeps_its_digits():
    """Also with the decimals of another one, in tables and charts; a longer one is a code."""
    digits = "12345678901234567890"
    body = show(f"Tên,Giá\nA,-{digits}\nB,0.123456789012345678\n", text="![a](gia.csv#cot)\n")
    assert ((), True) == (body.problems, "−12.345.678.901.234.567.890,000000000000000000" in body.html)
    for form in ("", "#cot", "#thanh", "#duong"):
        for value in (digits, f"{digits}1234567890"[:29], f"{digits}12345678901"):
            body = show(f"Năm,Giá\n2001,{value}\n2002,1\n", text=f"![a](gia.csv{form})\n")
            assert {"bad-cell"} >= {problem.rule for problem in body.problems}
            assert bool(body.problems) == bool(form and value != digits)


def test_a_file_of_delimiters_holds_no_table():
    """As one without any row."""
    assert ["gia.csv:1:1 csv-row"] == faults_of(",,,\n,,,\n")


def test_a_file_without_an_ending_is_no_table():
    """Though its name is that of an ending."""
    (problem,) = body_of("![a](csv)\n", files={"csv": PRICES}).problems
    assert "not-a-picture" == problem.rule


def test_a_file_that_is_not_there_has_a_near_name():
    """What follows “#” in its address stays."""
    (problem,) = show(PRICES, text="![a](gai.csv#cot)\n").problems
    assert ("missing-image", "did you mean `gia.csv#cot`?") == (problem.rule, problem.fix)


def test_tables_take_time_to_read():
    """Four of them are a minute."""
    text = f"Một.\n\n{SHOWN}\n"
    assert [1, 2] == [show(PRICES, text=text * count).minutes for count in (1, 4)]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_that_is_written_is_read_again(value):
    """In both languages, with its thousands parted."""
    for language, decimal in (("vi", ","), ("en", ".")):
        typed = read_typed(write_number(value, 3, language))
        assert typed is not None
        assert value == convert(typed, decimal)


@given(st.text(alphabet="0123456789.,- %", max_size=12))
def test_any_text_is_a_number_or_none(text):
    """A number that is no error in one way has a value in it."""
    typed = read_typed(text)
    if typed is not None and typed.decimal in ",.":
        assert isinstance(convert(typed, typed.decimal or "."), Decimal)


def test_days_and_months():
    """A column is of days or months only where all its cells are."""
    assert [date(2026, 3, 5)] == read_days(["5-3-2026"])
    assert None is read_days(["5/3/2026", "x"])
    assert None is read_days(["13/13/2026"])
    assert [date(2026, 3, 1)] == read_months(["2026-03"])
    assert None is read_months(["2026-13"])
