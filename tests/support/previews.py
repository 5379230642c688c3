"""A preview running in a process of its own, as an editor starts it."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from papers import clean_environment

AT = "2022-08-07 07:51"
"""The moment of previews, unless a test says another."""


@dataclass(frozen=True, slots=True)
class Running:
    """A preview of the site in `site`, at `origin`; what it says goes to the file `said`."""

    site: Path
    origin: str
    said: Path
    pid: int

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.origin.rpartition(":")[2])

    def save(self, path: str, text: str | bytes) -> None:
        """Save a file as editors do: beside, and renamed into its place."""
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.part")
        part.write_bytes(text.encode() if isinstance(text, str) else text)
        part.replace(file)

    def change(self, path: str, old: str, new: str) -> None:
        """Save a file with one of its texts replaced."""
        text = (self.site / path).read_text("utf-8")
        assert old in text
        self.save(path, text.replace(old, new))

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> tuple[HTTPResponse, bytes]:
        """The answer to a request, and its body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def built(self, path: str) -> bytes:
        """A page as it will be built, without the preview's script."""
        return self.get(path, {"Sec-Fetch-Dest": "empty"})[1]

    def memory(self) -> int:
        """The resident memory of the process, in KiB (Linux)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


@contextmanager
def preview(site: Path, *options: str, at: str | None = AT) -> Iterator[Running]:
    """A preview of a site on a free port, ended afterwards."""
    said = site / ".said"
    moment = () if at is None else ("--at", at)
    command = [sys.executable, "-m", "newsgen", "serve", "--port", "0", *moment, *options]
    with said.open("w") as errors:
        process = subprocess.Popen(
            command,
            cwd=site,
            env=clean_environment() | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            assert "http://" in first, said.read_text()
            address = next(word for word in first.split() if word.startswith("http://"))
            yield Running(site, "/".join(address.split("/")[:3]), said, process.pid)
        finally:
            process.terminate()
            process.communicate(timeout=20)
