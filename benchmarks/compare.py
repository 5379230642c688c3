"""newsgen beside other generators, each doing the same job: `python benchmarks/compare.py --stories 1000`.

The generators take turns in every round, so that what else the machine does falls on all of them. See README.md.
"""

import argparse
import signal
import sys
from collections.abc import Callable, Collection
from dataclasses import asdict
from pathlib import Path

import forms
from aside import removed_in_the_end, set_aside
from check import check, digests
from figures import record
from forms import Story
from measure import CommandFailed, Run, measure, snapshot, written
from peers import HERE, PEERS, WORK, Peer, environment
from report import SCENARIOS, Cell, Results, machine, save

DIFFERENT_SHOWN = 3


class Contestant:
    """One generator with its site, brought from edit to edit."""

    def __init__(self, peer: Peer, stories: list[Story], latest: str) -> None:
        self.peer, self.stories, self.latest = peer, list(stories), latest
        self.count = len(stories)
        self.chosen = self.count // 2
        self.site = WORK / "sites" / f"{self.count}-{latest}" / peer.name
        self.output = self.site / peer.output
        set_aside(self.site)
        forms.make_site(self.site, peer.kit, stories, peer.form)
        peer.configure(self.site, latest)
        self.template = (self.site / peer.template).read_text("utf-8")
        self.shown = forms.SHOWN_IN_TEMPLATE

    def forget(self) -> None:
        """Back to a site that was never built."""
        for folder in (self.output, *(self.site / name for name in self.peer.state)):
            set_aside(folder)

    def build(self, scenario: str, *, watched: bool = False) -> Run:
        """One run, measured."""
        return measure(self.peer.command(scenario), self.site, environment(self.count), watched=watched)

    def edit(self, scenario: str, turn: int) -> None:
        """Make the scenario's change, another one each turn."""
        if scenario == "body":
            self._save(self.chosen, forms.with_body(self.stories[self.chosen], turn))
        elif scenario == "tag":
            self._save(self.chosen + 1, forms.with_tag(self.stories[self.chosen + 1], turn, self.count))
        elif scenario == "story":
            self.stories.append(forms.story(len(self.stories), self.count))
            self._save(-1, self.stories[-1])
        elif scenario == "template":
            self.shown = forms.shown_in_template(turn)
            text = self.template.replace(forms.SHOWN_IN_TEMPLATE, self.shown)
            (self.site / self.peer.template).write_text(text, "utf-8")

    def _save(self, number: int, story: Story) -> None:
        self.stories[number] = story
        forms.write(self.site, story, self.peer.form)

    def faults(self) -> list[str]:
        """What the output lacks of the present sources."""
        faults = check(self.output, self.stories, self.latest).faults
        stale = [each for each in self.stories if self.shown not in (self.output / each.output).read_text("utf-8")]
        return faults + ([f"{len(stale)} pages made with an old template"] if stale else [])

    def round(self, scenario: str, turn: int, cell: Cell, *, watched: bool) -> None:
        """One turn of a scenario, noted in its cell."""
        self.edit(scenario, turn)
        if scenario == "clean":
            self.forget()
        before = snapshot(self.output)
        run = self.build(scenario, watched=watched)
        if watched:
            cell.together = run.together
            return
        cell.wall.append(round(run.wall, 4))
        cell.cpu.append(round(run.cpu, 4))
        cell.largest.append(round(run.largest, 1))
        cell.written.append(written(before, snapshot(self.output)))


def compare(options: argparse.Namespace) -> Results:
    """Everything, in turn; a generator that fails in a scenario is left out of its later rounds."""
    peers = [PEERS[name] for name in options.peers]
    versions = {peer.name: peer.install() for peer in peers}
    results = Results(options.stories, options.latest, options.rounds, versions, machine())
    say(f"making {options.stories:,} stories in {len(peers)} forms")
    stories = [forms.story(number, options.stories) for number in range(options.stories)]
    contestants = [Contestant(peer, stories, options.latest) for peer in peers]
    for each in contestants:
        _first(each, results)
    for scenario in options.scenarios:
        _scenario(scenario, contestants, options.rounds, results)
        save(results, options.out)
    if set(options.scenarios) - {"clean"}:
        for each in contestants:
            results.outputs[each.peer.name]["differs_from_clean"] = _differs(each)
    return results


def _first(each: Contestant, results: Results) -> None:
    """A first run, not measured: it fills the caches of the system and of the languages, and is checked."""
    each.forget()
    each.build("clean")
    found = check(each.output, each.stories, each.latest)
    facts = {name: getattr(found, name) for name in ("articles", "lists", "list_pages", "files", "faults")}
    results.outputs[each.peer.name] = facts
    say(f"{each.peer.name}: {facts}")


def _scenario(scenario: str, contestants: list[Contestant], rounds: int, results: Results) -> None:
    cells = results.cells[scenario] = {each.peer.name: Cell() for each in contestants}
    if scenario != "clean":
        for each in contestants:  # so that what a generator keeps between runs is there, and of the present sources
            each.build(scenario)
    for turn in range(1, rounds + 2):
        for each in contestants:
            cell = cells[each.peer.name]
            if cell.wrong:
                continue
            try:
                each.round(scenario, _turn(scenario, turn), cell, watched=turn > rounds)
            except CommandFailed as failure:
                cell.wrong.append(str(failure).splitlines()[0])
                say(str(failure))
    for each in contestants:
        cell = cells[each.peer.name]
        cell.wrong += [] if cell.wrong else each.faults()
        say(f"{scenario}: {each.peer.name}: {cell}")


def _turn(scenario: str, turn: int) -> int:
    """A number that no other turn of the same kind has had."""
    return 100 * list(SCENARIOS).index(scenario) + turn


def _differs(each: Contestant) -> list[str]:
    """How the output after all edits differs from that of the same sources built from nothing."""
    edited = digests(each.output)
    each.forget()
    each.build("clean")
    clean = digests(each.output)
    names = sorted(name for name in edited.keys() | clean.keys() if edited.get(name) != clean.get(name))
    say(f"{each.peer.name}: {len(names)} pages differ from a clean build's")
    return [str(len(names)), *names[:DIFFERENT_SHOWN]] if names else []


def say(text: str) -> None:
    """Tell whoever waits how far it is."""
    print(text, file=sys.stderr, flush=True)


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--peers", type=_listed(PEERS), default="newsgen,hugo,pelican,eleventy", metavar="NAME,NAME")
    parser.add_argument("--scenarios", type=_listed(SCENARIOS), default=",".join(SCENARIOS), metavar="NAME,NAME")
    parser.add_argument("--latest", choices=("inline", "fragment"), default="inline")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--record", action="store_true", help="put the figures into report.json too")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    return parser.parse_args(arguments)


def _listed(known: Collection[str]) -> Callable[[str], list[str]]:
    def names(text: str) -> list[str]:
        wanted = text.split(",")
        unknown = [name for name in wanted if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
        return wanted

    return names


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    wanted = parse()
    with removed_in_the_end():
        found = compare(wanted)
        if wanted.record:
            record("compare", found.name, asdict(found))
        print(save(found, wanted.out).read_text("utf-8"))
