import { cards, page, text } from "../_includes/shell.js";

export const data = {
  layout: false,
  pagination: { data: "collections.lists", size: 1, alias: "list" },
  permalink: ({ list }) => `${list.url}index.html`,
};

export function render({ list }) {
  const newer = list.newer && `\n<a rel="prev" href="${list.newer}">Mới hơn</a>`;
  const older = list.older && `\n<a rel="next" href="${list.older}">Cũ hơn</a>`;
  return page(list.kind, list.title, `<h1>${text(list.title)}</h1>\n${cards(list.stories)}${newer}${older}`);
}
