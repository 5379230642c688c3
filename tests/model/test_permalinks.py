import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import manuscript, moment, site_config
from newsgen.core.errors import Location
from newsgen.model.permalinks import Permalink, Permalinks
from newsgen.plan.collisions import Claim, find_clear, find_collisions

LETTERS = "aàáâăbcdđeêghiklmnoôơpqrstuưvxyAĐÊÔƯ"
STEPS = st.text(LETTERS, min_size=1, max_size=4)
OUTPUTS = st.lists(STEPS, min_size=1, max_size=3).map("/".join)
SPELLINGS = {
    "same": lambda text: text,
    "upper case": str.upper,
    "title case": str.title,
    "casefolded": str.casefold,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "upper case in NFD": lambda text: unicodedata.normalize("NFD", text.upper()),
}


def claim(output, source="content/a.md"):
    return Claim(output, Location(source), f"the story “{source}”")


def owner_of(problem):
    """The path that a collision's message ends with, in brackets."""
    return problem.what.rpartition("(")[2].partition(":")[0]


@pytest.mark.parametrize(
    ("pattern", "url", "output"),
    [
        ("/{section}/{year}/{month}/{slug}.html", "/kinh-te/2022/08/nhan.html", "kinh-te/2022/08/nhan.html"),
        ("/{section}/{slug}/", "/kinh-te/nhan/", "kinh-te/nhan/index.html"),
        ("/{year}{month}{day}-{slug}.html", "/20220807-nhan.html", "20220807-nhan.html"),
        ("/{slug}/", "/nhan/", "nhan/index.html"),
    ],
)
def test_the_address_of_a_story_follows_the_sites_pattern(pattern, url, output):
    """A story's address is made of its section, day and slug, in the order of `permalink`."""
    links = Permalinks(site_config(f"permalink: {pattern}"))
    story = manuscript("kinh-te/nhan.md", date=moment("2022-08-07 00:10"))
    assert Permalink(url, output) == links.story(story)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("the-thao/a.md", "/sport/a/"),
        ("the-thao/bong-da/a.md", "/sport/bong-da/a/"),
        ("the-thao/co-vua/a.md", "/chess/2022/a.html"),
        ("the-thao/co-vua/tre/a.md", "/chess/tre/2022/a.html"),
        ("xa-hoi/a.md", "/xa-hoi/2022/08/a.html"),
    ],
)
def test_a_section_may_have_its_own_addresses(path, url):
    """`path` and `permalink` of a section hold for those below it, until one has its own."""
    sport, chess = (
        "{path: sport, permalink: '/{section}/{slug}/'}",
        "{path: chess, permalink: '/{section}/{year}/{slug}.html'}",
    )
    links = Permalinks(site_config(f"sections: {{the-thao: {sport}, the-thao/co-vua: {chess}}}"))
    assert url == links.story(manuscript(path, date=moment("2022-08-07"))).url


def test_the_front_of_a_section_has_its_path():
    """The address of a section is its `path`, and those of sections below it begin with that."""
    links = Permalinks(site_config("sections: {the-thao: {path: news/sport}}"))
    expected = {"the-thao": "/news/sport/", "the-thao/bong-da": "/news/sport/bong-da/", "xa-hoi": "/xa-hoi/"}
    assert expected == {name: links.section(name).url for name in expected}


def test_a_story_without_a_section_leaves_no_empty_step():
    """The address of a story that lies directly in content/ has no doubled slash."""
    links = Permalinks(site_config())
    assert "/2022/08/nhan.html" == links.story(manuscript("nhan.md")).url


def test_the_address_of_a_page_follows_its_own_pattern():
    """A page of content/pages/ has its address by `page_permalink`."""
    page = manuscript("pages/gioi-thieu.md")
    assert "/gioi-thieu.html" == Permalinks(site_config()).story(page).url
    folders = Permalinks(site_config("page_permalink: /toa-soan/{slug}/"))
    assert Permalink("/toa-soan/gioi-thieu/", "toa-soan/gioi-thieu/index.html") == folders.story(page)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", ["/tin-moi-nhat/", "/tin-moi-nhat.fragment.html", "/chu-de/x/", "/tac-gia/x/", "/luu-tru/2022/08/"]),
        ("en", ["/latest/", "/latest.fragment.html", "/topic/x/", "/author/x/", "/archive/2022/08/"]),
    ],
)
def test_words_in_addresses_speak_the_sites_language(language, expected):
    """The words of lists' addresses are those of the site's language."""
    links = Permalinks(site_config(f"language: {language}"))
    found = [links.latest, links.latest_fragment, links.term("tags", "x"), links.author("x"), links.archive(2022, 8)]
    assert expected == [link.url for link in found]


def test_words_in_addresses_can_be_chosen():
    """Words under `addresses` in newsgen.yaml take the place of the language's."""
    links = Permalinks(site_config("addresses: {tag: the, page: so}"))
    assert "/the/nhan/so/3/" == links.numbered(links.term("tags", "nhan"), 3).url


def test_the_base_path_is_in_urls_and_not_in_outputs():
    """A site that lies under /bao has /bao in every url and in no output."""
    links = Permalinks(site_config(url="https://x.example/bao/"))
    assert Permalink("/bao/", "index.html") == links.home
    assert Permalink("/bao/kinh-te/trang/2/", "kinh-te/trang/2/index.html") == links.numbered(
        links.section("kinh-te"), 2
    )


@given(first=OUTPUTS, one=st.sampled_from(sorted(SPELLINGS)), other=st.sampled_from(sorted(SPELLINGS)))
def test_two_spellings_of_one_output_collide(first, one, other):
    """Outputs that differ only in case or Unicode form are one address, found as one collision that names both."""
    pair = [claim(SPELLINGS[one](first), "content/a.md"), claim(SPELLINGS[other](first), "content/b.md")]
    [problem] = find_collisions(pair)
    assert "duplicate-address" == problem.rule
    assert {"content/a.md", "content/b.md"} == {problem.location.path, owner_of(problem)}


@given(folder=OUTPUTS, below=OUTPUTS, spelling=st.sampled_from(sorted(SPELLINGS)))
def test_a_file_and_a_folder_of_one_name_collide(folder, below, spelling):
    """An output that another output needs as a folder is a collision, in any spelling."""
    pair = [claim(SPELLINGS[spelling](folder), "static/a"), claim(f"{folder}/{below}", "static/b")]
    [problem] = find_collisions(pair)
    assert "as a folder" in problem.what


@given(st.lists(st.text("abcxyz", min_size=1, max_size=6), unique=True))
def test_different_outputs_do_not_collide(names):
    """Outputs that differ in more than case and form live side by side."""
    assert [] == find_collisions(claim(f"{name}.html") for name in names)


@given(st.lists(OUTPUTS, max_size=6).flatmap(lambda outputs: st.tuples(st.just(outputs), st.permutations(outputs))))
def test_collisions_do_not_depend_on_the_order_of_claims(orders):
    """The same claims in another order give the same problems."""
    first, second = ([claim(output, f"static/{output}") for output in order] for order in orders)
    assert find_collisions(first) == find_collisions(second)


STEPS = st.sampled_from(["a", "A", "ă", "Ă", "b", "x" * 256, "ẵ" * 90])


@given(st.lists(st.lists(STEPS, min_size=1, max_size=4).map("/".join), max_size=8))
def test_the_quick_look_finds_what_collisions_find(outputs):
    """Outputs are clear exactly when claims on them have no collisions."""
    assert (find_clear(outputs) is not None) is (
        not find_collisions(claim(output, f"static/{n}") for n, output in enumerate(outputs))
    )


@given(st.lists(st.lists(st.lists(STEPS, min_size=1, max_size=3).map("/".join), max_size=5), max_size=4))
def test_the_quick_look_after_a_few_changes_is_the_quick_look(edits):
    """What was clear before changes nothing in whether outputs are clear."""
    known = None
    for outputs in edits:
        found = find_clear(outputs, known)
        assert (find_clear(outputs) is not None) is (found is not None)
        known = found or known


def test_a_collision_names_both_and_what_to_do():
    """The message stands at the later claim and names the owner with its place."""
    first = Claim("kinh-te/a.html", Location("content/a.md", 4, 7), "the story “A”")
    second = Claim("kinh-te/A.html", Location("static/kinh-te/A.html"), "the file static/kinh-te/A.html")
    [problem] = find_collisions([first, second])
    expected = (
        "content/a.md:4:7: error[duplicate-address]: the story “A” wants the same address /kinh-te/a.html, which"
        " belongs to the file static/kinh-te/A.html (static/kinh-te/A.html:1:1)."
        " fix: give one of the two another `slug`, `url` or name"
    )
    assert expected == str(problem)
