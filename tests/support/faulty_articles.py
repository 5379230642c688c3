"""Articles with the slips that editors make and the names that other programs use, written for tests."""

from collections.abc import Iterator

_VALUES = {
    "colon": "title: Cầu mới: ba nhịp",
    "colon-deep": "summary: Nước lên\n  ba huyện: cao nhất",
    "colon-comment": "summary: Nước lên: cao  # xem lại",
    "colon-curly": "title: “Sông cạn: vì đâu”",
    "quote-in-single": "title: 'Chợ Bà's mở lại'",
    "quote-in-double": 'title: "Xã nói "có" với cầu"',
    "quote-first": 'title: "Cầu" đã xong',
    "quote-open": 'title: "Cầu đã xong',
    "backslash": 'title: "Đường \\q mới"',
    "bracket": "title: [Ảnh] Chợ phiên",
    "percent": "kicker: %50",
    "at": "kicker: @bao",
    "anchor": "title: &xa Chợ",
    "alias": "title: *cho",
    "tag": "title: !cho Phiên",
    "list-open": "tags: [cầu, đường",
    "list-colon": "tags: [giá: vải, nhãn]",
    "item-sign": "tags:\n  - %mận\n  - đào",
    "item-colon": "tags:\n  - mùa: cam: quýt\n  - x",
    "item-right": "authors:\n- Minh An\n - Ngọc Hà",
    "item-right-deep": "tags:\n  - cầu\n    - đường\n  - chợ",
    "item-close": "tags:\n- cầu\n-đường\n- chợ",
    "item-close-all": "tags:\n-cầu\n-đường",
    "comment": "kicker: Nóng #1",
    "comment-item": "tags:\n- cầu #2",
    "nbsp-key": "kicker:\xa0Nóng hôm nay",
    "nbsp-deep": "image:\n  src: cau.png\n  alt:\xa0Cầu",
    "no-space": "kicker:Nóng",
    "no-space-colon": "kicker:Nóng: hôm nay",
    "equals": "kicker = Nóng",
    "wide-colon": "kicker：Nóng",
    "space-before": " kicker: Nóng",
    "spaces-before": "   updated: 2022-08-08",
    "tab-before": "\tkicker: Nóng",
    "tab-item": "tags:\n\t- cầu",
    "unindented": "image:\nsrc: cau.png\nalt: Cầu",
    "unindented-alt": "image:\nalt: Cầu\nsrc: cau.png\ncaption: Cầu mới",
    "misspelled": "kiker: Nóng",
    "capital": "Kicker: Nóng",
    "misspelled-there": "kicker: Nóng\nkiker: Lạnh",
    "status": "status: pubished",
    "status-case": "status: Draft",
    "status-other": "status: chờ duyệt",
    "pin-yes": "pin: yes",
    "pin-vietnamese": "pin: không",
    "pin-date": "pin: 28/11/2026 18h",
    "text-list": "kicker: [Nóng]",
    "slug": "slug: Chợ Nổi",
    "image-name": "image: cua.png",
    "image-curly": "image: “cau.png”",
    "related-name": "related: [kinh-te/khcá.md]",
    "series-key": "series: {name: Sông, prat: 2}",
    "correction-kind": "corrections:\n- {date: 2022-08-07, kind: Correction, text: Sửa}",
    "correction-date": "corrections:\n- date: 28/11/2026 9h\n  knd: update\n  text: Sửa",
    "related-slug": "related: [tin-khca]",
    "alias-query": "aliases: [/cu?id=3]",
    "entity": "kicker: R&amp;D hôm nay",
    "entity-quote": "kicker: 'Chợ&#8217;s &quot;mới&quot;'",
}
_DATES = (
    "2024-1-5",
    "28/11/2026 8:00",
    "28/11/2026 9h",
    "2026-11-28 8h30",
    "7:51 SA 28/11/2026",
    "28/11/2026 7:51 CH",
    "2026-11-20\xa006:00",
    "2026-28-11",
    "Jan 5, 2024",
    "Tue, 02 Jan 2024 10:00:00 GMT",
    "2022-08-07 24:00",
    "20240105",
    "7/8/2022",
    "hôm nay",
    "2022-02-30",
    "1822-01-01",
    "‘2026-11-28’",
    "Thứ Bảy, 28/11/2026 8h",
)
_NAMES = (
    "draft: true",
    "draft: false",
    "published: false",
    "description: Lời dẫn",
    "excerpt: Lời dẫn",
    "subtitle: Lời dẫn",
    "lastmod: 2022-08-09",
    "last_modified_at: 2022-08-09",
    "modified: 2022-08-09",
    "expiryDate: 2030-01-01",
    "categories: [cầu, đường]",
    "category: cầu",
    "keywords: cầu, đường",
    "layout: post",
    "permalink: /cu/bai/",
    "permalink: /:year/:title/",
    "path: /cu/duong",
    "redirect_from: [/cu/ba.html]",
    "cover: cau.png",
    "featured_image: cau.png",
    "cover: {image: cau.png}",
    "thumbnail: cau.png",
    "weight: 3",
    "untranslated: 1",
    "math: true",
    "toc: true",
    "byline: Minh An",
    "Tác giả: Hà My",
    "Tags: [a]",
    "language: vi",
    "sticky: true",
    "guid: 12-x",
    "sitemap:\n  priority: 0.5\n  changefreq: monthly",
    "params: {a: 1}",
)
_BODIES = {
    "dead-link": "[x](khca.md)",
    "dead-index": "[x](../xa-hoi/suoi/index.md)",
    "missing-image": "![x](cua.png)",
    "image-curly-caption": "![x](cau.png “Cầu mới | Ảnh: An”)",
    "bad-address": "[x](//[x)",
}
_WHOLE = {
    "not-closed": "---\ntitle: Không đóng\ndate: 2022-08-07\n\nCâu: rất dài.\n\nCâu hai.\n",
    "four-hyphens": "---\ntitle: Bốn gạch\ndate: 2022-08-07\n----\n\nMột.\n",
    "four-hyphens-rule": "---\ntitle: Bốn gạch nữa\ndate: 2022-08-07\n----\n\nMột.\n\n---\n\nHai.\n",
    "dots": "---\ntitle: Ba chấm\ndate: 2022-08-07\n...\n\nMột.\n",
    "dash": "—\ntitle: Gạch dài\ndate: 2022-08-07\n---\n\nMột.\n",
    "no-spaces": "---\ntitle:Không cách\ndate:2022-08-07 06:00\n---\n\nMột.\n",
    "one-no-space": "---\ntitle:Một dòng không cách\ndate: 2022-08-07 06:00\n---\n\nMột.\n",
    "nbsp-title": "---\ntitle:\xa0Dấu cách lạ\ndate: 2022-08-07 06:00\n---\n\nMột.\n",
    "space-date": "---\ntitle: Dòng thụt\n date: 2022-08-07 06:00\n---\n\nMột.\n",
    "not-opened": "title: Không mở\ndate: 2022-08-07\n---\n\nMột.\n",
    "not-marked": "title: Không có gạch\ndate: 2022-08-07\n\nMột.\n",
    "all-wrong": "----\ntitle:Sai cả đầu bài\ndate: 28/11/2026 9h\n----\n\nMột.\n",
    "none": "Chỉ có chữ.\n",
    "empty": "",
    "updated-before": "---\ntitle: Sửa trước\ndate: 2022-08-07\nupdated: 2021-01-01\n---\n\nMột.\n",
}


_TOML = {
    "slug": 'slug = "Chợ Nổi"',
    "slug-literal": "slug = 'Chợ Mới'",
    "date": 'updated = "28/11/2026 8:00"',
    "date-typed": "updated = 1822-01-01",
    "date-vietnamese": 'expires = "28/11/2026 9h" # xem lại',
    "status": "status = 'pubished'",
    "draft": "draft = true",
    "published": "published=false",
    "pin": 'pin = "yes"',
    "weight-misspelled": "weigth = 3",
    "kicker": 'kicker = ["Nóng"]',
    "kicker-lines": 'kicker = [\n  "Nóng", # một\n  "Lạnh",\n]',
    "misspelled": 'kiker = "Nóng"',
    "misspelled-quoted": '"kiker" = "Nóng"',
    "capital": 'Kicker = """\nNóng"""',
    "description": 'description = "Lời dẫn"',
    "categories": 'categories = ["cầu", "đường"]',
    "own": "math = true",
    "own-dotted": "params.a = 1\nparams.b = 2",
    "own-dotted-one": 'params.a = "x"',
    "own-table": "[params]\na = 1\n[params.b]\nc = 2",
    "own-table-one": "[params]\na = 1",
    "two-own": "math = true\n[params]\na = 1",
    "image": '[image]\nsrc = "cau.png"\nalt = "Cầu"\ncapton = "Cầu mới"',
    "image-inline": 'image = {src = "cau.png", alt = "Cầu", capton = "Cầu mới"}',
    "image-misspelled": '[imge]\nsrc = "cau.png"\nalt = "Cầu"',
    "image-twice": 'imge.src = "cau.png"\nimge.alt = "Cầu"',
    "series": 'series = {name = "Sông", prat = 2}',
    "corrections": '[[corrections]]\ndate = 2022-08-07\nkind = "Correction"\ntext = "Sửa"\n'
    '[[corrections]]\ndate = "28/11/2026 9h"\nknid = "update"\ntext = "Sửa"',
    "entity": 'kicker = "R&amp;D \\"hôm nay\\""',
    "alias": 'aliases = ["/cu/toml?id=3"]',
    "url": 'url = "cu/toml.html"',
    "colon": "tags = [{nho = \"vải\"}, 'nhãn']",
}


def articles() -> Iterator[tuple[str, str]]:
    """Names and texts of articles, each with a slip; no two have the same title."""
    for name, line in _VALUES.items():
        own = () if line.startswith("title:") else (f"title: Tin {name}",)
        yield name, _article(*own, "date: 2022-08-07", line, f"slug: {name}" if "slug:" not in line else "")
    for number, date in enumerate(_DATES):
        yield f"date-{number}", _article(f"title: Ngày {number}", f"date: {date}")
        yield f"updated-{number}", _article(f"title: Sửa {number}", "date: 1950-08-07", f"updated: {date}")
    for number, line in enumerate(_NAMES):
        yield f"name-{number}", _article(f"title: Tên {number}", "date: 2022-08-07", line)
        yield (
            f"name-{number}-first",
            _article(f"title: Tên {number} trước", line.replace("/cu/", "/xua/"), "date: 2022-08-07"),
        )
    for name, body in _BODIES.items():
        yield name, _article(f"title: Bài {name}", "date: 2022-08-07", body=f"{body}\n")
    yield from _WHOLE.items()
    for name, lines in _TOML.items():
        head = f'title = "Bài TOML {name}"\ndate = 1950-08-07'
        yield f"toml-{name}", f"+++\n{head}\n{lines}\n+++\n\nMột câu.\n"


def _article(*lines: str, body: str = "Một câu.\n") -> str:
    return "\n".join(["---", *(line for line in lines if line), "---", "", body])
