"""Headlines for cards, ordinary and odd, and the specification of a card with newsgen's own fonts."""

from functools import cache
from itertools import product
from random import Random
from unicodedata import normalize

from newsgen.media.cards.drawing import CardFonts, CardSpec
from newsgen.media.cards.fonts import BOLD, SEMIBOLD, find_bundled
from newsgen.media.cards.lines import clean_text

ONSETS = ("", *"bcdđghklmnpqrstvx", *("ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr"))
VOWELS = (*"aăâeêioôơuưy", *("ia", "iê", "ua", "uô", "ưa", "ươ", "oa", "oă", "oe", "uy", "uyê"))
CODAS = ("", *"cmnptiouy", "ch", "ng", "nh")
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
ODD = (
    "https://baolacgiang.example/kinh-te/2022/08/nhan-muon-duoc-mua-va-duoc-gia-tren-ca-hai-bo-song.html?trang=2#dau",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "W" * 120,
    "ỄỖỮ" * 30,
    "🔥🔥",
    "👨‍👩‍👧 1️⃣ 🇻🇳",
    "soft\u00adhyphen\u00adated",
    "no\u00a0break\u00a0" * 20,
    "…",
    "₫",
    "—",
    "ﬁ",
)


@cache
def syllables() -> tuple[str, ...]:
    """Every Vietnamese syllable that can be spelled, and many that are not said, in NFC."""
    parts = product(ONSETS, VOWELS, TONES, CODAS)
    return tuple(normalize("NFC", f"{onset}{vowel[0]}{tone}{vowel[1:]}{coda}") for onset, vowel, tone, coda in parts)


def headline(random: Random) -> str:
    """A headline of 1 to 40 words: syllables in any case, numbers, and now and then something odd."""
    words = []
    for _ in range(random.choice((1, 3, 8, 12, 16, 40))):
        word = random.choice(syllables())
        words.append(random.choice((word, word, word, word.title(), word.upper(), str(random.randrange(10**6)))))
        if random.random() < 0.03:
            words.append(random.choice(ODD))
    return random.choice((" ", " ", "  ", "-")).join(words)


@cache
def bundled() -> CardFonts:
    """The bytes of newsgen's own fonts."""
    return CardFonts(find_bundled(BOLD).data, find_bundled(SEMIBOLD).data)


def card_spec(headline: str = "Nhãn muộn được mùa", **given: object) -> CardSpec:
    """A card of a headline as it is cleaned, in the section “Kinh tế” of Báo Lạc Giang."""
    values = {"section": "Kinh tế", "paper": "Báo Lạc Giang", "lang": "vi", "color": "#a3151c", "fonts": bundled()}
    return CardSpec(clean_text(headline, find_bundled(BOLD).characters), **{**values, **given})
