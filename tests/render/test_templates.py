import re
from errno import EACCES
from unittest.mock import Mock

import jinja2
import pytest
from msgspec.structs import replace

from builders import NOW, article, site_config, site_folder
from newsgen.core.errors import Location
from newsgen.core.queries import QueryTable
from newsgen.core.questions import Recorder, ignore_question
from newsgen.model.pages import Page
from newsgen.model.stories import Body
from newsgen.render import template_loader as loader
from newsgen.render import templates
from newsgen.render.blocks import find_unknown_blocks
from newsgen.render.context import Urls
from newsgen.render.errors import locate_error
from newsgen.render.templates import CompiledTemplates, RecordingEnvironment, Renderer, Shared, TemplateFault
from newsgen.render.theme import StaticFiles
from newsgen.workers.limits import TooSlow

URLS = Urls("/", "/tin-moi-nhat/", "/luu-tru/", "/tin-moi-nhat.fragment.html", "/dinh-chinh/")


def page(template="x.html"):
    return Page("page", "Tiêu đề", "", "/x.html", "https://x.example/x.html", "x.html", template, "vi")


def renderer(site, *, url="https://x.example", static=None, settings=(), on_question=ignore_question):
    """A renderer for a site's folder, with one moment in `data`."""
    shared = Shared(news=None, data={"at": NOW}, static=StaticFiles(static or {}, on_question), on_question=on_question)
    return Renderer(site, site_config(*settings, url=url), URLS, shared)


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


PRINTED = "{{ '<&\"\\'' }} {{ x }} {{ 3 }} {{ none }} {{ x|safe }}"
PRINTED += "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(x) }}{{ m(a='&') }}"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", "&lt;&amp;&#34;&#39; &lt;b&gt; 3 None <b>[&lt;b&gt;][&amp;]"),
        ("{% autoescape false %}", "{% endautoescape %}", "<&\"' <b> 3 None <b>[<b>][&]"),
        (
            "{% autoescape 1 == 1 %}",
            "{% endautoescape %}",
            "&lt;&amp;&#34;&#39; &lt;b&gt; 3 None <b>[&lt;b&gt;][&amp;]",
        ),
        ("{% autoescape 1 == 2 %}", "{% endautoescape %}", "<&\"' <b> 3 None <b>[<b>][&]"),
    ],
)
def test_what_is_printed_is_escaped_where_the_template_wants_it(tmp_path, before, after, expected):
    """Texts, numbers and what macros give are escaped once, and not at all where escaping is off."""
    assert expected == render(tmp_path, "{% set x = '<b>' %}" + before + PRINTED + after)


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
        ("một\nhai {% if %}", 2, "template-syntax", "a value is missing before `%}`"),
        ("{% for x in [] %}", 1, "template-syntax", "`{% for %}` is not closed"),
        ("\n{{ 'a'|nofilter }}", 2, "template-syntax", "there is no filter `nofilter`"),
        ('\n{% include "partials/cards.html" %}', 2, "template-missing", "there is no template “partials/cards.html”"),
        ('\n{{ asset("a.css") }}', 2, "template-error", "there is no file static/a.css"),
        ('{{ data.at|date("stmp") }}', 1, "template-error", "there is no date pattern “stmp”; did you mean `stamp`?"),
        ("{{ [1, 2]|random }}", 1, "template-syntax", "there is no filter `random`"),
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
    monkeypatch.setattr(templates, "_COMPILED", CompiledTemplates(most=1))
    assert ["1", "1", "2", "2", "1"] == [
        render(tmp_path, text) for text in ("{{ 1 }}", "{{ 1 }}", "{{ 2 }}", "{{ 2 }}", "{{ 1 }}")
    ]
    assert 3 == compiled.call_count


def test_code_that_renderers_share_knows_no_settings(tmp_path):
    """After `url` was changed, the preview shows the new one everywhere."""
    urls = ("https://a.example", "https://b.example")
    assert ["https://a.example/x", "https://b.example/x"] == [
        render(tmp_path, '{{ "/x"|absolute }}', url=url) for url in urls
    ]


@pytest.mark.parametrize(
    "call",
    [
        *("m(1)", "m(1, 2)", "m(1, b=2)", "m(b=2, a=1)", "m('<')", "m(m(1))", "v(1, 2, 3)", "k(1, c=2)", "m(1, m=2)"),
        *("m(1, 2, 3)", "m()", "m(1, a=2)", "m(1, caller=2)", "c(1)", "(m)(*[1, 2])", "m(**{'b': 1, 'a': 2})"),
    ],
)
@pytest.mark.parametrize("place", ["{{{{ {} }}}}", "{{% for _ in [1] %}}{{{{ {} }}}}{{% endfor %}}"])
def test_macros_are_called_as_by_jinja(tmp_path, call, place):
    """With the same text, or the same error."""
    macros = (
        "{% macro m(a, b='<b>') %}[{{ a }}{{ b }}]{% endmacro %}"
        "{% macro v(a) %}{{ a }}{{ varargs|length }}{% endmacro %}"
        "{% macro k(a) %}{{ a }}{{ kwargs.c }}{% endmacro %}{% macro c(a) %}{{ a }}{{ caller() }}{% endmacro %}"
    )
    text = macros + place.format(call)
    try:
        expected = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(text).render()
    except (TypeError, jinja2.UndefinedError) as error:
        assert str(error).partition("(")[0] in fault(tmp_path, text).what
    else:
        assert expected == render(tmp_path, text)


def test_a_macro_has_what_was_called_for_it(tmp_path):
    """The content of `{% call %}`."""
    text = "{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m('<') %}<b>{% endcall %}"
    assert "&lt;<b>" == render(tmp_path, text)


def asked(folder, text, more=None, static=None):
    """The questions of two pages rendered after one another by the same renderer."""
    site = site_folder(folder, {"templates/x.html": text, **(more or {})})
    recorder = Recorder()
    one = renderer(site, static=static, on_question=recorder.ask)
    found = []
    for _ in range(2):
        with recorder.recording() as questions:
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
        ("{{ data|length }}", [("data_names",)]),
        ("{% for name in data %}{% endfor %}", [("data_names",)]),
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
    """An answer is another when the template, its place, the file or the datum is, and there is none to what is not."""

    def answers():
        one = renderer(tmp_path, static={"a.css": tmp_path / "a.css"})
        questions = [("template", "404.html"), ("static", "a.css"), ("data", "at"), ("data_names",)]
        table = QueryTable({"": (one.loader, one.static, one.data)})
        return [table.answer(question) for question in questions]

    (tmp_path / "a.css").write_text("a")
    before = answers()
    assert before == answers()
    site_folder(tmp_path, {"templates/404.html": "x", "a.css": "b"})
    after = answers()
    assert [True, True, False, False] == [one != other for one, other in zip(before, after, strict=True)]
    missing = [("template", "no.html"), ("static", "no.css"), ("data", "no")]
    one = renderer(tmp_path)
    table = QueryTable({"": (one.loader, one.static, one.data)})
    assert ["there is none"] * 3 == [table.describe_answer(question) for question in missing]


def story(folder, text, extra=None, settings=()):
    """What a template of a story's page gives, whose front matter has these further fields."""
    shown = replace(article(), extra=extra or {})
    site = site_folder(folder, {"templates/x.html": text})
    one = replace(page(), noun="article", subject=shown)
    return renderer(site, settings=settings).render(one, None).decode()


@pytest.mark.parametrize(
    ("text", "what", "fix"),
    [
        (
            '{{ "2025-01-05"|date("short") }}',
            "the filter “date” wants a date, such as `article.date`, not the text",
            "",
        ),
        ('{{ none|date("short") }}', "not nothing", "ask for it first: `{% if … %}` before, `{% endif %}` after"),
        ("{{ none|iso }}", "the filter “iso” wants a date, such as `article.date`, not nothing", ""),
        ("{{ data.at|date }}", "the filter “date” is called wrongly: missing 1", "write `value|date(name)`"),
        ("{{ 5|cut(3) }}", "the filter “cut” wants a text, not the number 5", "give it a text"),
        ('{{ "a"|cut }}', "the filter “cut” is called wrongly", "write `value|cut(length)`"),
        ('{{ "a"|cut("b") }}', "the filter “cut” wants a number of characters, not the text “b”", ""),
        ("{{ [1]|isolate }}", "the filter “isolate” wants a text, not a list", ""),
        ("{{ page|absolute }}", "the filter “absolute” wants a text, not a page", ""),
        ("{{ asset() }}", "the function “asset” is called wrongly", "write `asset(output)`"),
        ("{{ 1 is divisibleby }}", "the test “divisibleby” is called wrongly", "write `value is divisibleby(num)`"),
        ('{{ "a"|default(1, 2, 3) }}', "the filter “default” is called", "default(default_value='', boolean=false)"),
        ('{{ _("%(name)s") }}', "the string wants a value for 'name'", ""),
        ("{{ page._x }}", "“_x” starts with _, and is out of reach of templates", ""),
        ("{{ page|attr('_x') }}", "a page has no attribute '_x'", ""),
        ("{{ page|attr('__class__') }}", "“__class__” of a page is out of reach", ""),
        ("{{ data.at.now() }}", "“now” of a moment is out of reach", ""),
        ("{{ dict.update(data, {}) }}", "a function has no attribute 'update'", ""),
        ("{{ [nope] }}", "'nope' is undefined", "{% if … is defined %}"),
        ("{{ [1, page] }}", "a page is written as a text here: write one of its values", ""),
        ("{{ (1).bit_length }}", "call it, with () after its name", ""),
        ('{% include "" %}', "a template with an empty name", "write its name"),
        ("{% include [] %}", "a template with an empty name", "write its name"),
        ('{% include "x" * 300 %}', "there is no template “xxx", ""),
        ('{{ "\\ud800" }}', "half a character", ""),
        ("{{ 10**5000 }}", "this number would have thousands of digits", ""),
        ("{{ 10**(10**8) }}", "this number would have thousands of digits", ""),
        ('{{ "a" * 10**10 }}', "this would be longer than 10,000,000 characters", ""),
        ("{% for n in range(10**9) %}{% endfor %}", "Range too big", ""),
        ("{{ " + "9" * 5000 + " }}", "this number has thousands of digits", ""),
        ("{{ " + "(" * 300 + ")" * 300 + " }}", "too many parts inside one another", ""),
    ],
)
def test_a_mistake_is_explained(tmp_path, text, what, fix):
    """What is wrong is said in an editor's words at its line, with what to write, and without a Python name of ours."""
    problem = fault(tmp_path, f"một\n{text}")
    assert Location("templates/x.html", 2) == problem.location
    assert what in problem.what
    assert fix in problem.fix
    assert not re.search(r"<locals>|newsgen\.|jinja2|object at", problem.what)


@pytest.mark.parametrize("verb", ["extends", "include"])
def test_a_template_that_names_itself_is_told_of_the_themes(tmp_path, verb):
    """What changes a page of the theme and forgets `theme/` is told to write it, at that very line."""
    text = f'{{# một #}}\n{{% {verb} "404.html" %}}\n\n'
    site = site_folder(tmp_path, {"templates/404.html": text})
    with pytest.raises(TemplateFault) as caught:
        renderer(site).render(page("404.html"), None)
    problem = caught.value.problem
    assert (Location("templates/404.html", 2), "template-error") == (problem.location, problem.rule)
    assert problem.fix.startswith("write `theme/404.html`")


def test_a_page_that_takes_too_long_names_the_line(tmp_path):
    """What ends a page from outside, such as a limit of time, has the innermost line of a template too."""
    site = site_folder(tmp_path, {"templates/x.html": "\n{% for n in range(9) %}\n{{ data.at }}{% endfor %}"})
    one = renderer(site)
    one.data._on_question = Mock(side_effect=TooSlow)
    with pytest.raises(TooSlow) as caught:
        one.render(page(), None)
    assert Location("templates/x.html", 3) == locate_error(caught.value, "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% set a = [2] %}{% set _ = a.append(1) %}{{ a|sort|join }}", "12"),
        ("{% set a = {} %}{% set _ = a.update(b=1) %}{{ a.b }}{{ a.items()|list }}", "1[(&#39;b&#39;, 1)]"),
        ('{{ "{0:>3}|{a}".format("x", a=1) }}', "  x|1"),
        ('{{ ("<b>{}</b>"|safe).format("<") }}', "<b>&lt;</b>"),
        ('{{ "%s %03d"|format("a", 7) }}{{ "%s" % 5 }}', "a 0075"),
        ("{{ [1, 'a'] }}", "[1, &#39;a&#39;]"),
        ('{{ ["a", "<"]|join(", ") }}{{ [page]|join(attribute="lang") }}', "a, &lt;vi"),
        ('{% trans x="<" %}{{ x }} and 5%{% endtrans %}', "&lt; and 5%"),
        ('{{ data.at.year }}{{ data.at.strftime("%d") }}{{ (data.at - data.at).days }}', "2022070"),
        ("{% for a, b in [page]|groupby('lang') %}{{ a }}{{ b|length }}{% endfor %}", "vi1"),
        ("{% macro f(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call f(1) %}2{% endcall %}{{ f.name }}", "12f"),
        ("{% for n in [1, 2] %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}", "1a2b"),
        ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.current }}{{ namespace(a=1).a }}", "ab1"),
        ("{{ none is sameas none }}{{ 1 is sameas true }}", "TrueFalse"),
        ('{{ "a b"|replace("a", "c")|upper|title|center(5)|trim }}', "C B"),
        ("{{ {'class': 'x'}|xmlattr }}{{ [1]|tojson }}", ' class="x"[1]'),
    ],
)
def test_what_templates_do_every_day_works_in_the_sandbox(tmp_path, text, expected):
    """Lists of a template's own, formats, filters, macros, loops and dates give what Jinja's documentation says."""
    assert expected == render(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% for x in [page, page, {'title': 1}, page] %}{{ x.title }};{% endfor %}", "Tiêu đề;Tiêu đề;1;Tiêu đề;"),
        ("{% set x = {'class': 1, 'tên': 2, 'ﬁ': 3, 'if': 4} %}{{ x.class }}{{ x.tên }}{{ x.ﬁ }}{{ x['if'] }}", "1234"),
        ("{% set types_title = 5 %}{% set x = page %}{{ x.title }}{{ types_title }}", "Tiêu đề5"),
        ("{% for x in [page, page] %}{{ x.title }}{% if loop.last %}.{% endif %}{% endfor %}", "Tiêu đềTiêu đề."),
        (
            "{% set x %}{{ page.title }}<{% endset %}{% autoescape false %}{{ x }}{{ page.kind }}{% endautoescape %}",
            None,
        ),
        ("{% macro m(x) %}[{{ x.title }}]{% endmacro %}{{ m(page) }}{{ m({'title': '<'}) }}", "[Tiêu đề][&lt;]"),
    ],
)
def test_attributes_are_read_whatever_a_template_names(tmp_path, text, expected):
    """Objects of several types in one place, names that Python reserves or writes otherwise, macros and blocks."""
    assert (expected or "Tiêu đề<page") == render(tmp_path, text)


@pytest.mark.parametrize("text", ["{{ x.url }}", "{{ x.render }}", "{{ x.format_map }}", "{{ x.title }}"])
def test_an_attribute_of_one_type_is_refused_of_another(tmp_path, text):
    """What a template read a page's attribute by reads no attribute of a function, a text or a template."""
    for other in ("namespace", "'a'.upper", "self", "_", "joiner"):
        loop = f"{{% for x in [page, page, {other}] %}}{{{{ x.title }}}}{{{{ x.url }}}}{text}{{% endfor %}}"
        with pytest.raises(TemplateFault):
            render(tmp_path, loop)


def test_a_declared_field_is_there_on_every_story(tmp_path):
    """A field that newsgen.yaml declares is empty on a story without it, and no other name is there."""
    settings = ("fields: {so: number, loai: text, xem: list, co: boolean, khi: date}",)
    text = "{{ article.extra.loai }}|{% for x in article.extra.xem %}{% endfor %}|{{ article.extra.so }}"
    assert "||" == story(tmp_path, text, settings=settings)
    assert "thuế||5" == story(tmp_path, text, {"loai": "thuế", "so": 5}, settings)
    assert "False" == story(tmp_path, "{{ article.extra.khac is defined }}", settings=settings)


@pytest.mark.parametrize("extra", [{}, {"a": {"b": [1]}}])
@pytest.mark.parametrize("name", ["article", "page.subject"])
def test_no_template_changes_a_story_for_the_next_page(tmp_path, name, extra):
    """No page changes the fields of a story, whether it has any and by whichever name they are reached."""
    with pytest.raises(TemplateFault, match="make a list or a mapping of your own"):
        story(tmp_path, f"{{{{ {name}.extra.update(a=1) }}}}", extra)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"404.html": '{% extends "theme/404.html" %}\n{% block mian %}{% endblock %}'}, [("404.html", 2, "main")]),
        ({"404.html": '{% extends "theme/404.html" %}{% block main %}{% block x %}{% endblock %}{% endblock %}'}, []),
        ({"404.html": "{% extends page.url %}{% block x %}{% endblock %}"}, []),
        ({"404.html": "{% block x %}{% endblock %}"}, []),
        (
            {"a.html": "{% block x %}{% endblock %}", "404.html": '{% extends "a.html" %}{% block x %}{% endblock %}'},
            [],
        ),
        ({"404.html": '{% extends "404.html" %}{% block x %}{% endblock %}'}, []),
        ({"404.html": '{% extends "no.html" %}{% block x %}{% endblock %}'}, []),
        ({"404.html": '{% extends "theme/404.html" %}{% block x'}, []),
    ],
)
def test_a_block_that_no_page_shows_is_warned_of(tmp_path, files, expected):
    """A block that no template above has is warned of at its line, with the nearest name."""
    site = site_folder(tmp_path, {f"templates/{name}": text for name, text in files.items()})
    found = [(p.location.path.removeprefix("templates/"), p.location.line, p.fix) for p in find_unknown_blocks(site)]
    assert [(name, line, f"did you mean `{near}`?") for name, line, near in expected] == found
