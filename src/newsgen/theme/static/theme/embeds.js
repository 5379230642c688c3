/* Players of other sites, on pages that have a link to one: a click puts the player into the page, and nothing is asked of the
   other site before. Without this file each is a link. */
"use strict";
(() => {
  const isChanged = (event) => event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;

  function play(link) {
    const { player, allow, height } = link.dataset;
    const [title, host] = ["title", "host"].map((part) => link.querySelector(`.embed-${part}`)?.textContent);
    const frame = document.createElement("iframe");
    Object.assign(frame, { title: host ? `${title} – ${host}` : title, referrerPolicy: "strict-origin-when-cross-origin" });
    frame.allow = allow;
    frame.allowFullscreen = true;
    if (height) frame.style.height = `${height}px`;
    frame.src = player;
    const stage = link.querySelector(".embed-stage");
    const shape = stage.querySelector(".embed-shape");
    const box = Object.assign(document.createElement("span"), { className: "embed-player" });
    box.append(...(shape ? [shape] : []), frame);
    stage.remove();
    link.querySelector(".unseen").remove();
    link.removeAttribute("role");
    delete link.dataset.player;
    link.before(box);
    frame.focus({ preventScroll: true });
  }

  // Entries that a live report adds have links too.
  const prepare = () => {
    for (const link of document.querySelectorAll(".embed-link[data-player]:not([role])")) {
      link.setAttribute("role", "button");
      link.addEventListener("click", (event) => {
        if (isChanged(event) || !link.dataset.player) return;
        event.preventDefault();
        play(link);
      });
      link.addEventListener("keydown", (event) => {
        if (event.key !== " " || isChanged(event) || !link.dataset.player) return;
        event.preventDefault();
        link.click();
      });
    }
  };
  document.addEventListener("newsgen:added", prepare);
  prepare();
})();
