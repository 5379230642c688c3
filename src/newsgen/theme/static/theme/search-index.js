/* Looks up stories in the files of newsgen.search.shards (docs/search.md). search.js loads it when a reader begins to search. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
let folder, opened, head, marks;

// Words, as newsgen.search.folding has them.
const makeExact = (text) => text.normalize("NFKC").toLowerCase().normalize("NFKC");
export const split = (text) => makeExact(text).match(WORD) ?? [];
export const fold = (word) => [...word.normalize("NFKD").replace(marks, "")].map((letter) => head.letters[letter] ?? letter).join("");

// CRC-32.
function hash(text) {
  let value = -1;
  for (const byte of new TextEncoder().encode(text)) {
    value ^= byte;
    for (let bit = 8; bit--;) value = value >>> 1 ^ (value & 1 && 0xedb88320);
  }
  return ~value;
}

const kept = new Map();
const decode = (bytes) => new TextDecoder().decode(bytes);

async function ask(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw answer;
  return answer;
}

async function unpack(name, read) {
  const { body } = await ask(folder + name);
  return read(new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer()));
}

const load = (name, read) => kept.get(name) ?? kept.set(name, unpack(name, read)).get(name);

async function loadHead() {
  head = await (await ask(`${folder.slice(0, -1)}.json`, { cache: "no-cache" })).json();
  marks = RegExp(`[${head.marks}]`, "g");
  await Promise.all(head.tiers.map(async (tier) => {
    const table = await unpack(tier.table, (bytes) => bytes);
    tier.load = (place, stem, read) => {
      const digest = [...table.subarray(place * 3, place * 3 + 3)].map((byte) => byte.toString(16).padStart(2, 0)).join("");
      return digest > "000000" ? load(`${tier.name}${stem}.${digest}.bin`, read) : [];
    };
  }));
  return head;
}

export const open = (from) => opened ??= loadHead(folder = from);

/* After a fault all is loaded again: the paper may have been published anew. */
export const close = () => kept.clear(opened = null);

// Terms, as they are and folded, with the stories that have them in the headline, 3, the lead, 2, or the text, 1.
function readShard(bytes) {
  const terms = [];
  let at = 0;
  const next = () => {
    let value = 0, times = 1, byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * times;
      times *= 128;
    } while (byte > 127);
    return value;
  };
  while (at < bytes.length) {
    const term = decode(bytes.subarray(++at, at += bytes[at - 1]));
    const stories = [];
    for (let field = 3; field; field--) {
      const length = next();
      const end = at + (length >> 1);
      let story = -1;
      while (at < end) stories.push([story += next() + 1, field]);
      if (length & 1) stories.push([story, field, true]);
    }
    terms.push([term, fold(term), stories]);
  }
  return terms;
}

// What is looked up: a word or two neighbours, by the bits of their places in the query, or a filter, which has none.
function makeUnit(words, bits, must, isOpen) {
  const folded = words.map(fold);
  const [first, second] = folded.map((word) => [...word]);
  return {
    bits, must, target: folded.join(" "), isPair: Boolean(second),
    typed: words.map((word, at) => !bits || word !== folded[at] ? word : ""),
    bucket: !bits ? words[0] : second ? `${folded[0]} ${second[0]}` : first.slice(0, 4).join(""),
    // Words are looked up by their first four letters.
    isOpen: isOpen && (second || first.length > 3),
  };
}

/* A query as it is looked up. Its last word may not be whole yet; what is quoted must be there. */
export function parse(query) {
  const plan = { words: [], units: [], single: [], isOpen: /[\p{L}\p{M}\p{N}]$/u.test(query) };
  const parts = query.split(/["“”„]/);
  parts.forEach((part, at) => {
    const must = at % 2;
    const found = split(part).slice(0, 16 - plan.words.length);
    found.forEach((word, place) => {
      const bit = 1 << plan.words.length;
      const isOpen = plan.isOpen && !must && !parts[at + 1] && place === found.length - 1;
      if (place) plan.units.push(makeUnit([found[place - 1], word], bit * 1.5, must, isOpen));
      (found[1] ? plan.single : plan.units).push(makeUnit([word], bit, must, isOpen));
      plan.words.push(fold(word));
    });
  });
  return plan;
}

const FIELD = 128, EXACT = 8192, PAIR = 2 ** 20, WORDS = 2 ** 26;
const count = (bits) => bits && 1 + count(bits & bits - 1);

// What each story is worth for a unit: less than 0 behind the end of a list that ends early, where any may have it.
async function weigh(tier, { target, typed, must, isOpen, bucket }) {
  const worth = new Uint32Array(tier.stories);
  let end = Infinity, guess = 0;
  const number = hash(bucket) & tier.shards - 1;
  for (const [term, folded, stories] of await tier.load(number, number.toString(16), readShard)) {
    const isWhole = folded === target;
    if (!isWhole && !(isOpen && folded.startsWith(target) && !folded.includes(" ", target.length))) continue;
    const parts = term.split(" ");
    const same = typed.filter((word, at) => word && (isWhole ? parts[at] === word : parts[at].startsWith(word))).length;
    if (must && same < typed.filter(Boolean).length) continue;
    for (const [story, field, isCut] of stories) {
      const value = same * EXACT + isWhole * FIELD + field;
      worth[story] = Math.max(worth[story], value);
      if (isCut) [end, guess] = [Math.min(end, story), Math.max(guess, value)];
    }
  }
  return (story) => worth[story] || (story > end ? -guess : 0);
}

// The stories with at least half of the words.
async function collect(tier, units, words, year) {
  const weights = await Promise.all(units.map((unit) => weigh(tier, unit)));
  const rows = [];
  const all = (1 << words.length) - 1;
  const at = tier.years.findIndex((one) => one[0] === Number(year));
  const end = year ? tier.years[at]?.[1] ?? 0 : tier.stories;
  for (let story = tier.years[at - 1]?.[1] ?? 0; story < end; story++) {
    let bits = 0, score = 0, isSure = !all, isStrong = true;
    const isRight = units.every((unit, at) => {
      const value = weights[at](story);
      if (value && unit.bits) {
        isSure ||= value > 0;
        bits |= unit.bits;
        score += Math.abs(value) + unit.isPair * PAIR;
        isStrong &&= value % FIELD > 1;
      }
      return value || !unit.must;
    });
    const found = count(bits);
    if (isRight && isSure && found * 2 >= words.length) {
      rows.push({ tier, story, score: found * WORDS + score, isFull: bits === all, isStrong });
    }
  }
  return rows;
}

/* The stories found, the best first, and whether they are meant: all words have neighbours, or are in headlines and leads. */
export async function find({ words, units, single }, { section, author, year }, size) {
  const filters = Object.entries({ section, author }).filter(([, id]) => id).map((pair) => makeUnit([pair.join(":")], 0, 1));
  if (!words.length && !filters.length && !year) return [[]];
  const look = async (some) => {
    const rows = await Promise.all(head.tiers.map((tier) => collect(tier, [...filters, ...some], words, year)));
    return rows.flat().sort((one, other) => other.score - one.score);
  };
  const near = await look(units);
  const isNear = near[0]?.isFull;
  const isEnough = near[words.length > 3 ? 0 : size - 1]?.isFull;
  const rows = isEnough || !single.length ? near : await look([...units, ...single]);
  return [rows[0]?.isFull ? rows.filter((row) => row.isFull) : rows, isNear || (rows[0]?.isFull && rows[0].isStrong)];
}

export async function read({ tier, story }) {
  const number = Math.floor(story / head.docs);
  const stories = await tier.load(tier.shards + number, `d${number.toString(16)}`, (bytes) => JSON.parse(decode(bytes)));
  return stories[story % head.docs];
}

// How many letters are wrong, missing, too many or exchanged.
function compare(one, other) {
  let before, last = [...other, 0].map((_, at) => at);
  for (let i = 0; i < one.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < other.length; j++) {
      const swapped = i && j && one[i] === other[j - 1] && one[i - 1] === other[j] ? before[j - 1] + 1 : 9;
      row.push(Math.min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] !== other[j]), swapped));
    }
    [before, last] = [last, row];
  }
  return last.at(-1);
}

/* The nearest queries whose words are neighbours in headlines. */
export async function correct({ words }) {
  const known = await load(head.spellings, (bytes) => new Map(decode(bytes).split("\n").map((term) => [fold(term), term])));
  const found = new Map();
  words.forEach((word, at) => {
    for (const wrong of [[word], words.slice(at, at + 2)]) {
      const typed = wrong.join(" ");
      const most = typed.length > 9 ? 2 : 1;
      if (typed.length < 4 || known.has(typed)) continue;
      for (const [folded, term] of known) {
        const far = Math.abs(folded.length - typed.length) > most ? 9 : compare(typed, folded);
        if (far > most) continue;
        const put = (other) => [...words.slice(0, at), other, ...words.slice(at + wrong.length)].join(" ");
        const all = put(folded).split(" ");
        const pairs = all.slice(1).filter((word, place) => known.has(`${all[place]} ${word}`)).length;
        found.set(put(folded), [8 * pairs / (all.length - 1 || 1) - far, put(term)]);
      }
    }
  });
  const best = Math.max(...[...found.values()].map(([worth]) => worth));
  return [...found.values()].filter(([worth]) => worth === best).map(([, query]) => query);
}

/* The places of a query's words in a text: of neighbours where there are some. */
export function locate(text, { words, isOpen }) {
  const found = [...text.matchAll(WORD)].map(({ 0: word, index }) => [fold(makeExact(word)), index, index + word.length]);
  const isSame = (at, place) => found[at] && place in words &&
    (found[at][0] === words[place] || (isOpen && !(place + 1 in words) && found[at][0].startsWith(words[place])));
  const light = (isIt) => found.map((_, at) => words.some((_, place) => isSame(at, place) && isIt(at, place)));
  let lit = light((at, place) => isSame(at + 1, place + 1) || isSame(at - 1, place - 1));
  if (!lit.includes(true)) lit = light(() => true);
  const places = [];
  found.forEach(([, start, end], at) => {
    if (lit[at] && lit[at - 1]) places.at(-1)[1] = end;
    else if (lit[at]) places.push([start, end]);
  });
  return places;
}
