"""The sources of a small newspaper that uses what an incremental build must follow.

Eleven stories in three sections, one inside another, and three with a page in a second language; tags, one below
another, authors with and without a file, pictures, related and pinned stories, a page; templates of its own that ask
`news` and `data`, include parts of the theme and of the site, and choose a part by a value in data/. Each line that an
edit looks for stands alone in its file.
"""

from datetime import timedelta
from pathlib import Path

from builders import NOW, article_source, config_source, page_source, png, site_folder

CONFIG = config_source(
    "description: Tin nhanh từ đôi bờ sông Lạc",
    "lists: {page: 3, related: 3, home_seconds: 2, home_section: 2, home_latest: 4}",
    "latest: {mode: inline, size: 3}",
    "search: {text: full}",
    "cards: {when: missing}",
    "sections: {kinh-te: {title: Kinh tế}, xa-hoi: {title: Xã hội, description: Đời sống}}",
    "tags: {song-lac: {title: Sông Lạc}, nhan: {parent: song-lac}}",
    "pictures: {widths: [16, 24, 32], crops: [1:1], formats: {lead: [webp], body: [webp]}}",
    "languages: {fr: {title: Lạc Giang en bref, sections: {xa-hoi: {title: Société}}}}",
)
SECTIONS = ("kinh-te", "kinh-te/nong-nghiep", "xa-hoi", "the-thao")
TAGS = ("Nhãn", "nhãn", "Sông Lạc", "Chợ quê", "Cầu mới")
AUTHORS = ("minh-an", "ngoc-ha", "Bảo Long")
STORIES = 11

TEMPLATES = {
    "base.html": """<!doctype html>
<html lang="{{ site.language }}"><title>{{ page.title }} – {{ site.title }}</title>
<p>v0</p>
<link rel="stylesheet" href="{{ asset("theme/newsgen.css") }}"><img src="{{ asset("logo.svg") }}" alt="">
{% for section in news.sections() %}<a href="{{ section.url }}">{{ section.title }}</a>{% endfor %}
{% for language in site.languages %}<a href="{{ language.url }}">{{ language.name }}</a>{% endfor %}
{% for version in page.translations %}<a href="{{ version.url }}">{{ version.title }}</a>{% endfor %}
{% block main %}{% endblock %}
{% include ["partials/special-" ~ page.kind ~ ".html", "partials/foot.html"] %}
""",
    "article.html": """{% extends "base.html" %}
{% from "partials/lines.html" import line %}
{% block main %}
<p>v0</p>
<h1>{{ article.kicker }} {{ article.title }}</h1>
<p>{{ article.date|date("article") }} {{ article.lead }} {{ body.minutes }}</p>
{% for author in article.authors %}
<p>{{ author.name }}, {{ author.role }} {{ author.photo.width if author.photo }}</p>
{% endfor %}
{% for tag in article.tags %}<a href="{{ tag.url }}">{{ tag.name }}</a>{% endfor %}
{% if article.image %}<img src="{{ article.image.src }}" width="{{ article.image.width }}" alt="">{% endif %}
{% if article.image %}{{ article.image|srcset }}{{ (article.image|shared).src }}{% endif %}
{% if article.image %}{% for crop in article.image.crops %}{{ crop.src }}{% endfor %}{% endif %}
{% set ours = "" %}
{% if article.episode %}{% include "partials/episode.html" %}{% endif %}
{% if article.live %}{% include "partials/live.html" %}{% endif %}
{{ body.html }}
{% for card in news.related(article, site.related.size) %}{{ line(card) }}{% endfor %}
{% set near = news.neighbours(article) %}
{{ near.older.title if near.older }} | {{ near.newer.title if near.newer }}
{% if article.section.id == data.contacts.featured %}
{% for card in news.latest(2, section=data.contacts.featured) %}{{ line(card) }}{% endfor %}
{% endif %}
{% include "partials/latest.html" %}
{% endblock %}
""",
    "home.html": """{% extends "base.html" %}
{% from "partials/lines.html" import line %}
{% block main %}
<p>v0</p>
{{ line(front.lead) if front.lead }}
{% for card in front.seconds %}{{ line(card) }}{% endfor %}
{% for block in front.blocks %}<h2>{{ block.section.title }}</h2>
{% for card in block.cards %}{{ line(card) }}{% endfor %}{% endfor %}
{% for card in news.pinned() %}{{ line(card) }}{% endfor %}
{% for tag in news.tags() %}{{ news.tag(tag.id).name }} {% endfor %}
{% for author in news.authors() %}{{ news.author(author.id).role }} {% endfor %}
{% for row in data.gia %}{{ row.hang }}: {{ row.gia }} {% endfor %}
{% include "partials/" ~ data.contacts.box ~ ".html" %}
{% endblock %}
""",
    "listing.html": """{% extends "base.html" %}
{% from "partials/lines.html" import line %}
{% block main %}
<p>v0</p>
<h1>{{ listing.title }} {{ listing.number }}</h1><p>{{ listing.description }}</p>
{% for section in listing.subsections %}<a href="{{ section.url }}">{{ section.title }}</a>{% endfor %}
{% for card in listing.cards %}{{ line(card) }}{% endfor %}
{% include "partials/pager.html" %}
{% endblock %}
""",
    "archive.html": """{% extends "base.html" %}
{% block main %}
<p>v0</p>
{% for year in archive.years %}{% for month in year.months %}
<a href="{{ month.url }}">{{ month.date|date("month") }}: {{ month.count }}</a>
{% endfor %}{% endfor %}
{% endblock %}
""",
    "page.html": """{% extends "base.html" %}
{% block main %}
<p>v0</p>
<h1>{{ article.title }}</h1>
{{ body.html }}
{{ data.contacts.phone }}
{% endblock %}
""",
    "404.html": """{% extends "base.html" %}
{% block main %}
<p>v0</p>
{% include "partials/latest.html" %}
{% endblock %}
""",
    "partials/lines.html": """{% macro line(card) %}
<p>v0</p>
<a href="{{ card.url }}">{{ card.kicker }} {{ card.title|cut(40) }}</a> {{ card.date|date("stamp") }}
{{ card.section.title if card.section }} {{ card.summary|cut(60) }} {{ card.image.src if card.image }}
{% if card.image %}{% set cut = card.image|crop("1:2") %}{{ cut.src }} {{ cut|srcset("webp", 24) }}{% endif %}
{% for author in card.authors %}{{ author.name }} {% endfor %}
{% endmacro %}
""",
    "partials/foot.html": "<p>v0</p>\n<p>{{ data.contacts.phone }}</p>\n",
    "partials/box-a.html": "<p>v0</p>\n<p>Hộp A {{ data.contacts.phone }}</p>\n",
    "partials/box-b.html": '<p>v0</p>\n<p>Hộp B</p>\n{% include "partials/box-a.html" %}\n',
}


def story(number: int) -> str:
    """The text of one story; its number decides what it has."""
    others = [f"{SECTIONS[n % 3]}/tin-{n:02}.md" for n in (0, 4)]
    lines = [
        f"tags: [{TAGS[number % 5]}, {TAGS[number % 3]}]",
        f"authors: [{AUTHORS[number % 3]}]",
        *([f"image: tin-{number:02}.png"] if number % 4 == 1 else []),
        *([f"related: [{others[number % 2]}]"] if number % 5 == 2 else []),
        *(["pin: true"] if number == 6 else []),
        *([f"summary: Lời dẫn của tin {number}"] if number % 2 else []),
    ]
    date = NOW - timedelta(days=5 * (STORIES - number), minutes=number)
    link = f"[Tin đầu](/{others[number % 2]})" if number % 3 else "Không liên kết."
    picture = f"![Ảnh](tin-{number:02}.png)\n" if number % 4 == 1 else ""
    body = f"Đoạn một của tin {number}, mã 000.\n\n## Mục\n\n{link} và **đậm**.\n\n{picture}"
    return article_source(*lines, title=f"Tin số {number}", date=f"{date:%Y-%m-%d %H:%M}", body=body)


def small_paper(folder: Path) -> Path:
    """The folder of the small newspaper, not built yet."""
    files: dict[str, str | bytes] = {
        "content/pages/gioi-thieu.md": page_source(body="Tòa soạn, mã 000.\n"),
        "data/authors/minh-an.yaml": "name: Minh An\nrole: Phóng viên\nphoto: /tac-gia/minh-an.png\n",
        "data/authors/ngoc-ha.yaml": "name: Ngọc Hà\nrole: Biên tập\n",
        "data/contacts.yaml": "box: box-a\nphone: '0000'\nfeatured: kinh-te\n",
        "data/gia.csv": "hang,gia\nnhãn,20\nvải,30\n",
        "static/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
        "static/tac-gia/minh-an.png": png(4, 4),
        "static/robots.txt": "User-agent: *\n",
    }
    for number in range(STORIES):
        path = f"content/{SECTIONS[number % 3]}/tin-{number:02}"
        files[f"{path}.md"] = story(number)
        if number % 4 == 1:
            files[f"{path}.png"] = png(8 + 5 * number, 6)
    for number, path in enumerate(("fr/xa-hoi/pont", "fr/pages/journal", "kinh-te/tin-00.fr", "xa-hoi/rive")):
        lines = [*(["tags: [Sông Lạc]"] if number % 2 == 0 else []), *(["lang: fr"] if number == 3 else [])]
        text = page_source(title="Journal") if number == 1 else article_source(*lines, title=f"Nouvelle {number}")
        files[f"content/{path}.md"] = text
    files.update((f"templates/{name}", text) for name, text in TEMPLATES.items())
    return site_folder(folder, files, CONFIG)
