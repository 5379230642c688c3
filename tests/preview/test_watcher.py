"""What the watch hands on of changes to the folders that it watches."""

import shutil
import threading
import time
from contextlib import contextmanager

from builders import site_folder
from newsgen.preview.watcher import Watcher


@contextmanager
def watched(site):
    """The batches that a watch of a site's content/ hands on, as they come."""
    batches, watch = [], Watcher(site, ("content",), ("newsgen.yaml",))

    def take(batch):
        if batch is None or batch:
            batches.append(batch)

    thread = threading.Thread(target=watch.run, args=(take, lambda _error: None))
    thread.start()
    try:
        wait_for(lambda: batches == [None])
        yield batches
    finally:
        watch.stop.set()
        thread.join(20)


def wait_for(holds):
    """Wait until something holds."""
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.02)


def test_a_folder_that_goes_and_comes_at_once_is_still_heard(tmp_path):
    """Whether or not the new folder bears the old one's number, what is saved in it afterwards is handed on."""
    site = site_folder(tmp_path / "site", {"content/xa-hoi/a.md": "a"})
    with watched(site) as batches:
        for number in range(5):
            shutil.rmtree(site / "content")
            site_folder(site, {"content/xa-hoi/a.md": "a"})
            wait_for(lambda number=number: batches.count(None) >= number + 2)
            time.sleep(0.3)
            batches_before = len(batches)
            (site / "content/xa-hoi/a.md").write_text(str(number))
            wait_for(lambda before=batches_before: any("content/xa-hoi/a.md" in (b or ()) for b in batches[before:]))
