"""What the preview says: every state has a word, and every word a translation."""

import pytest

from newsgen.model.manuscripts import Status
from newsgen.preview.story_list import Row, StorySearch, render_list
from newsgen.preview.strings import translate_strings


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_state_can_be_listed(language):
    """A story in any state stands in the list of stories with its state in words."""
    words, states = translate_strings(language), [status.word for status in Status]
    rows = [Row(f"Tin {state}", f"content/{state}.md", "", state, "", "") for state in states]
    page = render_list(rows, len(rows), StorySearch("", ""), words, language)
    assert all(f'<span class="state">{words[state]}</span>' in page for state in states)


def test_every_word_is_translated():
    """In Vietnamese nothing of it is English."""
    english, vietnamese = translate_strings("en"), translate_strings("vi")
    assert [] == [name for name, text in english.items() if vietnamese[name] == text]
