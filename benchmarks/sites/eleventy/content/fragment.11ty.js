import { box } from "../_includes/shell.js";

export const data = {
  layout: false,
  permalink: ({ latest }) => (latest === "fragment" ? "/tin-moi-nhat.fragment.html" : false),
};

export const render = ({ collections }) => box(collections);
