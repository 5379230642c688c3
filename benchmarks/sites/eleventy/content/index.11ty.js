import { cards, page } from "../_includes/shell.js";

export const data = { layout: false, permalink: "/index.html" };

export function render({ collections }) {
  return page("home", "Báo Thử Tải", `<h1>Báo Thử Tải</h1>\n${cards(collections.newest)}`);
}
