from errno import EACCES
from unittest.mock import Mock

import pytest

from builders import NOW, site_config, site_folder
from newsgen.errors import Location
from newsgen.model import Body, Page
from newsgen.output import loader, templates
from newsgen.output.templates import Compiled, RecordingEnvironment, Renderer, Shared, TemplateFault
from newsgen.output.views import Urls
from newsgen.questions import Recorder

URLS = Urls("/", "/tin-moi-nhat/", "/luu-tru/", "/tin-moi-nhat.fragment.html", "/dinh-chinh/")


def page(template="x.html"):
    return Page("page", "Tiêu đề", "", "/x.html", "https://x.example/x.html", "x.html", template, "vi")


def renderer(site, *, url="https://x.example", static=None):
    """A renderer for a site's folder, with one moment in `data`."""
    shared = Shared(news=None, data={"at": NOW}, static=static or {}, recorder=Recorder())
    return Renderer(site, site_config(url=url), URLS, shared)


def render(folder, text, body=None, *, more=None, **given):
    """The text that a template of the site gives."""
    site = site_folder(folder, {"templates/x.html": text, **(more or {})})
    return renderer(site, **given).render(page(), body).decode()


def fault(folder, text, **given):
    """The problem of a template that fails."""
    with pytest.raises(TemplateFault) as caught:
        render(folder, text, **given)
    return caught.value.problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{ data.at|date("stamp") }}', "07/08/2022 7:51 SA"),
        ('{{ data.at|date("article") }}', "Đăng ngày 07 - 08 - 2022"),
        ("{{ data.at|iso }}", "2022-08-07T07:51:00+07:00"),
        ('{{ "một hai ba bốn"|cut(9) }}', "một hai…"),
        ('{{ "/a.html"|absolute }}', "https://x.example/a.html"),
        ('{{ "https://y.example/a"|absolute }}', "https://y.example/a"),
        ('{{ _("Latest news") }}', "Tin mới nhất"),
        ("{{ site.title }} {{ site.urls.latest }}", "Báo Lạc Giang /tin-moi-nhat/"),
        ("{{ page.title }}", "Tiêu đề"),
        ('{{ "<b>&" }}', "&lt;b&gt;&amp;"),
    ],
)
def test_what_a_template_can_write(tmp_path, text, expected):
    """Filters, interface strings and the site's values come out as the docs say, everything escaped."""
    assert expected == render(tmp_path, text)


def test_a_body_is_written_as_it_is(tmp_path):
    """The sanitised body is HTML already and is not escaped again."""
    assert "<p>A&amp;B</p>" == render(tmp_path, "{{ body.html }}", Body("<p>A&amp;B</p>"))


def test_an_asset_has_its_base_path_and_fingerprint(tmp_path):
    """`asset()` gives the address under the site's base path, with a digest that changes with the file."""
    style = tmp_path / "a.css"
    style.write_text("a")
    found = render(tmp_path, '{{ asset("a.css") }}', url="https://x.example/bao", static={"a.css": style})
    path, _, print_ = found.partition("?v=")
    assert ("/bao/a.css", 8) == (path, len(print_))


def test_a_site_extends_the_theme(tmp_path):
    """A template of the site can fill one block of the theme's and inherit the rest."""
    files = {
        "templates/404.html": '{% extends "theme/404.html" %}{% block main %}riêng{% endblock %}',
        "templates/base.html": "[{% block main %}{% endblock %}]",
    }
    assert "[riêng]" == renderer(site_folder(tmp_path, files)).render(page("404.html"), None).decode()


@pytest.mark.parametrize(
    ("text", "line", "rule", "what"),
    [
        ("một\n{{ nope }}", 2, "template-error", "'nope' is undefined"),
        ("{{ page.titel }}", 1, "template-error", "has no attribute 'titel'"),
        ("\n\n{{ 1 / 0 }}", 3, "template-error", "division by zero"),
        ("một\nhai {% if %}", 2, "template-syntax", "Expected an expression"),
        ("{% for x in [] %}", 1, "template-syntax", "Unexpected end of template"),
        ("\n{{ 'a'|nofilter }}", 2, "template-syntax", "No filter named 'nofilter'"),
        ('\n{% include "partials/cards.html" %}', 2, "template-missing", "there is no template “partials/cards.html”"),
        ('\n{{ asset("a.css") }}', 2, "template-error", "there is no file static/a.css"),
        ('{{ data.at|date("stmp") }}', 1, "template-error", "there is no date pattern “stmp”; did you mean `stamp`?"),
        ("{{ [1, 2]|random }}", 1, "template-syntax", "No filter named 'random'"),
        ('{% include "x.html" %}', 1, "template-error", "recursion"),
    ],
)
def test_a_failing_template_is_named_with_its_line(tmp_path, text, line, rule, what):
    """What fails in a template is a problem at the template's own file and line."""
    problem = fault(tmp_path, text)
    assert (Location("templates/x.html", line), rule) == (problem.location, problem.rule)
    assert what in problem.what


def test_a_template_that_the_machine_refuses_is_the_machines_fault(tmp_path, monkeypatch):
    """A template that exists and may not be read is no error of the template's line: the refusal reaches the run."""
    site = site_folder(tmp_path, {"templates/x.html": "một"})
    refused = PermissionError(EACCES, "Permission denied", "templates/x.html")
    monkeypatch.setattr(loader, "read_inside", Mock(side_effect=refused))
    with pytest.raises(PermissionError):
        renderer(site).render(page(), None)


def test_the_innermost_template_is_named(tmp_path):
    """A fault in an included template is reported there and not where it is included."""
    problem = fault(tmp_path, '{% include "partials/in.html" %}', more={"templates/partials/in.html": "\n\n{{ nope }}"})
    assert Location("templates/partials/in.html", 3) == problem.location


def test_a_syntax_error_in_an_included_template_is_named_there(tmp_path):
    """A template that cannot be read is named, whichever template asked for it."""
    problem = fault(tmp_path, '{% include "partials/in.html" %}', more={"templates/partials/in.html": "\n{{"})
    assert Location("templates/partials/in.html", 2) == problem.location


def test_a_missing_template_offers_the_nearest(tmp_path):
    """A slip in a template's name is answered with the name that exists."""
    assert "did you mean `partials/pager.html`?" == fault(tmp_path, '{% include "partials/pagr.html" %}').fix


def test_templates_know_no_clock_and_no_chance(tmp_path):
    """Nothing that would make two builds differ is within a template's reach."""
    for name in ("random", "now", "lipsum", "os", "open", "environ"):
        assert "False" == render(tmp_path, f"{{{{ {name} is defined }}}}")


def test_one_renderer_gives_the_same_page_twice(tmp_path):
    """Rendering a page leaves nothing behind that the next would see."""
    site = site_folder(tmp_path, {"templates/x.html": "{% set n = namespace(a=0) %}{% set n.a = n.a + 1 %}{{ n.a }}"})
    one = renderer(site)
    assert b"1" == one.render(page(), None) == one.render(page(), None)


def test_a_text_is_compiled_once_for_all_renderers(tmp_path, monkeypatch):
    """Another renderer takes the code of the same text, wherever its cache is full too; another text is compiled."""
    compiled = Mock(side_effect=RecordingEnvironment.compile, autospec=True)
    monkeypatch.setattr(RecordingEnvironment, "compile", lambda env, *a, **named: compiled(env, *a, **named))
    monkeypatch.setattr(templates, "_COMPILED", Compiled(most=1))
    assert ["1", "1", "2", "2", "1"] == [
        render(tmp_path, text) for text in ("{{ 1 }}", "{{ 1 }}", "{{ 2 }}", "{{ 2 }}", "{{ 1 }}")
    ]
    assert 3 == compiled.call_count


def asked(folder, text, more=None, static=None):
    """The questions of two pages rendered after one another by the same renderer."""
    site = site_folder(folder, {"templates/x.html": text, **(more or {})})
    one = renderer(site, static=static)
    found = []
    for _ in range(2):
        with one.recorder.recording() as questions:
            one.render(page(), None)
        found.append(list(questions))
    return found


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("x", []),
        ("{{ data.at }}{{ data.at }}", [("data", "at")]),
        ("{{ data.nope is defined }}", [("data", "nope")]),
        ("{{ 'at' in data }}", [("data", "at")]),
        ("{{ data|length }}", [("data names", None)]),
        ("{% for name in data %}{% endfor %}", [("data names", None)]),
        ('{{ asset("a.css") }}', [("static", "a.css")]),
        ('{% include "in.html" %}', [("template", "in.html"), ("data", "at")]),
        ('{% extends "in.html" %}', [("template", "in.html"), ("data", "at")]),
        ('{% import "in.html" as m %}', [("template", "in.html"), ("data", "at")]),
        ('{% from "in.html" import f %}', [("template", "in.html"), ("data", "at")]),
        ('{% from "in.html" import f with context %}', [("template", "in.html"), ("data", "at")]),
        ('{% include "no.html" ignore missing %}', [("template", "no.html")]),
        ('{% include ["no.html", "in.html"] %}', [("template", "no.html"), ("template", "in.html"), ("data", "at")]),
        ('{% include "in" ~ ".html" %}', [("template", "in.html"), ("data", "at")]),
        ('{% import "mid.html" as m %}', [("template", "mid.html"), ("template", "in.html"), ("data", "at")]),
        ("{% if false %}{{ data.at }}{% endif %}", []),
    ],
)
def test_what_a_render_asks_is_recorded(tmp_path, text, questions):
    """Each template, datum and file that a render looks at is a question of it, also of the second page of a run."""
    style = tmp_path / "a.css"
    style.write_text("a")
    more = {
        "templates/in.html": "{{ data.at }}{% macro f() %}{% endmacro %}",
        "templates/mid.html": '{% import "in.html" as inner %}',
    }
    first, second = asked(tmp_path, text, more, {"a.css": style})
    assert [("template", "x.html"), *questions] == first
    assert first == second


def test_an_answer_changes_with_what_it_was_made_of(tmp_path):
    """The digest of an answer is another when the template, its place, the file or the datum is; "" for what is not."""

    def answers():
        one = renderer(tmp_path, static={"a.css": tmp_path / "a.css"})
        questions = [("template", "404.html"), ("static", "a.css"), ("data", "at"), ("data names", None)]
        return [one.fingerprint(question) for question in questions]

    (tmp_path / "a.css").write_text("a")
    before = answers()
    assert before == answers()
    site_folder(tmp_path, {"templates/404.html": "x", "a.css": "b"})
    after = answers()
    assert [True, True, False, False] == [one != other for one, other in zip(before, after, strict=True)]
    missing = [("template", "no.html"), ("static", "no.css"), ("data", "no")]
    assert ["", "", ""] == [renderer(tmp_path).fingerprint(question) for question in missing]
