"""What every command shares: the site it works in, how faults end it, how it speaks to a terminal."""

import copy
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from inspect import cleandoc
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from newsgen.build.options import STANDARD_OUTPUT
from newsgen.config.generators import recognize_generator
from newsgen.core.errors import Location, NewsgenError, Problem, summarize, wrap_os_error
from newsgen.core.grouping import LINES_SHOWN, format_report
from newsgen.core.messages import Translate, as_message, choose_language, encode_english, localize, say, translate_to
from newsgen.core.writing import replace_file
from newsgen.model.reports import BuildReport


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


Told = TypeVar("Told", bound=click.Command)


def localized(command: Told, translate: Translate) -> Told:
    """A command whose help is translated."""
    if translate is str:
        return command
    told = copy.copy(command)
    told.help = translate(cleandoc(command.help or ""))
    told.epilog = translate(command.epilog) if command.epilog else None
    told.params = [_localized(parameter, translate) for parameter in command.params]
    return told


def _localized(parameter: click.Parameter, translate: Translate) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    told = copy.copy(parameter)
    told.help = translate(parameter.help)
    return told


STAGES = {
    "look": say("look"),
    "read": say("read"),
    "join": say("join"),
    "plan": say("plan"),
    "render": say("render"),
    "publish": say("publish"),
}
"""How a terminal names the stages of a run."""


@contextmanager
def faults(consequence: str | Callable[[], str], report: Path | None = None) -> Iterator[None]:
    """Print the problems of a run that could not go on, and exit as design says.

    `consequence` is what the run left, in words, or gives them when it has ended.
    """
    told = consequence if callable(consequence) else lambda: consequence
    try:
        try:
            yield
        except BrokenPipeError:  # who listened has gone, as in `newsgen list | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(128 + signal.SIGPIPE)
        except OSError as error:
            raise wrap_os_error(error, "the site") from error
    except NewsgenError as error:
        print_problems(error.problems)
        write_report(report, BuildReport(), error.problems)
        tell(summarize(error.problems, told()), err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        tell(say("interrupted; {consequence}", consequence=told()), err=True)
        die_of_interrupt()


def die_of_interrupt() -> None:
    """End as a program does that Ctrl-C ended, so that a script that called it ends too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGINT)


@contextmanager
def no_interrupt_lost() -> Iterator[None]:
    """Die of an interrupt that comes in a finaliser or a weak reference's callback: Python prints it and goes on."""
    before = sys.unraisablehook

    def hear(dropped: Any) -> None:  # noqa: ANN401 - its type has a name only in the type checker's library
        if issubclass(dropped.exc_type, KeyboardInterrupt):
            tell(say("interrupted"), err=True)
            die_of_interrupt()
        before(dropped)

    sys.unraisablehook = hear
    try:
        yield
    finally:
        sys.unraisablehook = before


def _site() -> Path | None:
    context = click.get_current_context(silent=True)
    return context.find_object(Path) if context is not None else None


def spoken() -> Translate:
    """What translates messages into the language of whoever runs the command; before it has a site, that is here."""
    return translate_to(choose_language(os.environ, _site() or Path()))


def tell(text: str, *, err: bool = False) -> None:
    """Print a line in the language of whoever runs the command."""
    click.echo(localize(text, spoken()), err=err)


def print_problems(problems: Sequence[Problem], most: int | None = LINES_SHOWN) -> None:
    """Print problems to standard error, those that say the same together; each by itself where `most` is None."""
    for line in format_report(problems, spoken(), most):
        click.echo(line, err=True)
    site = _site()
    if site is not None and any(problem.level == "error" for problem in problems):
        found = recognize_generator(site)
        if found is not None:
            tell(found, err=True)


def in_words(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as JSON has them: only `what` and `fix` are in the reader's language, all else is the same in each."""
    translate = spoken()
    return [_facts(problem, translate) for problem in problems]


def _facts(problem: Problem, translate: Translate) -> dict[str, Any]:
    facts: dict[str, Any] = msgspec.to_builtins(problem.localized(translate), enc_hook=encode_english)
    what = as_message(problem.what)  # a plugin may give a plain text
    values = {name: str(v) if isinstance(v, str) else v for name, v in what.values.items()}
    return {**facts, "template": what.template, "values": values}


def write_report(report: Path | None, done: BuildReport, problems: Sequence[Problem]) -> None:
    """Write what a run did as JSON, where somebody wants it; that it cannot be written is a warning."""
    if report is None:
        return
    facts: dict[str, Any] = msgspec.to_builtins(done, enc_hook=encode_english)
    facts.pop("warnings")
    facts["problems"] = in_words(problems)
    text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    try:
        if report == STANDARD_OUTPUT:
            click.echo(text, nl=False)
        elif report.is_file() or not report.exists():
            replace_file(report, text.encode())
        else:  # a pipe or a device
            report.write_bytes(text.encode())
    except OSError as error:
        what = say("the report cannot be written: {reason}", reason=error.strerror)
        with suppress(OSError):
            fix = say("name another file")
            print_problems([Problem(Location(str(report)), "report-unwritten", what, fix, "warning")])


def shown(path: Path) -> str:
    """A folder as the user would type it."""
    here = Path.cwd()
    return f"{path.relative_to(here)}/" if here in path.parents else f"{path}/"


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, silence in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console  # start-up: only on a terminal
    from rich.progress import Progress  # start-up: only on a terminal

    with Progress(console=Console(stderr=True), transient=True) as bar:
        words = {stage: localize(word, spoken()) for stage, word in STAGES.items()}
        task = bar.add_task(words["read"], total=None)
        yield lambda stage, done, total: bar.update(
            task, description=words.get(stage, stage), completed=done, total=total
        )
