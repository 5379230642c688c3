"""Recognize the sites of other generators by their files, to point to docs/moving-in.md."""

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
"""A generator, its typical files or folders, and a word in the file where other programs use that name too."""

_READ = 65_536


def recognize_generator(site: Path) -> Message | None:
    """A sentence about the generator whose site this folder seems to be; None where it seems to be none."""
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
