"""newsgen.yaml becomes a complete Config, or every fault in it."""

import pickle

import pytest

from builders import config_source, site_config, site_folder
from newsgen.config.reading import locate_setting, parse_config, read_config
from newsgen.config.settings import Config
from newsgen.core.errors import ConfigError, Location


def faults(text: str) -> list[str]:
    """The faults of a newsgen.yaml, each as `line:column rule what`."""
    with pytest.raises(ConfigError) as caught:
        parse_config(text)
    assert {"newsgen.yaml"} == {p.location.path for p in caught.value.problems}
    return [f"{p.location.line}:{p.location.column} {p.rule} {p.what}" for p in caught.value.problems]


def test_a_title_and_an_address_are_enough():
    """Everything else has a default, in Vietnamese and in Vietnam's zone."""
    config = site_config()
    assert ("vi", "Asia/Ho_Chi_Minh", "inline") == (config.language, config.timezone, config.latest.mode)
    assert ("tin-moi-nhat", "trang", "chu-de", "tac-gia", "luu-tru") == (
        config.addresses.latest,
        config.addresses.page,
        config.addresses.tag,
        config.addresses.author,
        config.addresses.archive,
    )
    assert "dd/MM/yyyy h:mm a" == config.dates.stamp


def test_the_language_fills_words_and_dates():
    """A setting that is given stays; its neighbours are filled by the language."""
    config = site_config("language: en", "addresses: {tag: tags}", "dates: {short: yyyy}")
    assert ("latest", "tags") == (config.addresses.latest, config.addresses.tag)
    assert ("yyyy", "d MMM yyyy, h:mm a") == (config.dates.short, config.dates.stamp)


@pytest.mark.parametrize(
    ("url", "clean", "base"),
    [
        ("https://a.example", "https://a.example", ""),
        ("https://a.example/", "https://a.example", ""),
        ("http://a.example/bao/", "http://a.example/bao", "/bao"),
        ("https://[::1]:8000", "https://[::1]:8000", ""),
    ],
)
def test_the_address_has_no_slash_at_its_end(url, clean, base):
    """A slash at the end does not matter; a path is the site's base."""
    config = site_config(url=url)
    assert (clean, base) == (config.url, config.base)


@pytest.mark.parametrize(
    "url", ["a.example", "ftp://a.example", "https://", "https://a.example/?q", "https://a.example/#x", "''"]
)
def test_what_is_no_web_address_is_refused(url):
    """The paper's address is http or https, with a host, without query or fragment."""
    assert faults(config_source(url=url))[0].startswith("2:6 bad-setting `url` is not a web address")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("tittle: x", "3:1 unknown-key newsgen.yaml has no `tittle`"),
        ("timezone: Hanoi", "3:11 bad-setting `timezone` is not an IANA time zone: “Hanoi”"),
        ("language: qq", "3:11 bad-setting `language` is not a language code: “qq”"),
        ("lists: {page: 0}", "3:15 wrong-type `page` must be a whole number from 1 to 1000, not “0”"),
        ("lists: {page: 10.5}", "3:15 wrong-type `page` must be a whole number from 1 to 1000, not “10.5”"),
        ("latest: {mode: both}", "3:16 wrong-type `mode` must be one of inline, fragment, not “both”"),
        ("summary_length: 5", "3:17 wrong-type `summary_length` must be a whole number from 20 to 2000, not “5”"),
        ("sections: {Kinh Tế: {}}", "3:12 bad-setting `sections.Kinh Tế` is not a section's path of [a-z0-9-] words"),
        ("sections: {kinh-te: {titel: x}}", "3:22 unknown-key `kinh-te` has no `titel`"),
        (
            "sections: {kinh-te: {folder: ../x}}",
            "3:30 bad-setting `sections.kinh-te.folder` is no folder of a section: “../x”",
        ),
        (
            "sections: {kinh-te: {folder: pages/x}}",
            "3:30 bad-setting `sections.kinh-te.folder` is no folder of a section: “pages/x”",
        ),
        (
            "sections: {a: {folder: Tin Tức}, b: {folder: tin-tuc}}",
            "3:46 bad-setting `sections.b.folder` is the folder of the section `a` already: “tin-tuc”",
        ),
        (
            "sections: {a: {folder: b}, b: {}}",
            "3:24 bad-setting `sections.a.folder` is the folder of the section `b` already: “b”",
        ),
        (
            "sections: {a: {path: /x/}}",
            "3:22 bad-setting `sections.a.path` is not a path of [a-z0-9-] words: “/x/”",
        ),
        (
            "sections: {a: {path: x}, x: {}}",
            "3:22 bad-setting `sections.a.path` is the address of the section `x` already: “x”",
        ),
        (
            "sections: {a: {path: luu-tru}}",
            "3:22 bad-setting `sections.a.path` is the address of `addresses.archive` already: “luu-tru”",
        ),
        (
            "sections: {a: {permalink: '/{slgu}/'}}",
            "3:27 bad-setting `sections.a.permalink` has the unknown field {slgu}",
        ),
        (
            "sections: {a: {folder: en}}\nlanguages: {en: {}}",
            "4:13 bad-setting `languages.en.path` is “en”, which is the section `a` already",
        ),
        ("permalink: /{slgu}/", "3:12 bad-setting `permalink` has the unknown field {slgu}"),
        ("permalink: /{section}/", "3:12 bad-setting `permalink` lacks {slug}, so two stories would share an address"),
        ("permalink: /{slug}", "3:12 bad-setting `permalink` must start with `/` and end with `/` or `.html`"),
        ("permalink: /../{slug}/", "3:12 bad-setting `permalink` has a step that cannot stand in an address"),
        ("permalink: /..{section}/{slug}/", "3:12 bad-setting `permalink` has a step that cannot stand in an address"),
        ("permalink: /.{section}/{slug}/", "3:12 bad-setting `permalink` has a step that cannot stand in an address"),
        ("permalink: /a//{slug}/", "3:12 bad-setting `permalink` has a step that cannot stand in an address"),
        (
            "permalink: '/{slug.__class__}/{slug}/'",
            "3:12 bad-setting `permalink` has the unknown field {slug.__class__}",
        ),
        ("page_permalink: /{section}/{slug}/", "3:17 bad-setting `page_permalink` has the unknown field {section}"),
        ("addresses: {tag: tác}", "3:18 bad-setting `addresses.tag` is not a [a-z0-9-] word: “tác”"),
        ("addresses: {tag: x, author: x}", "3:29 bad-setting `addresses.author` is the same word as `tag`: “x”"),
        (
            "markdown: {extensions: [nope]}",
            "3:25 bad-setting `markdown.extensions` names “nope”, which is not installed",
        ),
        ("markdown: {video_hosts: [a/b]}", "3:26 bad-setting `markdown.video_hosts` is not a host name: “a/b”"),
        (
            "online: {endpoint: 'https://x\" ; } evil'}",
            '3:20 bad-setting `online.endpoint` is not an address: “https://x" ; } evil”',
        ),
        (
            "machines: {content_security_policy: 'a {env.HOME}'}",
            "3:37 bad-setting `machines.content_security_policy` cannot stand in a header",
        ),
        (
            "machines: {content_security_policy: 'a ${HOME}'}",
            "3:37 bad-setting `machines.content_security_policy` cannot stand in a header",
        ),
        ("redirects: {/a/: /../../b}", "3:18 bad-setting `redirects./a/` leads to “/../../b”, which is not an address"),
        (
            "redirects: {/a/: /%2e%2e/b}",
            "3:18 bad-setting `redirects./a/` leads to “/%2e%2e/b”, which is not an address",
        ),
        (
            "redirects: {/a/: 'https://x\"y/'}",
            '3:18 bad-setting `redirects./a/` leads to “https://x"y/”, which is not an address',
        ),
        (
            "redirects: {/a/: 'https:///b'}",
            "3:18 bad-setting `redirects./a/` leads to “https:///b”, which is not an address",
        ),
        ("online: {endpoint: x}", "3:20 bad-setting `online.endpoint` is not an address: “x”"),
        ("online: {most_read: x}", "3:21 bad-setting `online.most_read` is not an address: “x”"),
        ("fields: {a b: text}", "3:15 bad-setting `fields.a b` is not a name that templates can use"),
        ("fields: {title: text}", "3:17 bad-setting `fields.title` is a field that every article has already"),
        (
            "sections: {pages: {}}",
            "3:12 bad-setting `sections.pages` is the folder of standing pages, which is no section",
        ),
        ("languages: {qq: {}}", "3:13 bad-setting `languages.qq` is not a language code"),
        ("languages: {vi: {}}", "3:13 bad-setting `languages.vi` is the main language, `vi`"),
        ("languages: {en: {path: A B}}", "3:24 bad-setting `languages.en.path` is not a [a-z0-9-] word: “A B”"),
        (
            "languages: {en: {path: pages}}",
            "3:24 bad-setting `languages.en.path` is “pages”, which is the folder of standing pages already",
        ),
        (
            "languages: {en: {path: luu-tru}}",
            "3:24 bad-setting `languages.en.path` is “luu-tru”, which is `addresses.archive` already",
        ),
        (
            "languages: {en: {path: x}, fr: {path: x}}",
            "3:39 bad-setting `languages.fr.path` is “x”, which is the path of `languages.en` already",
        ),
        ("languages: {en: {titel: x}}", "3:18 unknown-key `en` has no `titel`"),
        (
            "languages: {en: {sections: {A: {}}}}",
            "3:29 bad-setting `languages.en.sections.A` is not a section's path of [a-z0-9-] words",
        ),
        (
            "languages: {en: {addresses: {tag: Ü}}}",
            "3:35 bad-setting `languages.en.addresses.tag` is not a [a-z0-9-] word: “Ü”",
        ),
        (
            "languages: {en: {permalink: /a/}}",
            "3:29 bad-setting `languages.en.permalink` lacks {slug}, so two stories would share an address",
        ),
        (
            "languages: {en: {feeds: {hub: x}}}",
            "3:31 bad-setting `languages.en.feeds.hub` is not a web address: “x”",
        ),
        ("tags: {Cầu: {}}", "3:8 bad-setting `tags.Cầu` is not a topic's [a-z0-9-] slug"),
        ("tags: {cau: {parent: Giao thông}}", "3:22 bad-setting `tags.cau.parent` is not a topic's slug: “Giao thông”"),
        (
            "tags: {a: {parent: b}, b: {parent: a}}",
            "3:20 bad-setting `tags.a.parent` leads in a circle: a → b → a",
        ),
        (
            "taxonomies: {noi: {}}\nfeeds: {partners: {b: {taxonomies: {nơi: [a]}}}}",
            "4:42 bad-setting `feeds.partners.b.taxonomies.nơi` is no taxonomy of the paper",
        ),
        (
            "feeds: {partners: {b: {taxonomies: {tags: [a]}}}}",
            "3:43 bad-setting `feeds.partners.b.taxonomies.tags` are the tags, which stand elsewhere",
        ),
        (
            "languages: {en: {feeds: {partners: {b: {taxonomies: {x: [a]}}}}}}",
            "3:57 bad-setting `languages.en.feeds.partners.b.taxonomies.x` is no taxonomy of the paper",
        ),
        ("fields: {a: txt}", "3:13 wrong-type `a` must be one of text, number, boolean, date, list, not “txt”"),
        ("title: x", "3:1 duplicate-key the YAML has `title` twice (first in line 1)"),
        ("a: &x 1", "3:4 yaml-anchor the YAML sets the anchor &x"),
    ],
)
def test_each_fault_has_its_place(line, fault):
    """A fault names the setting, where it stands and what is wrong with it."""
    assert fault in faults(config_source(line))


def test_a_language_has_its_own_settings_and_shares_the_others():
    """The settings of another language are the paper's, with its own words, dates, sections and addresses."""
    paper = site_config("lists: {page: 7}", "description: Tin", "languages: {en: {title: News, permalink: '/{slug}/'}}")
    english = paper.in_language("en")
    assert ("News", "", "en", "/en", "/{slug}/", 7) == (
        english.title,
        english.description,
        english.language,
        english.prefix,
        english.permalink,
        english.lists.page,
    )
    assert ("latest", "d MMM yyyy, h:mm a") == (english.addresses.latest, english.dates.stamp)
    assert ("", "tin-moi-nhat") == (paper.prefix, paper.addresses.latest)


@pytest.mark.parametrize(
    ("lines", "code", "expected"),
    [
        ((), "fr", "vi"),
        (("languages: {en: {}}",), "en", "en"),
        (("languages: {en: {}}",), "en-GB", "en"),
        (("languages: {en: {}}",), "vi", "vi"),
        (("languages: {en: {}}",), "vi-VN", "vi"),
        (("languages: {en: {}}",), "fr", None),
        (("languages: {pt-BR: {}, pt: {}}",), "pt", "pt"),
        (("languages: {pt-BR: {}, pt: {}}",), "pt-AO", "pt-BR"),
    ],
)
def test_a_story_stands_among_those_of_its_language(lines, code, expected):
    """A code is taken as it is, else without its region; a paper of one language takes every story."""
    assert expected == site_config(*lines).language_of(code)


def test_a_language_that_is_none_is_one_fault():
    """Patterns that nobody typed are not tried in it."""
    assert ["3:11 bad-setting `language` is not a language code: “qq”"] == faults(config_source("language: qq"))


def test_a_date_pattern_that_cannot_be_written_is_refused():
    """A pattern is tried before it is taken."""
    assert faults(config_source("dates: {article: QQQQQQQ}"))[0].startswith("3:18 bad-setting `dates.article`")


def test_all_faults_are_told_at_once():
    """One reading finds the faults of every setting."""
    found = faults(config_source("timezone: x", "permalink: /x/", "addresses: {tag: Ă}", url="x"))
    assert ["2:6", "3:11", "4:12", "5:18"] == [fault.split()[0] for fault in found]


def test_an_empty_file_lacks_title_and_address():
    """Both are asked for."""
    assert ["1:1 missing-key newsgen.yaml lacks `title`", "1:1 missing-key newsgen.yaml lacks `url`"] == faults("")


def test_an_installed_extension_is_taken():
    """The entry points of the markdown package count as installed."""
    assert ("smarty",) == site_config("markdown: {extensions: [smarty]}").markdown.extensions


def test_the_file_is_read_with_bom_crlf_and_any_unicode_form(tmp_path):
    """A file saved by any editor gives the same settings."""
    text = config_source("description: Tin nhanh")
    plain = read_config(site_folder(tmp_path / "a", {}, config=text))
    odd = ("\ufeff" + text.replace("á", "a\u0301").replace("\n", "\r\n")).encode()
    site_folder(tmp_path / "b", {"newsgen.yaml": odd})
    assert plain == read_config(tmp_path / "b")


def test_a_folder_without_the_file_is_no_site(tmp_path):
    """The fault says so and how to make one."""
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path)
    assert "no-config" == caught.value.problems[0].rule
    assert "newsgen init" in caught.value.problems[0].fix


def test_a_file_that_is_not_utf8_is_refused_at_its_line(tmp_path):
    """The byte and its line are named."""
    site_folder(tmp_path, {"newsgen.yaml": b"title: x\nurl: \xff\n"})
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path)
    assert ("encoding", 2) == (caught.value.problems[0].rule, caught.value.problems[0].location.line)


def test_the_place_of_a_setting_is_known_later(tmp_path):
    """Faults found after the reading still point into newsgen.yaml; a setting that is not given, at its start."""
    site_folder(tmp_path, {}, config=config_source("share_image: /a.jpg", "lists:", "  page: 5"))
    assert Location("newsgen.yaml", 3, 14) == locate_setting(tmp_path, "share_image")
    assert Location("newsgen.yaml", 5, 9) == locate_setting(tmp_path, "lists", "page")
    assert Location("newsgen.yaml", 1, 1) == locate_setting(tmp_path, "online", "endpoint")


def test_a_config_travels_between_processes():
    """A Config pickles and compares."""
    config = site_config("sections: {kinh-te: {title: Kinh tế}}")
    assert config == pickle.loads(pickle.dumps(config))  # noqa: S301
    assert Config is type(config)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("bad-value: off", "`rules.bad-value` protects what readers get, so it is always an error"),
        ("missing-alts: off", "`rules.missing-alts` is no rule"),
        ("missing-alt: maybe", "`missing-alt` must be one of off, warning, error, not “maybe”"),
    ],
)
def test_a_rule_is_set_to_a_level_it_may_have(line, what):
    """Unknown rules and levels are told, and an error cannot be switched off."""
    with pytest.raises(ConfigError) as caught:
        site_config("rules:", f"  {line}")
    (problem,) = caught.value.problems
    assert (what, 4) == (problem.what, problem.location.line)
