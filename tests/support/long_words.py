"""A small newspaper whose every text field is one unbroken word."""

from pathlib import Path

from builders import png, site_folder

LETTERS = "ChungTayĐẩyLùiDịchBệnhỞVùngHạLưu"


def word(length: int) -> str:
    """A hashtag of that many letters, none of which lets a browser break the line."""
    return "#" + (LETTERS * (length // len(LETTERS) + 1))[:length]


def address(length: int) -> str:
    """A web address of that many letters behind the host."""
    return f"https://baolacgiang.example/{'a' * length}"


def unbroken_site(folder: Path, length: int) -> Path:
    """A site in two languages with every page of the theme, every field filled with words of that length."""
    one, link = word(length), address(length)
    stories = {f"content/tin-{'b' * length}/tin-{n}.md": story(n, one, link) for n in range(8)}
    others = {
        f"content/tin-{'b' * length}/ben-duoi/duoi.md": story(20, one, link),
        "content/a/mot.md": story(30, one, link, named="sponsor: QUOTED"),
        "content/a/thoi.md": story(31, one, link, named='expires: 2025-02-01\nreplace: notice\nnotice: "QUOTED"'),
        "content/a/mot.en.md": story(32, one, link, named="translation_of: a/mot.md"),
        "content/pages/gioi-thieu.md": page(one, link),
        "data/authors/lan.yaml": f'name: "{one}"\nrole: "{one}"\nbio: "{one} {link}"\nsame_as: ["{link}"]\n',
        "data/breaking.yaml": f'text: "{one}"\nurl: /a/\n',
        "templates/partials/publisher.html": f"<p>{one} {link}</p>\n",
    }
    pictures = {f"content/{where}/a.png": png(600, 400) for where in (f"tin-{'b' * length}", "a", "pages")}
    pictures[f"content/tin-{'b' * length}/ben-duoi/a.png"] = png(600, 400)
    pictures["static/favicon.ico"] = png()
    return site_folder(folder, {**stories, **others, **pictures}, config(one, length))


def config(one: str, length: int) -> str:
    """The settings: sections, topics and languages are named with the word too."""
    return f"""title: "{one}"
url: https://baolacgiang.example
description: "{one} {one}"
lists: {{page: 4}}
online: {{endpoint: /dem.json}}
sections:
  tin-{"b" * length}: {{title: "{one}", description: "{one}"}}
  tin-{"b" * length}/ben-duoi: {{title: "{one} hai"}}
  a: {{title: "{one} ba"}}
tags:
  chu-de: {{title: "{one}", description: "{one}"}}
  chu-de-con: {{title: "{one} con", parent: chu-de}}
languages:
  en: {{title: "{one}", description: "{one}"}}
"""


def story(number: int, one: str, link: str, named: str = "kicker: QUOTED") -> str:
    """A story with the word in every field."""
    return f"""---
title: "{one} {number}"
slug: tin-{number}
date: 2025-01-{number % 28 + 1:02} 07:00
updated: 2025-02-01 07:00
summary: "{one} {link}"
{named.replace("QUOTED", f'"{one}"')}
authors: [lan, "{one} hai"]
tags: ["{one}", "{one} con"]
image: {{src: a.png, alt: "{one}", caption: "{one} {link}", credit: "{one}"}}
series: {{name: "{one}", part: {number + 1}}}
corrections: [{{date: 2025-01-30, kind: correction, text: "{one} {link}"}}]
---
{body(one, link)}"""


def page(one: str, link: str) -> str:
    """A standing page with the word in every field."""
    return f"""---
title: "{one}"
image: {{src: a.png, alt: "{one}", caption: "{one}"}}
---
{body(one, link)}"""


def body(one: str, link: str) -> str:
    """A text with the word in every kind of block and span."""
    return f"""{one} {link} **{one}** *{one}* [{one}]({link}) `{one}` {one}[^1]

## {one}

### {one}

- {one}
    - {one}
        - {one}
            - {link}

1. {one}

> {one}
>
> > {link}

> [!NOTE] {one}
> {one}

| {one} | {one} |
|---|---|
| {one} | {link} |

```
{one} {one} {link}
```

{one}
:   {one}

<details><summary>{one}</summary>

{one}

</details>

![{one}](a.png "{one} | {one}")

![{one}](a.png "{one}")
![{one}](a.png "{link}")

[TOC]

[^1]: {one} {link}
"""
