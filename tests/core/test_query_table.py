import pytest

from newsgen.core.digests import digest_of
from newsgen.core.messages import say
from newsgen.core.queries import NOTHING, Query, QueryMethods, QueryTable, Subject, UnknownName, list_of
from newsgen.core.questions import IN, Answer, Recorder

MATCHES = {"a": ("1–0", "2–2"), "b": ()}


def find_team(scores, name):
    if name not in scores.matches:
        raise UnknownName(say("there is no story {name}", name=name))
    return Team(name)


class Team:
    def __init__(self, name):
        self.name = name


class Scores(QueryMethods):
    """Queries of a plugin, for example; `found` are the questions that were worked out."""

    def __init__(self, *given, matches=MATCHES):
        super().__init__(*given)
        self.matches, self.found = matches, []

    @Query(say("the {count} latest stories"), show=list_of(str))
    def scores(self, count, team="a"):
        self.found.append(("scores", count, team))
        return self.matches[team][:count]

    @Query(say("the sections"), keep=0, outside=True)
    def table(self):
        self.found.append(("table",))
        return len(self.matches)

    @Query(
        say("the series that it is a part of"),
        keep=2,
        about=Subject(lambda team: team.name, find_team),
        stays=lambda changed, team: team not in changed,
    )
    def form(self, team):
        self.found.append(("form", team.name))
        return "".join(self.matches[team.name])


class Weather(QueryMethods):
    """Another plugin, with a query of the same name."""

    @Query(say("the sections"))
    def table(self):
        return 1


@pytest.mark.parametrize(
    ("ask", "question"),
    [
        (lambda scores: scores.scores(1), ("scores", 1, "a")),
        (lambda scores: scores.scores(1, "b"), ("scores", 1, "b")),
        (lambda scores: scores.scores(1, team="b"), ("scores", 1, "b")),
        (lambda scores: scores.scores(team="b", count=1), ("scores", 1, "b")),
        (lambda scores: scores.table(), ("table",)),
        (lambda scores: scores.form(Team("a")), ("form", "a")),
    ],
)
def test_a_call_is_a_question(ask, question):
    """However it is written, a call is recorded with all its arguments, and what it is about by its name."""
    recorder = Recorder()
    with recorder.recording() as asked:
        ask(Scores(recorder.ask))
    assert [question] == list(asked)


@pytest.mark.parametrize(
    "ask",
    [
        lambda scores: scores.scores(),
        lambda scores: scores.scores(1, "a", 2),
        lambda scores: scores.scores(1, count=1),
        lambda scores: scores.scores(1, club="a"),
        lambda scores: scores.table(1),
    ],
)
def test_a_wrong_call_is_no_question(ask):
    """It fails as a call of the method does, and nothing is recorded."""
    recorder = Recorder()
    with recorder.recording() as asked, pytest.raises(TypeError, match=r"Scores\.(scores|table)\(\)"):
        ask(Scores(recorder.ask))
    assert {} == asked


def test_answers_are_kept_as_the_query_says():
    """One that is kept is worked out once, also where it is asked again by its question; one that is not, each time."""
    scores = Scores()
    for _ in range(2):
        scores.scores(1)
        scores.table()
        scores.find_answer(("scores", 1, "a"))
    assert [("scores", 1, "a"), ("table",), ("table",)] == scores.found


def test_only_the_last_answers_are_kept_where_there_are_many():
    """With `keep=2` there are never more than two."""
    scores = Scores(matches={"a": ("1",), "b": ("2",), "c": ("3",)})
    for name in "aabbca":
        scores.form(Team(name))
    assert ["a", "b", "c", "a"] == [name for _, name in scores.found]


def test_an_answer_is_the_digest_of_what_the_query_gives():
    """It is taken once."""
    scores = Scores()
    table = QueryTable({"": [scores]})
    assert Answer(digest_of(("1–0",))) == table.answer(("scores", 1, "a"))
    assert Answer(digest_of("1–02–2")) == table.answer(("form", "a"))
    table.answer(("table",))
    table.answer(("table",))
    assert 1 == scores.found.count(("table",))


@pytest.mark.parametrize(
    "question",
    [("form", "c"), ("someday", 3), ("scores", 1), ("scores", 1, "a", 2), (IN, "en", "table")],
    ids=["gone", "unknown query", "fewer arguments", "more arguments", "no such language"],
)
def test_what_is_not_there_has_no_answer(question):
    """A question of another version, or about what is gone, is answered by nothing, and can be told."""
    table = QueryTable({"": [Scores()]})
    assert NOTHING == table.answer(question)
    assert "there is none" == table.describe_answer(question)
    assert isinstance(table.describe(question), str)


@pytest.mark.parametrize(
    ("question", "earlier", "is_known", "changed", "found"),
    [
        (("scores", 1, "a"), Answer("then"), True, (), False),
        (("scores", 1, "a"), None, True, (), True),
        (("scores", 1, "a"), Answer("then"), False, (), True),
        (("table",), Answer("then"), True, (), True),
        (("form", "a"), Answer("then"), False, ("b",), False),
        (("form", "a"), Answer("then"), False, ("a",), True),
        (("form", "a"), None, False, ("b",), True),
        ((IN, "en", "scores", 1, "a"), Answer("then"), True, (), False),
        ((IN, "en", "scores", 1, "a"), Answer("then"), False, (), True),
        ((IN, "en", "form", "a"), Answer("then"), False, ("b",), True),
    ],
    ids=[
        "known",
        "first asked",
        "other stories",
        "from outside",
        "unchanged",
        "changed",
        "unchanged and first asked",
        "known in another language",
        "other stories in another language",
        "changes of another language",
    ],
)
def test_an_earlier_answer_holds_while_nothing_can_have_changed(question, earlier, is_known, changed, found):
    """It is worked out again only where other stories, something outside or a change may have changed it."""
    english, main = Scores(), Scores()
    table = QueryTable({"": [main], "en": [english]}, is_known=is_known, changes={"": changed})
    answer = table.answer(question, earlier)
    assert (answer is not earlier, bool(main.found or english.found)) == (found, found)


@pytest.mark.parametrize(
    ("question", "words", "answer"),
    [
        (("scores", 1, "a"), "the 1 latest stories", "1–0"),
        (("scores", 1, "b"), "the 1 latest stories", "none"),
        (("table",), "the sections", "2"),
        ((IN, "en", "table"), "the sections, in “en”", "0"),
        (("someday", 3, None), "someday 3", "there is none"),
    ],
)
def test_a_question_and_its_answer_in_words(question, words, answer):
    """Both come from the query's declaration; a question of another version is told as it stands."""
    table = QueryTable({"": [Scores()], "en": [Scores(matches={})]})
    assert (words, answer) == (table.describe(question), table.describe_answer(question))


def test_a_name_stands_for_one_query():
    """Two answerers with a query of one name are refused, and both are named."""
    with pytest.raises(ValueError, match="two queries have the name “table”: of Scores and of Weather"):
        QueryTable({"": [Scores(), Weather()]})


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "none"),
        ((), "none"),
        ([1, 2], "1, 2"),
        (tuple(range(7)), "0, 1, 2, 3, 4 and 2 more"),
        (((1, (2, 3)), (4, ())), "1, 2, 3, 4"),
        (0, "0"),
    ],
)
def test_a_list_in_words(answer, words):
    """The first few members are told, those of lists in it too."""
    assert words == list_of(str)(answer)
