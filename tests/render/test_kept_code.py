"""The code of the packaged theme's templates, kept in newsgen's own folder."""

import pytest

from builders import site_config, site_folder
from newsgen.core.questions import ignore_question
from newsgen.render import kept_code, templates
from newsgen.render.context import Urls
from newsgen.render.extensions import Extensions
from newsgen.render.templates import CompiledTemplates, Renderer, Shared
from newsgen.render.theme import StaticFiles

NOTICE = "redirect.html"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder in place of newsgen's own; nothing is compiled in this process yet."""
    monkeypatch.setattr(kept_code, "FOLDER", tmp_path / "newsgen")
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", None)
    return tmp_path / "newsgen" / "__pycache__"


def load(monkeypatch, site, *names, extensions=None):
    """A renderer in a new process that has loaded some templates, and how many it has compiled."""
    monkeypatch.setattr(templates, "_COMPILED", CompiledTemplates())
    shared = Shared(None, {}, StaticFiles({}), ignore_question, extensions=extensions or Extensions())
    one = Renderer(site, site_config(), Urls("/", "/", "/", "/", "/"), shared)
    generated = []
    monkeypatch.setattr(
        one.environment, "_compile", lambda text, name: generated.append(name) or compile(text, name, "exec")
    )
    return [one.environment.get_template(name) for name in names], generated


def test_a_template_of_the_theme_is_compiled_once(tmp_path, monkeypatch, folder):
    """The next process runs the same code, which names the same template and lines."""
    (first,), compiled = load(monkeypatch, tmp_path, NOTICE)
    (second,), again = load(monkeypatch, tmp_path, NOTICE)
    assert ([f"theme/{NOTICE}"], []) == (compiled, again)
    assert first.root_render_func.__code__ == second.root_render_func.__code__
    assert (f"theme/{NOTICE}", first.debug_info) == (second.filename, second.debug_info)


def test_a_template_of_a_site_is_not_kept(tmp_path, monkeypatch, folder):
    """Not even one in place of the packaged one; its code is as it was written, whatever is kept of that."""
    load(monkeypatch, tmp_path, NOTICE)
    site_folder(tmp_path, {f"templates/{NOTICE}": "own", "templates/other.html": "other"})
    (own, other), compiled = load(monkeypatch, tmp_path, NOTICE, "other.html")
    assert ("own", "other", 2) == (own.render(), other.render(), len(compiled))
    assert 1 == len([*folder.iterdir()])


@pytest.mark.parametrize(
    "change", [lambda data: data[:-9], lambda data: data[:40] + b"?" + data[41:], lambda data: b""]
)
def test_damaged_code_is_compiled_again(tmp_path, monkeypatch, folder, change):
    """It is not run, and replaced."""
    load(monkeypatch, tmp_path, NOTICE)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(change(whole))
    _, compiled = load(monkeypatch, tmp_path, NOTICE)
    assert [f"theme/{NOTICE}"] == compiled
    assert [] == load(monkeypatch, tmp_path, NOTICE)[1]


def test_code_of_another_newsgen_is_compiled_again(tmp_path, monkeypatch, folder):
    """A checkout that is worked on, an upgrade, or another release of Jinja2 may write other code."""
    load(monkeypatch, tmp_path, NOTICE)
    monkeypatch.setattr(kept_code, "_digest_compiler", lambda: "another")
    assert [f"theme/{NOTICE}"] == load(monkeypatch, tmp_path, NOTICE)[1]


def test_where_nothing_can_be_kept_templates_are_compiled(tmp_path, monkeypatch, folder):
    """It may be that newsgen is installed where its user cannot write."""
    folder.parent.write_text("no folder", "utf-8")
    assert [1, 1] == [len(load(monkeypatch, tmp_path, NOTICE)[1]) for _ in range(2)]


def test_with_filters_of_plugins_nothing_is_kept(tmp_path, monkeypatch, folder):
    """A filter may stand in place of one of Jinja2's, and then the code may be another."""
    own = Extensions(filters={"cut": str})
    assert 1 == len(load(monkeypatch, tmp_path, NOTICE, extensions=own)[1])
    assert not folder.exists()


def test_two_names_of_a_template_are_two_files(tmp_path, monkeypatch, folder):
    """The code has the name that it was asked for; names that only lead there are not kept."""
    load(monkeypatch, tmp_path, NOTICE, f"theme/{NOTICE}", f".//{NOTICE}")
    assert 2 == len([*folder.iterdir()])
    assert 1 == len(load(monkeypatch, tmp_path, NOTICE, f"theme/{NOTICE}", f".//{NOTICE}")[1])
