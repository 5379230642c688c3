// What every page asks of the whole paper is answered once, in collections; bodies are Markdown and nothing else.
import { feeds, lists, related } from "./newsroom.js";

export default function (eleventy) {
  const stories = (api) => api.getFilteredByGlob("content/**/*.md").reverse();
  eleventy.setUseGitIgnore(false);
  eleventy.addGlobalData("latest", "inline");
  eleventy.addCollection("newest", (api) => stories(api).slice(0, 12));
  eleventy.addCollection("related", (api) => related(stories(api)));
  eleventy.addCollection("lists", (api) => lists(stories(api)));
  eleventy.addCollection("feeds", (api) => feeds(stories(api)));
}

export const config = {
  dir: { input: "content", includes: "../_includes", output: "_site" },
  markdownTemplateEngine: false,
};
