"""Random days at the desk: which edits there are, and sequences of them for Hypothesis."""

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

import component_edits as component
import mishaps as mis
import site_edits as site
import story_edits as story
import template_edits as template
from clean_builds import tier
from edited_site import STAMPS, Desk

OPERATIONS: dict[str, Callable[[Desk, int, int], None]] = {
    act.__name__: act
    for act in (
        *(story.add, story.edit_body, story.edit_within_size, story.edit_title, story.edit_tags, story.edit_authors),
        story.edit_sections,
        *(story.edit_date, story.edit_card, story.edit_related, story.edit_image, story.delete, story.rename),
        *(story.embargo, story.end, story.pin_until, story.correct, story.alias, story.serial, story.newsdesk),
        *(
            story.edit_language,
            story.move,
            story.swap,
            story.draft,
            story.schedule,
            story.expire,
            story.let_time_pass,
            story.edit_page,
        ),
        *(site.edit_template, site.edit_partial, site.edit_template_without_effect, site.shadow_template),
        *(site.make_include_cycle, site.edit_data, site.edit_table, site.edit_author, site.edit_settings),
        *(site.edit_sidecar, site.edit_embedded_words, site.animate_image),
        *(site.replace_image, site.delete_image, site.change_static, site.reshape_static, site.touch, site.touch_all),
        *(site.change_modes, mis.break_source, mis.repair, mis.tamper_file, mis.tamper_tree, mis.forget),
        *(component.edit_block, component.edit_component, component.edit_sheet, component.show_sheet, component.embed),
        *(component.edit_live, component.edit_episode),
        *(mis.kill_build, template.accept_urls, template.edit_urls, template.change_data_files),
    )
}

IN_TEMPLATES = {
    act.__name__: act
    for act in (
        *(template.compose_part, template.compose_sub, template.compose_tools, template.edit_board),
        *(template.change_data_files, template.accept_urls, template.edit_urls),
    )
}
"""Edits of templates that use all of Jinja, and of what they ask for."""


class Edit(NamedTuple):
    """One edit: an operation, two numbers that choose its part and form, and the time that its files show.

    `settled`: the build after it finds no file too young to trust its times.
    """

    operation: str
    a: int = 0
    b: int = 0
    stamp: str = "now"
    settled: bool = False

    def apply(self, desk: Desk) -> None:
        """Do it."""
        desk.stamp = self.stamp
        {**OPERATIONS, **IN_TEMPLATES}[self.operation](desk, self.a, self.b)


FORMS = {
    "edit_settings": len(site.SETTINGS),
    "tamper_tree": 11,
    "edit_within_size": 11,
    "edit_body": 8,
    "edit_language": 10,
    "edit_title": 6,
    "break_source": 11,
    "shadow_template": 4,
    "edit_card": 8,
    "edit_urls": 6,
    "edit_sidecar": 9,
    "animate_image": 4,
    "edit_block": len(component.BLOCKS),
    "edit_component": 6,
    "edit_sheet": 8,
    "edit_live": 8,
    "edit_episode": 8,
}
"""How many forms an operation has that a test of it by itself goes through, where they are more than a few."""

COSTLY = tier({"make_include_cycle"}, set())
"""Not among the quick tier's random edits: a page that includes itself without end takes seconds to fail."""

NUMBER = st.integers(0, 999)
KINDS = st.sampled_from([name for name in OPERATIONS if name not in COSTLY])
EDIT = st.builds(Edit, KINDS, NUMBER, NUMBER, st.sampled_from(STAMPS), st.booleans())


def days(length: int) -> st.SearchStrategy[list[Edit]]:
    """Sequences of as many edits."""
    return st.lists(EDIT, min_size=length, max_size=length)


def days_in_templates(length: int) -> st.SearchStrategy[list[Edit]]:
    """Sequences of as many edits, one in two or so of templates and of what they ask for."""
    kinds = KINDS | st.sampled_from(list(IN_TEMPLATES))
    edit = st.builds(Edit, kinds, NUMBER, NUMBER, st.sampled_from(STAMPS), st.booleans())
    return st.lists(edit, min_size=length, max_size=length)
