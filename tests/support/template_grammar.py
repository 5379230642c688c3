"""Random template parts: what a paper's own templates may use, put together by chance.

Each form is Jinja with words in capitals, which `part` replaces: CARDS by a list of cards, NAMED by one of things with
a name, SIZE by a small number, INNER by another form. Parts have a floor, and include only parts of higher floors, so
that no part includes itself.
"""

import re
from random import Random

CARDS = (
    "news.latest(SIZE)",
    "news.latest(SIZE, section=data.contacts.featured)",
    "news.pinned()",
    "news.latest(9)[SIZE:]",
    'news.latest(9)|selectattr("lang", "equalto", site.language)|list',
    '(news.related(article, SIZE) if page.kind == "article" else news.pinned())',
    "(listing.cards if listing is defined else news.latest(1))",
    "(front.seconds if front is defined else news.latest(SIZE))",
    'news.corrections(SIZE)|map(attribute="card")|list',
    '(news.series(article).cards if page.kind == "article" and news.series(article) else news.pinned())',
)

NAMED = ("news.tags()", "news.authors()", "page.translations|default([])", "data.bang.hang")

FORMS = (
    (
        "{% for card in CARDS %}{{ loop.index }}/{{ loop.length }} {{ card.title|cut(20) }}"
        '{{ ", " if not loop.last }}{% else %}không có{% endfor %}'
    ),
    (
        '{% for year, cards in CARDS|groupby("date.year") %}{{ year }}: {{ cards|map(attribute="title")|join("; ") }}'
        "{% endfor %}"
    ),
    '{% for lang, cards in CARDS|groupby("lang") %}{{ lang }} {{ cards|length }} {% endfor %}',
    '{{ CARDS|map(attribute="title")|map("upper")|sort|unique|join(" · ") }}',
    '{{ CARDS|rejectattr("pinned")|map(attribute="kicker")|select|list|tojson }}',
    '{{ (CARDS|first|default(none)).title|default("trống") if CARDS else "trống" }}',
    '{{ (CARDS|max(attribute="date")).date|date("stamp") if CARDS }}',
    "{% for row in CARDS|batch(2) %}{% for card in row %}{{ card.title }}|{% endfor %}; {% endfor %}",
    '{% for column in CARDS|slice(2) %}[{{ column|map(attribute="url")|join(" ") }}]{% endfor %}',
    (
        "{% set sum = namespace(letters=0, seen=[]) %}{% for card in CARDS %}"
        "{% set sum.letters = sum.letters + card.title|length %}{% set sum.seen = sum.seen + [card.url] %}{% endfor %}"
        '{{ sum.letters }} {{ sum.seen|join(" ") }}'
    ),
    (
        "{% set own = dict(phone=data.contacts.phone, count=CARDS|length) %}"
        '{% for key, value in own|dictsort %}{{ key }}={{ value }} {% endfor %}{{ own.get("khong", "không") }}'
    ),
    (
        "{% macro row(card, mark=data.contacts.phone) %}{{ mark }} {{ card.title }} {{ varargs|join }}"
        '{{ kwargs.get("k") }}'
        "{{ caller() if caller }}{% endmacro %}"
        '{% for card in CARDS %}{% call row(card, "x", 1, k=SIZE) %}INNER{% endcall %}{% endfor %}'
    ),
    (
        "{% for thing in NAMED %}{{ thing.name }}{{ loop.cycle(' a', ' b') }}"
        "{% if loop.changed(thing.name[:1]) %}*{% endif %}"
        "{% endfor %}"
    ),
    '{{ NAMED|map(attribute="name")|sort|join(", ")|truncate(60) }} {{ NAMED|length is divisibleby 2 }}',
    (
        "{% for section in news.sections() recursive %}{{ section.title }} ({{ loop.depth }})"
        "{% set below = news.subsections(section.id) %}{% if below %}{{ loop(below) }}{% endif %}{% endfor %}"
    ),
    "{{ news.section(data.contacts.featured).title }} {{ news.latest(1, section=data.contacts.featured)|length }}",
    '{% for year in news.archive().years %}{{ year.months|map(attribute="count")|sum }} {% endfor %}',
    "{{ news.banner().text if news.banner() }} {{ news.logo().src if news.logo() }}",
    (
        "{% if article is defined and page.kind == 'article' %}{% set near = news.neighbours(article) %}"
        "{{ near.older.title if near.older }}{{ near.newer.kicker if near.newer }}{% endif %}"
    ),
    '{% if body is defined %}{{ body.words }} {{ body.headings|map(attribute="text")|join(", ") }}{% endif %}',
    "{{ news.structured(page)|length }}",
    "{% for key, value in data.bang.so|dictsort %}{{ key }}:{{ value }} {% endfor %}{{ data.bang.so.values()|sum }}",
    "{% for key, value in data.bang.so.items() %}{{ key }}{{ value }}{% endfor %}",
    '{% for group, rows in data.bang.hang|groupby("nhom") %}{{ group }}: {{ rows|sum(attribute="gia") }} {% endfor %}',
    '{{ data.gia|map(attribute="gia")|map("int")|sum }} {{ (data.gia|first).hang }} {{ data.gia[-1].gia }}',
    "{% for name in data %}{{ name }} {% endfor %}{{ data|length }}",
    '{{ "moi" in data }} {{ data.moi.tin if data.moi is defined else "chưa có" }} {{ data.get("moi", {})|length }}',
    '{{ data.items()|map("first")|join(" ") }}',
    '{{ data.bang["so"]["mot"] }} {{ data.bang.so.hai|default("không") }} {{ "mot" in data.bang.so }}',
    '{{ [data.contacts.phone, site.title]|join("/") }} {{ "%s – %s"|format(page.kind, site.related.size) }}',
    "{% filter upper %}{{ data.contacts.phone }} INNER{% endfilter %}",
    "{% set block %}INNER{% endset %}{{ block|wordcount }} {{ block|striptags|length }}",
    "{% with n = SIZE, cards = CARDS %}{{ n }} {{ cards|length }} {{ (cards|last).title if cards }}{% endwith %}",
    (
        "{% set between = joiner('; ') %}{% set turn = cycler('chẵn', 'lẻ') %}"
        "{% for card in CARDS %}{{ between() }}{{ turn.next() }} {{ card.url|absolute }}{% endfor %}"
    ),
    '{{ asset("logo.svg") }} {{ _("Latest news") }} {{ "a.b"|replace(".", site.language) }}',
    '{{ site.languages|map(attribute="name")|join }} {{ page.breadcrumb|map(attribute="title")|join(" > ") }}',
    "{% if CARDS|length > SIZE %}INNER{% elif data.contacts.phone|int % 2 %}INNER{% else %}INNER{% endif %}",
    "{% for n in range(SIZE) if n is odd %}{{ n }}{% endfor %}INNER",
)

IMPORTS = (
    '{% import "partials/tools.html" as tools %}{{ tools.box(CARDS) }}{{ tools.PHONE }}',
    '{% import "partials/tools.html" as tools with context %}{{ tools.here() }}',
    '{% from "partials/tools.html" import box as hop, box %}{{ hop(CARDS) }}{{ box([]) }}',
    '{% from "partials/tools.html" import here with context %}{{ here() }}',
    '{% from "partials/" ~ data.bang.tools ~ ".html" import box %}{{ box(CARDS) }}',
    '{% import ["partials/" ~ data.bang.tools ~ ".html", "partials/tools.html"][0] as tools %}{{ tools.box(CARDS) }}',
)
"""Forms that import. The floor `tools` is imported by all others, and imports nothing."""

INCLUDES = (
    '{% include "partials/BELOW.html" %}',
    '{% include "partials/BELOW.html" without context %}',
    '{% include "partials/" ~ data.bang.part ~ ".html" %}',
    '{% include ["partials/" ~ page.kind ~ "-riêng.html", "partials/BELOW.html"] %}',
    '{% include "partials/pager-none.html" ignore missing %}',
    '{% for name in data.bang.parts %}{% include "partials/" ~ name ~ ".html" %}{% endfor %}',
    '{% include "theme/partials/tools.html" %}',
)
INCLUDES_BELOW = (INCLUDES[0], INCLUDES[1], INCLUDES[4])
"""Of a part that others include: those of a higher floor that it names, and none by data, which may name itself."""

FAULTS = ("{{ nope }}", "{% if %}", '{% include "partials/nowhere.html" %}', "{{ data.bang.khong }}", "{{ 1 / 0 }}")
"""What an editor gets wrong once in a while."""

KINDS = ("home", "article", "section", "latest", "tag", "author", "page", "archive", "404")
TOP = (*(f"made-{kind}" for kind in KINDS), "made")
"""Parts that base.html takes by the kind of page; `made` for the kinds without one."""

SUB = ("sub-1", "sub-2", "sub-3")
TOOLS = ("tools", "tools-2")
WORD = re.compile(r"\b(CARDS|NAMED|SIZE|INNER|BELOW)\b")


def part(name: str, random: Random) -> str:
    """The text of a part of this name: some forms by chance, and rarely a fault."""
    if name in TOOLS:
        return _tools(random)
    below = SUB[SUB.index(name) + 1 :] if name in SUB else SUB
    forms = [*FORMS] * 2
    forms += [*IMPORTS] * 3
    forms += [*(INCLUDES if name in TOP else INCLUDES_BELOW)] * 3 if below else []
    chosen = random.sample(forms, random.randint(1, 4))
    if random.random() < 0.02:
        chosen.append(random.choice(FAULTS))
    return "<p>v0</p>\n" + "".join(f"<div>{_filled(form, random, below)}</div>\n" for form in chosen)


def _tools(random: Random) -> str:
    """Macros for the others: one with arguments alone, one that looks at the page."""
    inner, own = (_filled(random.choice(FORMS[:14]), random, ()) for _ in range(2))
    return (
        "{% set PHONE = data.contacts.phone %}\n"
        f"{{% macro box(cards) %}}<p>v0</p>{{{{ cards|map(attribute='title')|join(', ') }}}} {inner}{{% endmacro %}}\n"
        f"{{% macro here() %}}{{{{ page.kind if page is defined }}}} {own}{{% endmacro %}}\n"
    )


def _filled(form: str, random: Random, below: tuple[str, ...], depth: int = 0) -> str:
    """A form with its words in capitals replaced; the same word may become several things."""

    def fill(match: re.Match[str]) -> str:
        if match[0] == "SIZE":
            return str(random.randint(1, 4))
        if match[0] == "BELOW":
            return random.choice(below)
        if match[0] == "INNER":
            return _filled(random.choice(FORMS), random, below, depth + 1) if depth < 2 else "…"
        return _filled(random.choice(CARDS if match[0] == "CARDS" else NAMED), random, below, depth)

    return WORD.sub(fill, form)
