"""Pelican as its experts set it up: only the pages of the job, nothing formatted twice, the cache by reader."""

SITENAME = "Báo Thử Tải"
SITEURL = "https://thu-tai.example"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["newsroom"]
LATEST = "inline"

ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = "{slug}/index.html"
CATEGORY_REGEX_SUBSTITUTIONS = [(r"\s+", "-")]
TAG_URL = "chu-de/{slug}/"
TAG_SAVE_AS = "chu-de/{slug}/index.html"
AUTHOR_URL = "tac-gia/{slug}/"
AUTHOR_SAVE_AS = "tac-gia/{slug}/index.html"

DIRECT_TEMPLATES = ["home", "latest"] + ["fragment"] * (LATEST == "fragment")
HOME_SAVE_AS = "index.html"
FRAGMENT_SAVE_AS = "tin-moi-nhat.fragment.html"
LATEST_SAVE_AS = "tin-moi-nhat/index.html"
PAGINATED_TEMPLATES = dict.fromkeys(("latest", "category", "tag", "author"), 20)
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/trang/{number}/", "{base_name}/trang/{number}/index.html"),
]

FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = True
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = None
FEED_ALL_RSS = "rss.xml"
CATEGORY_FEED_RSS = "{slug}/rss.xml"
TAG_FEED_RSS = "chu-de/{slug}/rss.xml"
AUTHOR_FEED_RSS = "tac-gia/{slug}/rss.xml"
FORMATTED_FIELDS: list[str] = []
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}},
    "output_format": "html5",
}
GZIP_CACHE = False
