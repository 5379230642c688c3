/* New entries of a live story, on pages that have them. Without this file the page shows the entries that it came with.

   What is new is fetched from files beside the story and kept until the reader asks for it, so that nothing moves under
   a thumb. Files of a version never change; a file that does not have the version that was asked for is fetched again later. */
"use strict";
(() => {
  const news = document.querySelector("[data-live]");
  const list = document.querySelector(".live-entries[data-versions]");
  if (!news || !list) return;
  const [status, button] = news.querySelectorAll("[role=status], button");
  const every = () => Number(news.dataset.every) * SECOND;
  const { live: folder, one, more, over } = news.dataset;
  const edited = button.textContent;
  const SECOND = 1000;
  const BATCH = Number(list.dataset.batch);
  const title = document.title;
  let name = location.hash.slice(1);
  try { name = decodeURIComponent(name); } catch { /* the name of no entry */ }

  // What is known, by batch: each entry's place, name and version. The page came with some of it, which has no HTML here.
  const versions = list.dataset.versions.split(" ").filter(Boolean);
  const batches = versions.map(() => []);
  for (const { id, dataset } of list.children) {
    const number = Number(dataset.number);
    batches[Math.floor((number - 1) / BATCH)][(number - 1) % BATCH] = {
      id, number, version: dataset.version, pinned: "pinned" in dataset, key: "key" in dataset,
    };
  }
  let seen = list.dataset.version, failures = 0, timer = 0, due = 0, ended = false;

  async function get(name, version) {
    const url = new URL(folder + name + (version ? `?v=${version}` : ""), location.href);
    const answer = await fetch(url, {
      credentials: "omit", cache: version ? "default" : "no-cache", signal: AbortSignal.timeout?.(10 * SECOND),
    });
    if (!answer.ok) throw new Error(answer.status);
    const found = await answer.json();
    if (version && found.version !== version) throw new Error("another version");
    return found;
  }

  // All batches that differ, or none: half of a change is never shown.
  async function update() {
    const latest = await get("latest.json");
    ended = latest.ended !== null && Date.parse(latest.ended) <= Date.now();
    if (latest.version === seen) return;
    const { batches: named } = await get("entries.json", latest.version);
    const changed = named.map((_, at) => at).filter((at) => named[at] !== versions[at]);
    const fetched = await Promise.all(changed.map((at) => get(`entries-${at + 1}.json`, named[at])));
    changed.forEach((at, index) => {
      versions[at] = named[at];
      batches[at] = fetched[index].entries;
    });
    versions.length = batches.length = named.length;
    seen = latest.version;
  }

  const shown = () => new Map([...list.children].map((entry) => [entry.id, entry]));

  function tell() {
    const here = shown();
    const entries = batches.flat();
    const added = entries.filter(({ id }) => !here.has(id)).length;
    const changed = entries.some(({ id, version }) => here.has(id) && here.get(id).dataset.version !== version);
    const isSame = !added && !changed && here.size === entries.length;
    const counted = (added === 1 ? one : more).replace("{count}", added.toLocaleString(document.documentElement.lang));
    const words = isSame ? "" : added ? counted : edited;
    button.hidden = isSame;
    button.textContent = words;
    // Screen readers are told once of each number, and sighted readers in the title of the tab.
    const told = ended ? over : words;
    if (status.textContent !== told) status.textContent = told;
    document.title = added ? `(${added}) ${title}` : title;
  }

  const parse = (html) => {
    const entry = document.createRange().createContextualFragment(html).firstElementChild;
    return document.adoptNode(entry);
  };

  function show() {
    const here = shown();
    const first = batches.flat().reverse().find(({ id }) => !here.has(id));
    const newest = batches.flat().reverse();
    const ordered = [...newest.filter(({ pinned }) => pinned), ...newest.filter(({ pinned }) => !pinned)];
    list.replaceChildren(...ordered.map(({ id, version, html }) => {
      const old = here.get(id);
      return old?.dataset.version === version ? old : parse(html);
    }));
    showPoints(newest.filter(({ key }) => key));
    tell();
    const to = first && document.getElementById(first.id);
    list.dispatchEvent(new CustomEvent("newsgen:added", { bubbles: true }));
    return to;
  }

  function showPoints(entries) {
    const box = document.querySelector(".live-points");
    if (!box) return;
    box.hidden = !entries.length;
    box.querySelector("ul").replaceChildren(...entries.map(({ id }) => {
      const entry = document.getElementById(id);
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: `#${id}`, textContent: entry.dataset.title });
      item.append(entry.querySelector("time").cloneNode(true), " ", link);
      return item;
    }));
  }

  button.addEventListener("click", () => {
    const to = show();
    if (!to) return;
    to.tabIndex = -1;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "start" });
  });

  // Asked while the page is seen, and ever more seldom while the answers fail.
  const wait = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible" && !ended) timer = setTimeout(poll, Math.max(due - Date.now(), 0));
  };
  async function poll() {
    due = Date.now() + every();
    try {
      await update();
      failures = 0;
      tell();
      // A link to an entry that the page came without.
      if (name && !document.getElementById(name) && batches.flat().some(({ id }) => id === name)) {
        show();
        document.getElementById(name)?.scrollIntoView();
      }
    } catch {
      failures = Math.min(failures + 1, 4);
    }
    due += every() * (2 ** failures - 1 + Math.random() * 0.2);
    wait();
  }
  document.addEventListener("visibilitychange", wait);
  due = name && !document.getElementById(name) ? 0 : Date.now() + every();
  wait();
})();
