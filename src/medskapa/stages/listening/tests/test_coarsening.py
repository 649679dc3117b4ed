"""What is shown of a story beside its words is shown of five tellers or more, on every day and to each audience; or nothing is."""

from collections import defaultdict
from collections.abc import Iterable
from random import Random

import pytest

from medskapa.ground.safeguarding.disclosure import FEWEST
from medskapa.stages.listening.coarsening import AUDIENCES, BATCH, NOTHING, STEPS, Attributes, Told, coarsened
from medskapa.stages.listening.reach import from_here_on

LABS = 40  # a thousand in the drills
LAB, REPORTS, PUBLIC = AUDIENCES


def told(number: int, *, language: str = "sv", half: int = 1, prompt: int | None = None, reach: str = PUBLIC, teller: int = -1) -> Told:
    attributes = Attributes(2026, (2026, half), language != "sv", language, prompt)
    return Told(number, number if teller < 0 else teller, attributes, reach)


def a_random_lab(rng: Random) -> list[Told]:
    """Stories of 20 to 500 people in the order in which they went out; some tell twice, some took theirs back."""
    people = rng.randint(20, 500)
    tellers = [*range(people), *rng.choices(range(people), k=people // 4)]
    languages = rng.sample(["sv", "prs", "ar", "so", "ti", "ps", "en"], k=rng.randint(1, 7))
    likely = [rng.choice([1, 2, 5, 20]) for _language in languages]
    found = []
    for number, teller in enumerate(rng.sample(tellers, k=len(tellers))):
        year, half = 2024 + 3 * number // len(tellers), rng.choice([1, 2])
        language = rng.choices(languages, likely)[0]
        attributes = Attributes(year, (year, half), language != languages[0], language, rng.choice([None, 1, 2, 3]))
        found.append(Told(number, teller, attributes, rng.choice(["", LAB, LAB, REPORTS, PUBLIC, PUBLIC])))
    return found


def sizes(stories: Iterable[Told], seen: dict[int, Attributes]) -> dict[Attributes, int]:
    """Of how many tellers each thing is shown, taken together."""
    tellers: dict[Attributes, set[int]] = defaultdict(set)
    for one in stories:
        if one.story in seen:
            tellers[seen[one.story]].add(one.teller)
    return {shown: len(found) for shown, found in tellers.items() if shown != NOTHING}


def check_that_nobody_stands_among_few(stories: list[Told], rng: Random) -> int:
    """To nobody, at one look or by two, and not by what one audience sees less than another. Returns how many are told of at all."""
    there = {level: [one for one in stories if one.reach in from_here_on(level)] for level in AUDIENCES}
    late = {level: coarsened(stories, to=level) for level in AUDIENCES}
    for level in AUDIENCES:
        early = coarsened(stories[: rng.randrange(len(stories))], to=level)
        newly = {story: shown for story, shown in late[level].items() if early.get(story, NOTHING) != shown}
        assert all(late[level][story] == shown for story, shown in early.items())
        assert all(size >= FEWEST for size in sizes(there[level], late[level]).values())
        assert all(size >= FEWEST for size in sizes(there[level], newly).values())
    for near, far in ((LAB, REPORTS), (REPORTS, PUBLIC)):
        for story, shown in late[far].items():
            assert all(getattr(shown, step) in (None, getattr(late[near][story], step)) for step in STEPS)
    return sum(sizes(stories, late[LAB]).values())


def test_in_random_labs_nobody_stands_among_fewer_than_five():
    rng = Random(2026)

    told_of = [check_that_nobody_stands_among_few(a_random_lab(rng), rng) for _lab in range(LABS)]

    assert min(told_of) > 0


def test_what_five_share_is_shown_and_what_one_alone_has_is_not():
    stories = [told(number, language="prs" if number < 6 else "sv") for number in range(BATCH)]
    stories[-1] = told(BATCH - 1, language="sv", half=2)

    seen = coarsened(stories, to=PUBLIC)

    assert (seen[0].language, seen[7].language) == ("prs", "sv")
    assert {shown.half for shown in seen.values()} == {None}
    assert {shown.year for shown in seen.values()} == {2026}


def test_one_who_tells_five_times_is_one_person():
    stories = [told(number) for number in range(BATCH - 1)] + [told(90 + number, language="so", teller=90) for number in range(5)]

    assert {shown.language for shown in coarsened(stories, to=LAB).values()} == {None}


def test_the_one_who_is_left_is_not_told_by_what_is_said_of_all_others():
    stories = [told(number, language="so" if number == 3 else "sv") for number in range(BATCH)]

    assert {(shown.is_foreign, shown.language) for shown in coarsened(stories, to=LAB).values()} == {(None, None)}


def test_of_the_latest_nothing_is_said_until_fifteen_have_told():
    stories = [told(number) for number in range(2 * BATCH - 1)]

    seen = coarsened(stories, to=LAB)

    assert sorted(seen) == list(range(BATCH))


def test_taking_a_story_back_moves_no_other_to_another_batch():
    stories = [told(number) for number in range(3 * BATCH)]
    back = [told(number, reach="") if number == 2 else one for number, one in enumerate(stories)]

    before, after = coarsened(stories, to=LAB), coarsened(back, to=LAB)

    assert {story: shown for story, shown in before.items() if story != 2} == after


@pytest.mark.parametrize("level", AUDIENCES)
def test_in_which_order_the_stories_of_a_batch_went_out_makes_no_difference(level):
    stories = [told(number, language="prs" if number % 3 else "sv", half=1 + number % 2) for number in range(BATCH)]

    assert coarsened(stories, to=level) == coarsened(stories[::-1], to=level)
