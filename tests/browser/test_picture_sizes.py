"""Browsers are told how wide the theme shows pictures, so that they load no larger ones than they need."""

import pytest

from builders import article_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, serve

NEAR = 4
"""Pixels by which the words may miss the layout."""

READ = """() => [...document.querySelectorAll("img[sizes]")].map(image => {
  const sizes = image.sizes.split(/,\\s*(?=\\(min|calc|\\d)/);
  const fits = sizes.find(size => !size.startsWith("(") || matchMedia(size.slice(0, size.indexOf(")") + 1)).matches);
  const ruler = document.createElement("div");
  ruler.style.cssText = "position: absolute; width: " + fits.replace(/^\\([^)]*\\)\\s*/, "");
  document.body.append(ruler);
  const told = ruler.getBoundingClientRect().width;
  ruler.remove();
  return [image.closest(".card, .gallery, .picture")?.className ?? "", told, image.getBoundingClientRect().width];
}).filter(([, , shown]) => shown > 0)"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """A paper whose stories all have a lead picture, one of them pictures in its text."""
    body = 'Câu đầu.\n\n![Cầu](a.png "Cầu")\n\n![Cầu](a.png "Một")\n![Cầu](a.png "Hai")\n'
    body += "".join(f"\nCâu giữa.\n\n{'![Cầu](a.png)' * count}\n" for count in (3, 4, 5))
    body += "\nCâu cuối.\n\n" + "[![Cầu](a.png)](a.png)\n" * 3
    files: dict[str, str | bytes] = {
        f"content/{section}/t{n}.md": article_source(
            f"slug: t{n}", "image: b.png", title=f"Tin {section} {n}", date=f"2026-08-{10 + n}", body=body
        )
        for section in ("kinh-te", "xa-hoi", "van-hoa")
        for n in range(6)
    }
    sections = ("kinh-te", "xa-hoi", "van-hoa")
    files |= {f"content/{section}/{name}.png": png(1400, 900) for section in sections for name in "ab"}
    files["static/favicon.ico"] = png()
    site = site_folder(tmp_path_factory.mktemp("sizes"), files, "title: Báo\nurl: https://baolacgiang.example\n")
    build(BuildOptions(site, site / "build", NOW))
    with serve(site / "build") as served:
        yield served


@pytest.mark.parametrize("width", [360, 600, 768, 1080, 1280])
@pytest.mark.parametrize("pattern", ["index.html", "kinh-te/index.html", "kinh-te/*/*/t5.html"])
def test_sizes_tell_the_layout(reader, paper, pattern, width):
    """On the home page, lists and stories, at the widths of phones, a tablet and desks."""
    page = reader.open(paper.find(pattern))
    page.set_viewport_size({"width": width, "height": 900})
    found = page.evaluate(READ)
    assert found
    assert [] == [(name, told, shown) for name, told, shown in found if abs(told - shown) > NEAR]
