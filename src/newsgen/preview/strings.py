"""The strings of the preview's bar, overlay and list of stories."""

from newsgen.render.theme import PACKAGED


def translate_strings(language: str) -> dict[str, str]:
    """The strings in a language."""
    _ = PACKAGED.translations(language).gettext
    return {
        "bar": _("Newsroom bar"),
        "close": _("Hide"),
        "draft": _("Draft"),
        "drafts": _("Drafts"),
        "embargoed": _("Under embargo"),
        "embargoed_until": _("Under embargo until"),
        "empty": _("No story is like that."),
        "errors": _("This cannot be published yet"),
        "expired": _("Expired"),
        "fix": _("Fix"),
        "focus": _("Focus of the picture"),
        "focus_click": _("Click on what must stay in view where the picture is cut."),
        "focus_copied": _("Copied."),
        "focus_write": _("Write it below `src:` of `image:`."),
        "hidden": _("Readers cannot see this page yet."),
        "kept": _("Below is the last good page. It is brought up to date when everything is mended."),
        "lost": _("The preview has stopped. Start it again with newsgen serve."),
        "minutes": _("min to read"),
        "more": _("Only the newest are listed. Search to find others."),
        "newest": _("Newest edits first"),
        "published": _("Published"),
        "reading": _("This page is from the last build. The newest one comes when the site is read."),
        "scheduled": _("Scheduled"),
        "scheduled_for": _("Scheduled for"),
        "search": _("Search"),
        "show": _("Show the newsroom bar"),
        "stories": _("Stories"),
        "all": _("All"),
        "withdrawn": _("Withdrawn"),
        "words": _("words"),
    }
