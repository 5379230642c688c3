/* The reader's page works without this file. It adds: the text size, relative times, the
   shared latest box, the number of readers online, and the button that copies the link. */
"use strict";
(() => {
  const root = document.documentElement;
  const language = root.lang || "vi";
  root.classList.add("scripted");

  // Storage may be forbidden: then the text size holds for this page only.
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* not kept */ } };

  const SIZES = [90, 100, 110, 120, 130, 140, 150];
  const KEY = "newsgen.text-size";

  function textSize(control) {
    const saved = SIZES.indexOf(Number(recall(KEY)));
    let at = saved < 0 ? SIZES.indexOf(100) : saved;
    const output = control.querySelector("output");
    const buttons = [...control.querySelectorAll("button[data-step]")];
    const show = () => {
      root.style.setProperty("--text-scale", String(SIZES[at] / 100));
      output.textContent = SIZES[at] + "%";
      for (const button of buttons) {
        const end = Number(button.dataset.step) < 0 ? 0 : SIZES.length - 1;
        button.setAttribute("aria-disabled", String(at === end));
      }
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        at = Math.min(Math.max(at + Number(button.dataset.step), 0), SIZES.length - 1);
        remember(KEY, String(SIZES[at]));
        show();
      });
    }
    show();
  }

  // "3 hours ago" within a day, the stamp of the page before and after.
  function relativeTimes() {
    if (!("RelativeTimeFormat" in Intl)) return;
    const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    for (const time of document.querySelectorAll("time[data-relative]")) {
      time.dataset.relative ||= time.textContent;
      const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
      const recent = minutes >= 0 && minutes < 24 * 60;
      const ago = minutes < 1 ? format.format(0, "second")
        : minutes < 60 ? format.format(-minutes, "minute")
        : format.format(-Math.floor(minutes / 60), "hour");
      const stamp = time.dataset.relative;
      time.textContent = !recent ? stamp : stamp.startsWith("(") ? `(${ago})` : ago;
      if (recent) time.title = stamp;
      else time.removeAttribute("title");
    }
  }

  async function latestBox(box) {
    const url = new URL(box.dataset.fragment, location.href);
    if (url.origin !== location.origin) return;
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".latest");
    if (!fresh) return;
    for (const link of fresh.querySelectorAll("li a")) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    }
    box.replaceWith(document.adoptNode(fresh));
    relativeTimes();
  }

  async function online(line) {
    const answer = await fetch(line.dataset.online, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" });
    if (!answer.ok) return;
    const count = (await answer.json()).online;
    if (!Number.isSafeInteger(count) || count < 0) return;
    line.textContent = line.dataset.onlineText.replace("{count}", count.toLocaleString(language));
    line.hidden = false;
  }

  function copyLink(button) {
    if (!navigator.clipboard) { button.hidden = true; return; }
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.firstElementChild.textContent = button.dataset.done;
    });
  }

  const each = (selector, act) => {
    for (const element of document.querySelectorAll(selector)) {
      try { Promise.resolve(act(element)).catch(() => {}); } catch { /* the page stays as it is */ }
    }
  };

  each("[data-text-size]", textSize);
  each(".sections [aria-current]", (link) => {
    const row = link.closest("ul");
    const [outer, inner] = [row.getBoundingClientRect(), link.getBoundingClientRect()];
    row.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  });
  relativeTimes();
  setInterval(relativeTimes, 60000);
  each("[data-fragment]", latestBox);
  each("[data-online]", online);
  each("[data-copy]", copyLink);
})();
