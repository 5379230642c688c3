"""What is told of a picture beside a story: its sidecar first, then what stands in the picture itself."""

from newsgen.media.embedded_words import EmbeddedWords
from newsgen.model.pictures import PictureWords, Sidecar, Word


def choose_words(sidecar: Sidecar | None, embedded: EmbeddedWords, picture: str, language: str) -> PictureWords:
    """The words of the file `picture` for a story in a language.

    An empty text of the sidecar is one: then what stands in the picture is passed over.
    """
    told = (sidecar.alt, sidecar.caption, sidecar.credit) if sidecar is not None else (None, None, None)
    beside = sidecar.source if sidecar is not None else ""
    return PictureWords(
        *(
            Word(text, picture if text else "") if said is None else Word(said, beside)
            for said, text in zip(told, embedded.choose(language), strict=True)
        )
    )
