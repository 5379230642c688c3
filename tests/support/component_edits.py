"""What editors do to blocks, components of the paper, tables, embeds, live reports and episodes of the podcast."""

import re
from datetime import timedelta

from edited_site import Desk, pick
from recordings import silence

COMPONENTS = ("nuoc", "moi")
HEADS = (
    "arguments: {muc: text}",
    "arguments: {muc: number, ghi: {type: text, names: [note]}}",
    "names: [mực nước]\narguments: {muc: {type: text, default: thấp}}",
    "arguments: {muc: [cao, thấp]}",
    "arguments: {muc: {type: text, required: true}}",
    "arguments: {muc: kiểu}",
)
"""Heads of a component's template; not every use fits every head, and the last one is wrong."""

INSIDE = (
    "{{ content }}",
    "{{ content }}{{ data.contacts.phone }}",
    '{% for card in news.latest(1) %}{{ card.title }}{% endfor %}{% include "partials/foot.html" %}',
    '<a href="{{ block.source }}">{{ block.line }}</a>{{ content }}',
)
BLOCKS = (
    "hộp Giờ mở cửa\nTừ {b} giờ, *cả thứ bảy*.",
    "trích Nguyễn Thị Mai\nNăm {b} được mùa.",
    "mốc\n- {b}/3/2022: Khởi công.\n- Sáng mai: Xong.",
    "hỏi-đáp Về cầu\n**Bao giờ {b}?**\n\nTháng sau.",
    "con-số\n- {b} m: chiều dài",
    "trước-sau Bến\n![Trước](/tac-gia/minh-an.png)\n![Sau](/logo.svg)",
    "đọc-thêm\n- {other}",
    "cạnh-nhau\nMột {b}.\n\n---\n\nHai.",
    "nước {b}\nMực nước.",
    "nước cao {{note: {b}}}\n:::hộp Trong\n![Ảnh](/tac-gia/minh-an.png)\n:::",
    "mới\nKhác {b}.",
    "mực-nước thấp\n[Xem](/{other})",
    "không-có\nTên này chưa ai có.",
)
SHEET = "content/xa-hoi/gia.csv"
SHEETS = (
    "Nơi;Giá\nLạc Giang;{b},5\nVân Hải;3\n",
    "Nơi;Giá\nLạc Giang;{b},5\nVân Hải;3\nHòa An;82,25\n",
    "Nơi,Giá\nLạc Giang,1.234\nVân Hải,x{b}\n",
    'Nơi,Giá\n"Lạc Giang,{b}\n',
)
ASIDE = (
    "order: Giá\ndescending: true\n",
    "rows: 1\ncaption: Giá {b}\n",
    "highlight: [Hòa An]\n",
    "alt: Giá {b}\ncredit: Sở\n",
    "consent: false\n",
    "",
)
SHOWN = (
    '![Giá](/xa-hoi/gia.csv "Nghìn đồng | Nguồn: Sở {b}")',
    "![Giá](/xa-hoi/gia.csv#cot)",
    "![Giá {b}](/xa-hoi/gia.csv#thanh)",
    "[Bảng {b}](/xa-hoi/gia.csv)",
)
PLAYERS = (
    "https://www.youtube.com/watch?v=LacGiang{b:03}",
    "[Cầu {b}](https://vimeo.com/123{b:03})",
    "[![Cầu](/tac-gia/minh-an.png)](https://www.tiktok.com/@lg/video/{b})",
    '<iframe src="https://www.youtube.com/embed/LacGiang{b:03}" title="Lễ"></iframe>',
)
ADDED = re.compile(r"\n(:{3,})[^\n]*\n.*?\n\1\n", re.DOTALL)
"""A block of a story, outermost."""


def _add(desk: Desk, a: int, text: str) -> None:
    path = pick(desk.stories(), a)
    desk.write(path, f"{path.read_text('utf-8').rstrip()}\n\n{text}\n", replace=bool(a % 2))


def edit_block(desk: Desk, a: int, b: int) -> None:
    """A story gets a block, of newsgen or of the paper, or its first one is another, or it loses all."""
    path = pick(desk.stories(), a)
    other = pick(desk.stories(), b).relative_to(desk.site / "content").as_posix()
    block = f"\n::::{pick(BLOCKS, b).format(b=b, other=other)}\n::::\n"
    text = path.read_text("utf-8").rstrip() + "\n"
    if a % 7 == 0:
        text = ADDED.sub("\n", text)
    elif a % 3 == 0 and ADDED.search(text):
        text = ADDED.sub(lambda _: block, text, count=1)
    else:
        text += block
    desk.write(path, text, replace=bool(b % 2))


def edit_component(desk: Desk, a: int, b: int) -> None:
    """A component of the paper comes, has other arguments or other HTML, or goes."""
    path = desk.site / "templates" / "components" / f"{pick(COMPONENTS, b // 11)}.html"
    if path.exists() and b % 4 == 0:
        path.unlink()
        desk.remove_empty_folders()
    else:
        head = pick(HEADS, a if b % 3 else 0)
        desk.write(path, f"{{#\n{head}\n#}}\n<p>v{b}</p>\n<div>{{{{ muc }}}} {pick(INSIDE, b)}</div>\n")


def edit_sheet(desk: Desk, a: int, b: int) -> None:
    """A file of a table changes a cell, has more rows, gets a fault, goes; or its sidecar does."""
    path = desk.site / SHEET
    if a % 3 == 0:
        sidecar = path.with_name("gia.csv.yaml")
        if (text := pick(ASIDE, b)) and path.exists():
            desk.write(sidecar, text.format(b=b))
        else:
            sidecar.unlink(missing_ok=True)
    elif b % 9 == 0:
        path.unlink(missing_ok=True)
        path.with_name("gia.csv.yaml").unlink(missing_ok=True)
    else:
        desk.write(path, pick(SHEETS, b % 2 if b % 8 else b // 8).format(b=b), replace=bool(b % 2))


def show_sheet(desk: Desk, a: int, b: int) -> None:
    """A story shows the table, or a chart of it, or links to its file."""
    if not (desk.site / SHEET).exists():
        desk.write(desk.site / SHEET, SHEETS[0].format(b=b))
    _add(desk, a, pick(SHOWN, b).format(b=b))


def embed(desk: Desk, a: int, b: int) -> None:
    """A story shows a video or a post of another site."""
    _add(desk, a, pick(PLAYERS, b).format(b=b))


ENTRY = re.compile(r"\n::::live [^\n]*\n.*?\n::::\n", re.DOTALL)


def write_entry(b: int, hour: int = 23) -> str:
    """An entry of a live report, with or without marks, and with other blocks inside."""
    marks = pick(("", " {ghim: true}", " {diem-chinh: true}", f" {{id: muc-{b}}}"), b)
    inside = pick(("Nước **lên** {b}.", ":::hộp\nTrực {b}.\n:::", "![Giá](/xa-hoi/gia.csv)", "## Mục {b}"), b // 4)
    return f"\n::::live {hour}:{b % 60:02} Tin {b % 5}{marks}\n{inside.format(b=b)}\n::::\n"


def edit_live(desk: Desk, a: int, b: int) -> None:
    """A live report gets entries, or one that is changed, pinned or deleted, or it ends, or begins."""
    reports = [path for path in desk.stories() if "\nlive: " in path.read_text("utf-8")]
    path = pick(reports, b) if reports and a % 8 else pick(desk.stories(), a // 8)
    text = path.read_text("utf-8").rstrip() + "\n"
    if path not in reports:
        text = text.replace("\n---\n", "\nlive: true\n---\n", 1)
    entries, way = list(ENTRY.finditer(text)), a % 8
    one = pick(entries, b) if entries else None
    at = one.start() if one else len(text)
    if one is None or way in (1, 2, 3):
        text = text[:at] + "".join(write_entry(b, hour) for hour in (21, 22, 23)[: way or 1]) + text[at:]
    elif way in (4, 5):
        text = text[:at] + (write_entry(b) if way == 4 else "") + text[one.end() :]
    else:
        end = desk.now + timedelta(hours=b % 60 - 12)
        ended = f"\nlive: {{start: 2020-01-01, end: {end:%Y-%m-%d %H:%M}}}"
        forms = ("\nlive: true", "\nlive: false", "")
        text = re.sub(r"\nlive: .*", ended if way == 6 else pick(forms, b), text, count=1)
    desk.write(path, text, replace=bool(b % 2))


def edit_episode(desk: Desk, a: int, b: int) -> None:
    """A story is an episode, with or without a transcript, or is none; or the files of episodes are others, or go."""
    files = {name: desk.site / "content" / "xa-hoi" / name for name in ("tap.mp3", "tap-2.mp3", "tap.vtt")}
    if a % 2:
        name = pick(list(files), b)
        if b % 7 == 0:
            files[name].unlink(missing_ok=True)
        else:
            desk.write(files[name], "WEBVTT\n" + f"{b}\n" if name.endswith("vtt") else silence(1 + b % 90))
        return
    for name, path in files.items():
        if not path.exists():
            desk.write(path, "WEBVTT\n" if name.endswith("vtt") else silence(3))
    value = pick(
        (
            "/xa-hoi/tap.mp3",
            f"{{file: /xa-hoi/tap-2.mp3, season: 1, episode: {1 + b}, transcript: /xa-hoi/tap.vtt}}",
            "",
        ),
        b,
    )
    desk.set_field(pick(desk.stories(), a // 2), "podcast", value)
