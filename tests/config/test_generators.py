"""Other generators are known by their files."""

import pytest

from builders import article_source, site_folder
from newsgen.config.generators import recognize_generator
from papers import run_newsgen


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"hugo.toml": ""}, "Hugo"),
        ({"config.toml": "baseURL = 'https://bao.example'\n"}, "Hugo"),
        ({"config.toml": "base_url = 'https://bao.example'\n"}, "Zola"),
        ({"_config.yml": "title: Báo\n"}, "Jekyll"),
        ({"_config.yml": "title: Báo\n", "scaffolds/post.md": ""}, "Hexo"),
        ({"eleventy.config.js": ""}, "Eleventy"),
        ({"pelicanconf.py": ""}, "Pelican"),
        ({"conf.py": "BLOG_TITLE = 'Báo'\n"}, "Nikola"),
        ({"wp-config.php": ""}, "WordPress"),
    ],
)
def test_a_site_of_another_generator_is_recognised(tmp_path, files, name):
    """The sentence names the generator."""
    assert f"this looks like a {name} site" in str(recognize_generator(site_folder(tmp_path, files)))


@pytest.mark.parametrize("files", [{}, {"config.toml": "[tool]\n"}, {"conf.py": "project = 'docs'\n"}])
def test_any_other_folder_is_not(tmp_path, files):
    """A site of newsgen's, and files of other programs, are not taken for another generator's."""
    assert recognize_generator(site_folder(tmp_path, files)) is None


def test_who_moves_in_is_told_once(tmp_path):
    """A run with errors in such a folder ends with that sentence before its last line; one without does not."""
    site = site_folder(tmp_path, {"content/kinh-te/a.md": article_source(), "hugo.toml": ""})
    assert "Hugo" not in run_newsgen("build", site=site).stderr
    (site / "content/kinh-te/sai.md").write_text("+++\ntitle = 'Sai'\ndraft = true\n+++\n", "utf-8")
    assert "this looks like a Hugo site (hugo.toml)" in run_newsgen("build", site=site).stderr.splitlines()[-2]
