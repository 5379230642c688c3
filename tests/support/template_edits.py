"""What editors do to templates that use all of Jinja, to the data that steers them, and to urls.lock."""

from contextlib import suppress
from pathlib import Path
from random import Random

from edited_site import Desk, pick
from newsgen.commands.stories import survey
from newsgen.core.errors import NewsgenError
from small_paper import SECTIONS
from template_grammar import SUB, TOOLS, TOP, part

BASE = '{% include ["partials/made-" ~ page.kind ~ ".html", "partials/made.html"] %}\n'
BOARD = "part: sub-1\nparts: [sub-1, sub-3]\ntools: tools\n"
GOODS = ("nhãn", "vải", "bưởi", "cá")


def furnish(desk: Desk, number: int) -> None:
    """Give the paper templates of its own that use all of Jinja, by chance, and the data that they ask for."""
    base = desk.site / "templates" / "base.html"
    desk.write(base, base.read_text("utf-8") + BASE)
    edit_board(desk, 0, number)
    for name in (*TOP[::2], *TOP[-1:], *SUB, *TOOLS):
        compose(desk, name, number)


def compose(desk: Desk, name: str, number: int) -> None:
    """Write a part anew, by chance."""
    text = part(name, Random(f"{name} {number}"))  # noqa: S311
    desk.write(desk.site / "templates" / "partials" / f"{name}.html", text)


def compose_part(desk: Desk, a: int, b: int) -> None:
    """A part for one kind of page is written anew, or goes, so that the common one is taken."""
    name = pick(TOP, a)
    path = desk.site / "templates" / "partials" / f"{name}.html"
    if b % 5 == 0 and name != "made":
        path.unlink(missing_ok=True)
    else:
        compose(desk, name, b)


def compose_sub(desk: Desk, a: int, b: int) -> None:
    """A part that others include is written anew."""
    compose(desk, pick(SUB, a), b)


def compose_tools(desk: Desk, a: int, b: int) -> None:
    """The macros that others import are written anew."""
    compose(desk, pick(TOOLS, a), b)


def edit_board(desk: Desk, a: int, b: int) -> None:
    """The data that templates loop over, and that names what they include and import, changes; its order too."""
    random = Random(b)  # noqa: S311
    goods = [
        f"- {{name: {good}, nhom: {random.choice('ab')}, gia: {random.randint(1, 9)}}}\n"
        for good in random.sample(GOODS, random.randint(1, len(GOODS)))
    ]
    numbers = random.sample(["mot: 1", f"hai: {b}", "ba: 3"], 3)[: random.randint(1, 3)]
    numbers = numbers if "mot: 1" in numbers else [*numbers, "mot: 0"]
    steering = f"part: {pick(SUB, a)}\nparts: [{', '.join(random.sample(SUB, a % 3))}]\ntools: {pick(TOOLS, b)}\n"
    text = (BOARD if a == 0 else steering) + f"so: {{{', '.join(numbers)}}}\nhang:\n{''.join(goods)}"
    desk.write(desk.site / "data" / "bang.yaml", text)


def change_data_files(desk: Desk, a: int, b: int) -> None:
    """A file of data/ comes, changes or goes, which templates ask after by name or in a loop."""
    path = desk.site / "data" / pick(("moi.yaml", "moi.json", "a/khac.yaml"), a)
    others = [other for other in path.parent.glob("moi.*") if other != path]
    if path.exists() and b % 2:
        path.unlink()
        desk.remove_empty_folders()
    elif not others:
        desk.write(path, f'{{"tin": "mới {b % 7}"}}\n')


def accept_urls(desk: Desk, a: int, b: int) -> None:
    """The paper begins to keep its addresses, or lets those go that are lost: `newsgen urls accept`."""
    with suppress(NewsgenError):
        survey(desk.site, desk.now).accept()


def edit_urls(desk: Desk, a: int, b: int) -> None:
    """urls.lock goes, or after a merge lacks a line, has one more or another order, or is broken."""
    path = desk.site / "urls.lock"
    if not path.exists():
        accept_urls(desk, a, b)
        return
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = 1 + b % max(len(lines) - 1, 1)
    changed = pick(
        (
            lines[:at] + lines[at + 1 :],
            lines[:1] + lines[:0:-1],
            [*lines, "/cu/da-mat.html\tcontent/xa-hoi/da-mat.md\tgone\t\n"],
            [*lines, f"/{pick(SECTIONS, b)}/cu-{b % 5}.html\tcontent/xa-hoi/tin-02.md\tlive\t\n"],
            [*lines[:at], "<<<<<<< HEAD\n", *lines[at:]],
            None,
        ),
        a,
    )
    _write_or_remove(desk, path, changed)


def _write_or_remove(desk: Desk, path: Path, lines: list[str] | None) -> None:
    if lines is None:
        path.unlink()
    else:
        desk.write(path, "".join(lines))
