"""Checks of newsgen.yaml: settings that are invalid, contradict each other or name what does not exist."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from newsgen.config import attachments, cards, pictures, podcasts, taxonomies
from newsgen.config import publishing as syndication
from newsgen.config.language_words import PATTERNS
from newsgen.config.publishing import Feeds, Publisher
from newsgen.config.settings import (
    BUILT_IN_FIELDS,
    HOST,
    PATTERN,
    PERMALINK_FIELDS,
    SITE_URL,
    Config,
    Online,
    folder_key,
)
from newsgen.config.taxonomies import TAGS, Fault, find_circle
from newsgen.core import urls
from newsgen.core.errors import find_nearest, suggest_name
from newsgen.core.messages import IT, say
from newsgen.core.rules import ADJUSTABLE, RULES
from newsgen.core.text import is_reserved, is_slug

_AREAS = frozenset(("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"))


def find_faults(config: Config) -> Iterator[Fault]:
    """Every fault of the settings."""
    for check in (*_OF_EACH_LANGUAGE, *_OF_THE_SITE):
        yield from check(config)
    yield from pictures.find_faults(config.pictures)
    yield from attachments.find_faults(config.attachments)
    yield from cards.find_faults(config.cards)
    yield from podcasts.find_faults(config.podcast)
    yield from syndication.find_faults(config.feeds, config.robots, config.publisher, config.machines)


def _names(config: Config) -> Iterator[Fault]:
    if not config.title.strip():
        yield ("title",), say("`{name}` is empty", name=IT), say("write the paper's name")
    if not SITE_URL.fullmatch(config.url):
        what = say("`{name}` is not a web address: “{address}”", name=IT, address=config.url)
        yield ("url",), what, say("write `url: https://your-paper.example`")
    elif {".", ".."} & set(config.url.split("/")):
        what = say("`{name}` has a step `.` or `..` in its path", name=IT)
        yield ("url",), what, say("write the path that browsers show")
    if config.share_image.casefold().endswith(".svg"):
        what = say("`{name}` is an SVG, which other sites do not show", name=IT)
        yield ("share_image",), what, say("export it as PNG or JPEG, 1200 × 630 pixels")
    for name in config.fields:
        if not name.isidentifier():
            what = say("`{name}` is not a name that templates can use", name=IT)
            yield ("fields", name), what, say("use letters, digits and `_`")
        elif name in BUILT_IN_FIELDS:
            what = say("`{name}` is a field that every article has already", name=IT)
            yield ("fields", name), what, say("choose another name")


def _sections(config: Config) -> Iterator[Fault]:
    folders = {name: name for name, section in config.sections.items() if not section.folder}
    paths = {config.section_path(name): name for name, section in config.sections.items() if not section.path}
    words = {getattr(config.addresses, name): name for name in ("latest", "archive", "corrections", "search")}
    for name, section in config.sections.items():
        if not _is_path(name):
            fix = say("name it as its folder in content/, such as `kinh-te` or `kinh-te/nong-nghiep`")
            yield ("sections", name), say("`{name}` is not a section's path of [a-z0-9-] words", name=IT), fix
        elif _first_step(name) == "pages":
            what = say("`{name}` is the folder of standing pages, which is no section", name=IT)
            yield ("sections", name), what, say("remove it")
        folder, given = folder_key(section.folder), {"name": IT, "path": section.folder}
        if section.folder and (not folder or "pages" in (folder, _first_step(folder))):
            fix = say("write the path of a folder below content/, such as `business` or `tin/kinh-te`")
            what = say("`{name}` is no folder of a section: “{path}”", **given)
            yield ("sections", name, "folder"), what, fix
        elif folder and folders.setdefault(folder, name) != name:
            owner = folders[folder]
            what = say("`{name}` is the folder of the section `{owner}` already: “{path}”", owner=owner, **given)
            yield ("sections", name, "folder"), what, say("write another folder, or remove one of the two sections")
        path, given = section.path, {"name": IT, "path": section.path}
        if path and not _is_path(path):
            fix = say("write it without slashes around it, such as `business` or `news/business`")
            what = say("`{name}` is not a path of [a-z0-9-] words: “{path}”", **given)
            yield ("sections", name, "path"), what, fix
        elif path and (owner := paths.setdefault(path, name)) != name:
            what = say("`{name}` is the address of the section `{owner}` already: “{path}”", owner=owner, **given)
            yield ("sections", name, "path"), what, say("choose another one")
        elif path in words:
            what = say("`{name}` is the address of `addresses.{owner}` already: “{path}”", owner=words[path], **given)
            yield ("sections", name, "path"), what, say("choose another one")


def _is_path(text: str) -> bool:
    return all(map(is_slug, text.split("/")))


def _language_and_zone(config: Config) -> Iterator[Fault]:
    if not _is_language(config.language):
        what = say("`{name}` is not a language code: “{code}”", name=IT, code=config.language)
        yield ("language",), what, say("write `language: vi` or `en`")
    if not _is_zone(config.timezone):
        meant = find_nearest(config.timezone, available_timezones()) or "Asia/Ho_Chi_Minh"
        what = say("`{name}` is not an IANA time zone: “{timezone}”", name=IT, timezone=config.timezone)
        yield ("timezone",), what, say("write `timezone: {meant}`", meant=meant)


def _is_zone(name: str) -> bool:
    """Whether there is a time zone of that name; the list of all, which is slow, is read only for unusual names."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return name.partition("/")[0] in _AREAS or name in available_timezones()


def _languages(config: Config) -> Iterator[Fault]:
    seen: dict[str, str] = {
        _first_step(place): say("the section `{name}`", name=name)
        for name, section in config.sections.items()
        for place in (name, folder_key(section.folder), section.path)
        if place
    }
    seen |= {getattr(config.addresses, name): f"`addresses.{name}`" for name in config.addresses.__struct_fields__}
    seen |= {
        one.address: say("the address of `taxonomies.{name}`", name=name) for name, one in config.taxonomies.items()
    }
    for code, language in config.languages.items():
        if not _is_language(code):
            what = say("`{name}` is not a language code", name=IT)
            yield ("languages", code), what, say("name it by its code, such as `en`")
        elif code == config.language:
            what = say("`{name}` is the main language, `{code}`", name=IT, code=config.language)
            yield ("languages", code), what, say("remove it here")
        if not is_slug(language.path):
            what = say("`{name}` is not a [a-z0-9-] word: “{word}”", name=IT, word=language.path)
            yield ("languages", code, "path"), what, say("write `path: en`")
        elif language.path in seen or language.path == "pages":
            what = say(
                "`{name}` is “{path}”, which is {other} already",
                name=IT,
                path=language.path,
                other=seen.get(language.path, say("the folder of standing pages")),
            )
            yield ("languages", code, "path"), what, say("choose another word")
        seen[language.path] = say("the path of `languages.{code}`", code=code)
        if language.feeds is not None:
            feeds = syndication.find_faults(language.feeds, config.robots, Publisher(), config.machines)
            yield from ((("languages", code, *keys), what, fix) for keys, what, fix in feeds if keys[0] == "feeds")
        for check in _OF_EACH_LANGUAGE:
            for keys, what, fix in check(config.in_language(code)):
                if getattr(language, str(keys[0]), None):
                    yield ("languages", code, *keys), what, fix


def _first_step(section: str) -> str:
    return section.partition("/")[0]


def _tags(config: Config) -> Iterator[Fault]:
    yield from taxonomies.find_term_faults((TAGS,), config.tags)


def _taxonomies(config: Config) -> Iterator[Fault]:
    words = {f"addresses.{name}": getattr(config.addresses, name) for name in config.addresses.__struct_fields__}
    words |= {f"sections.{name}": config.section_path(name) for name in config.sections}
    del words["addresses.page"]
    yield from taxonomies.find_faults(config.taxonomies, words)


def _taxonomy_names(config: Config) -> Iterator[Fault]:
    yield from taxonomies.check_names(config.taxonomies, BUILT_IN_FIELDS | config.fields.keys())
    for code, language in config.languages.items():
        for name in language.taxonomies.keys() - config.taxonomies.keys():
            what = say("`{name}` is no taxonomy of the paper", name=IT)
            yield ("languages", code, "taxonomies", name), what, suggest_name(name, config.taxonomies)


def _partners(config: Config) -> Iterator[Fault]:
    feeds: dict[tuple[str, ...], Feeds | None] = {(): config.feeds}
    feeds |= {("languages", code): language.feeds for code, language in config.languages.items()}
    partners = ((keys, name, one) for keys, own in feeds.items() if own for name, one in own.partners.items())
    for above, partner, selection in partners:
        for name in selection.taxonomies:
            keys = (*above, "feeds", "partners", partner, "taxonomies", name)
            if name == TAGS:
                yield (
                    keys,
                    say("`{name}` are the tags, which stand elsewhere", name=IT),
                    say("write `tags: […]` beside it"),
                )
            elif name not in config.taxonomies:
                what = say("`{name}` is no taxonomy of the paper", name=IT)
                yield keys, what, suggest_name(name, config.term_fields)


def _is_language(code: str) -> bool:
    if code in PATTERNS:
        return True
    from babel import Locale, UnknownLocaleError  # start-up: only for other languages than newsgen's own

    try:
        Locale.parse(code, sep="-" if "-" in code else "_")
    except (ValueError, UnknownLocaleError):
        return False
    return True


def _permalinks(config: Config) -> Iterator[Fault]:
    yield from _pattern(("permalink",), config.permalink, PERMALINK_FIELDS)
    yield from _pattern(("page_permalink",), config.page_permalink, ("slug",))
    for name, section in config.sections.items():
        if section.permalink:
            yield from _pattern(("sections", name, "permalink"), section.permalink, PERMALINK_FIELDS)


def _pattern(keys: tuple[str, ...], pattern: str, fields: tuple[str, ...]) -> Iterator[Fault]:
    used = [part.partition("}")[0] for part in pattern.split("{")[1:]]
    steps = pattern.strip("/").split("/")
    for unknown in sorted(set(used) - set(fields)):
        what = say("`{name}` has the unknown field {{{field}}}", name=IT, field=unknown)
        yield keys, what, suggest_name(unknown, fields)
    if "slug" not in used:
        yield keys, say("`{name}` lacks {{slug}}, so two stories would share an address", name=IT), say("add `{slug}`")
    if not pattern.startswith("/") or not pattern.endswith(("/", ".html")):
        what = say("`{name}` must start with `/` and end with `/` or `.html`", name=IT)
        yield keys, what, say("write `/{section}/{slug}.html`")
    fixed = {re.sub(r"\{\w*\}", "", step) for step in steps if not step.startswith("{")}
    if {"", ".", ".."} & {*steps, *fixed} or not PATTERN.fullmatch(pattern) or any(map(is_reserved, steps)):
        fix = say("use plain steps such as `/{section}/{year}/{slug}/`")
        yield keys, say("`{name}` has a step that cannot stand in an address", name=IT), fix


def _words(config: Config) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in config.addresses.__struct_fields__:
        word = getattr(config.addresses, name)
        if not is_slug(word):
            what = say("`{name}` is not a [a-z0-9-] word: “{word}”", name=IT, word=word)
            yield ("addresses", name), what, say("write `{name}: {name}`", name=name)
        elif name != "page" and (other := seen.setdefault(word, name)) != name:
            what = say("`{name}` is the same word as `{other}`: “{word}”", name=IT, other=other, word=word)
            yield ("addresses", name), what, say("choose another word")


def _date_patterns(config: Config) -> Iterator[Fault]:
    if not _is_language(config.language) or config.dates == PATTERNS.get(config.language):
        return
    from babel import UnknownLocaleError  # start-up: only where a site has patterns of its own
    from babel.dates import format_datetime  # start-up: as above

    probe = datetime(2022, 8, 7, 7, 51, tzinfo=UTC)
    for name in config.dates.__struct_fields__:
        try:
            format_datetime(probe, getattr(config.dates, name), locale=config.language.replace("-", "_"))
        except (ValueError, KeyError, AttributeError, UnknownLocaleError) as error:
            fix = say("use LDML fields such as `dd/MM/yyyy h:mm a`")
            what = say(
                "`{name}` cannot be written in {language}: {error}", name=IT, language=config.language, error=error
            )
            yield ("dates", name), what, fix


def _markdown(config: Config) -> Iterator[Fault]:
    if config.markdown.engine == "commonmark":
        if find_spec("comrak") is None:
            fix = say("run `pip install comrak`, or write `engine: python-markdown`")
            yield ("markdown", "engine"), say("`{name}` names “commonmark”, which is not installed", name=IT), fix
        if config.markdown.extensions:
            fix = say("remove them, or write `engine: python-markdown`")
            what = say("`{name}` are of the other engine; “commonmark” has none", name=IT)
            yield ("markdown", "extensions"), what, fix
        return
    for number, name in enumerate(config.markdown.extensions):
        if not _is_extension(name):
            fix = say("install the package that brings it, or correct the name")
            what = say("`{name}` names “{given}”, which is not installed", name=IT, given=name)
            yield ("markdown", "extensions", number), what, fix
    for number, host in enumerate(config.markdown.video_hosts):
        if not HOST.fullmatch(host):
            what = say("`{name}` is not a host name: “{host}”", name=IT, host=host)
            yield ("markdown", "video_hosts", number), what, say("write `www.youtube.com`")


def _is_extension(name: str) -> bool:
    from importlib.metadata import entry_points  # start-up: only where extensions are asked for

    if any(point.name == name for point in entry_points(group="markdown.extensions")):
        return True
    try:
        return find_spec(name.partition(":")[0]) is not None
    except (Exception, SystemExit):  # noqa: BLE001 - the package around it is imported, and may raise anything
        return False


def _online(config: Config) -> Iterator[Fault]:
    for name in Online.__struct_fields__:
        address = getattr(config.online, name)
        parts = urls.read_url(address)
        is_web = parts is not None and parts.scheme in ("https", "http") and HOST.fullmatch(parts.netloc) is not None
        if address and not (is_web or address.startswith("/")):
            fix = say("write `https://host/path` or a path that starts with `/`")
            yield ("online", name), say("`{name}` is not an address: “{address}”", name=IT, address=address), fix


def _rules(config: Config) -> Iterator[Fault]:
    """Names that are no rules. Those of plugins, such as `week/no-summary`, are judged when plugins are loaded."""
    plugins = config.plugin_names
    for name in config.rules.keys() - ADJUSTABLE:
        plugin, slash, _ = name.partition("/")
        if slash and plugin not in plugins:
            fix = suggest_name(plugin, plugins) if plugins else say("add it to `plugins`, or remove this line")
            yield (
                ("rules", name),
                say("`{name}` is no rule: there is no plugin “{plugin}” in `plugins`", name=IT, plugin=plugin),
                fix,
            )
        elif slash:
            continue
        elif name in RULES:
            fix = say("remove this line, and mend what the rule finds")
            yield ("rules", name), say("`{name}` protects what readers get, so it is always an error", name=IT), fix
        else:
            yield ("rules", name), say("`{name}` is no rule", name=IT), suggest_name(name, ADJUSTABLE)


def _defaults(config: Config) -> Iterator[Fault]:
    for path in config.defaults:
        steps = path.strip("/").split("/")
        if steps[0] == "content" and "content" not in config.sections:
            fix = say("write `{path}`", path="/".join(steps[1:]) or '"**"')
            yield ("defaults", path), say("`{name}` begins with `content`, in which all paths are", name=IT), fix
        elif {"", ".", ".."} & set(steps) or "\\" in path:
            fix = say('name a folder of content/, such as `kinh-te`, or a pattern; `"**"` is all of it')
            yield ("defaults", path), say("`{name}` is no path below content/", name=IT), fix


def _plugins(config: Config) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, entry in enumerate(config.plugins):
        names = [entry] if isinstance(entry, str) else list(entry)
        if len(names) != 1 or not is_slug(names[0]):
            what = say("an entry of `{name}` is no name of a plugin", name=IT)
            yield ("plugins", number), what, say("write `- name`, or `- name: {option: value}`")
        elif names[0] in seen:
            what = say("the plugin “{plugin}” stands twice in `{name}`", plugin=names[0], name=IT)
            yield ("plugins", number), what, say("remove one of them")
        seen.update(names)


def _redirects(config: Config) -> Iterator[Fault]:
    for old, target in config.redirects.items():
        if urls.parse_old_path(old, config.url) is None:
            why, better = urls.explain_old_path(old, config.url)
            fix = say("write a path from the site's root, such as `/news/2020/name.html`")
            if better:
                fix = say("write `{name}`", name=better)
            what = say("`{name}` cannot be an old address of this site: {why}", name=IT, why=why)
            yield ("redirects", old), what, fix
        elif not _is_target(target):
            fix = say("write a path from the site's root, or `https://…`")
            what = say("`{name}` leads to “{target}”, which is not an address", name=IT, target=target)
            yield ("redirects", old), what, fix
        elif (around := find_circle(config.redirects, old)) is not None:
            what = say("`{name}` leads in a circle: {circle}", name=IT, circle=" → ".join(around))
            yield ("redirects", old), what, say("remove one of them")


def _is_target(target: str) -> bool:
    """Whether a redirect can lead there: a path from the site's root without `.` and `..`, or a web address."""
    parts = urls.read_url(target)
    if parts is None or not target.isprintable() or target.startswith("//") or "\\" in target:
        return False
    if target.startswith("/"):
        return {".", ".."}.isdisjoint(unquote(parts.path).split("/"))
    return parts.scheme in ("https", "http") and HOST.fullmatch(parts.netloc) is not None


_OF_EACH_LANGUAGE = (_names, _sections, _permalinks, _words, _tags, _taxonomies, _date_patterns)
_OF_THE_SITE = (
    _language_and_zone,
    _languages,
    _markdown,
    _online,
    _redirects,
    _rules,
    _defaults,
    _taxonomy_names,
    _partners,
    _plugins,
)
