"""What a check is: functions that look at stories, at the paper or at its plan, and report problems."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from newsgen.body.source_positions import Mentions
from newsgen.content.reader import Reading, StoryTexts
from newsgen.core.errors import Location, Problem
from newsgen.core.text import fold
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pictures import Picture
from newsgen.model.stories import Body
from newsgen.render.theme import Theme
from newsgen.site.newspaper import Newspaper


@dataclass(frozen=True)
class Examined:
    """A paper as checks look at it. `outputs` are the paths of all that is made and copied.

    `bodies` are the rendered texts of the stories to look at, by source: None where one could not be rendered, without
    their HTML, which `read_html` gives by source. There are none while a build plans. Those whose front matter cannot
    be read are among them. `read_output` gives the bytes of an output, None where it could not be made.
    """

    reading: Reading
    newspaper: Newspaper
    outputs: Collection[str]
    theme: Theme
    bodies: Mapping[str, Body | None] = field(default_factory=dict)
    read_html: Callable[[str], str] = lambda _source: ""
    read_output: Callable[[str], bytes | None] = lambda _output: None

    @cached_property
    def stories(self) -> "tuple[Story, ...]":
        """The stories, standing pages and texts of sections to look at: those that readers see."""
        shown = (m for m in self.reading.by_source.values() if m.source in self.bodies)
        return tuple(Story(self, manuscript, self.bodies[manuscript.source]) for manuscript in shown)

    @property
    def hidden(self) -> tuple[Manuscript, ...]:
        """What else was read: drafts, stories to come and others that readers do not see."""
        return tuple(m for m in self.reading.by_source.values() if m.source not in self.bodies)

    @cached_property
    def first_titles(self) -> Mapping[tuple[str, str, date], Manuscript]:
        """The first story of each language, folded title and day, of the days of the stories to look at."""
        days = {story.manuscript.date.date() for story in self.stories if story.manuscript.date}
        public = {article.source for one in self.newspaper.editions.values() for article in one.articles}
        dated = [(m.date, m.source, m) for m in self.reading.by_source.values() if m.date and m.date.date() in days]
        first: dict[tuple[str, str, date], Manuscript] = {}
        for at, source, manuscript in sorted(dated, key=lambda one: one[:2]):
            if source in public:
                first.setdefault((manuscript.lang, fold(manuscript.title), at.date()), manuscript)
        return first

    @cached_property
    def texts(self) -> StoryTexts:
        """The texts of the stories as they were typed."""
        return StoryTexts(self.reading)


@dataclass(frozen=True)
class Story:
    """A story, a standing page or the text of a section, as checks look at it.

    `manuscript` is what its front matter says, `body` what is known of its text, without the HTML; None where the text
    could not be rendered.
    """

    paper: Examined = field(repr=False)
    manuscript: Manuscript
    body: Body | None

    @property
    def source(self) -> str:
        """Its file, such as `content/kinh-te/gia-vai.md`."""
        return self.manuscript.source

    @property
    def lead(self) -> Picture | None:
        """Its lead picture, as it was found."""
        return self.paper.reading.inputs.pictures.get(self.source)

    @cached_property
    def text(self) -> str:
        """The text behind the front matter, as it was typed."""
        return self.paper.texts.read(self.manuscript.path)

    @cached_property
    def html(self) -> str:
        """The HTML of its text; "" where it could not be rendered."""
        return self.paper.read_html(self.source)

    @cached_property
    def page(self) -> str:
        """The HTML of its whole page; "" where it has none, or that could not be made."""
        output = self.paper.newspaper.links.of(self.manuscript).output
        return (self.paper.read_output(output) or b"").decode("utf-8", "replace")

    def place(self, words: str = "") -> Location:
        """Where these words stand in the text as it was typed; without words, or where they do not, at the title."""
        found = self.text.find(words) if words else -1
        if found < 0:
            return Location(self.source, *self.manuscript.get_place("title"))
        return Mentions(self.text, self.source, self.manuscript.body_line).locate_index(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Functions that report problems. None of them changes what is published.

    `rules` are the names of a plugin's rules; newsgen's own stand in core/rules.json. `story` looks at one story, for
    `newsgen check` and the preview's bar; `paper` at the whole paper, for `newsgen check` alone; `plan` at the paper
    as it was planned, without the texts of stories: in every build, in `newsgen check` and in the preview.
    """

    rules: Sequence[str] = ()
    story: Callable[[Story], Iterable[Problem]] | None = None
    paper: Callable[[Examined], Iterable[Problem]] | None = None
    plan: Callable[[Examined], Iterable[Problem]] | None = None
