"""The examples of docs/ are run, so that they cannot lie."""

import json
import re
import tomllib
from datetime import datetime
from hashlib import sha256

import pytest

from builders import CONFIG, ZONE, png, site_folder
from docs_pages import DOCS, Block, blocks, pages, rows
from films import make_mp4, make_pdf
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.cli import main
from newsgen.commands.check import check
from newsgen.config.reading import parse_config
from newsgen.content.front_matter import parse_moment
from newsgen.core.errors import ContentError, Problem
from newsgen.plugins.functions import COMMAND, DEPLOYER, IMPORTER
from newsgen.plugins.loading import GROUP
from papers import run_newsgen


def draw_river() -> str:
    """A map of a river with its landings."""
    places = {"Bến Đò": [106.62, 20.71], "Bến Lạc": [106.74, 20.66], "Bến Chợ": [106.83, 20.58]}
    river = [[106.55, 20.75], [106.66, 20.69], [106.7, 20.64], [106.8, 20.62], [106.9, 20.55]]
    shapes = [("Sông Lạc", {"type": "LineString", "coordinates": river})]
    shapes += [(name, {"type": "Point", "coordinates": place}) for name, place in places.items()]
    features = [{"type": "Feature", "properties": {"name": name}, "geometry": shape} for name, shape in shapes]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


LATER = datetime(2030, 1, 1, tzinfo=ZONE)
HEAD = "---\ntitle: Ví dụ\ndate: 2022-07-12\nslug: vi-du\n"
STORY = "content/kinh-te/vi-du.md"
KNOWN = {
    "yaml": {"newsgen.yaml", "front-matter", "author", "sidecar", "table-sidecar"},
    "markdown": {"article", "page", "index", "body"},
    "jinja": {"templates/"},
    "css": {"static/"},
    "html": {""},
    "text": {""},
    "console": {""},
    "python": {"plugins/"},
    "toml": {"pyproject.toml"},
}
AROUND = {
    "content/kinh-te/gia-vai.md": "---\ntitle: Giá vải\ndate: 2022-07-01\n---\n\nĐầu vụ.\n",
    "content/xa-hoi/ke-song.md": "---\ntitle: Kè sông\ndate: 2022-07-02\n---\n\n## Một năm\n\nGiữ đất.\n",
    "content/pages/gioi-thieu.md": "---\ntitle: Giới thiệu\n---\n\nTòa soạn.\n",
    "content/kinh-te/le-hop-long.mp4": make_mp4(640, 360),
    "content/kinh-te/bang-gia.pdf": make_pdf(2),
    "content/kinh-te/rao.mp3": b"ID3",
    "content/kinh-te/ben-song.geojson": draw_river(),
    "content/kinh-te/rao.vtt": "WEBVTT\n",
    "data/authors/minh-an.yaml": "name: Minh An\n",
    "static/tac-gia/minh-an.webp": png(),
    "static/bao.css": "/* */",
    "content/kinh-te/gia-nhan.csv": "Vùng,Giá 2025,Giá 2026\nĐồng Vải,18,21\nLạc Giang,22,25\nBến Đò,20,19\n",
    **{f"content/kinh-te/{name}.jpg": png() for name in ("cau", "anh-1", "anh-2", "anh-3")},
}
EXAMPLES = [block for name in pages() for block in blocks(name)]


def examples(language: str, *uses: str) -> list[Block]:
    found = [b for b in EXAMPLES if b.language == language and (not uses or b.use.startswith(uses))]
    assert found
    return found


def run(folder, files, config=CONFIG):
    """Build the site of the examples with these files; the warnings, and the output folder."""
    site = site_folder(folder / "site", {**AROUND, **files}, config)
    report = build(BuildOptions(site, site / "build", LATER))
    return report.warnings, site / "build"


def problems(folder, lines: str) -> tuple[Problem, ...]:
    """What newsgen says of an article with these lines in its front matter."""
    given = {line.partition(":")[0] for line in lines.splitlines()}
    head = "".join(f"{line}\n" for line in HEAD.splitlines() if line.partition(":")[0] not in given)
    with pytest.raises(ContentError) as caught:
        run(folder, {STORY: f"{head}{lines}\n---\n\nThân bài.\n"})
    return caught.value.problems


@pytest.mark.parametrize("block", EXAMPLES, ids=str)
def test_every_example_says_what_it_is(block):
    """A fenced block is of a kind that these tests know how to run."""
    assert any(block.use.startswith(use) if use else not block.use for use in KNOWN.get(block.language, ()))


@pytest.mark.parametrize("block", examples("yaml", "newsgen.yaml"), ids=str)
def test_settings_are_accepted(block):
    """An example of newsgen.yaml is read without a fault."""
    assert parse_config(block.text).title


@pytest.mark.parametrize("block", examples("markdown", "article"), ids=str)
def test_an_article_builds(block, tmp_path):
    """An example of an article builds without a warning."""
    assert [] == run(tmp_path, {STORY: block.text})[0]


@pytest.mark.parametrize("block", examples("markdown", "page"), ids=str)
def test_a_page_builds(block, tmp_path):
    """An example of a page of content/pages/ builds without a warning."""
    assert [] == run(tmp_path, {"content/pages/gioi-thieu.md": block.text})[0]


@pytest.mark.parametrize("block", examples("markdown", "index"), ids=str)
def test_an_index_builds(block, tmp_path):
    """An example of an `_index.md` builds without a warning."""
    assert [] == run(tmp_path, {"content/kinh-te/_index.md": block.text})[0]


@pytest.mark.parametrize("block", examples("yaml", "front-matter"), ids=str)
def test_front_matter_builds(block, tmp_path):
    """Lines of front matter are accepted in an article, of a paper that has a podcast."""
    files = {STORY: f"{HEAD}{block.text}---\n\nThân bài.\n", "static/podcast.png": png(1400, 1400, is_grey=False)}
    assert [] == run(tmp_path, files, f"{CONFIG}podcast: {{image: /podcast.png}}\n")[0]


@pytest.mark.parametrize("block", examples("yaml", "author"), ids=str)
def test_an_author_builds(block, tmp_path):
    """An example of an author's file is accepted."""
    assert [] == run(tmp_path, {"data/authors/minh-an.yaml": block.text})[0]


@pytest.mark.parametrize("block", examples("yaml", "sidecar"), ids=str)
def test_a_sidecar_counts(block, tmp_path):
    """An example of a picture's sidecar is accepted, and its words are on the page."""
    files = {STORY: f"{HEAD}image: cau.jpg\n---\n\nThân bài.\n", "content/kinh-te/cau.jpg.yaml": block.text}
    warnings, output = run(tmp_path, files)
    html = (output / "kinh-te/2022/07/vi-du.html").read_text("utf-8")
    assert ([], True) == (warnings, "Nhịp giữa sông trước giờ hợp long." in html)


@pytest.mark.parametrize("block", examples("yaml", "table-sidecar"), ids=str)
def test_a_sidecar_of_a_table_counts(block, tmp_path):
    """An example of a table's sidecar is accepted, and chooses what is shown."""
    story = f'{HEAD}---\n\n![Giá](gia-nhan.csv "Nghìn đồng | Nguồn: Hợp tác xã")\n'
    warnings, output = run(tmp_path, {STORY: story, "content/kinh-te/gia-nhan.csv.yaml": block.text})
    html = (output / "kinh-te/2022/07/vi-du.html").read_text("utf-8")
    assert ([], ["Vùng", "Giá 2026"]) == (warnings, re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', html))


@pytest.mark.parametrize("block", examples("markdown", "body"), ids=str)
def test_a_body_builds(block, tmp_path):
    """An example of Markdown builds without a warning, with the components of the examples."""
    plugins = ["sources"] if ":::sources" in block.text else []
    files = {f"plugins/{name}.py": (DOCS.parent / f"examples/plugins/{name}.py").read_text("utf-8") for name in plugins}
    files |= {block.use: block.text for block in EXAMPLES if block.use.startswith("templates/components/")}
    config = f"{CONFIG}plugins: {plugins}\n" if plugins else CONFIG
    assert [] == run(tmp_path, {**files, STORY: f"{HEAD}---\n\n{block.text}"}, config)[0]


@pytest.mark.parametrize("block", examples("html"), ids=str)
def test_html_is_what_the_markdown_before_gives(block, tmp_path):
    """A block of HTML shows what the example before it becomes; "…" stands for what is left out."""
    before = EXAMPLES[EXAMPLES.index(block) - 1]
    _, output = run(tmp_path, {STORY: f"{HEAD}---\n\n{before.text}"})
    pattern = ".*".join(map(re.escape, block.text.strip().split("…")))
    assert re.search(pattern, (output / "kinh-te/2022/07/vi-du.html").read_text("utf-8"))


@pytest.mark.parametrize("block", examples("jinja"), ids=str)
def test_a_template_builds(block, tmp_path):
    """An example of a template builds, in the paper's own folder of templates."""
    assert [] == run(tmp_path, {block.use: block.text, STORY: f"{HEAD}---\n\nThân bài.\n"})[0]


@pytest.mark.parametrize("row", rows("front-matter", "What is not accepted"), ids=lambda row: row.codes()[0])
def test_what_is_not_accepted_is_refused(row, tmp_path):
    """Each line of the table is refused by that rule and with those words."""
    (problem,) = problems(tmp_path, row.codes()[0])
    assert (row.codes(1)[0], row.cells[2]) == (problem.rule, problem.what)


@pytest.mark.parametrize("row", rows("front-matter", "Dates"), ids=lambda row: row.codes()[0])
def test_a_documented_date_is_a_date(row):
    """Each form of the table names a moment of 12 July 2022 in the site's zone."""
    at = parse_moment(row.codes()[0], ZONE).at
    assert (2022, 7, 12) == (at.year, at.month, at.day)


def test_the_message_in_errors_is_the_message(tmp_path):
    """The example of a message is what newsgen says."""
    line = examples("text")[0].text.splitlines()[0]
    with pytest.raises(ContentError) as caught:
        run(tmp_path, {"content/kinh-te/gia-vai.md": "---\ntitle: Giá vải\ndate: 12/07/2022\n---\n"})
    assert [line] == [str(problem) for problem in caught.value.problems]


def test_numbered_pages_are_as_addresses_says(tmp_path):
    """Eleven stories by three fill the pages as the table shows."""
    stories = {
        f"content/kinh-te/t{n}.md": f"---\ntitle: Tin {n}\ndate: 2023-01-{n:02}\n---\n\nTin.\n" for n in range(1, 12)
    }
    around = {"content/kinh-te/gia-vai.md": "---\ntitle: Tin 1\ndate: 2023-01-01\n---\n\nTin.\n"}
    stories.pop("content/kinh-te/t1.md")
    _, output = run(tmp_path, {**around, **stories}, f"{CONFIG}lists: {{page: 3}}\n")
    for row in rows("addresses", "Numbered pages count from the oldest"):
        html = (output / row.codes()[0].strip("/") / "index.html").read_text("utf-8").partition("<aside")[0]
        assert row.cells[1].split(", ") == re.findall(r'headline"><a [^>]*>Tin (\d+)<', html)


def test_addresses_are_as_addresses_says(tmp_path):
    """The examples of a Vietnamese paper's lists are files of the output."""
    story = (
        f"{HEAD.replace('2022-07', '2025-12')}tags: [giao thông]\nauthors: [minh-an]\nplace: Vân Hải\n"
        "section: kinh-te/nong-nghiep\n"
    )
    config = f"{CONFIG}latest: {{mode: fragment}}\nlists: {{page: 1}}\n"
    config += "taxonomies: {place: {title: Địa phương, address: dia-phuong}}\n"
    _, output = run(tmp_path, {STORY: f"{story}---\n\nThân bài.\n"}, config)
    for row in rows("addresses", "Lists"):
        for address in row.codes(1):
            if address.startswith("/"):
                assert (output / f"{address.lstrip('/')}{'index.html' if address.endswith('/') else ''}").is_file()


@pytest.mark.parametrize("block", examples("console"), ids=str)
def test_commands_in_examples_exist(block):
    """What is typed after `$` is a command of newsgen with its options, or `cd`."""
    for line in re.findall(r"^\$ (.+)$", block.text, re.MULTILINE):
        program, *words = line.split()
        command = main.get_command(None, words[0]) if program == "newsgen" else None
        known = {option for parameter in command.params for option in parameter.opts} if command else set()
        assert command or program == "cd", line
        assert set() == {word for word in words if word.startswith("--")} - known


@pytest.mark.parametrize("block", [b for b in examples("python", "plugins/") if "def plugin(" in b.text], ids=str)
def test_a_plugin_is_built_with(tmp_path, block):
    """A plugin of the docs is switched on by its name, and a build with it succeeds."""
    name = block.use.removeprefix("plugins/").removesuffix(".py")
    warnings, output = run(tmp_path, {block.use: block.text}, f"{CONFIG}plugins: [{name}]\n")
    assert [] == [problem for problem in warnings if problem.rule != "no-urls-lock"]
    assert (output / "index.html").is_file()


def test_a_check_of_the_docs_says_what_the_docs_say(tmp_path):
    """The plugin with a check, at the level that the docs give it, tells the line that stands below it."""
    (plugin,) = examples("python", "plugins/summaries.py")
    (settings,) = (block for block in examples("yaml", "newsgen.yaml") if "summaries/no-summary" in block.text)
    (line,) = (block.text.strip() for block in examples("text") if "summaries/no-summary" in block.text)
    site = site_folder(tmp_path, {**AROUND, plugin.use: plugin.text}, f"{CONFIG}plugins: [summaries]\n")
    for config, told in (("", line), (settings.text, line.replace(": warning[", ": error["))):
        (site / "newsgen.yaml").write_text(config or f"{CONFIG}plugins: [summaries]\n")
        found = [str(problem) for problem in check(BuildOptions(site, site / "build", LATER)).problems]
        assert told in found


def test_a_command_of_the_docs_runs(tmp_path):
    """The command prints the headlines of the site, as it is typed there."""
    (block,) = (block for block in examples("python", "plugins/") if "def command(" in block.text)
    site = site_folder(tmp_path, {**AROUND, block.use: block.text})
    done = run_newsgen("headlines", "--count", "1", "--links", site=site)
    assert (0, "Kè sông  /xa-hoi/2022/07/ke-song.html\n", "") == (done.returncode, done.stdout, done.stderr)


def test_an_importer_and_a_deployer_of_the_docs_run(tmp_path):
    """The importer makes drafts of texts, the deployer tells the files of the output with their digests."""
    files = {b.use: b.text for b in examples("python", "plugins/") if re.search(r"def (im|de)p\w+er\(", b.text)}
    config = f"{CONFIG}machines: {{manifest: true}}\n"
    site = site_folder(tmp_path, {**AROUND, **files, "texts/mua.txt": "Mưa."}, config)
    assert 0 == run_newsgen("import", "notes", str(site / "texts"), site=site).returncode
    assert (site / "content/kinh-te/mua.md").read_text("utf-8").endswith("Mưa.")
    build(BuildOptions(site, site / "build", LATER))
    told = run_newsgen("deploy", "sizes", site=site).stdout
    data = (site / "build/index.html").read_bytes()
    assert f"{len(data)} {sha256(data).hexdigest()} {site / 'build/index.html'}\n" in told


def test_an_entry_point_is_in_the_group_that_is_read():
    """The entry points of the docs have the groups in which plugins are looked for."""
    (block,) = examples("toml", "pyproject.toml")
    assert {GROUP, COMMAND.group, IMPORTER.group, DEPLOYER.group} == tomllib.loads(block.text)["project"][
        "entry-points"
    ].keys()
