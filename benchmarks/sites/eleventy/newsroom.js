// Stories come newest first.
const DEPTH = 40;
const RELATED = 5;
const PAGE = 20;

export const slug = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/\s+/g, "-").toLowerCase();
export const tagUrl = (tag) => `/chu-de/${slug(tag)}/`;
export const authorUrl = (author) => `/tac-gia/${slug(author)}/`;

// A story's input path → the five older stories that share most tags with it.
export function related(stories) {
  const byTag = new Map();
  const answers = new Map();
  for (let own = stories.length - 1; own >= 0; own--) {
    const shared = new Map();
    const { tags } = stories[own].data;
    for (const tag of tags) {
      const older = byTag.get(tag) ?? [];
      for (const place of older.slice(-DEPTH)) shared.set(place, (shared.get(place) ?? 0) + 1);
      older.push(own);
      byTag.set(tag, older);
    }
    const nearest = [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, RELATED);
    answers.set(stories[own].inputPath, nearest.map(([place]) => stories[place]));
  }
  return answers;
}

// Every page of every list.
export const lists = (stories) => groups(stories).flatMap(pages);

// A feed of the newest stories beside each list; the paper's own lies at the root.
export const feeds = (stories) =>
  groups(stories).map(({ kind, title, url, stories: found }) => ({
    title,
    url: kind === "latest" ? "/" : url,
    stories: found.slice(0, PAGE),
  }));

function groups(stories) {
  const groups = new Map();
  const add = (kind, title, url, story) => {
    if (!groups.has(url)) groups.set(url, { kind, title, url, stories: [] });
    groups.get(url).stories.push(story);
  };
  for (const story of stories) {
    add("latest", "Tin mới nhất", "/tin-moi-nhat/", story);
    const steps = story.data.section.split("/");
    steps.forEach((_, end) => {
      const section = steps.slice(0, end + 1).join("/");
      add("section", section, `/${section}/`, story);
    });
    for (const tag of story.data.tags) add("tag", tag, tagUrl(tag), story);
    for (const author of story.data.authors) add("author", author, authorUrl(author), story);
  }
  return [...groups.values()];
}

function pages({ kind, title, url, stories }) {
  const count = Math.ceil(stories.length / PAGE);
  const address = (number) => (number === 1 ? url : `${url}trang/${number}/`);
  return Array.from({ length: count }, (_, index) => ({
    kind,
    title,
    url: address(index + 1),
    newer: index ? address(index) : "",
    older: index + 1 < count ? address(index + 2) : "",
    stories: stories.slice(index * PAGE, (index + 1) * PAGE),
  }));
}
