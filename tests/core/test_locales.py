"""What is known of languages: their names, their direction, their country."""

import pytest

from newsgen.core.locales import add_territory, get_direction, get_language_name


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("vi", "ltr"),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("fa-AF", "rtl"),
        ("az-Arab", "rtl"),
        ("qqx", "ltr"),
    ],
)
def test_direction(code, expected):
    """Arabic, Hebrew and Persian run from right to left, in any country; an unknown language does not."""
    assert expected == get_direction(code)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("vi", "vi_VN"),
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("ar", "ar_EG"),
        ("zh-Hant", "zh_TW"),
        ("zh", "zh_CN"),
        ("qqx", "qqx"),
    ],
)
def test_territory(code, expected):
    """A language without a country has that where most of its readers live."""
    assert expected == add_territory(code)


@pytest.mark.parametrize(("code", "name"), [("en", "English"), ("vi", "Tiếng Việt"), ("zh-TW", "中文"), ("qqx", "qqx")])
def test_a_language_is_named_in_itself(code, name):
    """Readers find their language by its own name."""
    assert get_language_name(code).startswith(name)
