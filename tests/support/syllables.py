"""The syllables of Vietnamese: an initial, a rime and a tone, by the rules of its spelling."""

import unicodedata
from itertools import product

INITIALS = "- b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".replace("-", "").split(" ")
RIMES = """
a ai ao au ay ac ach am an ang anh ap at ă ăc ăm ăn ăng ăp ăt â âu ây âc âm ân âng âp ât e eo ec em
en eng ep et ê êu êch êm ên ênh êp êt i ia iu ich im in inh ip it iê iêu iêc iêm iên iêng iêp iêt o
oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi oc om on
ong op ot oong ô ôi ôc ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua ui uc um un ung up ut uâ uân uâng uât
uây uê uêch uênh uôi uôc uôm uôn uông uôt uơ uy uya uych uynh uyt uyu uyên uyêt ư ưa ưi ưu ưc ưm ưn
ưng ưt ươ ươi ươu ươc ươm ươn ương ươp ươt y yêu yêm yên yêng yêt
""".split()  # noqa: SIM905
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
STOPPED = ("c", "ch", "p", "t")
"""Endings that have two tones alone."""


def list_syllables() -> list[str]:
    """All syllables that spelling allows, also those that no word has."""
    parts = product(INITIALS, RIMES, TONES)
    allowed = (part for part in parts if not part[1].endswith(STOPPED) or part[2] in {"\u0301", "\u0323"})
    return sorted(
        {unicodedata.normalize("NFC", f"{initial}{_put_tone(rime, tone)}") for initial, rime, tone in allowed}
    )


def _put_tone(rime: str, tone: str) -> str:
    vowels = [at for at, letter in enumerate(rime) if unicodedata.normalize("NFD", letter)[0] in "aeiouy"]
    marked = [at for at in vowels if rime[at] in "ăâêôơư"]
    place = marked[-1] if marked else vowels[min(1, len(vowels) - 1)] if vowels[-1] < len(rime) - 1 else vowels[0]
    return f"{rime[: place + 1]}{tone}{rime[place + 1 :]}"
