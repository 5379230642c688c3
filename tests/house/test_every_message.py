"""What newsgen says to editors is said in every language that it claims to speak."""

import ast

import pytest
from write_messages import fields, read_catalogue, said, templates

from newsgen.core.messages import LANGUAGES

OTHERS = LANGUAGES[1:]


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language):
    """Each template has a translation; `make messages` adds the new ones to the catalogue."""
    known = {message.id for message in read_catalogue(language) if message.string}
    assert [] == sorted(templates() - known)


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_over(language):
    """What is not said any more is not translated; `make messages` takes it out."""
    wanted = {"", *templates()}
    assert [] == sorted(message.id for message in read_catalogue(language) if message.id not in wanted)


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_names_the_same_values(language):
    """A translation wants the values that the template wants, and no others: it could not be filled in."""
    odd = [m.id for m in read_catalogue(language) if m.id and m.string and fields(m.id) != fields(m.string)]
    assert [] == odd


def test_a_template_is_a_constant():
    """`say` is called with a text and not with something made of it, so that its translation can be found."""
    assert [] == [place for place, text in said() if not isinstance(text, ast.Constant)]
