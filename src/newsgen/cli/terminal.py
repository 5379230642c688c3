"""What commands share: the option for the site, exits on errors, output in the user's language."""

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

from newsgen.config.generators import recognize_generator
from newsgen.core.errors import Location, NewsgenError, Problem, find_nearest, summarize, wrap_os_error
from newsgen.core.grouping import LINES_SHOWN, format_report
from newsgen.core.messages import Translate, as_message, choose_language, encode_english, localize, say, translate_to
from newsgen.core.writing import STANDARD_OUTPUT, replace_file
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


Command = TypeVar("Command", bound=click.Command)


def translate_command(command: Command, translate: Translate) -> Command:
    """A command with its help translated."""
    if translate is str:
        return command
    translated = copy.copy(command)
    translated.help = translate(cleandoc(command.help or ""))
    translated.epilog = translate(command.epilog) if command.epilog else None
    translated.params = [_translate_option(parameter, translate) for parameter in command.params]
    return translated


def _translate_option(parameter: click.Parameter, translate: Translate) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    translated = copy.copy(parameter)
    translated.help = translate(parameter.help)
    return translated


STAGES = {
    "look": say("look"),
    "read": say("read"),
    "join": say("join"),
    "plan": say("plan"),
    "render": say("render"),
    "pictures": say("pictures"),
    "publish": say("publish"),
}
"""The names of the stages in a terminal."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called; for a misspelled one it suggests the nearest."""

    def list_all_commands(self, context: click.Context) -> list[str]:
        """The names of all commands that may be meant."""
        return self.list_commands(context)

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed. Raises click.UsageError."""
        try:
            return super().resolve_command(context, args)
        except click.UsageError as error:
            close = find_nearest(args[0], self.list_all_commands(context))
            if close is None:
                raise
            suggestion = localize(say("did you mean `{name}`?", name=close), get_translation())
            raise click.UsageError(f"{error.message} {suggestion[:1].upper()}{suggestion[1:]}", context) from None


@contextmanager
def report_faults(consequence: str | Callable[[], str], report: Path | None = None) -> Iterator[None]:
    """Print the problems that end a command, and exit with their code.

    `consequence` is a message that says what the command left, or a function that gives it at the end.
    """
    get_consequence = consequence if callable(consequence) else lambda: consequence
    try:
        try:
            yield
        except BrokenPipeError:  # the pipe was closed, as in `newsgen list | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(128 + signal.SIGPIPE)
        except OSError as error:
            raise wrap_os_error(error, "the site") from error
    except NewsgenError as error:
        print_problems(error.problems)
        write_report(report, BuildReport(), error.problems)
        tell(summarize(error.problems, get_consequence()), err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        tell(say("interrupted; {consequence}", consequence=get_consequence()), err=True)
        die_of_interrupt()


def die_of_interrupt() -> None:
    """Die of SIGINT, so that a script that called newsgen ends too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGINT)


@contextmanager
def die_of_lost_interrupts() -> Iterator[None]:
    """Die of an interrupt in a finaliser or the callback of a weak reference, where Python would print it and go on."""
    before = sys.unraisablehook

    def handle(dropped: Any) -> None:  # noqa: ANN401 - its type has a name only in the type checker's library
        if issubclass(dropped.exc_type, KeyboardInterrupt):
            tell(say("interrupted"), err=True)
            die_of_interrupt()
        before(dropped)

    sys.unraisablehook = handle
    try:
        yield
    finally:
        sys.unraisablehook = before


def _find_site() -> Path | None:
    context = click.get_current_context(silent=True)
    return context.find_object(Path) if context is not None else None


def get_translation() -> Translate:
    """The translation into the user's language; before the site is known, it is chosen for the current folder."""
    return translate_to(choose_language(os.environ, _find_site() or Path()))


def tell(text: str, *, err: bool = False) -> None:
    """Print a line in the user's language."""
    click.echo(localize(text, get_translation()), err=err)


def print_problems(problems: Sequence[Problem], most: int | None = LINES_SHOWN) -> None:
    """Print problems to standard error, grouped by message; each by itself if `most` is None."""
    for line in format_report(problems, get_translation(), most):
        click.echo(line, err=True)
    site = _find_site()
    if site is not None and any(problem.level == "error" for problem in problems):
        advice = recognize_generator(site)
        if advice is not None:
            tell(advice, err=True)


def encode_problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems for JSON; only `what` and `fix` are in the user's language."""
    translate = get_translation()
    return [_encode_problem(problem, translate) for problem in problems]


def _encode_problem(problem: Problem, translate: Translate) -> dict[str, Any]:
    facts: dict[str, Any] = msgspec.to_builtins(problem.localized(translate), enc_hook=encode_english)
    what = as_message(problem.what)  # a plugin may give a plain text
    values = {name: str(v) if isinstance(v, str) else v for name, v in what.values.items()}
    return {**facts, "template": what.template, "values": values}


def write_report(report: Path | None, done: BuildReport, problems: Sequence[Problem]) -> None:
    """Write a report as JSON, if there is a file for it; an error in writing it is only a warning."""
    if report is None:
        return
    facts: dict[str, Any] = msgspec.to_builtins(done, enc_hook=encode_english)
    facts.pop("warnings")
    facts["problems"] = encode_problems(problems)
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


def format_folder(path: Path) -> str:
    """A folder relative to the current one, if it is in it."""
    here = Path.cwd()
    return f"{path.relative_to(here)}/" if here in path.parents else f"{path}/"


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar, if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console  # start-up: only on a terminal
    from rich.progress import Progress  # start-up: only on a terminal

    with Progress(console=Console(stderr=True), transient=True) as bar:
        words = {stage: localize(word, get_translation()) for stage, word in STAGES.items()}
        task = bar.add_task(words["read"], total=None)
        yield lambda stage, done, total: bar.update(
            task, description=words.get(stage, stage), completed=done, total=total
        )
