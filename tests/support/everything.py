"""A newspaper that holds everything a paper can: every field, every element of Markdown, long words, two directions.

What validators of others say of it is asked in tests/browser.
"""

from pathlib import Path

from builders import png, site_folder
from every_component import component_files, component_story, live_story
from long_words import address, word
from recordings import silence

LONG, LINK = word(64), address(64)
SIGNS = "Kè & đê <mới> \"hai\" 'ba' 5 > 3 — “bốn” ]]> --> 𐐷 👨‍👩‍👧"
"""Signs that mean something to HTML, XML, JSON and YAML."""

NAMES = {
    "vi": ("Chợ Vân Hải", "Cầu đã thông xe sớm"),
    "en": ("Van Hai market", "The bridge opens early"),
    "ar": ("سوق المدينة", "جسر النهر يفتح قبل موعده"),
}
"""A section's name and a headline in each language of the paper."""

CONFIG = f"""title: "Báo {LONG[:24]} & bạn"
url: https://baolacgiang.example/tin
description: "{SIGNS.replace('"', chr(92) + '"')}"
share_image: /a.jpg
lists: {{page: 3}}
online: {{endpoint: /dem.json}}
sections:
  a: {{title: "{NAMES["vi"][0]}", description: "{LONG}"}}
  a/b: {{title: "Dưới & sau"}}
  c: {{title: "{LONG}"}}
tags:
  tren: {{title: "Trên & hết", description: "{LONG}"}}
  duoi: {{title: Dưới, parent: tren}}
taxonomies:
  place: {{title: "Địa phương", description: "Nơi <nào>", terms: {{van-hai: {{title: "Vân Hải"}}}}}}
  tags: {{title: "Chủ đề"}}
languages:
  en: {{title: "The <News> & more", description: "Both banks"}}
  ar: {{title: "جريدة النهر", description: "أخبار الضفتين", sections: {{suq: {{title: "{NAMES["ar"][0]}"}}}}}}
feeds:
  content: full
  hub: https://hub.example/
  site: [rss, atom, json]
  sections: [rss, atom, json]
  tags: [rss, atom, json]
  authors: [rss, atom, json]
  corrections: [rss, atom, json]
  partners:
    ban: {{title: "Bạn & tôi", sections: [a], size: 30}}
podcast: {{image: /a.jpg, title: "Tiếng & chợ", email: a@a.example}}
publisher: {{name: "Tòa soạn <A> & B", logo: /a.jpg, same_as: [https://video.example/a]}}
machines: {{headers: [netlify, nginx, apache, caddy], article_json: true, manifest: true}}
"""


def everything_site(folder: Path) -> Path:
    """A site in three languages, below a path of its host, with a page of every kind and everything in it."""
    stories = {f"content/{where}/tin-{n}.md": story(n) for n, where in enumerate(["a", "a/b", "c", "a", "a", "a", "c"])}
    ends = {
        "content/a/thoi.md": story(20, 'expires: 2025-04-01\nreplace: notice\nnotice: "Đã <gỡ> & thay"'),
        "content/a/rut.md": story(21, "status: withdrawn"),
        "content/a/tai-tro.md": story(22, f'sponsor: "Ngân hàng <A> & {LONG[:12]}"'),
    }
    others: dict[str, str | bytes] = {
        "content/en/a/one.md": story(30, "translation_of: a/tin-0.md", "en"),
        "content/ar/suq/wahid.md": story(40, "translation_of: a/tin-0.md", "ar"),
        "content/ar/suq/ithnan.md": story(41, language="ar"),
        "content/c/khac.md": story(50, "lang: ar", headline=NAMES["ar"][1]),
    }
    others |= write_components()
    heads = {
        "content/_index.md": head("Trang <nhất>"),
        "content/a/_index.md": head("Chợ & <sạp>"),
        "content/pages/gioi-thieu.md": head(LONG),
    }
    data = {
        "data/authors/lan.yaml": f'name: "Lan & <Hà>"\nrole: "{LONG}"\nbio: "{LONG} {LINK}"\nphoto: /a.jpg\n'
        f'same_as: ["{LINK}"]\n',
        "data/breaking.yaml": f'text: "{LONG} & <mới>"\nurl: /a/\n',
    }
    where = ("", "a/", "a/b/", "c/", "pages/", "en/a/", "ar/suq/")
    pictures: dict[str, str | bytes] = {f"content/{one}a.png": png(600, 400) for one in where}
    files = {f"content/{one}v.mp4": b"\0" * 8 for one in where}
    files |= {f"content/{one}r.mp3": silence(70) for one in where} | {
        f"content/{one}r.vtt": "WEBVTT\n" for one in where
    }
    beside = {"static/favicon.ico": png(), "static/a.jpg": png(600, 400)}
    return site_folder(folder, {**stories, **ends, **others, **heads, **data, **pictures, **files, **beside}, CONFIG)


def write_components() -> dict[str, str | bytes]:
    """In each language a story with every component and a live report; and a story in Arabic beside Vietnamese ones."""
    found: dict[str, str | bytes] = {}
    for folder, language, other in (("a/", "vi", "tin-0.md"), ("en/a/", "en", "one.md"), ("ar/suq/", "ar", "wahid.md")):
        found |= component_files(f"content/{folder}")
        found[f"content/{folder}phan.md"] = component_story(NAMES[language][1], other)
        found[f"content/{folder}truc-tiep.md"] = live_story(NAMES[language][0])
    foreign = component_story(NAMES["ar"][1], "tin-2.md", "ar")
    return {**found, **component_files("content/c/"), "content/c/phan.md": foreign}


def head(title: str) -> str:
    """A standing page, or what stands at the head of a section."""
    fields = f'title: "{title}"\nweight: 1\nsummary: "{LONG}"\nimage: {{src: a.png, alt: A}}'
    return f"---\n{fields}\n---\n{BODY}"


def story(number: int, more: str = "", language: str = "vi", headline: str = "") -> str:
    """A story with every field filled; `more` are further lines of its front matter."""
    headline = headline or NAMES[language][1]
    signs = SIGNS.replace("\\", "\\\\").replace('"', '\\"')
    return f"""---
title: "{headline} {number} {LONG if number % 2 else signs}"
slug: tin-{number}
date: 2025-01-{number % 28 + 1:02} 07:00
updated: 2025-03-02 07:{number:02}
summary: "{headline} {signs} {LINK}"
kicker: "{LONG[:22]} & <ba>"
also_in: [{"" if language == "ar" else "c"}]
authors: [lan, "Ngọc <Hà> & bạn"]
tags: ["Trên & hết", duoi, "C++"]
place: ["Vân Hải", "Kim <Sa>"]
image: {{src: a.png, alt: "{signs}", caption: "{signs} {LINK}", credit: "Ảnh: <Lan> & Hà"}}
series: {{name: "{LONG[:30]} & <nhau> {language}", part: {number + 1}}}
corrections:
  - {{date: 2025-01-30, kind: correction, text: "{signs}"}}
  - {{date: 2025-01-31, kind: update, text: "{LONG}"}}
guid: "tag:cu.example,2011:{number}?a=1&b=2"
aliases: [/cu/{number}.html]
pin: {"true" if number == 3 else "false"}
podcast: {{file: r.mp3, episode: {number + 1}, transcript: r.vtt}}
extra: {{a: "{signs}"}}
{more}
---
{headline} & <b>đậm</b>. {BODY}"""


BODY = f"""{LONG} {LINK} **đậm** *nghiêng* ***cả hai*** ~~cũ~~ `mã <b>`
[liên kết](/a/tin-0.md) <https://a.example/?a=1&b=2> xuống dòng\\
UBND trả lời[^1], rồi lại[^2] và lại[^1]. H<sub>2</sub>O, m<sup>2</sup>, <kbd>Ctrl</kbd>, <mark>nhấn</mark>,
toasoan@a.example.

*[UBND]: Ủy ban "nhân dân"

[TOC]

# Một

## Hai & \\<ba>

### Ba {{#rieng .lop}}

#### Bốn

## 👍

- một
- hai
    - lùi
        1. sâu
            - hơn

3. ba
4. bốn

- [ ] chưa xong
- [x] xong

> Lời trích.
>
> > Bên trong.
>
> - {LONG}

> [!NOTE]
> Ghi chú.

> [!TIP] Mách nhỏ
> Mẹo.

> [!IMPORTANT]
> Cần.

> [!WARNING]
> Coi chừng.

> [!CAUTION]
> Cẩn thận.

| Mốc | Kế hoạch | Thực tế |
|---|---:|:-:|
| Hợp & long | 8-2025 | {LONG} |

```python
print("xin chào", "<b>&</b>")
```

    mã lùi vào

Trắc đạc
:   Đo <vị> trí.
:   Và độ cao.

![Cây "cầu"](a.png "Chú thích & <b>đậm</b> | Ảnh: Hà")

![Một](a.png "Buổi sáng. | Ảnh: Long")
![Hai](a.png "Buổi chiều.")

[![Ba](a.png "Có liên kết")](https://a.example/)

Ảnh trong dòng ![nhỏ](a.png) ở đây.

<picture><source srcset="a.png 1x, a.png 2x" media="(min-width: 40em)"><img src="a.png" alt="Bốn"></picture>

<details><summary>Xem thêm</summary>

Phần **mở ra**.

</details>

<blockquote cite="https://a.example/b"><p>Một câu <q cite="/a/tin-0.md">trong câu</q>.</p></blockquote>

<video src="v.mp4" poster="a.png" controls></video>

<iframe src="https://www.youtube.com/embed/abc" title="Lễ" width="560" height="315" allowfullscreen></iframe>

[Lễ hợp long](https://www.youtube.com/watch?v=LacGiang001)

[![Cầu](a.png "Nhịp giữa | Ảnh: Long")](https://vimeo.com/123456)

https://x.com/lg/status/123

https://vm.tiktok.com/ZMabc/

[Chợ](https://maps.google.com/?q=10.77,106.7)

Trong dòng <iframe src="https://www.youtube.com/embed/LacGiang002" title="Chợ"></iframe> chữ.

<table><caption>Bảng</caption><thead><tr><th>A</th><th>B</th></tr></thead>
<tbody><tr><td colspan="2" align="center">hai</td></tr></tbody></table>

<p dir="rtl" lang="ar">{NAMES["ar"][1]}</p>

Thời điểm <time datetime="2025-01-02">2-1</time>, <abbr title="Ủy ban">UB</abbr>,
<ins>thêm</ins>, <del>bớt</del>, <small>nhỏ</small>.

---

Đoạn có lớp riêng.
{{: .ghi-chu #ghi-chu }}

[^1]: Theo hồ sơ {LINK}
[^2]: Chú *hai*.

    Đoạn nữa.
"""
