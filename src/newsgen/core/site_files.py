"""The names of a site's files and folders."""

SETTINGS = "newsgen.yaml"
ADDRESSES = "urls.lock"
CONTENT, STATIC, DATA, TEMPLATES = FOLDERS = ("content", "static", "data", "templates")
PLUGINS = "plugins"
SOURCES = (SETTINGS, ADDRESSES, PLUGINS, *FOLDERS)
"""Everything that a site is made from."""

OUTPUT = "build"
"""The default output folder."""

STATE = ".newsgen"
"""Where builds keep what they remember."""

FRONT = "data/front.yaml"


def breaking(prefix: str = "") -> str:
    """The file of the banner on the pages of a language, whose addresses begin with `prefix` (`/en`, or "")."""
    return f"data{prefix}/breaking.yaml"
