import { authorUrl, tagUrl } from "../newsroom.js";
import { box, page, stamp, text } from "./shell.js";

const FRAGMENT = '<aside data-fragment="/tin-moi-nhat.fragment.html"><a href="/tin-moi-nhat/">Tin mới nhất</a></aside>';

export function render({ title, authors, summary, content, tags, collections, latest, page: self }) {
  const main = `<h1>${text(title)}</h1>
<p class="meta"><time>${stamp(self.date)}</time>
${authors.map((author) => `<a rel="author" href="${authorUrl(author)}">${text(author)}</a>`).join("\n")}
</p>
<p class="lead">${text(summary)}</p>
<div class="body">
${content}
</div>
<ul class="tags">
${tags.map((tag) => `<li><a href="${tagUrl(tag)}">${text(tag)}</a></li>`).join("\n")}
</ul>
<h2>Tin liên quan</h2>
<ul class="related">
${collections.related.get(self.inputPath).map((other) => `<li><a href="${other.url}">${text(other.data.title)}</a></li>`).join("\n")}
</ul>
<p class="print">Bản in 0</p>`;
  return page("article", title, main, latest === "inline" ? box(collections) : FRAGMENT);
}
