"""Draw what the examples of docs/components.md and docs/blocks.md look like: `python tests/house/draw_examples.py`.

Writes docs/images/components.webp, blocks.webp and live-report.webp: parts of a page on a phone, below one another in
columns. Needs Chromium; run it with `PYTHONPATH=tests/support:tests/house`, and look at the pictures.
"""

import shutil
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from test_docs_run import AROUND, LATER

from builders import CONFIG, site_folder
from docs_pages import DOCS, blocks
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import FLAGS, serve
from source_modules import ROOT

WIDTH, GAP, COLUMN = 360, 24, 1000
PARTS = {
    "components": [".data-table", ".data-chart", ".data-map", "figure:has(audio)", ".file-card", ".embed"],
    "blocks": [".info-box", ".pull-quote", ".timeline", ".questions", ".facts", ".numbers", ".before-after"],
}
"""What is drawn of each page: every element that one of these finds."""


def main() -> None:
    """Build the examples, and draw them."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = site_folder(Path(folder), dict(_list_files()), CONFIG)
        build(BuildOptions(site, site / "build", LATER))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with serve(site / "build") as paper:
            page = browser.new_page(viewport={"width": WIDTH, "height": 900}, device_scale_factor=1)
            for name, selectors in PARTS.items():
                page.goto(f"{paper.origin}/kinh-te/2022/07/{name}.html")
                _save(list(_draw(page, ", ".join(selectors))), name)
            page.goto(f"{paper.origin}/kinh-te/2022/07/live-report.html")
            _save([_shot(page.locator(".story").screenshot())], "live-report")
        browser.close()


def _list_files() -> Iterator[tuple[str, str | bytes]]:
    """The stories of the examples, and the files that they show."""
    yield from AROUND.items()
    pictures = sorted((ROOT / "content").rglob("*.webp"))
    for name, picture in zip(("cau", "anh-1", "anh-2", "anh-3"), pictures, strict=False):
        image = BytesIO()
        Image.open(picture).convert("RGB").save(image, "JPEG")
        yield f"content/kinh-te/{name}.jpg", image.getvalue()
    yield from ((one.use, one.text) for one in blocks("blocks") if one.use.startswith("templates/"))
    for page in PARTS:
        bodies = [one.text for one in blocks(page) if (one.language, one.use) == ("markdown", "body")]
        head = f"---\ntitle: Ví dụ\ndate: 2022-07-12\nslug: {page}\n---\n\n"
        yield f"content/kinh-te/{page}.md", head + "\n\n".join(bodies)
    (live,) = (one.text for one in blocks("components") if one.use == "article" and "live: true" in one.text)
    yield "content/kinh-te/live-report.md", live.replace("live: true", "live: true\nslug: live-report", 1)


def _draw(page: Page, selector: str) -> Iterator[Image.Image]:
    """Each part of a page, when its pictures are there."""
    for part in page.locator(selector).all():
        part.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        yield _shot(part.screenshot())


def _shot(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def _save(parts: Sequence[Image.Image], name: str) -> None:
    """Put the parts into columns of about the same height."""
    columns: list[list[Image.Image]] = [[]]
    for part in parts:
        if columns[-1] and sum(one.height + GAP for one in columns[-1]) + part.height > COLUMN:
            columns.append([])
        columns[-1].append(part)
    height = max(sum(one.height + GAP for one in column) for column in columns)
    sheet = Image.new("RGB", (len(columns) * (WIDTH + GAP) + GAP, height + GAP), "white")
    for number, column in enumerate(columns):
        top = GAP
        for part in column:
            sheet.paste(part, (GAP + number * (WIDTH + GAP), top))
            top += part.height + GAP
    sheet.save(DOCS / "images" / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    main()
