"""Each story's thread is one line in the order of time, whichever room knows what happened."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.moment import at
from medskapa.ground.web.panels import Step
from medskapa.stages.listening.lines import JOINS, Line, lines_of
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.own import ANSWER, STEP

BEGAN = datetime(2017, 3, 12, 9, 0, tzinfo=UTC)
NOW = BEGAN + timedelta(days=400)
GROWN = "understanding/own/insight.html"


@pytest.fixture(autouse=True)
def later():
    with at(NOW):
        yield


def told(name: str, day: int = 0, **what: Any) -> Story:
    """A story told so many days after the first; not in the store."""
    return Story(public_id=name, told_at=on(day), state=Story.State.RELEASED, lab=Lab(promise_days=30), **what)


def on(day: int) -> datetime:
    return BEGAN + timedelta(days=day)


def own(story: str, day: int, says: str = "read", template: str = STEP) -> Step:
    """A step of this room; of no story if none is named."""
    return Step(on(day), "listen", says, template, {}, of=frozenset({story} - {""}))


def grown(day: int, *stories: str, about: str = "a", says: str = "grown", **what: Any) -> Step:
    """A step of a later room, about something that grew from these stories."""
    return Step(on(day), "understand", says, GROWN, {}, about=frozenset({about}), of=frozenset(stories), **what)


def a_word(day: int, about: str = "", **what: Any) -> Step:
    """The lab's word about something."""
    return Step(on(day), "back", "word", "thread/own/echo.html", {}, about=frozenset({about} - {""}), is_word=True, **what)


def says(line: Line) -> list[str]:
    return [str(one.step.says) for one in line.laid]


def test_what_different_rooms_know_stands_in_the_order_of_time():
    steps = [own("s", 0, "told"), own("s", 9, "answered", ANSWER), own("s", 1, "read")]

    (line,) = lines_of([told("s")], steps, [grown(30, "s", says="understood"), grown(3, "s", about="b", says="asked")])

    assert says(line) == ["told", "read", "asked", "answered", "understood"]


def test_a_day_without_an_hour_counts_from_its_beginning():
    measured = Step(on(40).date(), "realise", "measured", GROWN, {}, of=frozenset({"s"}))

    (line,) = lines_of([told("s")], [own("s", 0, "told"), own("s", 40, "wrote", ANSWER)], [measured])

    assert says(line)[:3] == ["told", "measured", "wrote"]


def test_what_was_there_before_a_story_was_told_did_not_grow_from_it():
    (line,) = lines_of([told("s", day=100)], [own("s", 100, "told", ANSWER)], [grown(50, "s"), grown(150, "s", says="later")])

    assert says(line) == ["told", "later"]


def test_a_word_of_the_lab_stands_with_what_it_is_about_and_the_next_one_on_its_own():
    first, second = a_word(31, "a"), a_word(90, "a")

    (line,) = lines_of([told("s")], [own("s", 0, "told")], [second, grown(30, "s"), first])

    assert says(line) == ["told", "grown", "word"]
    assert [one.words for one in line.laid] == [[], [first], [second]]


def test_a_word_about_nothing_known_stands_with_the_last_story_told_by_then():
    first, second = lines_of([told("s"), told("t", day=50)], [], [a_word(60), a_word(40)])

    assert [len(one.words) for one in first.laid if one.words] == [1]
    assert [len(one.words) for one in second.laid if one.words] == [1]


def test_a_message_that_names_no_story_answers_no_story_that_was_taken_back():
    kept, gone = told("s"), told("t", day=5)
    gone.state = Story.State.WITHDRAWN

    first, second = lines_of([kept, gone], [own("", 9, "wrote", ANSWER)], [])

    assert (says(first)[0], says(second)) == ("wrote", [])


def test_what_grew_from_two_stories_is_told_once_and_the_later_line_runs_into_the_earlier():
    first, second = lines_of([told("s"), told("t", day=5)], [], [grown(30, "s", "t"), grown(60, "s", "t", about="b", says="built")])

    assert says(first) == ["grown", "built"]
    (joins, *_ahead) = second.laid
    assert (joins.step.template, joins.step.context, joins.step.at) == (JOINS, {"home": first.story}, on(30))


def test_who_has_told_nothing_has_one_line_with_what_was_written():
    (line,) = lines_of([], [own("", 1, "wrote")], [a_word(3)])

    assert (line.story, says(line)) == (None, ["wrote", "word"])


def test_while_nothing_has_happened_the_line_says_what_comes_next_and_by_when():
    with at(on(2)):
        (line,) = lines_of([told("s")], [own("s", 0, "told", GROWN)], [])

    promised = line.laid[-1]
    assert (promised.step.at, promised.is_ahead, promised.step.context["is_late"]) == (on(30), True, False)
    assert line.laid[0].leads_ahead


def test_a_promise_that_was_not_kept_is_said_and_has_no_day_ahead():
    (line,) = lines_of([told("s")], [own("s", 0, "told", GROWN)], [])

    assert (line.laid[-1].step.context["is_late"], line.laid[-1].when) == (True, "")


def test_once_answered_it_waits_for_something_to_grow_and_then_for_nothing():
    answered = [own("s", 3, "answered", ANSWER)]

    (waiting,), (done,) = lines_of([told("s")], answered, []), lines_of([told("s")], answered, [grown(30, "s")])

    assert [one.step.template for one in waiting.laid if one.is_ahead] == ["listening/own/growing.html"]
    assert [one for one in done.laid if one.is_ahead] == []


def test_what_is_planned_stands_last_and_is_still_ahead():
    (line,) = lines_of([told("s")], [own("s", 0, "told")], [grown(500, "s", says="planned"), grown(30, "s", about="b")])

    assert [(one.step.says, one.is_ahead) for one in line.laid] == [("told", False), ("grown", False), ("planned", True)]


def test_the_line_is_thicker_from_where_others_join():
    (line,) = lines_of([told("s")], [own("s", 0)], [grown(9, "s", others=23), grown(12, "s", about="b"), grown(15, "s", about="c")])

    assert [one.width for one in line.laid] == ["2.5", "4", "5", "5"]


def test_only_the_first_new_thing_is_where_a_link_leads():
    (line,) = lines_of([told("s")], [own("s", 0)], [grown(9, "s"), a_word(10, "a", is_new=True), a_word(20, "a", is_new=True)])

    assert [one.is_first_new for one in line.laid] == [False, True, False]


@st.composite
def happenings(draw: st.DrawFn) -> tuple[list[Story], list[Step], list[Step]]:
    """Up to three stories and whatever may happen to them."""
    stories = [told(f"s{number}", day) for number, day in enumerate(sorted(draw(st.lists(st.integers(0, 300), max_size=3))))]
    names = st.sampled_from([*(story.public_id for story in stories), ""])
    days = st.integers(0, 500)
    mine = [own(name, day) for name, day in draw(st.lists(st.tuples(names, days), max_size=6))]
    later = [
        grown(day, *of, about=str(place)) for place, (day, of) in enumerate(draw(st.lists(st.tuples(days, st.sets(names)), max_size=6)))
    ]
    words = [a_word(day, str(about)) for day, about in draw(st.lists(st.tuples(days, st.integers(0, 8)), max_size=6))]
    return stories, mine, draw(st.permutations([*later, *words]))


@given(happenings())
def test_every_line_is_in_the_order_of_time_and_no_word_of_anybody_is_lost_or_told_twice(happened):
    stories, mine, offered = happened

    lines = lines_of(stories, mine, offered)

    laid = [one for line in lines for one in line.laid]
    assert all(line.laid == sorted(line.laid, key=lambda one: (not one.has_day, one.step.at)) for line in lines)
    assert sorted(map(id, (step for one in laid for step in one.words))) == sorted(id(step) for step in offered if step.is_word)
    assert sorted(map(id, mine)) == sorted(id(one.step) for one in laid if any(one.step is step for step in mine))
    assert all(sum(one.step is step for one in laid) <= 1 for step in offered)
