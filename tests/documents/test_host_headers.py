"""Headers for the hosts, in the words of each."""

import pytest

from builders import manuscript, site_config
from newsgen.body.embeds.registry import PROVIDERS, list_players
from newsgen.documents.host_headers import FILES, SCRIPTS
from papers import documents, newspaper
from written_documents import written


def header_file(host, *lines, url="https://baolacgiang.example"):
    """The lines of one host's file."""
    settings = [f"machines: {{headers: [{host}]}}"] if not any(line.startswith("machines") for line in lines) else []
    site = newspaper(manuscript(), config=site_config(*settings, *lines, url=url))
    return written(site, FILES[host]).decode().splitlines()


def test_only_the_hosts_asked_for_get_a_file():
    """By default there is the file that Netlify and Cloudflare Pages read; the others are asked for."""
    outputs = documents(newspaper(manuscript())).keys()
    assert {"_headers"} == outputs & set(FILES.values())


def test_netlify_reads_paths_and_headers():
    """A path stands alone, its headers are indented below; what is named by its bytes is cached for ever."""
    lines = header_file("netlify", url="https://x.example/bao")
    assert "/bao/*" == lines[0]
    assert "  X-Content-Type-Options: nosniff" in lines
    at = lines.index("/bao/theme/newsgen.css")
    assert "  Cache-Control: public, max-age=31536000, immutable" == lines[at + 1]


@pytest.mark.parametrize(
    ("host", "line"),
    [
        ("nginx", 'add_header X-Content-Type-Options "nosniff" always;'),
        ("nginx", "location ^~ /theme/fonts/ {"),
        ("apache", 'Header always set X-Content-Type-Options "nosniff"'),
        ("apache", '<LocationMatch "^/theme/newsgen\\.js$">'),
        ("caddy", '    X-Content-Type-Options "nosniff"'),
        ("caddy", 'header /theme/newsgen.css Cache-Control "public, max-age=31536000, immutable"'),
    ],
)
def test_other_servers_have_their_own_words(host, line):
    """The same table is written as nginx, Apache and Caddy read it."""
    assert line in header_file(host)


def test_an_nginx_location_tells_every_header():
    """A location of nginx that adds a header inherits none, so the security headers are said in each again."""
    lines = header_file("nginx")
    assert 5 + len(SCRIPTS) == sum("Content-Security-Policy" in line for line in lines)


def test_the_policy_follows_the_settings():
    """Hosts of videos may be framed, the readers' count asked; a policy in newsgen.yaml takes the whole place."""
    lines = "\n".join(header_file("netlify", "online: {endpoint: 'https://dem.example/bao/online'}"))
    assert "connect-src 'self' https://dem.example;" in lines
    both = "online: {endpoint: 'https://dem.example/online', most_read: 'https://doc.example/nhieu'}"
    assert "connect-src 'self' https://dem.example https://doc.example;" in "\n".join(header_file("netlify", both))
    frames = "markdown: {embeds: [vimeo], video_hosts: [phim.example]}"
    policy = "\n".join(header_file("netlify", frames))
    assert "frame-src https://player.vimeo.com/video/ https://phim.example;" in policy
    assert "frame-src 'none';" in "\n".join(header_file("netlify", "markdown: {embeds: []}"))
    own = header_file("netlify", "machines: {headers: [netlify], content_security_policy: 'default-src https:'}")
    assert "  Content-Security-Policy: default-src https:" in own


def test_the_policy_allows_players_and_nothing_more():
    """Frames of the players of `markdown.embeds`, each by its path; scripts, styles and requests of no other host."""
    (policy,) = (line for line in header_file("netlify") if "Content-Security-Policy" in line)
    directives = dict(part.strip().split(" ", 1) for part in policy.partition(": ")[2].split(";"))
    assert list_players(PROVIDERS.values()) == tuple(directives["frame-src"].split())
    assert all(player.count("/") > 2 for player in directives["frame-src"].split())
    assert ("'self'", "'self'") == (directives["default-src"], directives["connect-src"])
    assert directives.keys().isdisjoint({"script-src", "style-src", "worker-src"})
