"""The names of a site's files and folders, as every module and every message calls them."""

SETTINGS = "newsgen.yaml"
ADDRESSES = "urls.lock"
CONTENT, STATIC, DATA, TEMPLATES = FOLDERS = ("content", "static", "data", "templates")
PLUGINS = "plugins"
SOURCES = (SETTINGS, ADDRESSES, PLUGINS, *FOLDERS)
"""All that a site is made from."""

OUTPUT = "build"
"""Where a site is built, unless another folder is asked for."""

STATE = ".newsgen"
"""Where builds keep what they remember."""

FRONT = "data/front.yaml"


def breaking(prefix: str = "") -> str:
    """The file with the line over every page of the language whose addresses begin with `prefix` (`/en`, or "")."""
    return f"data{prefix}/breaking.yaml"
