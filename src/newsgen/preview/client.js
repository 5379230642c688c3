/* The preview in the browser: it hears what changed, brings the page up to date where it stands, shows what is wrong
   over it, and a bar of what the newsroom knows of it. It lives in one element of its own, apart from the page's style. */
function newsgenPreview(words) {
  "use strict";
  const tag = document.currentScript || document.querySelector("script[data-newsgen]");
  const OWN = "/_newsgen/";
  const PLACE = "newsgen:place";
  const BODY = "article .prose";
  let number = Number(tag.dataset.newsgen);
  let page = null; // the page's text as it was last fetched, to compare with
  let busy = false;
  let again = null;
  let lost = false;

  const STYLE = `
    :host { all: initial; color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; --ink: #1b1a19; --paper: #fff;
      --line: #8c8580; --wrong: #a11212; --link: #8a1c1c; }
    @media (prefers-color-scheme: dark) { :host { --ink: #ece9e6; --paper: #201e1d; --wrong: #ff9d92; --link: #ff9d92; } }
    @media print { :host { display: none; } }
    * { box-sizing: border-box; }
    .bar, .overlay { position: fixed; z-index: 2147483646; inset-inline: 0; color: var(--ink); background: var(--paper); }
    .bar { bottom: 0; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; align-items: center; gap: 0 .75rem;
      padding: 0 .75rem; max-height: 40vh; overflow: auto; overflow-wrap: anywhere; }
    .bar.closed { inset-inline-start: auto; border-inline-start: 1px solid var(--line); padding: 0; }
    .bar.closed > :not(.toggle) { display: none; }
    .state { border: 1px solid currentcolor; border-radius: 4px; padding: 0 .4rem; }
    .warnings { flex-basis: 100%; margin: 0; padding: 0 0 .5rem 1.25rem; color: var(--wrong); }
    a { color: var(--link); display: inline-flex; align-items: center; min-height: 44px; }
    button { font: inherit; color: inherit; background: none; border: 0; min-width: 44px; min-height: 44px; cursor: pointer;
      text-decoration: underline; }
    .toggle, .head button { margin-inline-start: auto; }
    :focus-visible { outline: 3px solid currentcolor; outline-offset: -3px; }
    .overlay { top: 0; max-height: 70vh; overflow: auto; border-bottom: 4px solid var(--wrong); padding: .75rem 1rem 1rem;
      box-shadow: 0 4px 24px rgb(0 0 0 / .35); }
    .head { display: flex; align-items: center; gap: 1rem; }
    h2 { font-size: 18px; line-height: 1.3; margin: 0; color: var(--wrong); }
    p { margin: .25rem 0; }
    ol { list-style: none; margin: .5rem 0 0; padding: 0; }
    li.problem { border-top: 1px solid var(--line); padding: .6rem 0; overflow-wrap: anywhere; }
    code, pre { font: 13px/1.5 ui-monospace, monospace; }
    pre { margin: .35rem 0; overflow-x: auto; white-space: pre; border-inline-start: 3px solid var(--wrong); padding-inline-start: .6rem; }
    mark { color: inherit; background: none; border-bottom: 2px solid var(--wrong); }
  `;

  const host = document.createElement("newsgen-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const overlay = make("div", { className: "overlay", hidden: true });
  overlay.setAttribute("role", "alert");
  const bar = make("section", { className: "bar" });
  bar.setAttribute("aria-label", words.bar);
  root.append(overlay, bar);
  (document.body || document.documentElement).append(host);

  function make(name, fields, ...inside) {
    const element = Object.assign(document.createElement(name), fields);
    element.append(...inside);
    return element;
  }

  /* The bar. */

  async function showBar() {
    const answer = await fetch(`${OWN}page.json?path=${encodeURIComponent(location.pathname)}`, { cache: "no-store" });
    if (!answer.ok) return;
    const facts = await answer.json();
    const parts = [];
    const { source, state, at } = facts.standing;
    if (state) {
      const until = { scheduled: words.scheduled_for, embargoed: words.embargoed_until }[state];
      parts.push(make("span", { className: "state" }, until && at ? `${until} ${at}` : words[state]));
    }
    if (source) parts.push(make("code", {}, source));
    if (facts.words) parts.push(make("span", {}, `${facts.words} ${words.words} · ${facts.minutes} ${words.minutes}`));
    if (facts.hidden) parts.push(make("span", {}, words.hidden));
    parts.push(make("a", { href: OWN }, words.stories));
    for (const [name, kind] of [["drafts", "draft"], ["scheduled", "scheduled"]]) {
      parts.push(make("a", { href: `${OWN}?state=${kind}` }, `${words[name]}: ${facts[name]}`));
    }
    parts.push(...focusParts(facts.picture));
    const toggle = make("button", { type: "button", className: "toggle" });
    toggle.onclick = () => { sessionStorage.setItem("newsgen:bar", closed() ? "" : "closed"); fold(toggle); };
    parts.push(toggle);
    if (facts.warnings.length) {
      parts.push(make("ul", { className: "warnings" }, ...facts.warnings.map((text) => make("li", {}, text))));
    }
    bar.replaceChildren(...parts);
    fold(toggle);
  }

  /* A button after which a click on the lead picture tells its focus, as a line for the story. */
  function focusParts(address) {
    const picture = address && [...document.images].find((image) => image.getAttribute("src") === address);
    if (!picture) return [];
    const line = make("code", {});
    const told = make("span", { role: "status" });
    const button = make("button", { type: "button" }, words.focus);
    button.onclick = () => {
      told.textContent = words.focus_click;
      line.textContent = "";
      picture.style.cursor = "crosshair";
      picture.scrollIntoView({ block: "center", behavior: "instant" });
      addEventListener("click", pick, { capture: true, once: true });
    };
    async function pick(event) {
      picture.style.cursor = "";
      told.textContent = "";
      if (event.target !== picture) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const box = picture.getBoundingClientRect();
      const percent = (at, size) => `${Math.min(100, Math.max(0, Math.round((100 * at) / size)))}%`;
      line.textContent = `focus: ${percent(event.clientX - box.left, box.width)} ${percent(event.clientY - box.top, box.height)}`;
      told.textContent = words.focus_write;
      try {
        await navigator.clipboard.writeText(line.textContent);
        told.textContent = `${words.focus_copied} ${words.focus_write}`;
      } catch { /* it is shown, to be copied by hand */ }
    }
    return [button, line, told];
  }

  function closed() { return sessionStorage.getItem("newsgen:bar") === "closed"; }

  function fold(toggle) {
    bar.classList.toggle("closed", closed());
    toggle.textContent = closed() ? "▴" : words.close;
    toggle.setAttribute("aria-expanded", String(!closed()));
    toggle.setAttribute("aria-label", closed() ? words.show : words.close);
    // The page's end can be scrolled clear of the bar.
    host.style.cssText = `display: block; height: ${closed() ? 0 : bar.offsetHeight}px`;
  }

  /* What is wrong. */

  function showProblems(problems) {
    overlay.hidden = problems.length === 0;
    if (!problems.length) { overlay.replaceChildren(); return; }
    const close = make("button", { type: "button" }, words.close);
    close.onclick = () => { overlay.hidden = true; };
    const head = make("div", { className: "head" }, make("h2", {}, `${words.errors} (${problems.length})`), close);
    overlay.replaceChildren(head, make("ol", {}, ...problems.map(problem)), make("p", {}, words.kept));
  }

  function problem(one) {
    const item = make("li", { className: "problem" }, make("code", {}, `${one.place} · ${one.rule}`), make("p", {}, one.what));
    if (one.excerpt) {
      const at = one.column - 1;
      const inside = at < one.excerpt.length
        ? [one.excerpt.slice(0, at), make("mark", {}, one.excerpt.slice(at)), ""] : [one.excerpt];
      item.append(make("pre", {}, ...inside));
    }
    item.append(make("p", {}, make("strong", {}, `${words.fix}: `), one.fix));
    return item;
  }

  /* The page. */

  async function fetched() {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    return { text: await answer.text(), status: answer.status, number: Number(answer.headers.get("X-Newsgen-Number")) };
  }

  function reload() {
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }

  function restore() {
    const kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    if (!kept) return;
    const [path, x, y] = JSON.parse(kept);
    if (path !== location.pathname) return;
    const back = () => scrollTo({ left: x, top: y, behavior: "instant" });
    back();
    if (document.readyState !== "complete") addEventListener("load", back, { once: true });
  }

  /* A page in parts: the story's text, the addresses of its styles, and the rest that is seen: what the page tells
     search engines counts the text's words. */
  function parts(text) {
    const parsed = new DOMParser().parseFromString(text, "text/html");
    const bodies = [...parsed.querySelectorAll(BODY)];
    const htmls = bodies.map((body) => body.innerHTML);
    bodies.forEach((body) => body.replaceChildren());
    parsed.querySelectorAll('script[type="application/ld+json"]').forEach((data) => data.remove());
    const links = [...parsed.querySelectorAll("link[rel~=stylesheet]")];
    const styles = links.map((link) => link.getAttribute("href"));
    links.forEach((link) => link.setAttribute("href", (link.getAttribute("href") || "").split("?")[0]));
    return { htmls, styles, rest: parsed.documentElement.outerHTML };
  }

  function swapStyles(styles, files) {
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")].filter((link) => !link.dataset.newsgenOld);
    links.forEach((link, at) => {
      const href = styles[at];
      const own = new URL(link.href, location.href).origin === location.origin;
      const touched = own && files.some((file) => file.endsWith(".css"));
      if (href === undefined || (link.getAttribute("href") === href && !touched)) return;
      const fresh = link.cloneNode();
      const address = new URL(href, location.href);
      if (link.getAttribute("href") === href) address.searchParams.set("newsgen", String(number));
      fresh.href = address.href;
      link.dataset.newsgenOld = "1";
      fresh.onload = fresh.onerror = () => link.remove();
      link.after(fresh);
    });
  }

  function shows(files) {
    const sources = [...document.querySelectorAll("img, source, video, audio, script[src]")].flatMap((element) =>
      [element.src, element.currentSrc, element.poster, ...(element.srcset || "").split(",").map((part) => part.trim().split(" ")[0])]);
    const paths = sources.filter(Boolean).map((source) => new URL(source, location.href).pathname);
    return files.some((file) => paths.includes(file));
  }

  async function bring(files) {
    const fresh = await fetched();
    const before = page;
    page = fresh;
    if (!before || before.status !== fresh.status || shows(files)) return reload();
    const styles = files.some((file) => file.endsWith(".css"));
    if (before.text === fresh.text && !styles) return;
    const [old, young] = [parts(before.text), parts(fresh.text)];
    const live = [...document.querySelectorAll(BODY)];
    if (old.rest !== young.rest || old.htmls.length !== young.htmls.length || live.length !== young.htmls.length) return reload();
    young.htmls.forEach((html, at) => { if (html !== old.htmls[at]) live[at].innerHTML = html; });
    swapStyles(young.styles, files);
  }

  async function hear(told) {
    if (told.follow && told.follow !== location.pathname && document.visibilityState === "visible") {
      location.assign(told.follow);
      return;
    }
    const news = told.number !== number;
    number = told.number;
    showProblems(told.problems);
    if (!news && !told.files.length) return;
    await bring(told.files);
    await showBar();
  }

  /* One at a time; of those that come meanwhile the last, with the files of all. */
  async function queue(told) {
    if (busy) {
      again = again ? { ...told, files: [...again.files, ...told.files] } : told;
      return;
    }
    busy = true;
    try {
      for (let next = told; next; ) {
        again = null;
        await hear(next);
        next = again;
      }
    } catch { /* the preview went away in between; the connection says so */ } finally { busy = false; }
  }

  function connect() {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${OWN}live`);
    socket.onopen = () => {
      // After a restart numbers begin anew, so the page is asked for again whatever they are.
      socket.send(JSON.stringify({ path: decodeURIComponent(location.pathname), number: lost ? -1 : number, asks: true }));
      if (lost) { lost = false; number = -1; }
    };
    socket.onmessage = (event) => queue(JSON.parse(event.data));
    socket.onclose = () => {
      if (!lost) { lost = true; overlay.hidden = false; overlay.replaceChildren(make("p", {}, words.lost)); }
      setTimeout(connect, 500);
    };
    addEventListener("pagehide", () => { socket.onclose = null; socket.close(); }, { once: true });
    addEventListener("pageshow", (event) => { if (event.persisted) reload(); }, { once: true });
  }

  async function start() {
    restore();
    const first = await fetched();
    if (first.number === number) page = first;
    connect();
    if (!number) bar.replaceChildren(make("span", {}, words.reading)); // of the last build, until the site is read
    await showBar();
  }

  start().catch(connect);
}
