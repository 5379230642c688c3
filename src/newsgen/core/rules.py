"""Every rule as data: its name, what it means, the usual fix, its level. docs/errors.md is made from this."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["off", "warning", "error"]
ERROR: Level = "error"
WARNING: Level = "warning"

CHECK_GROUP = "What `newsgen check` adds"
"""The group of the rules that a build does not look at: nothing is lost or broken by what they find."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `meaning` is a sentence, `fix` what to do as a rule, `level` what it is unless newsgen.yaml says other.

    An error protects what readers get, so it stays one; the level of a warning is a newsroom's own choice.
    """

    name: str
    meaning: str
    fix: str
    level: Level = ERROR


GROUPS: Mapping[str, tuple[Rule, ...]] = {
    "Front matter and settings": (
        Rule(
            "no-config",
            "There is no newsgen.yaml here, or it cannot be read.",
            "Go to the site's folder, or use `--site DIR`.",
        ),
        Rule("bad-setting", "A setting in newsgen.yaml makes no sense.", "Correct it as the message says."),
        Rule(
            "bad-plugin",
            "A plugin that newsgen.yaml switches on is not there, cannot be loaded, or takes a name that is taken.",
            "Install or correct it, or remove it from `plugins`.",
        ),
        Rule("empty-file", "An article's file is empty.", "Write it or delete it."),
        Rule(
            "no-front-matter",
            "The file does not begin with front matter, or it is not closed.",
            "`---` alone in a line before the fields, and alone in a line after them.",
        ),
        Rule("missing-key", "A required field is not there.", "Add it."),
        Rule(
            "unknown-key",
            "There is no field of that name.",
            "Write newsgen's name, which the message gives for those of other programs; your own stand under `extra:` or `fields:`.",
        ),
        Rule("duplicate-key", "The same name stands twice.", "Remove one."),
        Rule(
            "wrong-type",
            "Text where a list belongs, a word where a number belongs, and so on.",
            "Write it as the message says.",
        ),
        Rule("bad-value", "The type is right and the value is not, such as a date that does not exist.", "Correct it."),
        Rule(
            "dead-redirect",
            "A redirect of newsgen.yaml leads to an address of the paper where nothing is.",
            "Write the address of a page, or `https://…`.",
        ),
        Rule("dead-banner", "The line of breaking news leads to nothing in the paper.", "Write the address of a page."),
        Rule(
            "unknown-choice",
            "A partner's feed is to hold a section or tag that no story has, or `defaults` names a folder without a story.",
            "Correct its name in newsgen.yaml.",
            WARNING,
        ),
        Rule(
            "html-entity",
            "A text of the front matter holds `&amp;`, `&#8217;` or the like, which readers see as it was typed.",
            "Write the character itself.",
            WARNING,
        ),
        Rule("same-part", "Two stories are the same part of a series.", "Correct the `part` of one.", WARNING),
        Rule("updated-before-date", "The change is older than the story.", "Correct `updated` or `date`."),
        Rule(
            "bad-slug",
            "A slug or an author's id with other characters than `a`–`z`, `0`–`9` and `-`, or too long.",
            "Write what the message proposes.",
        ),
        Rule(
            "empty-slug", "A title or tag without a letter or digit makes no address.", "Add `slug:`, or use letters."
        ),
        Rule(
            "bad-section",
            "A section's folder makes no address, or is that of standing pages.",
            "Name the folder in letters or digits.",
        ),
        Rule(
            "bad-address",
            "A web address that no browser could read, such as `//[x`.",
            "Write it as `https://host/path`.",
        ),
        Rule("missing-image", "The picture is not where you say.", "Correct the name, or put the file there."),
        Rule(
            "not-a-picture",
            "What is named as a picture is none that browsers show: a text, a document, a HEIC photo, a file cut off.",
            "Save it as JPEG, PNG, WebP, AVIF, GIF or SVG, under a name that says so.",
        ),
        Rule("missing-related", "No story has that path or slug.", "Write a path below `content/`."),
        Rule("ambiguous-related", "Several stories have that slug.", "Write the path of one."),
        Rule(
            "duplicate-address",
            "Two stories, tags or files want the same address.",
            "Give one another `slug`, `url` or name.",
        ),
        Rule("front-matter-size", "The front matter is over 1 MiB.", "Move text into the story or into `data/`."),
        Rule(
            "bad-url",
            "`url` asks for an address that a page cannot have: with `?`, `#`, another host, odd signs or a file of servers.",
            "Write its path from the site's root, such as `/news/2020/name.html`.",
        ),
        Rule(
            "bad-guid",
            "`guid` is no id that a feed may have: it is no whole address, `tag:` or `urn:`, or holds a space.",
            "Write the id as the feed of before had it; without one that feeds may have, leave it out.",
        ),
        Rule(
            "duplicate-guid",
            "Two stories have the same `guid`, or one has the address of another; feed readers would show one of them.",
            "Remove `guid` of one of the two, or correct it.",
        ),
        Rule(
            "bad-alias",
            "An old address that no server could be told: with `?`, `#`, another host or odd signs.",
            "Write its path from the site's root.",
        ),
        Rule(
            "same-language",
            "Two stories that `translation_of` joins are in one language.",
            "Write the `lang` of each.",
        ),
        Rule(
            "unknown-language",
            "`lang` is none of the paper's `languages`.",
            "Write one of them, or add it to newsgen.yaml.",
        ),
        Rule(
            "language-folder",
            "`lang` says another language than the file's folder or name.",
            "Correct one of the two.",
        ),
        Rule(
            "other-language",
            "`related` names a story in another language, and lists hold one language only.",
            "Name one in the story's own language, or link to it in the text.",
        ),
    ),
    "YAML and TOML": (
        Rule("yaml-colon", "An unquoted value holds a colon and a space.", "Put the value in quotes."),
        Rule(
            "yaml-comment",
            "A `#` after a space begins a comment, so what follows is not read.",
            "Put the value in quotes.",
            WARNING,
        ),
        Rule(
            "yaml-quotes",
            "A value begins with a sign that YAML keeps for itself, such as `%`, `@` or `[`.",
            "Put the value in quotes.",
        ),
        Rule(
            "yaml-space",
            "No space or an odd one behind a name's colon, or a space before a name that begins a line.",
            "Write what the message shows.",
        ),
        Rule("yaml-tab", "A tab indents a line.", "Use spaces."),
        Rule("yaml-syntax", "Quotes, brackets or indentation are wrong.", "Look at this line and the one before."),
        Rule("yaml-anchor", "`&name` is not accepted.", "Remove it; quote a value that begins with `&`."),
        Rule("yaml-alias", "`*name` is not accepted.", "Write the value again; quote a value that begins with `*`."),
        Rule("yaml-tag", "`!name` is not accepted.", "Remove it; quote a value that begins with `!`."),
        Rule("yaml-merge", "`<<` is not accepted.", "Write the keys out."),
        Rule("yaml-key", "A key is a list or a mapping.", "Use a word."),
        Rule("yaml-documents", "A second YAML document begins.", "Remove the line `---`."),
        Rule("yaml-depth", "Nested deeper than 32 levels.", "Flatten it."),
        Rule("yaml-size", "Too many values.", "Split the file."),
        Rule("toml-syntax", "The TOML cannot be read.", '`name = "value"`, texts in quotes.'),
    ),
    "Stories": (
        Rule("dead-link", "The link leads to nothing in the site.", "Write the path of the other story's file."),
        Rule(
            "duplicate-anchor",
            "Two places of a story have the same name, so that links lead to the first.",
            "Give the second another name.",
            WARNING,
        ),
        Rule(
            "unpublished-link",
            "The link leads to a draft, a scheduled or an expired story.",
            "Nothing, or remove the link.",
            WARNING,
        ),
        Rule(
            "frame-host",
            "An `<iframe>` of a host that is not allowed, or not `https`.",
            "Add the host to `markdown.video_hosts`.",
        ),
        Rule(
            "script-in-file",
            "A file beside a story would run code or load other files where it is published: an SVG with a script, HTML.",
            "Remove that part, publish the file from `static/`, or trust the folder with `markdown.raw_html`.",
        ),
        Rule("markdown-depth", "Lists or quotes are nested too deeply.", "Flatten them."),
        Rule(
            "markdown-failed",
            "Markdown, or an extension of yours, fails on the text.",
            "Simplify the text, or remove the extension.",
        ),
        Rule(
            "moving-sources",
            "The site kept changing while it was read, as during a `git checkout`.",
            "Run it again when the saving is over.",
        ),
        Rule(
            "reading-slow",
            "Reading a story takes more than ten seconds of processor time.",
            "Simplify its text: many nested or unclosed brackets are slow.",
        ),
        Rule(
            "reading-crashed",
            "The process that read a story died of it, or it took more than 512 MB of memory.",
            "Find what in its text does it, and report it to newsgen.",
        ),
        Rule(
            "dropped-html",
            "Raw HTML, an attribute or an address that could run code is not published.",
            "Remove it, or trust the folder with `markdown.raw_html`.",
            WARNING,
        ),
        Rule(
            "unclosed-html",
            "An HTML tag, comment or instruction has no end, and text would vanish; or readers would see a comment.",
            "Write its end where it ends. A comment with blank lines begins in a line of its own.",
        ),
        Rule(
            "lost-character",
            "The text holds `\ufffd`, which stands where a letter was lost.",
            "Write the letter again.",
            WARNING,
        ),
        Rule(
            "lost-address",
            "A published address would vanish.",
            "Add it to `aliases:` of the story that takes its place, write `status: withdrawn`, or run `newsgen urls accept`.",
        ),
        Rule(
            "no-urls-lock",
            "The site has no urls.lock, so a deleted or renamed story breaks its published address silently.",
            "Run `newsgen urls accept` and keep the file in git, or turn this rule `off` under `rules:` in newsgen.yaml.",
            WARNING,
        ),
        Rule(
            "silent-change",
            "A published story is other than it was, and says so nowhere.",
            "Write `updated:` or an entry of `corrections:`.",
            WARNING,
        ),
        Rule(
            "empty-update",
            "`updated` says that a published story has changed, and readers see the same as before.",
            "Leave it out until the story changes, or say in `corrections:` what is other.",
            WARNING,
        ),
        Rule(
            "leak",
            "An output shows something of a draft, or of a story that is not published yet.",
            "Take it out of what brings it there.",
        ),
    ),
    "Files": (
        Rule("no-content", "There is no article in `content/`.", '`newsgen new "Tiêu đề"`'),
        Rule("encoding", "The file is not UTF-8.", "Save it as UTF-8."),
        Rule("control-character", "A character that nobody can see.", "Delete it."),
        Rule("file-size", "An article's file is over 3072 KiB, or its text over 2048 KiB.", "Split it."),
        Rule("unreadable", "The system does not let newsgen read the file.", "Look at its permissions."),
        Rule("odd-name", "A file's name has a character that cannot be shown.", "Rename it."),
        Rule(
            "reserved-name",
            'A name that some systems keep for themselves (`con`, `nul`, `com1` …), or one with `<>:"|?*\\`, or with a dot or space at its end.',
            "Rename it.",
        ),
        Rule(
            "same-name",
            "Two names in a folder differ only in how Unicode writes their letters.",
            "Remove or rename one.",
        ),
        Rule("long-address", "The path of an output is longer than 1,024 bytes.", "Shorten the names of its folders."),
        Rule(
            "odd-ending",
            "A text whose name does not end in `.md` is not read as an article, and no story links to it.",
            "End its name in `.md`, link to it, or move it out of content/.",
            WARNING,
        ),
        Rule("not-a-file", "Neither a file nor a folder.", "Remove it."),
        Rule("link-outside", "A symbolic link leaves the site, or leads to a hidden file.", "Copy the file."),
        Rule("link-loop", "A symbolic link leads back to itself or to a folder above it.", "Remove it."),
        Rule("too-deep", "A folder lies more than 64 folders deep.", "Move it up."),
        Rule(
            "not-a-folder",
            "`content/`, `static/`, `data/` or `templates/` is a file, or a link to nothing.",
            "Rename it.",
        ),
        Rule("json-syntax", "A JSON file in `data/` cannot be read.", "Correct it there."),
        Rule("json-depth", "A JSON file is nested too deeply.", "Flatten it."),
        Rule("csv-syntax", "A CSV file cannot be read.", "Look at the quotes."),
        Rule("csv-row", "A row has more or fewer values than the first line.", "Add or remove a comma."),
        Rule("duplicate-data", "Two files of `data/` have the same name but for their ending.", "Rename one."),
    ),
    "Templates": (
        Rule("template-syntax", "Jinja cannot read the template, or there is no such filter.", "Correct the line."),
        Rule(
            "template-error",
            "The template fails on a page: a name that does not exist, an unknown section, a missing file for `asset()`.",
            "Correct the expression.",
        ),
        Rule(
            "unknown-block",
            "A template of the site fills a block that no template above it has, so what is in it is never shown.",
            "Correct the name of the block.",
            WARNING,
        ),
        Rule("template-missing", "There is no template of that name.", "Correct the name."),
        Rule(
            "plugin-failed",
            "A function of a plugin failed on a text, on what it checks, or on a document that it plans or writes.",
            "Correct the plugin, or remove it from `plugins`.",
        ),
        Rule(
            "open-block",
            "A block of a component, from `:::name`, has no end.",
            "Write `:::` alone in a line below it.",
        ),
        Rule(
            "render-slow",
            "A page takes more than ten seconds of processor time.",
            "Simplify its text or its template: many nested or unclosed brackets are slow.",
        ),
        Rule(
            "render-crashed",
            "The process that rendered a page died of it, or it took more than 512 MB of memory.",
            "Find what in this text or its template does it, and report it to newsgen.",
        ),
        Rule(
            "not-repeatable",
            "`newsgen build --verify`: a clean build of the same files makes other bytes.",
            "Let no template, extension or plugin depend on time, chance or the net.",
        ),
    ),
    "Commands and the machine": (
        Rule(
            "foreign-output",
            "The output is not newsgen's own, or holds the sources.",
            "Another `--output`, or empty it yourself.",
        ),
        Rule(
            "foreign-state",
            "The folder for what newsgen remembers is a link into the site or the output, or no folder.",
            "Remove it: newsgen makes it anew.",
        ),
        Rule(
            "bad-report",
            "The report would replace a source, a file of the output, or a file that is no report.",
            "`--report` with a new file elsewhere.",
        ),
        Rule(
            "report-unwritten",
            "The build is done, and its report could not be written.",
            "Name another file.",
            WARNING,
        ),
        Rule("locked", "Another build is running.", "Wait, or stop it."),
        Rule("disk-full", "No space left.", "Free some."),
        Rule("permission", "The system does not let newsgen write.", "Look at who owns the folder."),
        Rule("machine", "Another fault of the system.", "As the message says."),
        Rule(
            "missing-package",
            "The command needs packages that are not installed.",
            'Install them, as `pip install "newsgen[online]"` or `pip install "newsgen[links]"` does.',
        ),
        Rule("not-empty", "`newsgen init` wants a new or empty folder outside other sites.", "Name another."),
        Rule("unknown-section", "`newsgen new` does not know the section.", "Correct it, or add it to newsgen.yaml."),
        Rule("file-exists", "`newsgen new` would overwrite an article.", "Another title."),
        Rule(
            "urls-lock",
            "A line of urls.lock cannot be read, as after a merge.",
            "Take whole lines of both sides.",
        ),
        Rule(
            "urls-unwritten",
            "The site is published, and urls.lock could not be written.",
            "Mend it and build again.",
            WARNING,
        ),
        Rule(
            "not-built",
            "`newsgen explain` finds no build that is remembered.",
            "`newsgen build`",
        ),
        Rule(
            "unknown-page",
            "The last build made no page or file of that name.",
            "Correct the name, or build again.",
        ),
    ),
    CHECK_GROUP: (
        Rule(
            "template-markup",
            "Readers see markup of another program's templates, such as `{{< figure >}}`, `{% include %}` or `{{ name }}`.",
            "Write in Markdown what it stands for, or delete it.",
            WARNING,
        ),
        Rule(
            "unread-markdown",
            "Readers see signs that are almost Markdown: `![…] (a.jpg)`, `**bold **`, `##Heading`, lines that begin with `•`,"
            " `[^2]` without its note, `{.class}` where it belongs to nothing, tags that are no HTML, such as `<o:p>`.",
            "Write it as the message shows.",
            WARNING,
        ),
        Rule(
            "listed-speech",
            "A line of speech that begins with a hyphen becomes an item of a list.",
            "Begin it with a dash: `–`.",
            WARNING,
        ),
        Rule(
            "indented-text",
            "A paragraph that a tab or four spaces indent is shown as code.",
            "Begin its lines without them.",
            WARNING,
        ),
        Rule(
            "placeholder",
            "A sentence that `newsgen new` wrote is left in a story.",
            "Write your own, or delete it.",
            WARNING,
        ),
        Rule(
            "joined-tags",
            "The name of a tag or an author holds a semicolon, where names are separated by commas, or several names, or stands in curly quotes.",
            "Write `tags: [a, b]`.",
            WARNING,
        ),
        Rule(
            "far-date",
            "A story is not to appear for more than a year.",
            "Correct the year, or write `status: draft`.",
            WARNING,
        ),
        Rule(
            "missing-alt",
            "A picture has no words for those who cannot see it.",
            "Say in a sentence what it shows.",
            WARNING,
        ),
        Rule("missing-caption", "A picture has no caption.", "Add one.", WARNING),
        Rule("missing-credit", "A picture does not say who took it.", "Add the credit.", WARNING),
        Rule(
            "long-title",
            "A headline has more than 120 characters.",
            "Say it in fewer; the rest belongs into the summary.",
            WARNING,
        ),
        Rule(
            "heading-jump",
            "A heading lies two levels or more below the one before.",
            "Take the level between.",
            WARNING,
        ),
        Rule(
            "sentence-heading",
            "A sentence became a heading, for a line of `---` or `===` stands right below it.",
            "Leave an empty line between them.",
            WARNING,
        ),
        Rule("empty-section", "There is nothing below a heading.", "Write it, or remove the heading.", WARNING),
        Rule("empty-story", "A story has no text.", "Write it.", WARNING),
        Rule(
            "odd-crop",
            "A crop of the lead picture has none of the shapes in which search engines show pictures.",
            "Cut it to 1:1, 4:3 or 16:9.",
            WARNING,
        ),
        Rule("large-image", "A picture has far more pixels than it is shown with.", "Save it smaller.", WARNING),
        Rule(
            "dead-anchor",
            "A link leads to a place that its story, or the other one, does not have.",
            "Correct it, or name the place: `{#name}` at the end of a heading.",
            WARNING,
        ),
        Rule(
            "insecure-link",
            "A link or picture is asked for over `http:`, which anyone on the way can read and change.",
            "Write `https:`.",
            WARNING,
        ),
        Rule("same-title", "Two stories of a day have the same title.", "Remove one, or tell them apart.", WARNING),
        Rule("unused-section", "A section of newsgen.yaml has no story.", "Write one, or remove the section.", WARNING),
        Rule(
            "hidden-direction",
            "A character that nobody sees turns the direction of the text around.",
            "Delete it.",
            WARNING,
        ),
        Rule(
            "dead-external-link",
            "With `--external`: another site says that there is no such page, or there is no such site.",
            "Correct or remove the link.",
            WARNING,
        ),
    ),
}

RULES: Mapping[str, Rule] = {rule.name: rule for group in GROUPS.values() for rule in group}
"""All of them by name."""

ADJUSTABLE = frozenset(name for name, rule in RULES.items() if rule.level != ERROR)
"""Those whose level newsgen.yaml may change."""

MIGRATING = ("dead-link", "missing-image")
"""Those that are warnings while a site moves in (`migrating: true`)."""


def table(group: str) -> list[str]:
    """The rows of a group as docs/errors.md shows them."""
    return [_row(rule) for rule in GROUPS[group]]


def _row(rule: Rule) -> str:
    meaning = rule.meaning
    if rule.level == WARNING:
        meaning = f"Warning: {meaning[0].lower()}{meaning[1:]}"
    return f"| `{rule.name}` | {_cell(meaning)} | {_cell(rule.fix)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
