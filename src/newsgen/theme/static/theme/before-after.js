/* Lays the two pictures of a block upon each other, with a slider between them. Without this file they stand side by side. */
"use strict";
(() => {
  const { label } = document.currentScript.dataset;

  const prepare = (block) => {
    const gallery = block.querySelector(".gallery");
    const [before, after] = gallery?.querySelectorAll("img") ?? [];
    if (!after) return;
    const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: 100, value: 50, dir: "ltr" });
    slider.ariaLabel = label;
    const cut = Object.assign(document.createElement("span"), { className: "cut" });
    slider.addEventListener("input", () => block.style.setProperty("--cut", `${slider.value}%`));
    const { width, height } = before;
    block.style.setProperty("--shape", `${before.getAttribute("width") ?? width} / ${before.getAttribute("height") ?? height}`);
    // Both are now as wide as the block.
    for (const image of block.querySelectorAll("img, source")) {
      if (image.sizes) image.sizes = "(min-width: 48rem) 45rem, 100vw";
    }
    gallery.append(slider, cut);
    block.classList.add("joined");
  };

  // Entries that a live report adds have such pictures too.
  const prepareAll = () => document.querySelectorAll(".before-after:not(.joined)").forEach(prepare);
  document.addEventListener("newsgen:added", prepareAll);
  prepareAll();
})();
