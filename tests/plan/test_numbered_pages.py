"""Numbered pages of lists stay as they are when a story is published."""

import pytest

from builders import NOW, article_source, config_source, site_folder
from papers import build_site, tree

LISTS = "lists: {page: 2, home_latest: 3}"
CONFIGS = {"inline": config_source(LISTS), "fragment": config_source(LISTS, "latest: {mode: fragment}")}


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_numbered_pages_do_not_change_when_a_story_is_published(tmp_path, config):
    """A newer story rewrites no numbered page, but the newest one when a further page has become complete."""
    site = site_folder(tmp_path, {}, config)
    before = {}
    for count in range(1, 9):
        site_folder(
            site,
            {f"content/kinh-te/{count}.md": article_source(title=f"Tin {count}", date=f"2022-08-0{count}")},
            config,
        )
        build_site(site, at=NOW.replace(month=9))
        found = {name: data for name, data in tree(site / "build").items() if "/trang/" in name}
        complete = count // 2 - 1
        assert {
            f"{folder}/trang/{n}/index.html" for folder in ("tin-moi-nhat", "kinh-te") for n in range(1, complete + 1)
        } == set(found)
        changed = {name for name, data in before.items() if found[name] != data}
        newest = {name for name in before if f"/trang/{complete - 1}/" in name and count % 2 == 0}
        assert changed == newest
        before = found
