"""What the preview shows while it reads the site: the pages of the last build."""

import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import pytest

from builders import NOW, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.config.reading import read_config
from newsgen.core.errors import MachineError, NewsgenError
from newsgen.preview.built_site import find_built_site
from newsgen.preview.preview import Preview, ServeOptions
from papers import weekly

STORY = "content/kinh-te/tin-00.md"
PAGE = "/kinh-te/2022/01/tin-so-0.html"
SECONDS = 60


def built(folder: Path) -> Path:
    """The weekly paper, built, with a story that was edited since."""
    site = site_folder(folder, weekly())
    build(BuildOptions(site, site / "build", NOW, jobs=1))
    site_folder(folder, {STORY: weekly()[STORY].replace("Đoạn một", "Đoạn mới")})
    return site


class Slow(Preview):
    """A preview that begins to read when `go` is set; its loop runs in a thread."""

    def __init__(self, site: Path) -> None:
        super().__init__(ServeOptions(site, lambda _config: NOW, port=0, is_present=True), print)
        self.go = Event()
        self.raised: list[Exception] = []

    def _read(self) -> None:
        assert self.go.wait(SECONDS)
        super()._read()

    def serve(self) -> None:
        """Run, and keep what is raised."""
        try:
            self.run()
        except NewsgenError as error:
            self.raised.append(error)


@contextmanager
def serving(site: Path):
    """A slow preview that is running, and its port."""
    slow = Slow(site)
    port = int(slow.open().rstrip("/").rpartition(":")[2])
    thread = Thread(target=slow.serve)
    thread.start()
    try:
        yield slow, port
    finally:
        slow.go.set()
        while not hasattr(slow.server, "loop"):
            time.sleep(0.01)
        slow.server.stop()
        thread.join(SECONDS)


def get(port: int, path: str) -> tuple[str, str]:
    """The number of an answer and its text."""
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", path, headers={"Sec-Fetch-Dest": "empty"})
        answer = connection.getresponse()
        return answer.getheader("X-Newsgen-Number"), answer.read().decode()
    finally:
        connection.close()


def test_pages_of_the_last_build_are_shown_until_the_site_is_read(tmp_path):
    """Before: the built page, at once. Then the page of the sources, which a request for another page waits for."""
    site = built(tmp_path)
    with serving(site) as (slow, port):
        page = (site / "build" / PAGE[1:]).read_text("utf-8")
        assert get(port, PAGE) == ("0", page)
        waiting: list[tuple[str, str]] = []
        other = Thread(target=lambda: waiting.append(get(port, "/khong-co.html")))
        other.start()
        other.join(0.3)
        assert not waiting
        slow.go.set()
        other.join(SECONDS)
        assert "404" in waiting[0][1]
        number, text = get(port, PAGE)
        assert (number, "Đoạn mới" in text, "Đoạn mới" in page) == ("1", True, False)


def test_a_site_that_cannot_be_read_ends_the_preview(tmp_path, monkeypatch):
    """What is wrong is raised by `run`, as `open` does where the site is read first."""
    site = built(tmp_path)
    with serving(site) as (slow, _port):

        def refuse(*_arguments):
            raise OSError(5, "Input/output error", str(site))

        monkeypatch.setattr(slow.versions, "_look", refuse)
        slow.go.set()
        for _ in range(SECONDS * 20):
            if slow.raised:
                break
            time.sleep(0.05)
    assert [MachineError] == list(map(type, slow.raised))


@pytest.mark.parametrize("change", ["none", "other site", "unread", "plugins"])
def test_only_a_build_of_this_site_whose_reading_is_remembered_is_shown(tmp_path, change):
    """Without a build, of another address, with nothing remembered or with plugins, the site is read first."""
    site = built(tmp_path)
    assert find_built_site(site, read_config(site)) is not None
    settings = site / "newsgen.yaml"
    if change == "none":
        (site / "build" / "newsgen.json").unlink()
    elif change == "other site":
        settings.write_text(settings.read_text("utf-8").replace("https://", "https://other."), "utf-8")
    elif change == "unread":
        (site / ".newsgen" / "build" / "reading.sqlite").unlink()
    else:
        site_folder(site, {"plugins/nothing.py": "def register(newsgen, options):\n    pass\n"})
        settings.write_text(settings.read_text("utf-8") + "\nplugins: [nothing]\n", "utf-8")
    assert find_built_site(site, read_config(site)) is None


def test_files_outside_the_output_are_not_served(tmp_path):
    """A path cannot leave the output, through a link neither; what somebody hid in the output is not shown."""
    site = built(tmp_path)
    shown = find_built_site(site, read_config(site))
    (site / "build" / "khoa.txt").symlink_to(site / "newsgen.yaml")
    site_folder(site / "build", {".env": "khoá", "a/khoa.pem": "khoá", "a/.git/config": "khoá"})
    hidden = ("/.env", "/a/khoa.pem", "/a/.git/config")
    for path in ("/../newsgen.yaml", "/khoa.txt", "/%2e%2e/newsgen.yaml", "/a%00b.html", *hidden):
        answer = shown.respond(path)
        assert answer is None, path
    assert shown.respond("/").status in (200, 302)
