"""The preview as a server: the bytes of a build, from sources as they are now, to whoever may ask."""

import os
import shutil
import socket
import statistics
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from builders import article_source, config_source, moment, png, site_folder
from moving_pictures import make_large_gif
from newsgen.media.photos import name_published
from papers import build_site, run_newsgen, tree, weekly
from planted_pictures import find_marks, make_planted, save
from previews import AT, preview

ROOT = Path(__file__).parents[2]
DEEP = bool(os.environ.get("NEWSGEN_SOAK"))
STORY = "content/kinh-te/tin-00.md"
SECONDS = 20.0


def until(holds, seconds: float = SECONDS) -> None:
    """Wait until something holds, which it must within so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.02)


def test_preview_is_production(tmp_path):
    """Every page and file of the demonstration is, but for the script's tag, what a build writes; build/ stays away."""
    site = tmp_path / "site"
    for name in ("content", "data", "static", "templates"):
        shutil.copytree(ROOT / name, site / name)
    shutil.copy(ROOT / "newsgen.yaml", site)
    build_site(site, output=tmp_path / "built", at=moment(AT))
    built = tree(tmp_path / "built")
    del built["newsgen.json"]
    with preview(site) as running:
        for output, data in built.items():
            answer, given = running.get(f"/{output}")
            assert 200 == answer.status
            whole, at, tag = given.rpartition(b'<script src="/_newsgen/client.js"')
            if output.endswith(".html") and not output.endswith(".fragment.html"):
                assert (data, True, True) == (whole, bool(at), tag.endswith(b" defer></script>")), output
            else:
                assert data == given, output
            assert data == running.built(f"/{output}"), output
    assert not (site / "build").exists()


def test_crops_and_animations_are_those_of_a_build(tmp_path):
    """Crops, cards at the focus and animations, found by their names alone, are what a build publishes."""
    story = article_source("image: {src: cau.jpg, focus: 90% 10%, crops: [1:1]}", body="![Nước lên](dong.gif)\n")
    tall = save(Image.radial_gradient("L").resize((120, 200)), "JPEG")
    files = {
        "content/kinh-te/a.md": story,
        "content/kinh-te/cau.jpg": tall,
        "content/kinh-te/dong.gif": make_large_gif(),
    }
    site = site_folder(tmp_path / "site", files, config_source("pictures: {widths: [32, 64, 128]}"))
    build_site(site, output=tmp_path / "built", at=moment(AT))
    made = {name: data for name, data in tree(tmp_path / "built").items() if name.startswith("theme/pictures/")}
    assert {".1x1-", ".3x2-", "/dong."} == {part for part in (".1x1-", ".3x2-", "/dong.") if part in " ".join(made)}
    with preview(site) as running:
        assert made == {name: running.get(f"/{name}")[1] for name in made}


def test_a_saved_change_is_served(tmp_path):
    """Adding, renaming, deleting, a moved folder, a story with an old date of change: all come through."""
    with preview(site_folder(tmp_path, weekly())) as running:
        running.save("content/xa-hoi/moi.md", article_source(title="Tin thêm"))
        until(lambda: 200 == running.get("/xa-hoi/2022/08/tin-them.html")[0].status)
        (tmp_path / "content/xa-hoi").rename(tmp_path / "content/doi-song")
        until(lambda: 200 == running.get("/doi-song/2022/08/tin-them.html")[0].status)
        assert 404 == running.get("/xa-hoi/2022/08/tin-them.html")[0].status
        os.utime(tmp_path / "content/doi-song/moi.md", (0, 0))
        old = tmp_path / "cu.md"
        old.write_text(article_source(title="Tin cũ"), "utf-8")
        os.utime(old, (0, 0))
        old.rename(tmp_path / "content/doi-song/cu.md")
        until(lambda: 200 == running.get("/doi-song/2022/08/tin-cu.html")[0].status)
        (tmp_path / "content/doi-song/moi.md").unlink()
        until(lambda: 404 == running.get("/doi-song/2022/08/tin-them.html")[0].status)
        until(lambda: b"Tin th" not in running.built("/"))


def test_a_page_with_any_ending_is_a_page(tmp_path):
    """A page that asks for an address with another ending is served as HTML, with the script."""
    files = {
        "content/kinh-te/a.md": article_source("url: /Tin.PHP"),
        "content/kinh-te/b.md": article_source("url: /b.xml"),
    }
    with preview(site_folder(tmp_path, files)) as running:
        for path in ("/Tin.PHP", "/b.xml"):
            answer, given = running.get(path)
            assert (200, "text/html; charset=utf-8") == (answer.status, answer.getheader("Content-Type"))
            assert b"/_newsgen/client.js" in given
        assert "application/xml; charset=utf-8" == running.get("/rss.xml")[0].getheader("Content-Type")


def test_folders_that_are_replaced(tmp_path):
    """As `git checkout` does: whole folders go and come back, and edits after that are seen too."""
    site = site_folder(tmp_path / "site", weekly())
    with preview(site) as running:
        for turn in range(3):
            (site / "content").rename(tmp_path / f"away-{turn}")
            site_folder(site, {name: text.replace("Tin số", f"Tin {turn} số") for name, text in weekly().items()})
            until(lambda turn=turn: f"Tin {turn} số 11".encode() in running.built("/"))
        running.change(STORY, "Đoạn một", "Đoạn sửa")
        until(lambda: "Đoạn sửa".encode() in running.built("/kinh-te/2022/01/tin-2-so-0.html"))


def test_a_picture_and_data_that_come(tmp_path):
    """A picture that was missing, the data of a template: both come through."""
    files = weekly() | {STORY: article_source("image: anh.png", title="Có ảnh", date="2022-01-10 07:00")}
    files["templates/partials/footer.html"] = "<footer>{{ data.gia.vang }}</footer>"
    files["data/gia.yaml"] = "vang: 67"
    with preview(site_folder(tmp_path, files)) as running:
        until(lambda: "missing-image" in running.said.read_text("utf-8"))
        running.save("content/kinh-te/anh.png", png(8, 6))
        until(lambda: b'width="8"' in running.built("/kinh-te/2022/01/co-anh.html"))
        assert png(8, 6) == running.get("/kinh-te/anh.png")[1]
        running.save("data/gia.yaml", "vang: 68")
        until(lambda: b"<footer>68</footer>" in running.built("/"))


def test_a_sidecar_that_comes(tmp_path):
    """Words of a picture in a text come through; a picture without consent is served no longer."""
    files = weekly() | {STORY: article_source(title="Có ảnh", date="2022-01-10 07:00", body="![](anh.png)\n")}
    files |= {"content/kinh-te/anh.png": png(8, 6), "static/anh.png": png(8, 6)}
    page = "/kinh-te/2022/01/co-anh.html"
    with preview(site_folder(tmp_path, files)) as running:
        assert b"figcaption" not in running.built(page)
        running.save("content/kinh-te/anh.png.yaml", "caption: Chợ nổi\n")
        until(lambda: "<figcaption>Chợ nổi</figcaption>".encode() in running.built(page))
        for picture in ("content/kinh-te/anh.png", "static/anh.png"):
            url = f"/{picture.partition('/')[2]}"
            assert 200 == running.get(url)[0].status
            running.save(f"{picture}.yaml", "consent: false\n")
            until(lambda url=url: 404 == running.get(url)[0].status)
        until(lambda: b"anh.png" not in running.built(page))
        assert 404 == running.get("/kinh-te/anh.png.yaml")[0].status


def test_mistakes_keep_the_last_good_state(tmp_path):
    """A broken newsgen.yaml leaves every page as it was; the terminal says why, and when it is mended."""
    with preview(site_folder(tmp_path, weekly())) as running:
        front = running.built("/")
        config = (tmp_path / "newsgen.yaml").read_text("utf-8")
        running.save("newsgen.yaml", config + "titel: sai\n")
        until(lambda: "newsgen.yaml:3:1: error[unknown-key]" in running.said.read_text("utf-8"))
        assert front == running.built("/")
        running.save("newsgen.yaml", config)
        until(lambda: running.said.read_text("utf-8").endswith("everything is mended\n"))
        assert front == running.built("/")


def test_a_taken_port(tmp_path):
    """The next free port is taken; a host that is none ends with one line and 3; a site that is none with 2."""
    site = site_folder(tmp_path, weekly())
    with preview(site) as first, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with preview(site, "--port", str(port)) as second:
            assert second.port != port
            assert first.port != second.port
    done = run_newsgen("serve", "--host", "192.0.2.1", site=site)
    assert (3, 1) == (done.returncode, done.stderr.count("error["))
    (site / "newsgen.yaml").unlink()
    done = run_newsgen("serve", site=site)
    assert (2, True) == (done.returncode, "nothing is served" in done.stderr)


def test_under_a_base_path(tmp_path):
    """A paper whose address has a path is shown under that path, to which the root leads."""
    config = "title: Báo\nurl: https://example.org/bao\n"
    with preview(site_folder(tmp_path, weekly(), config)) as running:
        assert (302, "/bao/") == (running.get("/")[0].status, running.get("/")[0].headers["Location"])
        assert 200 == running.get("/bao/")[0].status
        assert 404 == running.get("/kinh-te/")[0].status
        answer, _ = running.get("/bao/kinh-te")
        assert (302, "/bao/kinh-te/") == (answer.status, answer.headers["Location"])


def test_headers(tmp_path):
    """Text says that it is UTF-8, nothing may be kept, HEAD has no body, other methods are refused."""
    with preview(site_folder(tmp_path, weekly())) as running:
        for path, kind in [
            ("/", "text/html; charset=utf-8"),
            ("/theme/newsgen.css", "text/css; charset=utf-8"),
            ("/logo.svg", "image/svg+xml; charset=utf-8"),
            ("/robots.txt", "text/plain; charset=utf-8"),
            ("/khong-co", "text/html; charset=utf-8"),
            ("/_newsgen/", "text/html; charset=utf-8"),
            ("/_newsgen/page.json", "application/json; charset=utf-8"),
        ]:
            answer, _ = running.get(path)
            assert (kind, "no-store") == (answer.headers["Content-Type"], answer.headers["Cache-Control"])
            assert answer.headers["Access-Control-Allow-Origin"] is None
        answer, data = running.get("/", method="HEAD")
        assert (200, b"") == (answer.status, data)
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"):
            assert 405 == running.get("/", method=method)[0].status


@pytest.mark.parametrize("language", ["vi", "en"])
def test_refusals_are_in_the_editors_language(tmp_path, monkeypatch, language):
    """Foreign names, addresses that are no text, what is not there, and other methods."""
    monkeypatch.setenv("NEWSGEN_LANG", language)
    said = {
        "vi": ("Bản xem trước không trả lời", "Địa chỉ đó", "Bản xem trước không có", "Bản xem trước chỉ trả lời GET"),
        "en": ("This preview does not answer", "That address", "The preview has nothing", "This preview answers GET"),
    }[language]
    with preview(site_folder(tmp_path, weekly())) as running:
        told = [
            running.get("/", {"Host": "khac.example"}),
            running.get("/%ff"),
            running.get("/_newsgen/x"),
            running.get("/", method="POST"),
        ]
    assert [403, 400, 404, 405] == [answer.status for answer, _ in told]
    assert [True] * 4 == [data.decode().startswith(start) for (_, data), start in zip(told, said, strict=True)]


def test_under_load(tmp_path):
    """While stories are saved every answer is a whole page of some save: no error, nothing torn, the last one stays."""
    rebuilds, requests = (1000, 200_000) if DEEP else (20, 5_000)
    with preview(site_folder(tmp_path, weekly())) as running:
        address, source = "/kinh-te/2022/01/tin-so-0.html", (tmp_path / STORY).read_text("utf-8")
        good = {_marked(running.built(address).decode(), "Đoạn một của tin 0")}
        took, wrong, over = list[float](), list[str](), threading.Event()

        def read() -> None:
            while not over.is_set() or len(took) < requests:
                start = time.perf_counter()
                answer, data = running.get(address, {"Sec-Fetch-Dest": "empty"})
                took.append(time.perf_counter() - start)
                text = data.decode()
                if answer.status != 200 or _marked(text, _mark(text)) not in good:
                    wrong.append(f"{answer.status}: {text[:200]}")

        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        before = running.memory()
        for turn in range(rebuilds):
            running.save(STORY, source.replace("Đoạn một của tin 0", f"Lần lưu nữa là {turn}."))
            until(lambda turn=turn: f"Lần lưu nữa là {turn}.".encode() in running.built(address))
        over.set()
        for reader in readers:
            reader.join()
        assert [] == wrong
        assert requests <= len(took)
        assert f"Lần lưu nữa là {rebuilds - 1}." in running.built(address).decode()
        slow, more = statistics.quantiles(took, n=100)[-1], running.memory() - before
        sys.stdout.write(f"99 of 100 answers within {1000 * slow:.1f} ms, {more} KiB more after {rebuilds} saves\n")
        assert slow < (0.05 if DEEP else 0.25), "seconds"
        assert more < 30_000, "KiB more than at the beginning"


def _mark(text: str) -> str:
    """What the story says of the save that it is of."""
    start = text.find("Lần lưu ")
    return text[start : text.index(".", start) + 1] if start >= 0 else "Đoạn một của tin 0"


def _marked(text: str, mark: str) -> str:
    """A page with its mark taken out, so that pages of all saves are alike."""
    return text.replace(f"{mark}.", "*").replace(mark, "*")


def test_a_file_that_would_run_code_is_not_served(tmp_path):
    """A file beside a story that a build refuses is an error in the preview too, until it is mended or trusted."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"{}/>'
    files = {
        "content/kinh-te/a.md": article_source(body="![Bản đồ](a.svg)\n\n[Bảng giá](gia.html)"),
        "content/kinh-te/a.svg": drawing.format(' onload="alert(1)"'),
        "content/kinh-te/gia.html": "<script>alert(1)</script>",
        "static/b.svg": drawing.format(' onload="alert(2)"'),
        "static/c.html": "<script>alert(3)</script>",
    }
    with preview(site_folder(tmp_path, files)) as running:
        for path in ("/kinh-te/a.svg", "/kinh-te/gia.html", "/b.svg"):
            answer, data = running.get(path)
            assert (500, "text/html; charset=utf-8") == (answer.status, answer.headers["Content-Type"])
            assert b"alert" not in data
            assert b"error[script-in-file]: " in data
        until(lambda: "content/kinh-te/a.svg:1:62: error[script-in-file]: " in running.said.read_text())
        assert b"alert" in running.get("/c.html")[1]
        for name, path in (("content/kinh-te/a.svg", "/kinh-te/a.svg"), ("static/b.svg", "/b.svg")):
            running.save(name, drawing.format(""))
            until(lambda path=path: 200 == running.get(path)[0].status)
        assert f"{drawing.format('')}\n".encode() == running.get("/kinh-te/a.svg", {"Range": "bytes=0-3"})[1]
        settings = (tmp_path / "newsgen.yaml").read_text("utf-8")
        running.save("newsgen.yaml", f"{settings}\nmarkdown: {{raw_html: allow}}\n")
        until(lambda: b"alert" in running.get("/kinh-te/gia.html")[1])
        until(lambda: "everything is mended" in running.said.read_text())


def test_a_picture_that_a_build_refuses_is_told(tmp_path):
    """Its answer says why, and so does the terminal with the list of problems, until it is mended."""
    files = {
        "content/kinh-te/a.md": article_source(body="![Cầu](a.png)"),
        "content/kinh-te/a.png": make_planted("PNG")[:300] + b"IEND",
        "static/b.jpg": b"",
        "static/c.tif": b"II*\0",
    }
    said = {
        "/kinh-te/a.png": "“a.png” may hold private data",
        "/b.jpg": "“b.jpg” is empty",
        "/c.tif": "“c.tif” may hold",
    }
    with preview(site_folder(tmp_path, files)) as running:
        for path, words in said.items():
            answer, data = running.get(path)
            assert (500, True) == (answer.status, words in data.decode())
            until(lambda words=words: words in running.said.read_text())
        for name in ("content/kinh-te/a.png", "static/b.jpg", "static/c.tif"):
            (tmp_path / name).write_bytes(png())
        until(lambda: [200] * 3 == [running.get(path)[0].status for path in said])
        until(lambda: "everything is mended" in running.said.read_text())


def test_pictures_are_those_of_a_build(tmp_path):
    """A photo is converted, beside a story and in static/, and nothing private is in what is served."""
    names = {"content/kinh-te/thu.heic": "HEIC", "static/anh/thu.heic": "HEIC", "static/anh/cau.jpg": "JPEG"}
    names |= {"static/anh/cau": "JPEG"}
    with preview(
        site_folder(tmp_path, weekly() | {name: make_planted(kind) for name, kind in names.items()})
    ) as running:
        for name in names:
            path = name_published(f"/{name.partition('/')[2]}")
            answer, given = running.get(path)
            assert (200, []) == (answer.status, find_marks(given))
            kind = {".jpg": "image/jpeg", "/cau": "application/octet-stream"}.get(path[-4:], "image/webp")
            assert kind == answer.getheader("Content-Type")
