"""A story with every component that newsgen has, and a live report, in a language; and the files that they show."""

import json

from builders import png
from films import make_mp4, make_pdf
from long_words import word

LONG = word(64)
SHEET = f"""Nơi;Giá & <thuế>;Ngày;Ghi chú
Lạc Giang;1.234,5;5/3/2026;{LONG}
Vân Hải;-3;6/3/2026;
Kim <Sa>;;7/3/2026;"hai ""ngoặc"" & một"
Hòa An;82,25;8/3/2026;—
"""
SERIES = "Tháng;Nhãn;Vải;Bưởi\n1/2026;12,5;8;3\n2/2026;13;;4\n3/2026;9,5;11;5\n4/2026;15;12;6\n"
NAMED = f"Nơi,Số dân\nXã Hòa An và các ấp ven sông,1200\n{LONG},800\n<Bến> & chợ,15\n"
PLACES = [
    ("Bến <Lạc> & chợ", "Point", [106.7, 10.8]),
    (LONG, "Point", [106.9, 10.7]),
    ("Sông Lạc", "LineString", [[106.6, 10.6], [106.75, 10.75], [107, 10.9]]),
    ("Cù lao", "Polygon", [[[106.7, 10.6], [106.8, 10.6], [106.8, 10.68], [106.7, 10.6]]]),
]
FEATURES = [
    {"type": "Feature", "properties": {"name": name}, "geometry": {"type": kind, "coordinates": points}}
    for name, kind, points in PLACES
]
MAP = json.dumps({"type": "FeatureCollection", "features": FEATURES}, ensure_ascii=False)
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nNhịp cuối.\n"


def component_files(folder: str) -> dict[str, str | bytes]:
    """What the components of stories in a folder show."""
    files: dict[str, str | bytes] = {
        "gia.csv": SHEET,
        "gia.csv.yaml": "highlight: [Vân Hải]\nrows: 3\n",
        "thang.csv": SERIES,
        "dan.csv": NAMED,
        "dan.csv.yaml": "highlight: [<Bến> & chợ]\n",
        "ben.geojson": MAP,
        "ben.geojson.yaml": "highlight: [Cù lao]\n",
        "rao.mp3": b"ID3\4\0\0\0\0\0\0" + b"\xff\xfb\x90\x00" * 40,
        "le.mp4": make_mp4(1280, 720),
        "le.jpg": png(640, 360),
        "le.vi.vtt": CAPTIONS,
        "le.en.vtt": CAPTIONS,
        "tran.mp4": make_mp4(640, 360),
        "so.pdf": make_pdf(3),
        "truoc.png": png(640, 400),
        "sau.png": png(600, 500),
    }
    return {f"{folder}{name}": data for name, data in files.items()}


def component_story(name: str, read_also: str, language: str = "") -> str:
    """A story with every component; `read_also` is the path of another story."""
    lines = [f'title: "{name}"', "slug: phan", "date: 2025-01-09 07:00", "summary: Mọi phần của bài."]
    lines += [f"lang: {language}"] if language else []
    return "\n".join(["---", *lines, "---", FILES, EMBEDS, BLOCKS.replace("READ", read_also)])


def live_story(name: str) -> str:
    """A live report that has not ended, with entries of two days, a pinned one and key points."""
    return f'---\ntitle: "{name}"\nslug: truc-tiep\ndate: 2025-01-10 07:00\nlive: true\n---\n{ENTRIES}'


FILES = f"""Mọi thứ có thể xem.

![Giá "nhãn" & <vải>](gia.csv "Nghìn đồng/kg, {LONG} | Nguồn: Hợp tác xã <A> & B")

![Giá cột](thang.csv#cot "Nghìn đồng | Nguồn: Sở")

![Số dân](dan.csv#thanh)

![Giá đường](thang.csv#duong "Nghìn đồng")

![Các bến](ben.geojson "Tháng 10 | Đồ họa: Thu Trang")

![Tiếng rao & sóng](rao.mp3 "Lúc 5 giờ | Thu Trang")

![Lễ hợp long](le.mp4 "Nhịp cuối | Ảnh: Long")

![Phim không bìa](tran.mp4)

![Bảng giá <đất>](so.pdf "Bản công bố | Nguồn: UBND")

![{LONG}](so.pdf)
"""

EMBEDS = f"""
https://www.youtube.com/watch?v=LacGiang001

[![Cầu](truoc.png "Nhịp giữa | Ảnh: Long")](https://vimeo.com/123456)

[{LONG}](https://www.tiktok.com/@lg/video/712)

https://www.instagram.com/p/CabcdefGHIJ/

https://open.spotify.com/track/4rOoJ6Egrf8K2IrywzwOMk

https://vm.tiktok.com/ZMabc/

https://www.openstreetmap.org/#map=15/10.77/106.7
"""

BLOCKS = f"""
:::hộp Giờ & <mở> cửa
Trạm mở **từ 7 giờ**, [xem](https://a.example/).

- một
- hai
:::

:::trích Nguyễn Thị Mai, chủ vườn
Năm nay được mùa mà giá vẫn giữ.
:::

:::mốc Từ khởi công
- 3/2022: Khởi công & đào.
- 12/7/2024: Đúc {LONG}.
- Sáng 5/8: Hợp long.
:::

:::hỏi-đáp Về cầu
**Bao giờ xe qua?**

Tháng sau.

**Cầu cũ có bị dỡ không?**

Không.
:::

:::hỏi-đáp
## Có lương không?

Có.
:::

:::thông-tin Cầu Lạc 2
- Chiều dài: 1.126 m
- {LONG}: {LONG}
:::

:::con-số Bằng số
- 1.126 m: chiều dài
- 8,2%: mức tăng
- 4 làn: cho xe {LONG}
:::

:::trước-sau Bến Lạc trước và sau
![Bến đầy bùn](truoc.png "Tháng ba. | Ảnh: Long")
![Bến thông](sau.png "Tháng bảy. | Ảnh: Long")
:::

:::trước-sau
![Sông cạn](truoc.png)

![Sông đầy](sau.png)
:::

:::cạnh-nhau
**Ủng hộ.** Gần chợ {LONG}.

---

**Lo ngại.** Xe tải.

---

### Ý khác

Không rõ.
:::

:::đọc-thêm
- READ
- [Tên của tòa soạn](READ)
:::

::::hộp Hộp trong hộp
:::thông-tin
- Vốn: ngân sách
:::

![Nhỏ](gia.csv)
::::
"""

ENTRIES = f"""Nước đang lên.

:::truc-tiep 15:40 Trạm bơm <chạy> hết công suất {{diem-chinh: true}}
Năm tổ máy chạy **từ trưa**, {LONG}.

![Bến](truoc.png "Lúc 15 giờ | Ảnh: Long")
:::

:::truc-tiep 11/1 6:20 {{diem-chinh: true}}
![Giá](gia.csv)
:::

:::truc-tiep 14:05 {{ghim: true}}
Số trực ban: 0123.

:::hộp Trực ban
Cả đêm.
:::
:::

:::truc-tiep 14:05 Thêm một mục
- một
- hai
:::

Hết phần tường thuật.
"""
