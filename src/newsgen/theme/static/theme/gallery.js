/* The viewer of galleries, on pages that have one. Without this file each picture is a link to its large version. */
"use strict";
(() => {
  const dialog = document.querySelector("dialog.viewer");
  if (!dialog?.showModal) return;
  const [count, told] = dialog.querySelectorAll("p");
  const steps = [...dialog.querySelectorAll("[data-step]")];
  const figure = dialog.querySelector("figure");
  const [stage, caption] = figure.children;
  const images = new Map();
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let links = [], at = 0, opener = null;

  // As wide as the screen shows a picture, and never wider than its widest file. Browsers pass over a size that is no number.
  const fit = (small, srcset) => {
    const [wide, high] = ["width", "height"].map((name) => Number(small.getAttribute(name)));
    const widths = [...srcset.matchAll(/ (\d+)w/g)].map(([, width]) => Number(width));
    return `min(100vw, ${(100 * wide) / high}vh, ${Math.max(...widths)}px)`;
  };

  // The large picture of a link begins to load when it is first asked for; until it is there, the small one is behind it.
  const load = (link) => {
    if (images.has(link)) return images.get(link);
    const small = link.querySelector("img");
    const { srcset } = (calm.matches && small.parentElement.querySelector("source[media]")) || small;
    const image = Object.assign(new Image(), { alt: small.alt, sizes: fit(small, srcset), srcset, src: link.href });
    if (small.currentSrc) image.style.backgroundImage = `url(${JSON.stringify(small.currentSrc)})`;
    images.set(link, image);
    return image;
  };

  const show = (to) => {
    const ahead = to < at ? -1 : 1;
    at = to;
    const link = links[at];
    const image = load(link);
    const words = link.closest("figure").querySelector("figcaption");
    const { lang } = link.closest("[lang]");
    Object.assign(figure, { lang });
    stage.replaceChildren(image);
    caption.replaceChildren(...(words ? words.cloneNode(true).childNodes : []));
    caption.tabIndex = caption.scrollHeight > caption.clientHeight ? 0 : -1;
    caption.scrollTop = 0;
    count.textContent = `${at + 1} / ${links.length}`;
    // Screen readers tell a change in what was there before, so not at once when the viewer opens.
    const shown = Object.assign(document.createElement("span"), { lang, textContent: image.alt });
    const place = dialog.dataset.told.replace("{number}", at + 1).replace("{count}", links.length);
    setTimeout(() => told.replaceChildren(`${place}. `, shown), 100);
    for (const step of steps) step.setAttribute("aria-disabled", String(!links[at + Number(step.dataset.step)]));
    image.decode().catch(() => {}).then(() => {
      image.style.backgroundImage = "";
      if (links[at] === link && links[at + ahead]) load(links[at + ahead]);
    });
  };
  const go = (to) => { if (links[to]) show(to); };
  const isChanged = (event) => event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;

  // While the viewer is open the history has one more entry, so that the browser's back button closes it.
  for (const gallery of document.querySelectorAll(".gallery")) {
    const own = [...gallery.querySelectorAll("figure > a.enlarge")].filter((link) => link.querySelector("img"));
    for (const link of own) {
      link.setAttribute("aria-haspopup", "dialog");
      link.addEventListener("click", (event) => {
        if (isChanged(event)) return;
        event.preventDefault();
        [links, at, opener] = [own, 0, link];
        dialog.dir = getComputedStyle(gallery).direction;
        dialog.showModal();
        history.pushState({ viewer: true }, "");
        show(own.indexOf(link));
      });
    }
  }
  dialog.addEventListener("close", () => {
    opener.focus({ preventScroll: true });
    if (history.state?.viewer) history.back();
  });
  addEventListener("popstate", () => dialog.close());

  dialog.addEventListener("click", ({ target }) => {
    const step = target.closest("[data-step]");
    if (step) go(at + Number(step.dataset.step));
    else if (target.closest(".viewer-close") || !target.closest("button, img, figcaption")) dialog.close();
  });
  addEventListener("keydown", (event) => {
    if (!dialog.open || isChanged(event)) return;
    const [before, after] = dialog.dir === "rtl" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
    const to = { [before]: at - 1, [after]: at + 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });

  // A swipe across the picture. In a page that is zoomed, fingers move the page.
  let from = null;
  stage.addEventListener("pointerdown", (event) => { from = event.isPrimary && event.pointerType !== "mouse" ? event : null; });
  stage.addEventListener("pointercancel", () => { from = null; });
  stage.addEventListener("pointerup", (event) => {
    if (!from || dialog.classList.contains("zoomed")) return;
    const [across, down] = [event.clientX - from.clientX, event.clientY - from.clientY];
    from = null;
    if (Math.abs(across) > 40 && Math.abs(across) > 2 * Math.abs(down)) go(across < 0 === (dialog.dir === "rtl") ? at - 1 : at + 1);
  });
  visualViewport?.addEventListener("resize", () => dialog.classList.toggle("zoomed", visualViewport.scale > 1.01));
})();
