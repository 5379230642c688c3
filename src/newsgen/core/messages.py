"""Messages to editors: English texts that keep their template and values, so that they can be translated.

`say("there is no picture “{name}”", name="cho.jpg")` is the English text, and a `str` for everything that handles it.
Where it is shown, `localize` looks up its template in a catalogue of `locale/` (gettext) and fills in the same values.
A value may itself be a message. Texts without a template, such as those of the operating system, stay as they are.
"""

import gettext
import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from newsgen.core.opening import open_inside
from newsgen.core.site_files import SETTINGS

Translate = Callable[[str], str]

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "messages"
"""The gettext domain: Click's own texts are looked up in it too."""

ENGLISH = "en"
LANGUAGES = (ENGLISH, "vi")
"""The languages that messages can be shown in."""

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that set the language of messages in POSIX, in order of precedence."""

_SITE_LANGUAGE = re.compile(r"^language:[ \t]*[\"']?([A-Za-z]{2,3})", re.MULTILINE)
_DEFAULT_SITE_LANGUAGE = "vi"
_READ = 65_536
_PACKED = "\0message "


class Message(str):
    """An English text that keeps its template and the values that fill it."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, values: Mapping[str, Any] | None = None) -> Self:
        """The text of a template: with values its `{names}` are replaced as `str.format` does."""
        self = super().__new__(cls, template.format_map(values) if values else template)
        self.template, self.values = template, values or {}
        return self

    def __reduce__(self) -> tuple[type["Message"], tuple[str, Mapping[str, Any]]]:
        """Pickle the template and the values."""
        return Message, (self.template, self.values)


def say(template: str, /, **values: object) -> Message:
    """The message of a template. Without values the template is the text, braces included.

    Values other than texts and numbers are converted to text, so that a message is plain data.
    """
    return Message(template, _to_plain(values))


def as_message(text: str) -> Message:
    """A text as a message; one that is a message already as it is."""
    return text if isinstance(text, Message) else Message(text)


def fill(message: Message, /, **values: object) -> Message:
    """The message with these values filled in, as by `say`."""
    return Message(message.template, {**message.values, **_to_plain(values)})


def _to_plain(values: Mapping[str, object]) -> dict[str, str | int | float]:
    return {name: v if isinstance(v, str | int | float) else str(v) for name, v in values.items()}


def join_with_or(choices: Sequence[str]) -> Message:
    """The choices, one or more, with `or` between them."""
    first, *others = choices
    text = as_message(first)
    for other in others:
        text = say("{choices} or {other}", choices=text, other=other)
    return text


IT = "it"
"""Placeholder for a name that is not known where the message is made; `fill_name` replaces it."""


def fill_name(message: Message, name: str) -> Message:
    """A message that was made with `name=IT`, with the name filled in; any other as it is."""
    return fill(message, name=name) if "name" in message.values else message


def get_message(error: BaseException) -> Message:
    """The message of an exception of newsgen's; the text of any other, or the name of its class."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Message) else Message(str(error) or type(error).__name__)


def localize(text: str, translate: Translate) -> str:
    """A message in the language of `translate`, a function of templates; any other text as it is."""
    if not isinstance(text, Message) or not text.template:  # gettext has the catalogue's header under ""
        return text
    template = translate(text.template)
    if not text.values:
        return template
    return template.format_map({name: localize(value, translate) for name, value in text.values.items()})


def pack(value: object) -> str:
    """A message as a text that `unpack` reads, for files that newsgen reads again: a hook of msgspec.

    Raises:
        NotImplementedError: when the value is no message.
    """
    if isinstance(value, Message):
        import json  # start-up: only where a message is remembered

        return _PACKED + json.dumps(_to_list(value))
    raise NotImplementedError(f"{type(value).__name__} cannot be written")


def unpack(text: str) -> Message:
    """The message that `pack` wrote; any other text as a message without values."""
    if not text.startswith(_PACKED):
        return Message(text)
    import json  # start-up: only where a message is remembered

    return _from_list(json.loads(text.removeprefix(_PACKED)))


def decode_message(kind: type, value: Any) -> Any:  # noqa: ANN401 - msgspec's hook
    """Decode a message that `pack` wrote: a hook of msgspec.

    Raises:
        NotImplementedError: when no message is wanted.
    """
    if kind is Message:
        return unpack(value)
    raise NotImplementedError(f"{kind.__name__} cannot be read")


def _to_list(message: Message) -> list[Any]:
    """A message as a list of its template and its values, messages among them as such lists."""
    return [message.template, {n: _to_list(v) if isinstance(v, Message) else v for n, v in message.values.items()}]


def _from_list(parts: list[Any]) -> Message:
    template, values = parts
    return Message(template, {name: _from_list(v) if isinstance(v, list) else v for name, v in values.items()})


def encode_english(value: object) -> str:
    """The English text of a message, where its language does not matter, as in a digest: a hook of msgspec.

    Raises:
        NotImplementedError: when the value is no message.
    """
    if isinstance(value, Message):
        return str.__str__(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be written")


def choose_language(environ: Mapping[str, str], site: Path | None) -> str:
    """The language of messages: that of NEWSGEN_LANG, of the system's settings, of the site, or English."""
    for name in ("NEWSGEN_LANG", *VARIABLES):
        locale = environ.get(name, "").partition(".")[0].partition("@")[0]
        if locale and locale not in ("C", "POSIX"):
            return _supported_language(locale)
    return _supported_language(_site_language(site)) if site is not None else ENGLISH


def translate_to(language: str) -> Translate:
    """The function that translates templates into a language."""
    return str if language == ENGLISH else _catalogue(language).gettext


def configure_gettext(language: str, environ: MutableMapping[str, str]) -> None:
    """Let Click find its own texts in our catalogue: it uses gettext's default domain."""
    environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, LOCALE)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


def _supported_language(name: str) -> str:
    code = re.split("[-_]", name)[0].casefold()
    return code if code in LANGUAGES else ENGLISH


def _site_language(site: Path) -> str:
    """The `language` of newsgen.yaml, found by a pattern: messages about faults of that file need it too."""
    try:
        with open_inside(site, site / SETTINGS) as file:
            match = _SITE_LANGUAGE.search(file.read(_READ).decode("utf-8", "replace"))
    except (OSError, ValueError):
        return ENGLISH
    return match[1] if match else _DEFAULT_SITE_LANGUAGE
