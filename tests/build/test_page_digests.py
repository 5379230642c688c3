"""A page has the same digest whether it was planned with all others or is looked at alone."""

from builders import NOW, article_source, page_source, site_folder
from newsgen.build.decisions import digest_inputs
from newsgen.build.options import BuildOptions
from newsgen.build.page_digests import digest_page
from newsgen.build.stages import join, plan, read
from newsgen.build.workspace import run_locked

FILES = {
    "content/kinh-te/a.md": article_source("tags: [Lúa]", "authors: [Thu Trang]", title="Tin A"),
    "content/kinh-te/b.md": article_source("expires: 2022-08-07 06:00", "replace: unlist", title="Tin B"),
    "content/pages/lien-he.md": page_source(title="Liên hệ"),
}


def test_a_page_alone_has_the_digest_that_it_has_among_all(tmp_path):
    """Stories, unlisted stories and standing pages, by the formula for one page and by that for all."""
    site = site_folder(tmp_path / "site", FILES)

    def compare(workspace):
        content = read(workspace)
        outputs = plan(workspace, content, join(workspace, content))
        pages = [page for page in outputs.pages if page.source]
        found = {
            p.output: digest_page(p, content.by_source[p.source].digest, content.files.get(p.source)) for p in pages
        }
        inputs = digest_inputs(outputs)
        return found, {output: inputs[output] for output in found}

    alone, among = run_locked(BuildOptions(site, site / "build", NOW), compare)
    assert len(FILES) == len(alone)
    assert among == alone
