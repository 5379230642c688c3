"""axe-core's rules for people who see, hear or move differently (WCAG 2.2 A and AA, and its best practices)."""

import pytest
from newsstand import KINDS

RUN = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await axe.run(document, {
    runOnly: {type: 'tag', values: tags},
    rules: {'target-size': {enabled: true}},
    resultTypes: ['violations'],
  });
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target} ${node.html.slice(0, 120)} — ${node.failureSummary}`));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_violation(reader, tool, paper, kind, scheme):
    """Pages of every kind break no rule, on light and on dark screens."""
    script = tool("axe-core/axe.min.js")
    page = reader.open(paper.kind(kind), color_scheme=scheme)
    page.add_script_tag(path=script)
    assert [] == page.evaluate(RUN)


def test_no_violation_on_a_phone(reader, tool, fragment):
    """A story on a phone breaks no rule, with the shared latest box in its place and the text at its largest."""
    script = tool("axe-core/axe.min.js")
    page = reader.page(width=360)
    page.goto(fragment.kind("article"), wait_until="networkidle")
    for _ in range(5):
        page.get_by_role("button", name="Tăng cỡ chữ").click()
    page.add_script_tag(path=script)
    assert [] == page.evaluate(RUN)


def test_axe_sees(reader, tool, paper):
    """A picture without a description is noticed."""
    script = tool("axe-core/axe.min.js")
    page = reader.open(paper.kind("article"))
    page.evaluate("document.querySelector('figure img').removeAttribute('alt')")
    page.add_script_tag(path=script)
    assert any(line.startswith("image-alt") for line in page.evaluate(RUN))
