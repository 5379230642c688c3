/* The reader's page works without this file. It adds: the text size, the fold of the menu and its keys, relative times, the
   shared latest box, the number of readers online, the most read stories, and the button that copies the link. */
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

  // The line of sections shows those that fit, all where there is room; the others are behind "More". The keys are
  // those of the disclosure navigation in the ARIA Authoring Practices.
  function menu(nav) {
    const items = [...nav.querySelectorAll(":scope > .wrap > ul > li")];
    const more = nav.querySelector(".fold details");
    const label = more.firstElementChild;
    const isBelow = (item) => item.offsetTop > items[0].offsetTop;
    let below = [];
    const fold = () => {
      nav.classList.add("fits");
      nav.classList.toggle("fits", !isBelow(items.at(-1)));
      below = items.filter(isBelow);
      for (const item of items) item.inert = !more.open && below.includes(item);
      nav.classList.toggle("hides-current", items.some((item) => item.inert && item.querySelector("[aria-current]")));
    };
    const isOpen = () => nav.querySelector("li details[open]") ?? nav.querySelector("details[open]");
    const leave = ({ target }) => {
      if (!nav.contains(target)) for (const open of nav.querySelectorAll("li details[open]")) open.open = false;
    };
    more.addEventListener("toggle", () => {
      fold();
      if (more.open && label.matches(":focus-visible")) below[0]?.querySelector("a").focus();
    });
    nav.addEventListener("keydown", (event) => {
      const { key, target } = event;
      const open = isOpen();
      const list = target.closest("li ul");
      const top = [...items.filter((item) => !item.inert).flatMap((item) => [...item.querySelectorAll(":scope > a, summary")]), label];
      const stops = list ? [...list.querySelectorAll("a")] : top.filter((stop) => stop.checkVisibility({ visibilityProperty: true }));
      const [before, after] = getComputedStyle(nav).direction === "rtl" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
      const at = stops.indexOf(target);
      let to = null;
      if (key === "Escape" && open) {
        open.open = false;
        to = open.firstElementChild;
      } else if (key === "ArrowDown" && !list) to = target.parentElement.open ? target.nextElementSibling?.querySelector("a") : null;
      else if (key === "ArrowUp" && list && at === 0) to = list.previousElementSibling;
      else if (key === after || key === "ArrowDown") to = stops[at + 1];
      else if (key === before || (key === "ArrowUp" && list)) to = stops[at - 1];
      else if (key === "Home") to = stops[0];
      else if (key === "End") to = stops.at(-1);
      if (!to) return;
      event.preventDefault();
      to.focus();
    });
    addEventListener("click", leave);
    addEventListener("focusin", leave);
    new ResizeObserver(fold).observe(nav);
    fold();
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

  const MINUTE = 60000;

  // A beat a minute, while the page is seen, says that a reader is here and brings the count. A service that fails is
  // asked ever more seldom, and until it is well again no number is shown.
  function online(line) {
    const { online: endpoint, story, onlineText, onlineAbout } = line.dataset;
    let timer = 0, due = 0, failures = 0;
    const wait = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") timer = setTimeout(beat, Math.max(due - Date.now(), 0));
    };
    async function beat() {
      const began = Date.now();
      due = began + MINUTE;
      let told = null;
      try {
        const answer = await fetch(endpoint, {
          method: "POST", body: JSON.stringify(story ? { story } : {}), signal: AbortSignal.timeout?.(10000),
          credentials: "omit", referrerPolicy: "origin", cache: "no-store",
        });
        if (answer.ok) told = await answer.json();
      } catch { /* nothing is known */ }
      const count = told?.online;
      line.hidden = !(Number.isSafeInteger(count) && count >= 0);
      if (!line.hidden) {
        line.textContent = (told.approximate === true ? onlineAbout : onlineText).replace("{count}", count.toLocaleString(language));
      }
      failures = told ? 0 : Math.min(failures + 1, 4);
      due = began + MINUTE * 2 ** failures;
      wait();
    }
    document.addEventListener("visibilitychange", wait);
    wait();
  }

  // The list appears only where nothing moves that the reader sees: below the screen, or at the end of a column.
  async function mostRead(box) {
    const answer = await fetch(box.dataset.mostRead, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) return;
    const { at, stories } = await answer.json();
    if (!(Math.abs(Date.now() - Date.parse(at)) < 60 * MINUTE)) return;
    const items = [];
    for (const { url, title, language: spoken } of stories) {
      const address = new URL(url, location.href);
      if (address.origin !== location.origin || typeof title !== "string" || (spoken && spoken !== root.lang)) continue;
      const link = Object.assign(document.createElement("a"), { href: address.href, textContent: title });
      if (address.pathname === location.pathname) link.setAttribute("aria-current", "page");
      items.push(document.createElement("li"));
      items.at(-1).append(link);
    }
    if (items.length < 3) return;
    box.querySelector("ol").replaceChildren(...items.slice(0, 5));
    const reveal = () => {
      const height = root.scrollHeight;
      box.hidden = false;
      if (root.scrollHeight === height || box.getBoundingClientRect().top >= innerHeight) removeEventListener("scroll", reveal);
      else box.hidden = true;
    };
    addEventListener("scroll", reveal, { passive: true });
    reveal();
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
  each(".sections", menu);
  relativeTimes();
  setInterval(relativeTimes, MINUTE);
  each("[data-fragment]", latestBox);
  each("[data-online]", online);
  each("[data-most-read]", mostRead);
  each("[data-copy]", copyLink);
})();
