// What Eleventy Image's own documentation recommends: every <img> of a page becomes one with several sizes.
import { eleventyImageTransformPlugin } from "@11ty/eleventy-img";

export default function (eleventy) {
  eleventy.addPlugin(eleventyImageTransformPlugin, {
    formats: ["webp"],
    widths: [400, 640, 960, 1280, 1920],
    sharpWebpOptions: { quality: 75 },
    htmlOptions: { imgAttributes: { sizes: "45rem", loading: "lazy" } },
  });
}
