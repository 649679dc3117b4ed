"""Where others placed theirs: for who has placed their own, roughly, and never so that it tells of fewer than five."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.models import AgeBand, Lab
from medskapa.ground.labs.tests.makers import a_lab, a_pseudonym, client_of
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.safeguarding.disclosure import FEWEST
from medskapa.stages.listening.actions import change_consent, read_back, withdraw_story
from medskapa.stages.listening.actions.releasing import UNDO
from medskapa.stages.listening.actions.representing import make_adult_code
from medskapa.stages.listening.models import Reach, Scale, Story, Writer
from medskapa.stages.listening.others import others_of, sizes
from medskapa.stages.listening.scales import LINE, TRIANGLE, Shares, region_of
from medskapa.stages.listening.tests.makers import a_scale, a_story, a_triangle, let_go, teller_of
from medskapa.stages.listening.tests.telling import fields_of

pytestmark = pytest.mark.django_db
Change = Callable[[Story], None]
NEAR, FAR = LINE[0], LINE[6]
MANY = st.lists(st.sampled_from([(0,), (1,), (0, 1)]), max_size=40)


@pytest.fixture
def lab() -> Lab:
    return a_lab(language="en")


@pytest.fixture
def scale(lab: Lab) -> Scale:
    return a_scale(lab)


def placed(lab: Lab, scale: Scale, *places: Shares, **what) -> list[Story]:
    return [a_story(lab, marks={scale: place}, **({"released": True} | what)) for place in places]


def an_adult_agrees(story: Story) -> None:
    code = make_adult_code(story.teller, by=teller_of(story))
    shown = fields_of(Client().post("/en/agree/", {"code": code}))
    Client().post("/en/agree/", shown | {"type": "parent", "name": "A"})


def its_teller_says_everyone_in_the_lab(story: Story) -> None:
    change_consent(story, wish=Reach.LAB, kept_from=frozenset(), until=None, by=teller_of(story))


def comes_late(lab: Lab, scale: Scale, **telling) -> Story:
    (story,) = placed(lab, scale, NEAR, released=False, **telling)
    return story


def of_a_child(lab: Lab, scale: Scale) -> tuple[Story, Change]:
    return comes_late(lab, scale, teller=a_pseudonym(lab, age_band=AgeBand.UNDER_13)), an_adult_agrees


def for_the_team_first(lab: Lab, scale: Scale) -> tuple[Story, Change]:
    return comes_late(lab, scale, wish=Reach.TEAM), its_teller_says_everyone_in_the_lab


def for_everyone_from_the_start(lab: Lab, scale: Scale) -> tuple[Story, Change]:
    return comes_late(lab, scale), lambda story: None


def not_read_back(lab: Lab, scale: Scale) -> tuple[Story, Change]:
    return comes_late(lab, scale, writer=Writer.FRIEND), lambda story: read_back(story, by=teller_of(story))


def narrowed_for_a_while(lab: Lab, scale: Scale) -> tuple[Story, Change]:
    (story,) = placed(lab, scale, NEAR)
    change_consent(story, wish=Reach.TEAM, kept_from=frozenset(), until=None, by=teller_of(story))
    return story, its_teller_says_everyone_in_the_lab


def told(story: Story) -> list[str]:
    """What a teller reads of their one scale, region by region."""
    (one,) = others_of(story, "en")
    return [str(area.words) for area in one.areas]


def page_of(story: Story, client: Client | None = None):
    return (client or client_of(story.teller)).get(reverse("listening:own_others", kwargs={"story": story.public_id}))


def test_who_has_placed_theirs_reads_where_most_and_where_few_placed_theirs(lab, scale):
    mine, *_rest = placed(lab, scale, FAR, *[NEAR] * 9)

    client = client_of(mine.teller)
    shown = page_of(mine, client).content.decode()
    own_story = client.get(reverse("listening:own_story", kwargs={"story": mine.public_id})).content.decode()

    assert told(mine) == ["Most of them", "Few or none of them", "Few or none of them"]
    assert "Your place: All the way to “<bdi>invisible</bdi>”" in shown
    assert "Nearest to “<bdi>seen</bdi>”" in shown
    assert shown.count('class="many"') == 1
    assert reverse("listening:own_others", kwargs={"story": mine.public_id}) in own_story


def test_nobody_reads_of_a_scale_on_which_they_have_placed_nothing(lab, scale):
    placed(lab, scale, *[NEAR] * 10)
    mine = a_story(lab, marks={a_triangle(lab): TRIANGLE[0]})
    silent = a_story(lab)

    shown, nothing = page_of(mine).content.decode(), page_of(silent).content.decode()

    assert "What helped was about" in shown
    assert "This made me feel" not in shown
    assert "Too few others have placed theirs to tell." in shown
    assert "Place your own first." in nothing
    assert 'class="pattern' not in shown + nothing


@given(MANY)
def test_a_region_is_told_only_if_five_others_lie_there_beside_the_reader(regions):
    assert all(regions.count(region) - 1 >= FEWEST for region in sizes(regions))


@given(MANY, st.sampled_from([(0,), (1,), (0, 1)]))
def test_whoever_comes_again_after_one_more_mark_sees_nothing_new_unless_it_ends_five(regions, one_more):
    again = [*regions, one_more]

    assert sizes(again) == sizes(regions) or len(again) % FEWEST == 0


@pytest.mark.parametrize("late", [of_a_child, for_the_team_first, for_everyone_from_the_start, not_read_back, narrowed_for_a_while])
def test_a_story_told_first_that_begins_to_count_later_stands_last_and_shows_nobody_s_place(lab, scale, late):
    story, begins = late(lab, scale)
    mine, *_rest = placed(lab, scale, *[NEAR] * 5, *[FAR] * 5)
    before = told(mine)

    begins(story)
    story.refresh_from_db()
    let_go(story)

    with at(now() + 2 * UNDO):
        assert before == told(mine) == []
        placed(lab, scale, *[FAR] * 4)
        assert told(mine) == ["Some of them", "Few or none of them", "Most of them"]


@pytest.mark.parametrize("wish", [Reach.TEAM, Reach.LAB])
def test_what_nobody_has_let_go_does_not_count_for_other_tellers(lab, scale, wish):
    mine, *_rest = placed(lab, scale, *[FAR] * 4)

    placed(lab, scale, *[NEAR] * 11, released=False, wish=wish)

    assert told(mine) == []


def test_what_was_taken_back_kept_for_the_team_or_waits_for_an_adult_does_not_count(lab, scale):
    mine, taken, narrowed, *_rest = placed(lab, scale, FAR, *[NEAR] * 9)
    before = told(mine)

    withdraw_story(taken, by=teller_of(taken))
    after_one = told(mine)
    placed(lab, scale, NEAR, reach=Reach.TEAM)
    placed(lab, scale, NEAR, released=False, teller=a_pseudonym(lab, age_band=AgeBand.UNDER_13))

    assert (before[0], after_one, told(mine)) == ("Most of them", [], [])
    placed(lab, scale, NEAR)
    assert told(mine)[0] == "Most of them"
    change_consent(narrowed, wish=Reach.TEAM, kept_from=frozenset(), until=None, by=teller_of(narrowed))
    assert told(mine) == []


def test_who_told_five_times_counts_once(lab, scale):
    mine, *_rest = placed(lab, scale, FAR, *[NEAR] * 4)

    placed(lab, scale, *[NEAR] * 5, teller=a_pseudonym(lab))

    assert told(mine) == []


def test_a_triangle_is_told_by_its_seven_regions(lab):
    triangle = a_triangle(lab)
    mine, *_rest = placed(lab, triangle, *[TRIANGLE[6]] * 6, *[TRIANGLE[1]] * 9)

    (one,) = others_of(mine, "en")

    assert [(area.label, str(area.words), area.has_own) for area in one.areas if area.is_many] == [
        ("Nearest to “<bdi>people</bdi>”", "Most of them", False),
        ("In the middle", "Some of them", True),
    ]
    assert len(one.areas) == 7
    assert {region_of(place) for place in TRIANGLE} == {(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)}


def test_the_page_costs_the_same_with_one_scale_and_with_three(lab, scale, django_assert_max_num_queries):
    scales = [scale, a_triangle(lab), a_scale(lab, title="It was")]
    one, three = a_story(lab, marks={scale: NEAR}), a_story(lab, marks=dict.fromkeys(scales, TRIANGLE[2]))
    clients = [client_of(story.teller) for story in (one, three)]
    counts = []

    for story, client in zip((one, three), clients, strict=True):
        page_of(story, client)
        with django_assert_max_num_queries(25) as asked:
            assert page_of(story, client).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_nobody_else_reads_it_by_a_teller_s_address(lab, scale):
    (mine,) = placed(lab, scale, NEAR)

    assert page_of(mine, client_of(a_story(lab).teller)).status_code == 404
    assert page_of(mine, Client()).status_code == 302
