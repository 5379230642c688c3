"""Other site generators, known by their files: who moves in is told where to read how."""

from pathlib import Path

from newsgen.core.messages import Message, say

TELLTALE_FILES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Hugo", ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default/hugo.toml", "archetypes"), ""),
    ("Hugo", ("config.toml", "config/_default/config.toml"), "baseurl"),
    ("Zola", ("config.toml", "zola.toml"), "base_url"),
    ("Hexo", ("scaffolds",), ""),
    ("Jekyll", ("_config.yml", "_config.yaml", "_posts"), ""),
    (
        "Eleventy",
        (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts"),
        "",
    ),
    ("Pelican", ("pelicanconf.py",), ""),
    ("Nikola", ("conf.py",), "blog_title"),
    ("MkDocs", ("mkdocs.yml", "mkdocs.yaml"), ""),
    ("Gatsby", ("gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"), ""),
    ("Astro", ("astro.config.mjs", "astro.config.js", "astro.config.ts"), ""),
    ("WordPress", ("wp-config.php", "wp-content"), ""),
)
"""A generator, the files or folders that it leaves, and a word in such a file where others use that name too."""

_READ = 65_536


def recognize_generator(site: Path) -> Message | None:
    """A sentence that names the generator whose site this folder looks like; None where it looks like none."""
    for name, files, word in TELLTALE_FILES:
        for file in files:
            if _is_there(site / file, word):
                return say("this looks like a {name} site ({file}): docs/moving-in.md says more", name=name, file=file)
    return None


def _is_there(path: Path, word: str) -> bool:
    if not word:
        return path.exists()
    try:
        with path.open("rb") as file:
            return word in file.read(_READ).decode("utf-8", "replace").casefold()
    except OSError:
        return False
