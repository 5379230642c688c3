"""The command line: parses, calls an act, prints, exits."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click

from newsgen import __version__
from newsgen.build import BuildOptions, build
from newsgen.clock import moment
from newsgen.config import read_config
from newsgen.errors import NewsgenError, Problem, machine_error, report_lines, summary_line
from newsgen.init import init_site
from newsgen.model import BuildReport
from newsgen.new import new_article

EXIT_BUG = 4


def _use_site(context: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.obj = value.resolve()


site_option = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    expose_value=False,
    callback=_use_site,
    help="The site's folder, with newsgen.yaml in it. Default: here.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog="Documentation: the docs/ folder.")
@click.version_option(__version__, "--version", "-V", message="newsgen %(version)s")
@site_option
@click.option("--debug", is_flag=True, help="Show Python tracebacks.")
@click.pass_context
def main(context: click.Context, *, debug: bool) -> None:
    """Publish a newspaper as static files: Markdown in content/, a finished site in build/."""
    context.obj = context.obj or Path().resolve()
    context.call_on_close(_flush)
    if not debug:
        sys.excepthook = _bug


@main.command("build")
@site_option
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where to. Default: build/.")
@click.option("--at", metavar="TIME", help='The paper of that moment, such as "2025-12-24 06:00". Default: now.')
@click.option("--drafts", is_flag=True, help="Show drafts and scheduled stories too.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use. Default: one a core.")
@click.option("--clean", is_flag=True, help="Make everything again, whatever earlier builds left.")
@click.option(
    "--report", type=click.File("w", "utf-8", lazy=False), metavar="FILE", help="Write what was done as JSON."
)
@click.pass_obj
def build_command(
    site: Path,
    *,
    output: Path | None,
    at: str | None,
    drafts: bool,
    jobs: int | None,
    clean: bool,
    report: IO[str] | None,
) -> None:
    """Build the site. Either the whole new site is published, or nothing is changed."""
    target = Path(os.path.abspath(output or site / "build"))  # noqa: PTH100 - a link is kept, `..` is not
    unchanged = f"{target.name}/ unchanged"
    with _faults(unchanged, report):
        zone = read_config(site).zone
        options = BuildOptions(site, target, moment(at, os.environ, zone), drafts, jobs or 0, clean)
        start = time.perf_counter()
        with _progress() as progress:
            done = build(options, progress)
        took = time.perf_counter() - start
    with suppress(OSError):  # what is published is published, though nobody listens
        _print_problems(done.warnings)
        _write_report(report, done, done.warnings)
        click.echo(f"{_counted(done)} in {took:.1f} s → {_shown(target)}")


@main.command("new")
@site_option
@click.argument("title")
@click.option("--section", default="", help="The section's folder, such as kinh-te or kinh-te/nong-nghiep.")
@click.option("--at", metavar="TIME", help="The article's date. Default: now.")
@click.pass_obj
def new_command(site: Path, title: str, section: str, at: str | None) -> None:
    """Start an article: a draft with its front matter, in its section."""
    with _faults("nothing written"):
        config = read_config(site)
        source = new_article(site, config, title, section, moment(at, os.environ, config.zone))
        click.echo(source)


@main.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init_command(folder: Path) -> None:
    """Make a small site in FOLDER that builds at once."""
    with _faults("nothing written"):
        init_site(folder.absolute())
        click.echo(f"A new site is in {_shown(folder.absolute())}\nNow: cd {folder} && newsgen build")


@main.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the shell's completion script. Bash: `eval "$(newsgen completion bash)"`."""
    from click.shell_completion import get_completion_class  # start-up: rarely wanted

    completion = get_completion_class(shell)
    if completion is not None:
        click.echo(completion(main, {}, "newsgen", "_NEWSGEN_COMPLETE").source())


@contextmanager
def _faults(consequence: str, report: IO[str] | None = None) -> Iterator[None]:
    """Print the problems of a run that could not go on, and exit as design says."""
    try:
        try:
            yield
        except OSError as error:
            raise machine_error(error, "the site") from error
    except NewsgenError as error:
        _print_problems(error.problems)
        _write_report(report, BuildReport(), error.problems)
        click.echo(summary_line(error.problems, consequence), err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        click.echo(f"interrupted; {consequence}", err=True)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)


def _print_problems(problems: "list[Problem] | tuple[Problem, ...]") -> None:
    for line in report_lines(problems):
        click.echo(line, err=True)


def _write_report(file: IO[str] | None, done: BuildReport, problems: "list[Problem] | tuple[Problem, ...]") -> None:
    if file is None:
        return
    facts = asdict(done)
    facts.pop("warnings")
    facts["problems"] = [asdict(problem) for problem in problems]
    file.write(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


def _counted(done: BuildReport) -> str:
    stories = "1 story" if done.stories == 1 else f"{done.stories:,} stories"
    return f"{stories}, {done.pages:,} pages, {done.files:,} files"


def _shown(path: Path) -> str:
    here = Path.cwd()
    return f"{path.relative_to(here)}/" if here in path.parents else f"{path}/"


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, silence in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console  # start-up: only on a terminal
    from rich.progress import Progress  # start-up: only on a terminal

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)


def _flush() -> None:
    """A reader that went away (`newsgen build | head`) is no fault."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(kind: type[BaseException], error: BaseException, _trace: object) -> None:
    text = f"newsgen: a bug in newsgen: {kind.__name__}: {error}. fix: run with --debug and report what it prints"
    click.echo(text, err=True)
    sys.stderr.flush()
    os._exit(EXIT_BUG)
