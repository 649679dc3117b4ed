"""Who has not been heard yet: target groups, what was told by them in steps of five, and whom to reach next."""

import pytest

from medskapa.ground.labs.models import AgeBand, Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, an_actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import set_target_groups
from medskapa.stages.listening.models import TargetGroup
from medskapa.stages.listening.queries.hearing import Heard, heard_of, next_to_reach
from medskapa.stages.listening.tests.makers import a_story, a_withdrawn_story

pytestmark = pytest.mark.django_db
KEY = "key-of-a-form-0123456789"


@pytest.fixture
def lab() -> Lab:
    return a_lab(languages=["sv", "so", "prs"])


def wanted(lab: Lab, languages: dict[str, int], ages: dict[str, int] | None = None) -> None:
    set_target_groups(lab, languages=languages, ages=ages or {}, by=an_actor(lab, Role.PROCESS_LEADER))


def told(lab: Lab, number: int, **who: str) -> None:
    for _person in range(number):
        a_story(lab, teller=a_pseudonym(lab, **who))


def page_of(lab: Lab, role: str = Role.FACILITATOR) -> str:
    return a_client(lab, role).get(f"/en/labs/{lab.slug}/heard/").content.decode()


def steps(lab: Lab) -> list[tuple[str, int]]:
    return [(one.target.name, one.fewest) for one in heard_of(lab)]


@pytest.mark.parametrize(("people", "fewest"), [(0, 0), (1, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_how_many_have_told_is_said_in_steps_of_five(lab, people, fewest):
    wanted(lab, {"so": 15})
    told(lab, people, language="so")

    assert steps(lab) == [("Soomaali", fewest)]
    assert f"{fewest} to {fewest + 4} people have told something, of at least 15." in page_of(lab)


def test_languages_come_as_the_lab_lists_them_and_then_ages_from_the_youngest(lab):
    wanted(lab, {"prs": 5, "sv": 5}, {AgeBand.FROM_16: 5, AgeBand.FROM_13: 5})
    told(lab, 5, language="prs", age_band=AgeBand.FROM_13)

    assert steps(lab) == [("svenska", 0), ("دری", 5), ("13 to 15", 5), ("16 or 17", 0)]


def test_people_count_once_and_only_by_what_the_lab_may_read(lab):
    wanted(lab, {"so": 5})
    told(lab, 4, language="so")
    often, gone = (a_pseudonym(lab, language="so") for _one in range(2))
    a_withdrawn_story(lab, teller=gone)
    told(lab, 1, language="so", age_band=AgeBand.UNDER_13)  # waits for an adult to agree
    assert steps(lab) == [("Soomaali", 0)]

    a_story(lab, teller=often)
    a_story(lab, teller=often)
    assert steps(lab) == [("Soomaali", 5)]


def test_the_next_to_reach_is_the_group_of_which_the_smallest_share_has_told(lab):
    def heard(people: int, fewest: int) -> Heard:
        return Heard(TargetGroup(lab=lab, language="so", people=people), fewest)

    half, none, many_none, enough = heard(10, 5), heard(5, 0), heard(30, 0), heard(5, 10)

    assert next_to_reach([half, none, many_none, enough]) == many_none
    assert next_to_reach([half, enough]) == half
    assert next_to_reach([enough]) is None


def test_the_page_says_whom_to_reach_next_and_what_helps(lab):
    wanted(lab, {"sv": 5, "so": 20}, {AgeBand.UNDER_13: 20})
    told(lab, 5, language="sv", age_band=AgeBand.UNDER_13)

    page = page_of(lab)

    assert ("Reach these people next: " in page, "Soomaali</bdi></b></p>" in page) == (True, True)
    assert ("Ask somebody whom they trust" in page, "Print a poster" in page) == (True, True)


def test_that_an_adult_has_to_agree_is_said_where_children_are_to_be_reached(lab):
    wanted(lab, {}, {AgeBand.UNDER_13: 5})

    assert "an adult who speaks for them has to agree" in page_of(lab)


def test_a_lab_that_has_said_nothing_is_asked_to(lab):
    assert ("Nobody has said yet" in page_of(lab), "Write it down" in page_of(lab)) == (True, True)
    assert "Write it down" not in page_of(lab, Role.INTERPRETER)


@pytest.mark.parametrize("role", [Role.ACTOR, Role.READER, "co_creator", "public"])
def test_only_the_team_sees_who_has_not_been_heard(lab, role):
    assert a_client(lab, role).get(f"/en/labs/{lab.slug}/heard/").status_code == 403


def test_what_is_wanted_is_written_down_changed_and_left_out(lab):
    client, where = a_client(lab, Role.PROCESS_LEADER), f"/en/labs/{lab.slug}/heard/change/"
    client.post(where, {"form_key": KEY, "so": "20", "13_15": "10", "sv": ""})
    assert {(one.name, one.people) for one in lab.target_groups.all()} == {("Soomaali", 20), ("13 to 15", 10)}
    assert 'name="so" value="20"' in client.get(where).content.decode()

    client.post(where, {"form_key": KEY + "2", "so": "", "prs": "5"})
    assert [(one.language, one.people) for one in lab.target_groups.all()] == [("prs", 5)]


@pytest.mark.parametrize("number", ["7", "0", "-5", "many", "1000000"])
def test_a_number_that_is_no_step_of_five_is_said_and_nothing_is_lost(lab, number):
    wanted(lab, {"so": 5})

    answer = a_client(lab, Role.PROCESS_LEADER).post(f"/en/labs/{lab.slug}/heard/change/", {"form_key": KEY, "so": number, "prs": "10"})

    page = answer.content.decode()
    assert (answer.status_code, "Write 5, 10, 15" in page, f'value="{number}"' in page, 'value="10"' in page) == (422, True, True, True)
    assert [(one.language, one.people) for one in lab.target_groups.all()] == [("so", 5)]


def test_who_may_not_change_it_is_refused(lab):
    with pytest.raises(NotAllowed):
        set_target_groups(lab, languages={}, ages={}, by=an_actor(lab, Role.MODERATOR))
