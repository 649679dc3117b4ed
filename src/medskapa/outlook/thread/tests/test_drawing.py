"""The thread picture is right for every graph: nothing is lost, nothing is drawn twice, and a loop ends."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.outlook.thread.drawing import BACK, COLUMNS, LISTEN, Knot, Strand, Threads, contracted, in_lines, jitter, pruned, thickness
from medskapa.outlook.thread.shapes import Label, Path, Picture
from medskapa.outlook.thread.tall import tall_picture
from medskapa.outlook.thread.tree import Branch, branches
from medskapa.outlook.thread.wide import wide_picture

HEADINGS = [str(column) for column in range(COLUMNS)]


@st.composite
def graphs(draw: st.DrawFn) -> Threads:
    """Any graph, loops included; every knot is on the way or not."""
    columns = draw(st.lists(st.integers(0, BACK), min_size=1, max_size=25))
    knots = {f"k{n}": Knot(f"k{n}", column, f"Title {n}", is_on=draw(st.booleans())) for n, column in enumerate(columns)}
    ends = st.sampled_from(sorted(knots))
    pairs = draw(st.sets(st.tuples(ends, ends), max_size=40))
    return Threads(knots, [Strand(parent, child) for parent, child in sorted(pairs) if parent != child])


def a_thread() -> Threads:
    """Two stories, an insight, a challenge that a stopped pilot gave back."""
    knots = [
        Knot("s1", 0, "A letter", is_on=True),
        Knot("s2", 0, "", is_on=True, is_stump=True),
        Knot("i", 1, "Insight", is_on=True, is_start=True),
        Knot("c", 2, "Challenge", is_on=True),
        Knot("p", 7, "Pilot", is_on=True),
        Knot("e", 9, "Told back", is_on=True),
    ]
    pairs = [("s1", "i"), ("s2", "i"), ("i", "c"), ("c", "p"), ("p", "c"), ("p", "e")]
    return Threads({knot.id: knot for knot in knots}, [Strand(*pair) for pair in pairs])


def a_few_more(count: int) -> str:
    """The words of a knot that stands for several."""
    return f"{count} more"


@given(graphs())
def test_every_artefact_is_drawn_once_in_both_pictures(threads: Threads) -> None:
    for picture in (wide_picture(threads, HEADINGS), tall_picture(threads)):
        drawn = [dot.knot.id for dot in picture.dots] + [ring.knot.id for ring in picture.rings]
        assert sorted(drawn) == sorted(threads.knots)


@given(graphs())
def test_all_that_is_drawn_lies_inside_the_picture(threads: Threads) -> None:
    for picture in (wide_picture(threads, HEADINGS), tall_picture(threads)):
        for shape in [*picture.dots, *picture.rings]:
            assert 0 <= shape.x <= picture.width
            assert 0 <= shape.y <= picture.height


@given(graphs())
def test_the_list_holds_every_artefact_but_the_stories_once(threads: Threads) -> None:
    ids: list[str] = []

    def collect(found: list[Branch]) -> None:
        for branch in found:
            if branch.id:
                ids.append(branch.id)
            collect(branch.children)

    for part in branches(threads):
        collect(part)

    assert sorted(ids) == sorted(knot.anchor for knot in threads.knots.values() if knot.column != LISTEN)


@given(graphs())
def test_mirroring_twice_gives_the_same_places(threads: Threads) -> None:
    picture = wide_picture(threads, HEADINGS)

    twice = picture.mirrored().mirrored()

    assert [ring.x for ring in twice.rings] == pytest.approx([ring.x for ring in picture.rings], abs=0.02)


def test_a_loop_ends_in_a_pointer_back() -> None:
    (insight,), beside = branches(a_thread())

    challenge = insight.children[0]
    pilot = challenge.children[0]

    assert [child.title for child in pilot.children] == ["Challenge", "Told back"]
    assert pilot.children[0].link == f"#{challenge.id}"
    assert pilot.children[0].children == []
    assert beside == []


def test_a_story_that_was_taken_back_is_a_short_bar_without_a_title() -> None:
    picture = wide_picture(a_thread(), HEADINGS)

    (stump,) = [dot for dot in picture.dots if dot.knot.is_stump]

    assert stump.knot.title == ""
    assert stump.stump.endswith("h14m0-4v8")


def test_the_last_curve_goes_back_to_the_one_who_told() -> None:
    told_back = wide_picture(a_thread(), HEADINGS)
    threads = a_thread()
    not_told = wide_picture(Threads({k: v for k, v in threads.knots.items() if k != "e"}, threads.strands[:-1]), HEADINGS)

    assert told_back.back is not None
    assert not_told.back is None


def test_a_picture_of_three_others_has_three_strands_and_a_few_is_always_three() -> None:
    knots = {"s": Knot("s", 0, "", count=4, is_few=True, is_on=True), "i": Knot("i", 1, "Insight", is_on=True)}
    many = {"s": Knot("s", 0, "", count=12, is_on=True), "i": knots["i"]}
    strand = [Strand("s", "i")]

    def strands(threads: Threads) -> int:
        return len([path for path in wide_picture(threads, HEADINGS).paths if path.kind == "red"])

    assert strands(Threads(knots, strand)) == 3
    assert strands(Threads(many, strand)) == 12


def test_thicker_is_more_people_up_to_a_limit() -> None:
    widths = [thickness(stories) for stories in (0, 1, 4, 16, 100, 1000)]

    assert widths == sorted(widths)
    assert widths[-1] == 5.0


def test_an_application_gives_way_to_its_decision_unless_the_page_is_about_it() -> None:
    knots = {"p": Knot("p", 4, "Prototype"), "a": Knot("a", 5, "Application", gives_way=True), "d": Knot("d", 5, "Selected")}
    strands = [Strand("p", "a"), Strand("a", "d")]

    assert contracted(knots, strands).strands == [Strand("p", "d")]
    knots["a"] = replace(knots["a"], is_start=True)
    assert contracted(knots, strands).strands == [Strand("a", "d"), Strand("p", "a")]


def test_applications_that_stand_together_join_no_decisions_that_have_nothing_to_do_with_each_other() -> None:
    knots = {name: Knot(name, column, name) for name, column in (("p1", 4), ("p2", 4), ("d1", 5), ("d2", 5))}
    knots["hidden"] = Knot("hidden", 5, "2 that are not open to you", count=2, gives_way=True)
    shown = [Strand("p1", "d1"), Strand("p2", "d2")]
    hidden = [Strand("p1", "hidden"), Strand("p2", "hidden"), Strand("hidden", "d1"), Strand("hidden", "d2")]

    threads = contracted(knots, shown + hidden)

    assert threads.strands == shown
    assert "hidden" not in threads.knots


def test_a_statement_gives_way_to_every_story_behind_it() -> None:
    knots = {"s1": Knot("s1", 0, "A letter"), "s2": Knot("s2", 0, "A queue"), "i": Knot("i", 1, "Insight")}
    knots["statement"] = Knot("statement", 0, "A letter should say what to do", gives_way=True)
    strands = [Strand("s1", "statement"), Strand("s2", "statement"), Strand("statement", "i")]

    threads = contracted(knots, strands)

    assert threads.strands == [Strand("s1", "i"), Strand("s2", "i")]


def test_a_statement_that_no_story_stands_behind_is_drawn_and_never_counted_as_a_story() -> None:
    knots = {"s": Knot("s", 0, "A letter", is_on=True), "i": Knot("i", 1, "Insight", is_on=True)}
    knots["statement"] = Knot("statement", 0, "A letter should say what to do", is_on=True, gives_way=True)

    threads = contracted(knots, [Strand("s", "i"), Strand("statement", "i")])

    assert {dot.knot.id for dot in wide_picture(threads, HEADINGS).dots} == {"s", "statement"}
    assert threads.stories_behind()["i"] == 1


def test_beside_the_way_only_those_that_came_furthest_are_drawn_one_by_one() -> None:
    ideas = {f"d{n}": Knot(f"d{n}", 3, f"Idea {n}") for n in range(9)}
    knots = {"c": Knot("c", 2, "Challenge", is_on=True), "p": Knot("p", 4, "Prototype"), **ideas}
    strands = [Strand("c", idea) for idea in ideas] + [Strand("d8", "p")]

    threads = pruned(Threads(knots, strands), a_few_more, beside=2)

    assert {knot.title for knot in threads.in_column(3)} == {"Idea 8", "Idea 0", "7 more"}
    assert Strand("d8", "p") in threads.strands
    assert Strand("c", "more:3:beside") in threads.strands


def test_where_the_followed_way_forks_into_many_the_picture_draws_those_that_came_furthest_and_counts_the_others() -> None:
    ideas = {f"d{n}": Knot(f"d{n}", 3, f"Idea {n}", is_on=True) for n in range(9)}
    knots = {"c": Knot("c", 2, "Challenge", is_on=True), "p": Knot("p", 4, "Prototype", is_on=True), **ideas}
    knots["d5"] = replace(knots["d5"], is_start=True)
    strands = [Strand("c", idea) for idea in ideas] + [Strand("d8", "p")]

    threads = pruned(Threads(knots, strands), a_few_more, on=3, beside=3)

    assert {knot.title for knot in threads.in_column(3)} == {"Idea 5", "Idea 8", "Idea 0", "6 more"}
    assert all(threads.is_on(strand) for strand in threads.strands)


@given(graphs(), st.integers(1, 4))
def test_however_little_room_there_is_nothing_is_lost_from_the_count(threads: Threads, most: int) -> None:
    drawn = pruned(threads, a_few_more, on=most, beside=most)

    assert sum(knot.count for knot in drawn.knots.values()) == sum(knot.count for knot in threads.knots.values())
    assert all({strand.parent, strand.child} <= drawn.knots.keys() for strand in drawn.strands)


def test_long_titles_are_broken_between_words_and_end_in_dots() -> None:
    assert in_lines("How might a letter be understood the same day", 14, 2) == ["How might a", "letter be…"]
    assert in_lines("Short", 14, 2) == ["Short"]


def test_the_same_story_always_lies_in_the_same_place() -> None:
    assert jitter("s1", 1, 20.0) == jitter("s1", 1, 20.0)
    assert -20.0 <= jitter("s1", 1, 20.0) <= 20.0


def test_words_are_not_mirrored_but_their_places_are() -> None:
    picture = Picture(100, 50, paths=[Path("M10 5C20 5 30 6 40 6H90V7", "red")], labels=[Label(10, 5, ["Listen"])])

    mirrored = picture.mirrored()

    assert mirrored.paths[0].d == "M90 5C80 5 70 6 60 6H10V7"
    assert (mirrored.labels[0].x, mirrored.labels[0].lines) == (90, ["Listen"])
