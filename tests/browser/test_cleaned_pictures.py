"""A browser shows a cleaned picture as it showed the original, and with the size that pages give."""

import base64

import pytest

from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.pictures import examine_picture
from planted_pictures import KINDS, XMP, draw, make_exif, make_planted, save

TYPES = {"JPEG": "jpeg", "PNG": "png", "WebP": "webp", "GIF": "gif", "AVIF": "avif"}
DRAWN = """async address => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  return [image.naturalWidth, image.naturalHeight, ...pen.getImageData(0, 0, canvas.width, canvas.height).data];
}"""


@pytest.mark.parametrize("kind", TYPES)
def test_cleaned_pictures_look_the_same(browser, kind, tmp_path):
    """Every pixel is the same, in each orientation."""
    page = browser.new_page()
    for orientation in range(1, 9) if kind in ("JPEG", "PNG", "AVIF") else (1,):
        data = make_planted(kind, orientation)
        if kind == "AVIF":
            data = save(draw(), "AVIF", exif=make_exif(orientation), xmp=XMP)
        cleaned = clean_picture(kind, data)
        before, after = (page.evaluate(DRAWN, address(kind, one)) for one in (data, cleaned))
        assert before == after
        (tmp_path / f"a{KINDS[kind]}").write_bytes(cleaned)
        looked = examine_picture(tmp_path, f"a{KINDS[kind]}")
        assert [looked.width, looked.height] == after[:2]
    page.close()


def address(kind, data):
    return f"data:image/{TYPES[kind]};base64,{base64.b64encode(data).decode()}"
