/* The page on which readers search: its form, its address and what was found. search-index.js looks it up. Without this file
   the page has links to the archive and to search engines. */
"use strict";
(() => {
  const [form, status, list, more] = ["", "-status", "-list", "-more"].map((name) => document.querySelector(`.search${name}`));
  const { search: folder, index, results, ...texts } = form.dataset;
  const size = Number(results);
  const language = document.documentElement.lang;
  const FILTERS = ["section", "author", "year"];
  const QUIET = 600;
  let state, isDraft, isFilled, turn = 0;

  const make = (name, className, ...inside) => {
    const element = Object.assign(document.createElement(name), { className });
    element.append(...inside);
    return element;
  };

  async function open() {
    const engine = await import(index);
    const { tiers, sections, authors } = await engine.open(folder);
    if (isFilled) return engine;
    isFilled = true;
    const years = new Set(tiers.flatMap((tier) => tier.years.map(([year]) => year)));
    [Object.entries(sections), Object.entries(authors), [...years.entries()]].forEach((choices, at) => {
      const field = form[FILTERS[at]];
      field.append(...choices.map(([value, name]) => new Option(name, value)));
      field.parentElement.hidden = !choices.length || choices.length > 200;
    });
    fill();
    return engine;
  }

  function mark(text, places) {
    let done = 0;
    const parts = places.flatMap(([start, end]) => [text.slice(done, start), make("mark", "", text.slice(start, done = end))]);
    return [...parts, text.slice(done)];
  }

  function draw([title, href, date, summary, src, section], sections, lit) {
    const time = make("time", "", new Date(date).toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" }));
    time.dateTime = date;
    const card = make("article", `card card-row${src ? "" : " card-plain"}`,
      make("p", "stamp", time),
      make("div", "card-text",
        ...(sections[section] ? [make("p", "label", sections[section])] : []),
        make("h2", "headline", Object.assign(make("a", "", ...lit(title)), { href })),
        make("p", "summary", ...lit(summary))));
    if (src) card.append(make("div", "thumb", Object.assign(new Image(), { loading: "lazy", decoding: "async", alt: "", src })));
    return card;
  }

  const locate = (q) => `?${new URLSearchParams(Object.entries({ ...state, q }).filter((pair) => pair[1]))}`;
  const link = (q) => Object.assign(make("a", "", q), { href: locate(q) });
  const wait = () => new Promise((done) => setTimeout(done, QUIET));

  // A newer search than this one ends it. What it says is told when the reader has stopped typing.
  async function run(isAgain) {
    const mine = ++turn;
    const said = [];
    const say = (text, values) => said.push(...text.split(/[{}]/).flatMap((part, at) => at % 2 ? values[part] : part), " ");
    let engine;
    try {
      engine = await open();
      const { sections } = await engine.open(folder);
      const query = state.q ?? "";
      let plan = engine.parse(query);
      let [rows, isMeant] = await engine.find(plan, state, size);
      if (plan.words.length && !isMeant) {
        if (isDraft) await wait();
        if (mine !== turn) return;
        const others = await engine.correct(plan);
        const other = engine.parse(`${others[0]} `);
        const [found, isFound] = others.length === 1 ? await engine.find(other, state, size) : [];
        if (isFound) {
          [rows, plan] = [found, other];
          say(texts.instead, { query, other: link(others[0]) });
        } else if (others[0]) {
          say(texts.meant, { others: others.slice(0, 3).flatMap((one, at) => at ? [", ", link(one)] : [link(one)]) });
        }
      }
      const lit = (text) => mark(text, engine.locate(text, plan));
      const show = async (from) => {
        const found = await Promise.all(rows.slice(from, from + size).map(engine.read));
        if (mine !== turn) return;
        const cards = found.map((story) => draw(story, sections, lit));
        if (!from) list.replaceChildren();
        list.append(...cards);
        list.hidden = !rows.length;
        more.hidden = list.children.length >= rows.length;
        if (from) cards[0].querySelector("a").focus();
      };
      more.onclick = () => show(list.children.length);
      await show(0);
      const text = [texts.none, texts.one][rows.length] ?? texts.more;
      if (rows.length || plan.words.length) say(text, { count: rows.length.toLocaleString(language) });
    } catch (error) {
      engine?.close();
      if (error.status === 404 && !isAgain) return run(true);
      form.classList.add("failed");
      said.push(texts.failed);
    }
    await wait();
    if (mine === turn) status.replaceChildren(...said);
  }

  function fill() {
    for (const name of ["q", ...FILTERS]) form[name].value = state[name] ?? "";
  }

  function start() {
    state = Object.fromEntries(new URLSearchParams(location.search));
    isDraft = false;
    fill();
    if (location.search || list.firstChild) run();
  }

  // What is typed before the reader sends it, follows a link or chooses a filter is one step of the browser's history.
  function go(isTyping) {
    const url = locate(state.q);
    if (url !== location.search) history[isTyping && isDraft ? "replaceState" : "pushState"](null, "", url);
    isDraft = isTyping;
    run();
  }

  form.addEventListener("input", ({ target: { name, value } }) => {
    state[name] = value;
    go(name === "q");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(false);
  });
  form.addEventListener("focusin", () => open().catch(() => {}), { once: true });
  addEventListener("popstate", start);
  form.hidden = false;
  start();
})();
