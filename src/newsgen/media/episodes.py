"""Find the recordings that front matter names as episodes of the podcast, with their sizes and how long they play."""

from collections.abc import Iterable, Mapping

import msgspec

from newsgen.core.errors import Problems
from newsgen.core.media_types import RECORDINGS, TRANSCRIPTS, get_ending
from newsgen.core.messages import say
from newsgen.media.assets import Assets
from newsgen.model.episodes import Episode
from newsgen.model.manuscripts import EpisodeField, Manuscript, Reference
from newsgen.model.pictures import Asset

CHAPTERS = (".json",)


class Episodes(msgspec.Struct, frozen=True):
    """The episodes of stories by source, and the files to publish with them."""

    episodes: Mapping[str, Episode] = msgspec.field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    def add_files(self, files: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """The files to publish with stories: these, and those of episodes behind them."""
        return {**files, **{source: files.get(source, ()) + found for source, found in self.files.items()}}


def find_episodes(manuscripts: Iterable[Manuscript], assets: Assets, problems: Problems) -> Episodes:
    """Find the files of episodes; missing ones are added to `problems`."""
    episodes: dict[str, Episode] = {}
    files: dict[str, tuple[str, ...]] = {}
    for m in manuscripts:
        if m.podcast is None:
            continue
        if (found := _find_files(m, m.podcast, assets, problems)) is not None:
            episodes[m.source] = _make_episode(m.podcast, found, assets)
            files[m.source] = tuple(asset.source for asset in found if asset is not None)
    return Episodes(episodes, files)


def _find_files(
    m: Manuscript, given: EpisodeField, assets: Assets, problems: Problems
) -> tuple[Asset, Asset | None, Asset | None] | None:
    """The recording, its transcript and its chapters; None where one of them cannot be published."""
    count = len(problems.found)
    wanted = ((given.file, tuple(RECORDINGS)), (given.transcript, tuple(TRANSCRIPTS)), (given.chapters, CHAPTERS))
    found = [_find(m, named, endings, assets, problems) if named else None for named, endings in wanted]
    recording = found[0]
    if recording is None or len(problems.found) > count:
        return None
    facts = assets.examiner.examine_attachment(recording.source)
    if not facts.is_sound or not facts.size:
        what = say("“{name}” is no recording of the kind that its name says", name=given.file.text)
        problems.add(given.file.place(m.source), "bad-episode", what, say("save it as MP3 or M4A again"))
        return None
    return recording, found[1], found[2]


def _find(
    m: Manuscript, named: Reference, endings: tuple[str, ...], assets: Assets, problems: Problems
) -> Asset | None:
    """A file that the front matter names; None after reporting why it cannot be published."""
    folder = m.path.rpartition("/")[0]
    asset, place = assets.find(named.text, folder), named.place(m.source)
    if get_ending(named.text) not in endings:
        what = say("“{name}” is no file of the kind that belongs here", name=named.text)
        problems.add(place, "bad-episode", what, say("name a file that ends in {endings}", endings=", ".join(endings)))
    elif asset is None and not assets.is_refused(named.text, folder):
        what = say("there is no file “{name}”", name=named.text)
        problems.add(place, "bad-episode", what, assets.suggest(named.text, folder))
    elif asset is not None and asset.flaw is not None and asset.flaw.bar:
        problems.extend(assets.find_faults(asset, named.text, folder, place))
        return None
    return asset


def _make_episode(given: EpisodeField, found: tuple[Asset, Asset | None, Asset | None], assets: Assets) -> Episode:
    recording, transcript, chapters = found
    facts = assets.examiner.examine_attachment(recording.source)
    return Episode(
        url=recording.url,
        type=RECORDINGS[get_ending(recording.source)],
        size=facts.size,
        seconds=facts.seconds,
        season=given.season,
        number=given.episode,
        kind=given.kind,
        explicit=given.explicit,
        transcript=transcript.url if transcript else "",
        transcript_type=TRANSCRIPTS[get_ending(transcript.source)] if transcript else "",
        chapters=chapters.url if chapters else "",
    )
