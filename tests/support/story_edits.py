"""What editors do to stories. Each edit takes the desk and two numbers that choose what is done to what."""

import os
from datetime import timedelta

from builders import article_source
from edited_site import Desk, pick
from small_paper import AUTHORS, SECTIONS, TAGS

TITLES = ("Nhãn muộn được mùa", "Cầu Lạc 2 hợp long", "Chợ đầu mối: họp từ 2 giờ sáng", "Tin số 3")


def add(desk: Desk, a: int, b: int) -> None:
    """A new story, older or newer than others, in a section that may be new."""
    number = desk.new_number()
    date = desk.now - timedelta(days=a % 60, hours=b % 24)
    text = article_source(
        f"tags: [{pick(TAGS, a)}]",
        f"authors: [{pick(AUTHORS, b)}]",
        title=f"'Bài mới {number}'",
        date=f"{date:%Y-%m-%d %H:%M}",
        body=f"Bài mới {number}, mã 000.\n\n[Tin](../{pick(desk.stories(), a).name})\n" if a % 5 == 0 else "Mã 000.\n",
    )
    desk.write(desk.site / "content" / pick(SECTIONS, b) / f"bai-{number}.md", text)


def edit_body(desk: Desk, a: int, b: int) -> None:
    """Another paragraph at the end, sometimes with a link to a story or to nothing."""
    path = pick(desk.stories(), a)
    target = pick(desk.stories(), b).relative_to(desk.site / "content").as_posix()
    added = pick((f"Thêm {b}.", f"[Xem](/{target}).", f"## Mục {b}", "[Hỏng](khong-co.md)"), 0 if b % 8 else b // 8)
    desk.write(path, f"{path.read_text('utf-8')}\n{added}\n", replace=bool(b % 2))


def edit_within_size(desk: Desk, a: int, b: int) -> None:
    """Three digits of a body change; the file's size does not."""
    desk.replace(pick(desk.stories(), a), r"ã \d{3}", f"ã {b:03}", whole=bool(b % 2))


def edit_title(desk: Desk, a: int, b: int) -> None:
    """Another title, and so another address."""
    desk.set_field(pick(desk.stories(), a), "title", f"'{pick(TITLES, b)} {b % 3}'")


def edit_tags(desk: Desk, a: int, b: int) -> None:
    """Other tags, or none."""
    tags = [pick(TAGS, b), pick(TAGS, b // 5)][: b % 3]
    desk.set_field(pick(desk.stories(), a), "tags", f"[{', '.join(tags)}]" if tags else "")


def edit_sections(desk: Desk, a: int, b: int) -> None:
    """Further sections, which may be new or the story's own, or none."""
    sections = [pick(SECTIONS, b), pick((*SECTIONS, "moi/sau"), b // 5)][: b % 3]
    desk.set_field(pick(desk.stories(), a), "also_in", f"[{', '.join(sections)}]" if sections else "")


def edit_authors(desk: Desk, a: int, b: int) -> None:
    """Another author, or one more, or none."""
    authors = [pick(AUTHORS, b), pick(AUTHORS, b // 3)][: b % 3]
    desk.set_field(pick(desk.stories(), a), "authors", f"[{', '.join(authors)}]" if authors else "")


def edit_date(desk: Desk, a: int, b: int) -> None:
    """Another date: the story moves among the others, or into another year."""
    date = desk.now - timedelta(days=b * 17 % 700, hours=a % 24)
    desk.set_field(pick(desk.stories(), a), "date", f"{date:%Y-%m-%d %H:%M}")


def edit_card(desk: Desk, a: int, b: int) -> None:
    """Another summary, label or slug, or a pin set or taken away."""
    name, values = pick((("summary", ("Lời dẫn mới", "")), ("kicker", ("Nóng", "")), ("pin", ("true", ""))), b)
    name, values = ("slug", (f"ten-{b}", "")) if b % 7 == 0 else (name, values)
    desk.set_field(pick(desk.stories(), a), name, pick(values, b // 3))


def edit_related(desk: Desk, a: int, b: int) -> None:
    """Another choice of related stories, by path or by a slug that may not be there, or none."""
    other = pick(desk.stories(), b).relative_to(desk.site / "content").as_posix()
    value = pick((f"[{other}]", f"[{other}]", "", f"[tin-so-{b % 16}]"), a)
    desk.set_field(pick(desk.stories(), a), "related", value)


def edit_language(desk: Desk, a: int, b: int) -> None:
    """A story is in another language, which the paper may not have, or a version of another story, or of none."""
    if a % 2:
        desk.set_field(pick(desk.stories(), a // 2), "lang", pick(("fr", "", "fr-CA", "fr", "qu"), b))
    else:
        other = pick(desk.stories(), b).relative_to(desk.site / "content").as_posix()
        desk.set_field(pick(desk.stories(), a // 2), "translation_of", pick((other, ""), b // 2))


def edit_image(desk: Desk, a: int, b: int) -> None:
    """Another lead picture, or none; with or without a focus and crops."""
    path = pick(desk.stories(), a)
    pictures = [os.path.relpath(picture, path.parent) for picture in desk.files("content", "*.png")]
    if (picture := pick([*pictures, ""], b)) and b % 3:
        picture = f"{{src: {picture}, focus: {b % 101}% 50%{pick(('', ', crops: [1:1, 16:9]', ', crops: []'), b)}}}"
    desk.set_field(path, "image", picture)


def delete(desk: Desk, a: int, b: int) -> None:
    """A story goes."""
    if len(desk.stories()) > 4:
        pick(desk.stories(), a).unlink()


def rename(desk: Desk, a: int, b: int) -> None:
    """A story's file gets another name, before or after the others, and keeps its time."""
    path = pick(desk.stories(), a)
    path.rename(path.with_name(f"{pick(('a', 'z'), b)}-{desk.new_number()}.md"))


def move(desk: Desk, a: int, b: int) -> None:
    """A story goes to another section, which may be new; its pictures stay where they are."""
    path = pick(desk.stories(), a)
    target = desk.site / "content" / pick(SECTIONS, b) / f"{path.stem}{'' if b % 2 else desk.new_number()}.md"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
    desk.remove_empty_folders()


def swap(desk: Desk, a: int, b: int) -> None:
    """Two stories change names, each with its time and inode."""
    one, other = pick(desk.stories(), a), pick(desk.stories(), b)
    if one != other:
        between = one.with_name("between")
        one.rename(between)
        other.rename(one)
        between.rename(other)


def draft(desk: Desk, a: int, b: int) -> None:
    """A story becomes a draft, or is one no more."""
    path = pick(desk.stories(), a)
    desk.set_field(path, "status", "" if "status: draft" in path.read_text("utf-8") else "draft")


def schedule(desk: Desk, a: int, b: int) -> None:
    """A story is to appear in one of the coming days."""
    desk.set_field(pick(desk.stories(), a), "date", f"{desk.now + timedelta(days=1 + b % 4):%Y-%m-%d %H:%M}")


def expire(desk: Desk, a: int, b: int) -> None:
    """A story has expired, or expires in one of the coming days, or does no more."""
    at = desk.now + timedelta(days=b % 4 - 1)
    desk.set_field(pick(desk.stories(), a), "expires", f"{at:%Y-%m-%d %H:%M}" if b % 5 else "")


def let_time_pass(desk: Desk, a: int, b: int) -> None:
    """The next paper is that of a later moment; once in a while that of an earlier one."""
    desk.now += timedelta(days=-2) if a % 7 == 0 else timedelta(days=a % 4, minutes=b % 60)


def edit_page(desk: Desk, a: int, b: int) -> None:
    """A page of content/pages/ is written, edited or goes."""
    path = desk.site / "content" / "pages" / pick(("gioi-thieu.md", "lien-he.md"), a)
    if path.exists() and b % 3 == 0:
        path.unlink()
    else:
        desk.write(path, f"---\ntitle: Trang {b % 4}\nslug: {path.stem}\n---\nTòa soạn {b}.\n")


def embargo(desk: Desk, a: int, b: int) -> None:
    """A story comes under embargo for some hours or days, or does no more."""
    at = desk.now + timedelta(hours=b % 60)
    desk.set_field(pick(desk.stories(), a), "embargo", f"{at:%Y-%m-%d %H:%M}" if b % 4 else "")


def end(desk: Desk, a: int, b: int) -> None:
    """Something else stands at a story's address after its end, or it is withdrawn, or comes back."""
    path = pick(desk.stories(), a)
    desk.set_field(path, "replace", pick(("notice", "gone", "", "unlist"), b) if a % 3 else "")
    if a % 3 == 0:
        desk.set_field(path, "status", pick(("withdrawn", ""), b))


def pin_until(desk: Desk, a: int, b: int) -> None:
    """A story is pinned until some hour of the coming days."""
    at = desk.now + timedelta(hours=b % 50)
    desk.set_field(pick(desk.stories(), a), "pin", f"{at:%Y-%m-%d %H:%M}")


def correct(desk: Desk, a: int, b: int) -> None:
    """Something is put right in a story, now or later; or nothing is any more."""
    at = desk.now + timedelta(hours=b % 30 - 20)
    entry = f"[{{date: {at:%Y-%m-%d %H:%M}, kind: {pick(('correction', 'update'), b)}, text: Sửa {b}}}]"
    desk.set_field(pick(desk.stories(), a), "corrections", entry if b % 5 else "")


def alias(desk: Desk, a: int, b: int) -> None:
    """A story has an old address, which another may have too, or none."""
    desk.set_field(pick(desk.stories(), a), "aliases", f"[/cu/{b % 9}.html]" if b % 3 else "")


def serial(desk: Desk, a: int, b: int) -> None:
    """A story is a part of a series, or paid for, or neither."""
    value = pick(("Dọc sông", f"{{name: Dọc sông, part: {1 + b % 5}}}", ""), b)
    desk.set_field(pick(desk.stories(), a), *(("series", value) if a % 3 else ("sponsor", pick(("Lúa Việt", ""), b))))


def newsdesk(desk: Desk, a: int, b: int) -> None:
    """Editors choose for the front page, or write a line over every page, or take it back."""
    path = desk.site / "data" / pick(("front.yaml", "breaking.yaml"), a)
    if path.exists() and b % 3 == 0:
        path.unlink()
    elif path.name == "front.yaml":
        chosen = pick(desk.stories(), b).relative_to(desk.site / "content").as_posix()
        desk.write(path, f"picks: [{chosen}]\n")
    else:
        start, end = desk.now + timedelta(hours=b % 40 - 20), desk.now + timedelta(hours=30)
        desk.write(path, f"text: Tin khẩn {b % 4}\nstart: {start:%Y-%m-%d %H:%M}\nend: {end:%Y-%m-%d %H:%M}\n")
