"""Faces: a saved headline changes cards and pages as joining the whole paper again would, without joining it."""

from pathlib import Path
from random import Random

import pytest

from builders import NOW, site_folder
from newsgen.preview import versions as module
from newsgen.preview.versions import VersionOptions, Versions
from papers import weekly

BILINGUAL = "languages:\n  en: {title: The Paper, path: en}\n"
FACES = ("title", "summary", "kicker", "updated", "extra")


def opened(folder: Path) -> Versions:
    """Versions that have read a folder once."""
    versions = Versions(VersionOptions(folder, lambda _config: NOW))
    versions.look()
    return versions


def with_field(text: str, field: str, value: str) -> str:
    """An article's source with a field taken over where it stands, or added at the end of the front matter."""
    head, body = text.removeprefix("---\n").split("---\n", 1)
    lines = head.splitlines()
    names = [line.partition(":")[0] for line in lines]
    place = names.index(field) if field in names else len(lines)
    return "\n".join(["---", *lines[:place], f"{field}: {value}", *lines[place + 1 :], "---", body])


def value(chance: Random, field: str) -> str:
    """Something that an editor may write in the field."""
    number = chance.randrange(1000)
    return {"updated": f"2022-08-0{1 + number % 7}", "extra": f"{{number: {number}}}"}.get(field, f"Chữ số {number}")


def paper() -> dict[str, str | bytes]:
    """The weekly paper, whose stories name their addresses."""
    found = dict(weekly())
    for path, text in found.items():
        if isinstance(text, str) and path.startswith("content/") and path.endswith(".md") and "/pages/" not in path:
            found[path] = with_field(text, "slug", Path(path).stem)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_other_words_give_the_edition_that_a_new_look_gives(tmp_path, monkeypatch, seed):
    """After each of some edits of headlines, the pages, cards and answers are those of versions begun anew."""
    chance = Random(seed)  # noqa: S311 - no secret
    files = paper()
    versions = opened(site_folder(tmp_path, files))
    stories = sorted(
        path
        for path in files
        if path.startswith("content/") and path in versions.newest.planned.newspaper.main.groups.rank
    )
    join = module.join
    for _ in range(4):
        edits = {}
        for path in chance.sample(stories, chance.choice([1, 1, 2])):
            field = chance.choice(FACES)
            edits[path] = files[path] = with_field(files[path], field, value(chance, field))
        site_folder(tmp_path, edits)
        monkeypatch.setattr(module, "join", None)
        versions.look(frozenset(edits))
        assert () == versions.problems
        monkeypatch.setattr(module, "join", join)
        expected = opened(tmp_path).newest
        assert expected.pages == versions.newest.pages
        assert expected.planned.newspaper.main.articles == versions.newest.planned.newspaper.main.articles
        assert [p.output for p in expected.planned.pages] == [p.output for p in versions.newest.planned.pages]
        assert expected.planned.knowledge == versions.newest.planned.knowledge


TOLD_ELSEWHERE = {
    "content/kinh-te/a.md": "---\ntitle: Chợ nổi\ndate: 2022-08-01\nslug: a\n---\nChợ nổi đông.\n",
    "content/kinh-te/a.en.md": "---\ntitle: Floating market\ndate: 2022-08-01\nslug: a\nlang: en\n---\nBusy.\n",
    "content/kinh-te/b.en.md": "---\ntitle: The bridge\ndate: 2022-08-02\nslug: b\nlang: en\n---\nIt opened.\n",
}


def test_a_story_that_another_names_by_its_title_is_joined_again(tmp_path):
    """The page of the version in another language shows the new title too."""
    config = f"title: Báo\nurl: https://bao.example\n{BILINGUAL}"
    versions = opened(site_folder(tmp_path, TOLD_ELSEWHERE, config))
    text = TOLD_ELSEWHERE["content/kinh-te/a.en.md"].replace("Floating", "Drifting")
    site_folder(tmp_path, {"content/kinh-te/a.en.md": text}, config)
    versions.look(frozenset({"content/kinh-te/a.en.md"}))
    assert ["Drifting market"] == [t.title for t in versions.newest.pages["kinh-te/2022/08/a.html"].translations]
    assert opened(tmp_path).newest.pages == versions.newest.pages


def test_words_in_another_language_stay_in_its_tree(tmp_path, monkeypatch):
    """A story of the second language alone changes the second language's lists, without joining."""
    config = f"title: Báo\nurl: https://bao.example\n{BILINGUAL}"
    versions = opened(site_folder(tmp_path, TOLD_ELSEWHERE, config))
    text = TOLD_ELSEWHERE["content/kinh-te/b.en.md"].replace("The bridge", "A bridge")
    site_folder(tmp_path, {"content/kinh-te/b.en.md": text}, config)
    with monkeypatch.context() as patched:
        patched.setattr(module, "join", None)
        versions.look(frozenset({"content/kinh-te/b.en.md"}))
    assert opened(tmp_path).newest.pages == versions.newest.pages
    assert "A bridge" == versions.newest.pages["en/kinh-te/2022/08/b.html"].title
