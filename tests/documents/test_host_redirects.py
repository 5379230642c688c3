"""The rules for old addresses, loaded by the servers themselves: each answers 301 with the new one, or 410."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from urllib.parse import quote, unquote, urlsplit

import pytest

from builders import article_source, config_source, png, site_config, site_folder
from newsgen.body.embeds.registry import PROVIDERS, list_players
from newsgen.core.urls import escape_url
from newsgen.documents.host_headers import SCRIPTS, list_security_headers
from papers import build_site

PLAYERS = list_players(PROVIDERS.values())
REQUIRED = bool(os.environ.get("NEWSGEN_REQUIRE_BROWSER"))
LONG = "/tin/" + "mot-dia-chi-cu-rat-dai-" * 9 + "x.html"
OLD = [
    "/cu.html",
    "/tin/cu/",
    "/tin/khong-duoi",
    "/tin/cũ (1).html".replace(" ", "_"),
    LONG,
    "/a.php",
    "/a+b&c='d'.html",
]
GONE = "/xa-hoi/2022/08/het-han.html"
NEW = "/xa-hoi/2022/08/ke-song.html"
APACHE_MODULES = "/usr/lib/apache2/modules"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A paper with stories that have old addresses, one that is gone, and a redirect of newsgen.yaml."""
    aliases = ", ".join(f'"{old}"' for old in OLD)
    files = {
        "content/xa-hoi/ke-song.md": article_source("slug: ke-song", f"aliases: [{aliases}]", title="Kè sông"),
        "static/bao.css": "p { color: red }",
        "static/anh/Logo.PNG": png(),
        "content/xa-hoi/het-han.md": article_source("expires: 2022-08-07 05:00", "slug: het-han", title="Hết hạn"),
    }
    config = config_source(
        "machines: {headers: [nginx, apache, caddy]}",
        "redirects: {/chuyen-muc/: /xa-hoi/, /ngoai.html: 'https://khac.example/a?b=$1'}",
    )
    folder = site_folder(tmp_path_factory.mktemp("servers") / "site", files, config)
    build_site(folder)
    return folder


def program(name):
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if path is None and not REQUIRED:
        pytest.skip(f"{name} is not installed")
    assert path, f"{name} is not installed"
    return path


@contextmanager
def running(command, port):
    """A server that answers on a port of this machine."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            until = time.monotonic() + 20
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    assert process.poll() is None, process.stdout.read().decode()
                    assert time.monotonic() < until
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def answers(port):
    """What the server says to each old address: status and where it leads."""

    def ask(path):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", quote(path))
        with closing(connection), connection.getresponse() as answer:
            answer.read()
            target = urlsplit(answer.headers.get("Location", ""))
            here = target.hostname in (None, "127.0.0.1", "localhost")
            return answer.status, target.path if here else target.geturl()

    return {path: ask(path) for path in [*OLD, "/chuyen-muc/", "/ngoai.html", GONE, NEW, "/cu.html/khac"]}


EXPECTED = {
    **dict.fromkeys(OLD, (301, NEW)),
    "/chuyen-muc/": (301, "/xa-hoi/"),
    "/ngoai.html": (301, "https://khac.example/a?b=$1"),
    GONE: (410, ""),
    NEW: (200, ""),
}


def judge(found):
    """Every old address leads where it should, and what lies behind one is left alone."""
    nowhere = found.pop("/cu.html/khac")
    assert nowhere[0] in (403, 404)
    found = {path: (status, target.replace("%24", "$")) for path, (status, target) in found.items()}
    assert found == EXPECTED


FOR_EVER = "public, max-age=31536000, immutable"
FONT = "/theme/fonts/source-serif-4-vietnamese-wght-normal.woff2"
CACHED = {NEW: None, FONT: "public, max-age=2592000"}
CACHED |= dict.fromkeys(("/theme/newsgen.css", *(f"/theme/{name}.js" for name in SCRIPTS)), FOR_EVER)
CACHED |= dict.fromkeys(("/bao.css", "/anh/Logo.PNG"), "public, max-age=86400, stale-while-revalidate=604800")


def judge_headers(port):
    """Every answer carries the security headers once, found or not; files may be kept, pages not."""
    for path in (*CACHED, "/", "/khong-co.html"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path)
        with closing(connection), connection.getresponse() as answer:
            answer.read()
            told = {name: answer.headers.get_all(name) for name in list_security_headers(site_config(), PLAYERS)}
            assert {name: [value] for name, value in list_security_headers(site_config(), PLAYERS).items()} == told, (
                path
            )
            assert CACHED.get(path) == answer.headers["Cache-Control"], path
            assert (404 if path == "/khong-co.html" else 200) == answer.status


@contextmanager
def nginx(site, tmp_path):
    """Nginx with the maps and the headers of a site; gives its port."""
    port, rules = free_port(), site / "build/_server/redirects.nginx.conf"
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"""daemon off; pid {tmp_path}/pid; error_log stderr; events {{}}
http {{ access_log off; include {rules};
  client_body_temp_path {tmp_path}/b; proxy_temp_path {tmp_path}/p; fastcgi_temp_path {tmp_path}/f;
  uwsgi_temp_path {tmp_path}/u; scgi_temp_path {tmp_path}/s;
  server {{ listen 127.0.0.1:{port}; root {site}/build; include {site}/build/_server/headers.nginx.conf;
    if ($newsgen_redirect) {{ return 301 $newsgen_redirect; }}
    if ($newsgen_gone) {{ return 410; }} }} }}
user root;
"""
    )
    with running([program("nginx"), "-c", str(config), "-p", str(tmp_path)], port):
        yield port


@contextmanager
def apache(site, tmp_path):
    """Apache with the rules and the headers of a site; gives its port."""
    port, rules = free_port(), site / "build/_server/redirects.apache.conf"
    config = tmp_path / "apache.conf"
    modules = ["mpm_event", "authz_core", "alias", "dir", "headers", "mime", "rewrite"]
    loads = "\n".join(f"LoadModule {m}_module {APACHE_MODULES}/mod_{m}.so" for m in modules)
    mime = tmp_path / "mime.types"
    mime.write_text("text/html html\n")
    config.write_text(
        f"""{loads}
ServerRoot {tmp_path}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {tmp_path}/pid
TypesConfig {mime}
ErrorLog /dev/stderr
DocumentRoot {site}/build
<Directory {site}/build>
Require all granted
</Directory>
Include {rules}
Include {site}/build/_server/headers.apache.conf
"""
    )
    with running([program("apache2"), "-f", str(config), "-D", "FOREGROUND"], port):
        yield port


@contextmanager
def caddy(site, tmp_path):
    """Caddy with the directives and the headers of a site; gives its port."""
    port, rules = free_port(), site / "build/_server/redirects.caddy"
    config = tmp_path / "Caddyfile"
    config.write_text(
        f"{{\n admin off\n auto_https off\n}}\nhttp://127.0.0.1:{port} {{\n root * {site}/build\n"
        f" import {rules}\n import {site}/build/_server/headers.caddy\n file_server\n}}\n"
    )
    with running([program("caddy"), "run", "--adapter", "caddyfile", "--config", str(config)], port):
        yield port


SERVERS = pytest.mark.parametrize("server", [nginx, apache, caddy], ids=["nginx", "apache", "caddy"])


@SERVERS
def test_a_server_answers_by_the_rules(site, tmp_path, server):
    """Each server loads the rules and the headers, and answers by them."""
    with server(site, tmp_path) as port:
        judge(answers(port))
        judge_headers(port)


UPPER, LOWER, OVER = "/xa-hoi/2022/08/hoa.html", "/xa-hoi/2022/08/thuong.html", "/xa-hoi/2022/08/het-han.html"
ABROAD = {
    "/o1/": "https://khac.example/%0AInclude%20/etc/passwd%0A#x",
    "/o2/": "https://khac.example/{env.HOME}/{http.request.host}/{$HOME}",
    "/o3/": "https://khac.example/$uri/$1/$0/%1?q=%26%2F&r=$http_host",
    "/o4/": "https://khac.example/a%2Fb%3Fc\"d'e;f%5Cg",
    "/o5/": "https://khac.example/%FF%25/ế",
    "/o6/": "https://khac.example/${HOME}/%{ENV:HOME}/%{HTTP_HOST}",
    "/o7/": 'https://khac.example/"; } server { listen 1; } #',
    "/o8/": "https://khac.example/a?b=`id`#c",
}
HOSTILE = {
    **{path: escape_url(target) for path, target in ABROAD.items()},
    **dict.fromkeys(["/Tin/Cu.php", "/:x", "/a:b.php", "/(x)!@=&;,'~+.php", "/~x.php"], UPPER),
    **dict.fromkeys(["/tin/cu.php", "/tin/CU.php"], LOWER),
}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    """A paper whose old addresses and their targets mean something in the languages of servers."""

    def story(slug, title, *lines):
        old = [path for path, target in HOSTILE.items() if target.endswith(f"/{slug}.html")]
        named = json.dumps(old if slug != "het-han" else ["/Mat/Roi.php", "/mat/roi.php"])
        return article_source(f"slug: {slug}", f"aliases: {named}", *lines, title=title)

    files = {
        "content/xa-hoi/hoa.md": story("hoa", "Chữ hoa"),
        "content/xa-hoi/thuong.md": story("thuong", "Chữ thường"),
        "content/xa-hoi/het-han.md": story("het-han", "Hết hạn", "expires: 2022-08-07 05:00"),
    }
    redirects = ", ".join(f"{old}: {json.dumps(target, ensure_ascii=False)}" for old, target in ABROAD.items())
    hosts = "headers: [netlify, nginx, apache, caddy]"
    policy = f"machines: {{{hosts}, content_security_policy: \"img-src 'self' /%41%7Ba\"}}"
    folder = site_folder(
        tmp_path_factory.mktemp("hostile") / "site", files, config_source(policy, f"redirects: {{{redirects}}}")
    )
    build_site(folder)
    return folder


def location(port, path):
    """The status and the whole Location that a server answers, escapes in capitals and `$` unescaped."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", quote(path))
    with closing(connection), connection.getresponse() as answer:
        answer.read()
        target = re.sub(r"%..", lambda escape: escape[0].upper(), answer.headers.get("Location", ""))
        policy = answer.headers["Content-Security-Policy"]
    return answer.status, re.sub(r"^http://(127\.0\.0\.1|localhost)(:\d+)?", "", target).replace("%24", "$"), policy


@SERVERS
def test_hostile_addresses_are_only_addresses(hostile_site, tmp_path, server):
    """What means something in a server's language is sent as it was typed; paths that differ in case stay apart."""
    policy = "img-src 'self' /%41%7Ba"
    expected = {path: (301, target, policy) for path, target in HOSTILE.items()}
    gone = dict.fromkeys(["/Mat/Roi.php", "/mat/roi.php"], (410, "", policy))
    with server(hostile_site, tmp_path) as port:
        assert expected == {path: location(port, path) for path in expected}
        assert gone == {path: location(port, path) for path in gone}
        assert 200 == location(port, UPPER)[0]
        assert {403, 404} >= {location(port, path)[0] for path in ("/TIN/cu.php", "/:y", "/x.php", "/tinxcu.php")}


def test_hosts_get_no_wildcards(hostile_site):
    """Each line of `_redirects` is an address, where it leads and 301, and no path holds a wildcard."""
    lines = (hostile_site / "build/_redirects").read_text("ascii").splitlines()
    rules = [line.split(" ") for line in lines]
    assert {quote(path) for path in HOSTILE} == {quote(unquote(old)) for old, _, _ in rules}
    assert {"301"} == {status for _, _, status in rules}
    assert not [old for old, _, _ in rules if set(old) & set(":*#")]
    assert sorted(HOSTILE.values()) == sorted(target for _, target, _ in rules)
