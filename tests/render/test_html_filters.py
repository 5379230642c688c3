"""The first picture of a text loads at once."""

import pytest

from newsgen.render.html_filters import NEAR, load_eagerly

IMG = '<img alt="a > b" src="/a.png" loading="lazy" decoding="async">'
FIRST = '<img alt="a > b" src="/a.png" fetchpriority="high" decoding="async">'
VIDEO = '<video controls="" poster="/a.png" src="/a.mp4"></video>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>Cầu</p><figure>{IMG}</figure>{IMG}", f"<p>Cầu</p><figure>{FIRST}</figure>{IMG}"),
        (f'<div class="gallery">{IMG}{IMG}</div>', f'<div class="gallery">{FIRST}{IMG}</div>'),
        (f'<picture><source srcset="/a.avif">{IMG}</picture>', f'<picture><source srcset="/a.avif">{FIRST}</picture>'),
        (VIDEO + IMG, VIDEO + IMG),
        ('<video src="/a.mp4"></video>' + IMG, '<video src="/a.mp4"></video>' + FIRST),
        ('<p title="<img">' + IMG, '<p title="<img">' + FIRST),
        ('<img fetchpriority="low" src="/a.png" loading="lazy">', '<img fetchpriority="low" src="/a.png">'),
        ("<p>Không có ảnh</p>", "<p>Không có ảnh</p>"),
    ],
)
def test_the_first_picture_loads_at_once(html, expected):
    """The first picture is not lazy, and the others are; the poster of a video is such a picture too."""
    assert expected == load_eagerly(html)


def test_a_picture_far_below_has_no_priority():
    """A first picture that stands below the first screen is not lazy, and takes no bandwidth from what is seen."""
    assert IMG.replace(' loading="lazy"', "") in load_eagerly("x" * (NEAR + 1) + IMG)
