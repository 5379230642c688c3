"""Social cards in the preview: drawn when they are asked for, those of stories to come too."""

import io
import re
import time

from PIL import Image

from builders import article_source, config_source, site_folder
from papers import build_site, tree
from previews import preview

CARD = re.compile(rb'og:image" content="https://baolacgiang.example(/theme/pictures/cards/\w+\.jpg)"')
PUBLIC, DRAFT = "content/kinh-te/a.md", "content/kinh-te/b.md"


def test_a_card_is_drawn_when_it_is_asked_for(tmp_path):
    """A public story's card is that of a build; a draft has one in the preview alone; any other name is not found."""
    files = {PUBLIC: article_source("slug: a"), DRAFT: article_source("slug: b", "status: draft", title="Tin sắp ra")}
    site = site_folder(tmp_path / "site", files, config_source("cards: {when: missing}"))
    build_site(site, output=tmp_path / "built")
    built = {f"/{name}": data for name, data in tree(tmp_path / "built").items() if "/cards/" in name}
    with preview(site) as running:
        shown = {}
        for slug in ("a", "b"):
            page = running.get(f"/kinh-te/2022/08/{slug}.html")[1]
            path = CARD.search(page)[1].decode()
            answer, shown[path] = running.get(path)
            assert (200, "image/jpeg") == (answer.status, answer.getheader("Content-Type"))
            assert (1200, 630) == Image.open(io.BytesIO(shown[path])).size
        assert built.items() < shown.items()
        assert 404 == running.get("/theme/pictures/cards/0123456789abcdef.jpg")[0].status


def test_a_saved_headline_has_its_card(tmp_path):
    """After a new headline is saved the page names another card, which is there."""
    files = {PUBLIC: article_source("slug: a")}
    with preview(site_folder(tmp_path, files, config_source("cards: {when: missing}"))) as running:
        before = CARD.search(running.get("/kinh-te/2022/08/a.html")[1])[1]
        running.save(PUBLIC, article_source("slug: a", title="Nhãn mất mùa"))
        end, after = time.monotonic() + 20, before
        while after == before:
            assert time.monotonic() < end, "the new headline did not come to be shown"
            after = CARD.search(running.get("/kinh-te/2022/08/a.html")[1])[1]
        assert [404, 200] == [running.get(path.decode())[0].status for path in (before, after)]
