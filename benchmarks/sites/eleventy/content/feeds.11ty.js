import { HOST, rssDate, text } from "../_includes/shell.js";

export const data = {
  layout: false,
  pagination: { data: "collections.feeds", size: 1, alias: "feed" },
  permalink: ({ feed }) => `${feed.url}rss.xml`,
};

const item = (story) => `<item>
<title>${text(story.data.title)}</title>
<link>${HOST}${story.url}</link>
<guid isPermaLink="true">${HOST}${story.url}</guid>
<pubDate>${rssDate(story.date)}</pubDate>
<description>${text(story.data.summary)}</description>
</item>`;

export function render({ feed }) {
  const title = `${text(feed.title)} – Báo Thử Tải`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
<channel>
<title>${title}</title>
<link>${HOST}${feed.url}</link>
<description>${title}</description>
<language>vi</language>
${feed.stories.map(item).join("\n")}
</channel>
</rss>
`;
}
