const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const HOURS = 7 * 3600 * 1000;

export const HOST = "https://thu-tai.example";

export const text = (value) => value.replace(/[&<>"]/g, (sign) => SIGNS[sign]);

export function stamp(date) {
  const local = new Date(date.getTime() + HOURS).toISOString();
  return `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} ${local.slice(11, 16)}`;
}

export const rssDate = (date) => new Date(date.getTime() + HOURS).toUTCString().replace("GMT", "+0700");

export const cards = (stories) => `<ul class="cards">
${stories.map(card).join("\n")}
</ul>`;

const card = (story) =>
  `<li><a href="${story.url}">${text(story.data.title)}</a> <time>${stamp(story.date)}</time>
<p>${text(story.data.summary)}</p></li>`;

// The box is the same on every page of a build, so it is made once.
let made;
export const box = (collections) => (made ??= boxOf(collections.newest.slice(0, 8)));

const boxOf = (stories) => `<aside>
<h2>Tin mới nhất</h2>
<ul class="latest">
${stories.map((s) => `<li><a href="${s.url}">${text(s.data.title)}</a> <time>${stamp(s.date)}</time></li>`).join("\n")}
</ul>
</aside>`;

export const page = (kind, title, main, aside = "") => `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} – Báo Thử Tải</title>
</head>
<body class="kind-${kind}">
<header><a href="/">Báo Thử Tải</a>
<nav><a href="/tin-moi-nhat/">Tin mới nhất</a> <a href="/chinh-tri/">Chính trị</a> <a href="/kinh-te/">Kinh tế</a> <a href="/xa-hoi/">Xã hội</a> <a href="/van-hoa/">Văn hóa</a> <a href="/the-thao/">Thể thao</a> <a href="/phap-luat/">Pháp luật</a></nav>
</header>
<main>
${main}
</main>
${aside}
<footer>Báo Thử Tải</footer>
</body>
</html>
`;
