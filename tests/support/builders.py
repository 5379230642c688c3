"""Small values for tests. Each takes only what the test is about, and fills in the rest."""

import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from struct import pack
from zoneinfo import ZoneInfo

from newsgen.config.reading import parse_config
from newsgen.config.settings import Config
from newsgen.model.manuscripts import PLACED, ImageField, Manuscript, Reference, pack_places
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Card
from newsgen.model.taxonomy import Author, SectionRef, Term

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 8, 7, 7, 51, tzinfo=ZONE)
CONFIG = "title: Báo Lạc Giang\nurl: https://baolacgiang.example\n"


def moment(text: str) -> datetime:
    """An ISO date or date-time in the site's zone, such as "2022-08-07 07:51"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def config_source(*lines: str, title: str = "Báo Lạc Giang", url: str = "https://baolacgiang.example") -> str:
    """The text of a newsgen.yaml with these lines after its title and url."""
    return "\n".join([f"title: {title}", f"url: {url}", *lines, ""])


def site_config(*lines: str, url: str = "https://baolacgiang.example") -> Config:
    """A Config with these lines of newsgen.yaml."""
    return parse_config(config_source(*lines, url=url))


def article_source(
    *lines: str, title: str = "Nhãn muộn được mùa", date: str = "2022-08-07", body: str = "Nhà vườn vào vụ.\n"
) -> str:
    """The text of an article's file: `lines` are further lines of the front matter."""
    return "\n".join(["---", f"title: {title}", f"date: {date}", *lines, "---", body])


def page_source(*lines: str, title: str = "Giới thiệu", body: str = "Tòa soạn ở Vân Hải.\n") -> str:
    """The text of a file of content/pages/."""
    return "\n".join(["---", f"title: {title}", *lines, "---", body])


def site_folder(folder: Path, files: Mapping[str, str | bytes], config: str = CONFIG) -> Path:
    """The folder of a site with a newsgen.yaml and these files, by their paths inside it."""
    for name, given in {"newsgen.yaml": config, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(given.encode() if isinstance(given, str) else given)
    return folder


def png(width: int = 4, height: int = 3, *, is_grey: bool = True) -> bytes:
    """A whole black PNG, in grey or in RGB."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\0" * width * (1 if is_grey else 3)) * height
    head = pack(">IIBBBBB", width, height, 8, 0 if is_grey else 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def manuscript(
    path: str = "kinh-te/nhan-muon.md",
    *,
    date: datetime | None = NOW,
    title: str = "Nhãn muộn được mùa",
    slug: str = "",
    tags: tuple[str, ...] = (),
    authors: tuple[str, ...] = (),
    related: tuple[str, ...] = (),
    image: ImageField | None = None,
    updated: datetime | None = None,
    expires: datetime | None = None,
    is_draft: bool = False,
    pinned: bool = False,
    extra: Mapping[str, object] | None = None,
    lang: str = "vi",
    translation_of: str = "",
) -> Manuscript:
    """A manuscript as read from content/<path>: the section is the folder, the slug the file's name."""
    folder, _, name = path.rpartition("/")
    is_page = folder == "pages"
    return Manuscript(
        source=f"content/{path}",
        path=path,
        digest=f"digest of {path}",
        body_line=5,
        is_page=is_page,
        title=title,
        slug=slug or name.removesuffix(".md"),
        places=pack_places({**dict.fromkeys(PLACED, (1, 1)), "slug": (2, 8)}),
        date=None if is_page else date,
        updated=updated,
        expires=expires,
        section="" if is_page else folder,
        summary="Nhà vườn vào vụ.",
        has_lead=True,
        kicker="",
        lang=lang,
        authors=_references(authors, 6),
        tags=_references(tags, 7),
        related=_references(related, 8),
        image=image,
        is_draft=is_draft,
        pinned=pinned,
        extra=extra or {},
        translation_of=Reference(translation_of, 9, 17) if translation_of else None,
    )


def card(title: str = "Nhãn muộn được mùa", *, date: datetime = NOW, url: str = "/kinh-te/nhan-muon.html") -> Card:
    """A card without a picture."""
    section = SectionRef("kinh-te", "Kinh tế", "/kinh-te/")
    return Card(title, url, date, None, section, "Nhà vườn vào vụ.", None, "", (), "vi", False)


def article(title: str = "Nhãn muộn được mùa", *, date: datetime = NOW, tags: tuple[Term, ...] = ()) -> Article:
    """A story of the section Kinh tế."""
    return Article(
        card=card(title, date=date),
        lead="Nhà vườn vào vụ.",
        source="content/kinh-te/nhan-muon.md",
        output="kinh-te/nhan-muon.html",
        slug="nhan-muon",
        terms={"tags": tags},
        extra={},
    )


def author(name: str = "Thu Trang", *, id: str = "thu-trang", photo: Picture | None = None) -> Author:  # noqa: A002
    """A person of the paper, as yet without a url."""
    return Author(id, name, "", photo=photo)


def _references(texts: tuple[str, ...], line: int) -> tuple[Reference, ...]:
    return tuple(Reference(text, line, 8) for text in texts)
