"""What editors do to everything but stories: templates, data, settings, pictures, static files, times."""

import re
from datetime import timedelta
from struct import pack
from zlib import crc32

from builders import png
from edited_site import Desk, pick
from moving_pictures import make_large_gif
from small_paper import AUTHORS, SECTIONS

SHADOWS = {
    "partials/pager.html": "<p>v0</p>\n<p>{{ listing.older }} {{ listing.newer }}</p>\n",
    "partials/latest.html": "<p>v0</p>\n{% for card in news.latest(1) %}{{ card.title }}{% endfor %}\n",
    "partials/special-article.html": "<p>v0</p>\n<p>Riêng cho bài: {{ page.url }}</p>\n",
    "partials/special-tag.html": '<p>v0</p>\n{% include "partials/box-b.html" %}\n',
}
"""Templates that are not there at first: with them a theme's part, or another choice, is no longer taken."""

SETTINGS = (
    (r"(?m)^title: .*", ("title: Báo Lạc Giang", "title: Lạc Giang mới")),
    (r"(?m)^description: .*", ("description: Tin nhanh", "description: Tin đúng")),
    (r"\bpage: \d", ("page: 2", "page: 3", "page: 4")),
    (r"\brelated: \d", ("related: 1", "related: 3")),
    (r"\bhome_latest: \d", ("home_latest: 1", "home_latest: 4")),
    (r"widths: \[[\d, ]*\]", ("widths: [16, 32]", "widths: [20]", "widths: []")),
    (r"\bcrops: \[[\d:, ]*\]", ("crops: []", "crops: [1:1, 4:3]", "crops: [3:2]")),
    (r"mode: \w+", ("mode: inline", "mode: fragment")),
    (r"search: \{text: \w+", ("search: {text: none", "search: {text: head", "search: {text: full")),
    (r"\bsize: \d", ("size: 2", "size: 3")),
    (r"when: \w+", ("when: none", "when: missing", "when: all")),
    (r"title: Kinh tế\w*", ("title: Kinh tế", "title: Kinh tếX")),
    (r"(?m)^url: .*", ("url: https://baolacgiang.example", "url: https://baolacgiang.example/bao")),
    (r"(?m)^(permalink: .*\n)?(?=lists)", ("", "permalink: /{section}/{slug}.html\n", "permalink: /{year}/{slug}/\n")),
    (r"(?m)^(language: .*\n)?(?=description)", ("", "language: en\n")),
    (
        r"(?m)^(feeds: .*\n)?(?=lists)",
        ("", "feeds: {content: full, size: 2}\n", "feeds: {partners: {b: {tags: [nhan]}}}\n"),
    ),
    (
        r"(?m)^languages: .*\n",
        (
            "languages: {}\n",
            "languages: {fr: {title: Revue, path: revue}}\n",
            "languages: {fr: {sections: {sport: {title: Sports}}, feeds: {size: 1}, tags: {nhan: {title: Longane}}}}\n",
        ),
    ),
    (
        r"(?m)^(defaults: .*\n)?(?=lists)",
        (
            "",
            "defaults: {kinh-te: {kicker: Mùa vụ, extra: {mau: xanh}}, xa-hoi: {sponsor: Quỹ Lạc}}\n",
            'defaults: {"**": {authors: [Thu Trang], tags: [nhãn]}, kinh-te: {lang: en, pin: true}}\n',
        ),
    ),
    (r"(?m)^(taxonomies: .*\n)?(?=lists)", ("", "taxonomies: {tags: {title: Chủ đề}, place: {feeds: false}}\n")),
    (r"(?m)^tags: .*\n", ("tags: {}\n", "tags: {nhan: {parent: cho-que}, song-lac: {parent: nhan}}\n")),
    (r"(?m)^(machines: .*\n)?(?=lists)", ("", "machines: {article_json: true, headers: [caddy]}\n")),
    (
        r"(?m)^(podcast: .*\n)?(?=lists)",
        ("", "podcast: {image: /tac-gia/minh-an.png}\n", "podcast: {image: /tac-gia/minh-an.png, title: Đài Lạc}\n"),
    ),
    (r"(?m)^(publisher: .*\n)?(?=lists)", ("", "publisher: {logo: /tac-gia/minh-an.png}\n")),
    (r"(?m)^(timezone: .*\n)?(?=description|language)", ("", "timezone: Europe/London\n")),
)


def edit_template(desk: Desk, a: int, b: int) -> None:
    """A page's template says something else."""
    desk.replace(pick(sorted((desk.site / "templates").glob("*.html")), a), r"<p>v\d+</p>", f"<p>v{b}</p>")


def edit_partial(desk: Desk, a: int, b: int) -> None:
    """A part that templates include or import says something else."""
    desk.replace(pick(desk.files("templates/partials"), a), r"<p>v\d+</p>", f"<p>v{b}</p>")


def edit_template_without_effect(desk: Desk, a: int, b: int) -> None:
    """A template gets a comment, which no page shows."""
    path = pick(desk.files("templates"), a)
    desk.write(path, f"{path.read_text('utf-8').rstrip()}{{# {b} #}}\n")


def shadow_template(desk: Desk, a: int, b: int) -> None:
    """A template appears that is taken instead of another, or goes again."""
    name = pick(list(SHADOWS), a)
    path = desk.site / "templates" / name
    if path.exists():
        path.unlink()
    else:
        desk.write(path, SHADOWS[name])


def make_include_cycle(desk: Desk, a: int, b: int) -> None:
    """A part includes itself: no page that shows it can be made until it is repaired."""
    path = desk.site / "templates" / "partials" / "box-a.html"
    desk.write(path, path.read_text("utf-8") + '{% include "partials/box-a.html" %}\n')


def edit_data(desk: Desk, a: int, b: int) -> None:
    """A value of data/ changes: one that is shown, that names a part, or that names a section."""
    path = desk.site / "data" / "contacts.yaml"
    pattern, value = pick(
        (
            (r"phone: '\d+'", f"phone: '{b:04}'"),
            (r"box: .*", f"box: {pick(('box-a', 'box-b', 'foot'), b)}"),
            (r"featured: .*", f"featured: {pick(SECTIONS[:3], b)}"),
        ),
        a,
    )
    desk.replace(path, pattern, value)


def edit_table(desk: Desk, a: int, b: int) -> None:
    """A table of data/ changes a value, or gets a row."""
    path = desk.site / "data" / "gia.csv"
    desk.write(path, path.read_text("utf-8") + f"bưởi,{b}\n" if a % 2 else f"hang,gia\nnhãn,{b}\n")


def edit_author(desk: Desk, a: int, b: int) -> None:
    """An author's file is written, changed or goes."""
    path = desk.site / "data" / "authors" / f"{pick((*AUTHORS[:2], 'bao-long'), a)}.yaml"
    if path.exists() and b % 4 == 0:
        path.unlink()
    else:
        photo = "photo: /tac-gia/minh-an.png\n" if b % 3 == 0 else ""
        desk.write(path, f"name: {pick(('Minh An', 'Bảo Long', 'Thu Trang'), a)}\nrole: Vai {b % 5}\n{photo}")


def edit_settings(desk: Desk, a: int, b: int) -> None:
    """A setting of newsgen.yaml changes."""
    path = desk.site / "newsgen.yaml"
    pattern, values = pick(SETTINGS, a)
    found = re.search(pattern, path.read_text("utf-8"))
    desk.replace(path, pattern, pick([value for value in values if found is None or value != found[0]], b))


def replace_image(desk: Desk, a: int, b: int) -> None:
    """A picture is another one, of another size."""
    pictures = [*desk.files("content", "*.png"), *desk.files("static", "*.png")]
    desk.write(pick(pictures, a), png(1 + b % 40, 1 + a % 30), replace=bool(b % 2))


def animate_image(desk: Desk, a: int, b: int) -> None:
    """A picture is a GIF that moves: a large one, which is made anew, or a small one; one of one frame, one cut off."""
    pictures = [*desk.files("content", "*.png"), *desk.files("static", "*.png")]
    large = make_large_gif(b % 2, (280, 240), 8, again=None if b % 3 else 0)
    small = make_large_gif(b % 2, (24, 16), 3)
    forms = large, small, make_large_gif(0, (60, 50), 1), large[: len(large) // 2]
    desk.write(pick(pictures, b), pick(forms, a), replace=bool(b % 2))


def edit_sidecar(desk: Desk, a: int, b: int) -> None:
    """A picture gets a sidecar, or another one, or loses it: with words, an end of its licence, or no consent."""
    pictures = [*desk.files("content", "*.png"), *desk.files("static", "*.png")]
    path = pick(pictures, b)
    path = path.with_name(f"{path.name}.yaml")
    ends = desk.now + timedelta(days=b % 4 - 1)
    forms = (
        f"alt: Ảnh {b}\n",
        f"caption: Lời {b}\ncredit: Hà {b}\n",
        f"licence_until: {ends:%Y-%m-%d %H:%M}\ncredit: Hà\n",
        "consent: false\n",
        f"licence_until: {ends:%Y-%m-%d}\n",
        'alt: ""\ncaption: ""\ncredit: ""\nconsent: true\n',
        f"focus: {b % 100}% 50%\n",
        "consnt: false\n",
        "",
    )
    if text := pick(forms, a):
        desk.write(path, text, replace=bool(b % 2))
    else:
        path.unlink(missing_ok=True)


def edit_embedded_words(desk: Desk, a: int, b: int) -> None:
    """A picture holds other words, or none."""
    text = f"Lời trong ảnh {b}" if b % 3 else ""
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        f' photoshop:Credit="{text}" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:description="{text}"/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    content = b"iTXtXML:com.adobe.xmp" + bytes(5) + packet.encode()
    chunk = pack(">I", len(content) - 4) + content + pack(">I", crc32(content))
    plain = png(8, 6)
    desk.write(pick(desk.files("content", "*.png"), a), plain[:33] + chunk + plain[33:])


def delete_image(desk: Desk, a: int, b: int) -> None:
    """A picture goes, though stories may show it, or one is added that none shows."""
    if b % 3 == 0:
        pick(desk.files("content", "*.png"), a).unlink()
    else:
        desk.write(desk.site / "content" / pick(SECTIONS[:3], a) / f"them-{b % 4}.png", png(b % 9 + 1, 2))


def change_static(desk: Desk, a: int, b: int) -> None:
    """A static file is added, changed, or goes."""
    path = desk.site / "static" / pick(("them.txt", "sau/xa/them.txt", "robots.txt", "logo.svg"), a)
    if path.exists() and b % 3 == 0:
        path.unlink()
        desk.remove_empty_folders()
    else:
        desk.write(path, f"<svg>{b}</svg>\n", replace=bool(b % 2))


def reshape_static(desk: Desk, a: int, b: int) -> None:
    """What was a file becomes a folder of the same name, or the other way."""
    path = desk.site / "static" / "hình"
    if path.is_dir():
        (path / "trong.txt").unlink()
        path.rmdir()
    elif path.exists():
        path.unlink()
        desk.write(path / "trong.txt", f"{b}\n")
        return
    desk.write(path, f"{b}\n")


def touch(desk: Desk, a: int, b: int) -> None:
    """A file's time changes and nothing else."""
    path = pick(desk.files(pick(("content", "data", "static", "templates"), b)), a)
    path.touch()
    desk.date(path, path.stat().st_mtime_ns)


def touch_all(desk: Desk, a: int, b: int) -> None:
    """Every file gets a new time, as after a fresh clone, or the same old one, as from an archive."""
    desk.stamp = pick(("now", "1970"), a)
    for folder in ("content", "data", "static", "templates"):
        for path in desk.files(folder):
            path.touch()
            desk.date(path, None)


def change_modes(desk: Desk, a: int, b: int) -> None:
    """A source's mode changes, which no output shows."""
    path = pick(desk.files(pick(("content", "static"), b)), a)
    path.chmod(pick((0o600, 0o644, 0o755, 0o444), a))
