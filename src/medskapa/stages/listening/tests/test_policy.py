"""What a lab publishes of how it moderates is what it does."""

from datetime import timedelta
from html import unescape

import pytest

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor
from medskapa.ground.ledger.actors import may
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import open_statement, save_rules
from medskapa.stages.listening.errors import OwnStatement
from medskapa.stages.listening.models import DeskRules, Reach, Statement, Story
from medskapa.stages.listening.queries.policy import policy_of
from medskapa.stages.listening.queries.rules import needs_second
from medskapa.stages.listening.tasks import remind_of_statements
from medskapa.stages.listening.tests.makers import a_conversation, a_statement, a_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab(languages=["sv", "en"])


def policy_page(lab: Lab, *who: str) -> str:
    return unescape(a_client(lab, *who).get(f"/en/labs/{lab.slug}/how-we-moderate/").content.decode())


@pytest.mark.parametrize("moderators", [1, 2])
@pytest.mark.parametrize("pair", DeskRules.Pair.values)
def test_the_page_says_how_many_let_a_statement_through(lab, pair, moderators):
    actors = [an_actor(lab, Role.MODERATOR) for _number in range(moderators)]
    save_rules(DeskRules(lab=lab, statements=pair), by=an_actor(lab, Role.PROCESS_LEADER))

    wants_two = open_statement(a_statement(lab, is_open=False), by=actors[0]).state == Statement.State.FIRST_YES

    assert ("Two people say yes before others can answer it." in policy_page(lab)) == wants_two


@pytest.mark.parametrize(("number", "pair"), [(1, DeskRules.Pair.MODERATORS), (1, DeskRules.Pair.ALWAYS), (2, DeskRules.Pair.NEVER)])
def test_the_page_says_whether_somebody_decides_about_what_they_suggested(lab, number, pair):
    people = [a_participation(lab, Role.PROCESS_LEADER) for _number in range(number)]
    save_rules(DeskRules(lab=lab, statements=pair), by=actor_of_participation(people[0]))
    own = a_statement(lab, is_open=False, author=people[0])

    try:
        is_open = open_statement(own, by=actor_of_participation(people[0])).state == Statement.State.OPEN
    except OwnStatement:
        is_open = False

    assert ("also about what they suggested themselves" in policy_page(lab)) == is_open


@pytest.mark.parametrize("moderators", [1, 2])
@pytest.mark.parametrize("rule", DeskRules.Two.values)
def test_the_page_says_how_many_let_a_story_go(lab, rule, moderators):
    actors = [an_actor(lab, Role.MODERATOR) for _number in range(moderators)]
    save_rules(DeskRules(lab=lab, release=rule), by=an_actor(lab, Role.PROCESS_LEADER))

    story = a_story(lab, language=lab.language)
    for_all, for_public = (needs_second(story, reach=reach, by=actors[0]) for reach in (Reach.LAB, Reach.PUBLIC))

    page = policy_page(lab)
    assert ("Two people say yes before others read a story." in page) == for_all
    assert ("If everybody may read it, two people say yes." in page) == (for_public and not for_all)


def test_every_reason_that_the_team_can_choose_stands_on_the_page(lab):
    page = policy_page(lab)

    reasons = [*Story.HeldFor, *(reason for reason in Statement.NotFor if reason != Statement.NotFor.OTHER)]
    assert [reason for reason in reasons if str(reason.label) not in page] == []


@pytest.mark.parametrize("has_moderator", [True, False])
def test_the_page_says_whom_a_statement_that_waits_reminds(lab, mailoutbox, has_moderator):
    leader = a_participation(lab, Role.PROCESS_LEADER)
    reminded = a_participation(lab, Role.MODERATOR) if has_moderator else leader
    a_participation(lab, Role.FACILITATOR)
    a_statement(lab, is_open=False)

    with at(now() + timedelta(hours=25)):
        remind_of_statements()

    assert [mail.to for mail in mailoutbox] == [[reminded.account.email]]
    assert "the moderators are reminded. If no moderator can decide, the process leader is." in policy_page(lab)


@pytest.mark.parametrize("who", ["public", Role.CO_CREATOR, Role.READER, Role.MODERATOR])
def test_everybody_reads_it(lab, who):
    assert "How we moderate" in policy_page(lab, who)


def test_the_roles_that_decide_are_those_of_the_table(lab):
    able = {role for role in Role if may(an_actor(lab, role), "statement.open", lab)}

    assert set(policy_of(lab).decide) == able


def a_story_let_go(lab: Lab, days: int, teller: Pseudonym | None = None) -> None:
    """A story that was let go so many days after it was told."""
    story = a_story(lab, released=True, teller=teller)
    Story.objects.filter(pk=story.pk).update(told_at=story.released_at - timedelta(days=days))


def test_how_long_stories_took_is_told_from_five_tellers_on(lab):
    for days in (1, 1, 3, 9):
        a_story_let_go(lab, days)
    a_story_let_go(lab, 9, teller=Story.objects.earliest("pk").teller)
    assert policy_of(lab).story_days is None

    a_story_let_go(lab, 3)

    assert policy_of(lab).story_days == 3
    assert "Half of the latest stories were let go within 3 days." in policy_page(lab)


def test_how_long_statements_took_is_told_from_five_on_until_the_decision_that_ends_it(lab):
    a_participation(lab, Role.MODERATOR), a_participation(lab, Role.MODERATOR)
    made = now()
    for _number in range(5):
        with at(made):
            statement = a_statement(lab, is_open=False)
        assert policy_of(lab).statement_days is None
        with at(made + timedelta(hours=2)):
            open_statement(statement, by=an_actor(lab, Role.MODERATOR))
        with at(made + timedelta(hours=30)):
            open_statement(statement, by=an_actor(lab, Role.FACILITATOR))

    assert policy_of(lab).statement_days == 2


@pytest.mark.parametrize("stories", [1, 3])
def test_it_costs_six_queries_whatever_the_number(lab, django_assert_num_queries, stories):
    for _number in range(stories):
        a_story(lab, released=True)

    with django_assert_num_queries(6):
        policy_of(lab)


def test_it_is_linked_where_it_matters(lab):
    conversation = a_conversation(lab)
    link = f'href="/en/labs/{lab.slug}/how-we-moderate/"'

    member, place = a_client(lab, Role.CO_CREATOR), conversation.get_absolute_url()
    pages = [place, f"{place}suggest/", f"{place}answer/", lab.get_absolute_url()]
    assert [page for page in pages if link not in member.get(page).content.decode()] == []
