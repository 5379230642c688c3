"""Everything that newsgen has is in docs/, and docs/ name nothing that it has not."""

import ast
import dataclasses
import inspect
import re
import typing
from pathlib import Path

import click
import jinja2
import msgspec
import pytest

from builders import site_config
from docs_pages import DOCS, first_codes, headings, page, pages, prose, rows
from newsgen.cli import COMMANDS, EXIT_BUG, main
from newsgen.config import settings as config
from newsgen.config.pictures import Sizes
from newsgen.content.authors import AuthorFile
from newsgen.content.front_matter import FrontMatter, ImageForm, IntroFrontMatter, PageFrontMatter, PodcastForm
from newsgen.core import errors
from newsgen.core.text import slugify
from newsgen.media.sidecars import SidecarFile, TableSidecarFile
from newsgen.model.pages import Archive, Front, Listing, Page, Redirect
from newsgen.model.pictures import Picture
from newsgen.model.reports import BuildReport
from newsgen.model.stories import Article, Body, Card, Notice
from newsgen.model.taxonomy import Author, Section, Taxonomy, Term, TermIndex
from newsgen.render.context import SiteView
from newsgen.render.template_loader import ThemeLoader
from newsgen.render.templates import make_environment
from newsgen.render.theme import StaticFiles
from newsgen.site.queries import QUERIES, News
from source_modules import PACKAGE, modules

THEME = PACKAGE / "theme"
BY_LANGUAGE = (config.Addresses, config.Dates)
BY_THEME = (Sizes,)


def names_of(kind: type) -> list[str]:
    """The names of a struct's or a dataclass's fields."""
    if hasattr(kind, "__dataclass_fields__"):
        return [field.name for field in dataclasses.fields(kind)]
    return [field.name for field in msgspec.structs.fields(kind)]


def settings(kind: type, above: str = "") -> dict[str, tuple[str, str]]:
    """Every key of newsgen.yaml below `above` → its range and default as configuration.md writes them."""
    found = {}
    for field in msgspec.structs.fields(kind):
        name, inner = above + field.name, typing.get_args(field.type)
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            found |= settings(field.type, f"{name}.")
            continue
        found[name] = (_range(field.type), _describe_default(field, kind))
        for one in inner if typing.get_origin(field.type) is not dict and type(None) not in inner else ():
            if isinstance(one, type) and issubclass(one, msgspec.Struct):
                found |= settings(one, f"{name}.")
        if (
            typing.get_origin(field.type) is dict
            and isinstance(inner[1], type)
            and issubclass(inner[1], msgspec.Struct)
        ):
            found |= settings(inner[1], f"{name}.NAME.")
        elif typing.get_origin(field.type) is dict:
            found[f"{name}.NAME"] = ("", "required")
    return found


def _describe_default(field: msgspec.structs.FieldInfo, kind: type) -> str:
    if kind in BY_THEME:
        return "as the theme shows them"
    return "by language" if kind in BY_LANGUAGE else _default(field)


def _range(kind: object) -> str:
    metas = [arg for arg in typing.get_args(kind) if isinstance(arg, msgspec.Meta)]
    return f"{metas[0].ge}–{metas[0].le}" if metas else ""


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "required"
    value = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    if isinstance(value, tuple):
        return f"`[{', '.join(map(str, value))}]`"
    if isinstance(value, msgspec.Struct):
        return "`{" + ", ".join(f"{name}: {one}" for name, one in msgspec.structs.asdict(value).items()) + "}`"
    return f"`{value}`" if value != "" else '`""`'


def rule_names() -> set[str]:
    """Every rule that the source gives to a problem."""
    at = {"Problem": 1, "add": 1, "warn": 1, "_add": 1, "_refuse": 1, "_refuse_sign": 1, "_refuse_at": 2}
    found = set()
    for one in modules():
        for node in ast.walk(one.tree):
            if not isinstance(node, ast.Call):
                continue
            position = at.get(getattr(node.func, "attr", getattr(node.func, "id", "")), 99)
            rule = node.args[position] if len(node.args) > position else None
            if isinstance(rule, ast.Constant) and isinstance(rule.value, str):
                found.add(rule.value)
            elif isinstance(rule, ast.Name) and rule.id.isupper():
                found.add(getattr(errors, rule.id))
    return found


def template_environment(tmp_path: Path) -> jinja2.Environment:
    return make_environment(ThemeLoader(tmp_path), site_config(), StaticFiles({}))


def test_every_command_is_documented():
    """commands.md has a heading for newsgen and for each of its commands, and for none that is not there."""
    expected = {"newsgen", *(f"newsgen {name}" for name in COMMANDS)}
    assert expected == {heading for heading in headings("commands") if heading.split()[0] == "newsgen"}


@pytest.mark.parametrize("name", ["newsgen", *(f"newsgen {name}" for name in COMMANDS)])
def test_every_option_is_documented(name):
    """The table of a command has its arguments and options, with the words that `--help` uses for their values."""
    above = click.Context(main, info_name="newsgen", **main.context_settings)
    command = main.get_command(None, name.partition(" ")[2]) or main
    context = above if command is main else click.Context(command, parent=above)
    expected = set()
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option) and not parameter.is_flag and parameter.name != "help":
            expected |= {f"{option} {parameter.make_metavar(context)}" for option in parameter.opts}
        else:
            expected |= set(parameter.opts) if isinstance(parameter, click.Option) else {parameter.name.upper()}
    assert expected == set(first_codes("commands", name))


def test_every_setting_is_documented():
    """configuration.md has every key of newsgen.yaml with its range and default, and no other key."""
    documented = {row.codes()[0]: (row.cells[1], row.cells[2]) for row in rows("configuration")}
    expected = settings(config.Config)
    assert expected.keys() == documented.keys()
    assert {n: default for n, (_, default) in expected.items()} == {n: d for n, (_, d) in documented.items()}
    assert [] == [n for n, (range_, _) in expected.items() if not documented[n][0].endswith(range_)]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Fields of an article", FrontMatter),
        ("Fields of a page", PageFrontMatter),
        ("Fields at the head of a section", IntroFrontMatter),
        ("Pictures", ImageForm),
        ("Podcast", PodcastForm),
        ("Authors", AuthorFile),
    ],
)
def test_every_field_is_documented(heading, kind):
    """front-matter.md has every field of articles, pages, pictures and authors."""
    documented = [row.codes()[0] for row in rows("front-matter", heading)]
    assert sorted(names_of(kind)) == sorted(documented)
    required = {field.name for field in msgspec.structs.fields(kind) if field.required}
    assert required == {r.codes()[0] for r in rows("front-matter", heading) if r.cells[-1].startswith("Required.")}


def test_every_field_of_a_sidecar_is_documented():
    """pictures.md has them in the order of the file."""
    assert names_of(SidecarFile) == [row.codes()[0] for row in rows("pictures", "Sidecars")]


def test_every_field_of_a_table_s_sidecar_is_documented():
    """components.md has them, those of all attachments too."""
    documented = [code for row in rows("components", "Tables") for code in row.codes()]
    assert sorted(names_of(TableSidecarFile)) == sorted(documented)


def test_every_query_is_documented():
    """templates.md has every question that templates may ask of `news`, with its arguments."""
    expected = set()
    for name in QUERIES:
        own = list(inspect.signature(getattr(News, name)).parameters.values())[1:]
        words = [p.name if p.default is p.empty else f"{p.name}={p.default}" for p in own]
        expected.add(f"news.{name}({', '.join(words)})")
    assert expected == set(first_codes("templates", "What templates may ask of the paper"))


def test_every_filter_and_function_is_documented(tmp_path):
    """templates.md has what newsgen adds to Jinja's filters and functions, and says what it takes away."""
    ours, theirs = template_environment(tmp_path), jinja2.Environment(autoescape=True)
    functions = {name for name, value in ours.globals.items() if value is not None}
    assert ours.filters.keys() - theirs.filters.keys() == set(first_codes("templates", "Filters"))
    assert functions - theirs.globals.keys() == set(first_codes("templates", "Functions"))
    gone = (theirs.filters.keys() - ours.filters.keys()) | (theirs.globals.keys() - ours.globals.keys())
    assert set() == {name for name in gone if f"but `{name}`" not in page("templates")}


def flat(kind: type, above: str) -> set[str]:
    """The attributes of a dataclass or struct, those of structured ones one by one."""
    found = set()
    hints = typing.get_type_hints(kind)
    for name in names_of(kind):
        inner = hints[name]
        structured = hasattr(inner, "__dataclass_fields__") or hasattr(inner, "__struct_fields__")
        found |= flat(inner, f"{above}.{name}") if structured else {f"{above}.{name}"}
    return found


def test_every_setting_that_templates_see_is_documented():
    """templates.md has everything below `site`."""
    assert flat(SiteView, "site") == set(first_codes("templates", "site"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("page", Page),
        ("card", Card),
        ("article", Article),
        ("body", Body),
        ("picture", Picture),
        ("author", Author),
        ("tag", Term),
        ("taxonomy", Taxonomy),
        ("index", TermIndex),
        ("section", Section),
        ("listing", Listing),
        ("front", Front),
        ("notice", Notice),
        ("redirect", Redirect),
        ("archive", Archive),
    ],
)
def test_every_variable_is_documented(name, kind):
    """templates.md has every attribute of what templates are given."""
    documented = {row.codes()[0] for row in rows("templates", name)}
    computed = {f"{name}.{own}" for own, _ in inspect.getmembers(kind, lambda value: isinstance(value, property))}
    assert {f"{name}.{field}" for field in names_of(kind)} == documented - computed


def test_an_article_has_what_its_card_has():
    """`article.title` and all else of a card may be asked of the article itself."""
    assert set() == set(names_of(Card)) - set(dir(Article))


def test_every_template_part_and_block_is_documented():
    """templates.md has each template and part of the theme, and the blocks of base.html."""
    folder = THEME / "templates"
    templates = {path.name for path in folder.glob("*.html")}
    parts = {path.name for path in (folder / "partials").glob("*.html")}
    source = re.sub(r"\{#.*?#\}", "", (folder / "base.html").read_text("utf-8"), flags=re.DOTALL)
    blocks = set(re.findall(r"\{% block (\w+)", source))
    documented = [row.codes()[0] for row in rows("templates", "Changing the theme")]
    assert templates | parts | blocks == set(documented)


def test_every_css_property_is_documented():
    """templates.md has the properties with which a paper changes the look; the reader's text size is not one."""
    css = (THEME / "static" / "theme" / "newsgen.css").read_text("utf-8")
    root = css.partition(":root {")[2].partition("}")[0]
    expected = set(re.findall(r"(--[a-z-]+):", root)) - {"--text-scale"}
    assert expected == set(first_codes("templates", "Colours and fonts"))


def test_every_rule_is_documented():
    """errors.md has every rule that the source gives to a problem, once, and no other."""
    assert sorted(rule_names()) == sorted(row.codes()[0] for row in rows("errors"))


def test_every_exit_code_is_documented():
    """commands.md has 0, the code of each family of errors, and that of a bug."""
    families = errors.NewsgenError.__subclasses__()
    expected = {0, EXIT_BUG, *(family.exit_code for family in families)}
    assert expected == {int(row.cells[0]) for row in rows("commands", "Exit codes")}


def test_every_field_of_the_report_is_documented():
    """commands.md has what `--report` writes."""
    expected = set(names_of(BuildReport)) - {"warnings"} | {"problems"}
    assert expected == set(first_codes("commands", "The report"))


@pytest.mark.parametrize("name", pages())
def test_links_between_pages_lead_somewhere(name):
    """A link to another page names a file of docs/ and a heading in it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(name))):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        path = DOCS / file if file else DOCS / f"{name}.md"
        assert path.is_file(), target
        assert not anchor or anchor in {slugify(heading) for heading in headings(path.stem)}, target
