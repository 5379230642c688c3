"""What the preview says: every state has a word, and every word a translation."""

import pytest

from newsgen.model.manuscripts import Status
from newsgen.preview.messages import wordlist
from newsgen.preview.story_list import Asked, Row, stories_page


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_state_can_be_listed(language):
    """A story in any state stands in the list of stories with its state in words."""
    words, states = wordlist(language), [status.word for status in Status]
    rows = [Row(f"Tin {state}", f"content/{state}.md", "", state, "", "") for state in states]
    page = stories_page(rows, len(rows), Asked("", ""), words, language)
    assert all(f'<span class="state">{words[state]}</span>' in page for state in states)


def test_every_word_is_translated():
    """In Vietnamese nothing of it is English."""
    english, vietnamese = wordlist("en"), wordlist("vi")
    assert [] == [name for name, text in english.items() if vietnamese[name] == text]
