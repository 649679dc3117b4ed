"""What members of a lab and the public see of the listening."""

import csv
import re
from io import StringIO

import pytest
from django.test import Client

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.roles import Role
from medskapa.methods.landscape.order import order
from medskapa.stages.listening.actions import set_statement_aside, suggest_statement
from medskapa.stages.listening.models import Conversation, Prompt, Reach, Statement, Vote
from medskapa.stages.listening.queries import next_statement, results_of, waiting_for_answer
from medskapa.stages.listening.tests.makers import (
    a_conversation,
    a_prompt,
    a_statement,
    a_story,
    a_vote,
    a_withdrawn_story,
    an_answer,
)

pytestmark = pytest.mark.django_db
NEXT = "key-of-a-form-0123456789"


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def url(lab: Lab, end: str) -> str:
    return f"/en/labs/{lab.slug}/{end}"


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("public", ["four"]),
        ("co_creator", ["two", "three", "four"]),
        (Role.ACTOR, ["two", "three", "four"]),
        (Role.COACH, ["one", "two", "three", "four"]),
    ],
)
def test_each_sees_the_stories_they_may_read_and_no_other(lab, role, titles):
    for title, reach in zip(["one", "two", "three", "four"], [Reach.TEAM, Reach.LAB, Reach.REPORTS, Reach.PUBLIC], strict=True):
        a_story(lab, released=True, reach=reach, title=f"Title {title}")
    a_story(lab, words="Not released")

    page = a_client(lab, role).get(url(lab, "stories/")).content.decode()

    assert sorted(set(re.findall(r"Title (\w+)", page))) == sorted(titles)
    assert "Not released" not in page


def test_a_released_story_shows_its_text_and_never_the_day_it_was_told(lab):
    story = a_story(lab, released=True, texts={"sv": "Jag väntade.", "en": "I waited."})

    page = a_client(lab, Role.ACTOR).get(url(lab, f"stories/{story.public_id}/")).content.decode()

    assert "I waited." in page
    assert "I waited two years for an answer." not in page
    assert str(story.told_at.day) not in re.findall(r"\b\d{1,2}\b(?= \w+ \d{4})", page)


def test_a_name_of_ones_own_choice_stands_only_where_everybody_may_read(lab):
    named, unnamed = (a_pseudonym(lab, alias=alias) for alias in ("Blåklocka", "Vitsippa"))
    a_story(lab, released=True, reach=Reach.PUBLIC_NAMED, teller=named, words="Ett")
    a_story(lab, released=True, reach=Reach.PUBLIC, teller=unnamed, words="Två")

    page = Client().get(url(lab, "")).content.decode()

    assert "Ett" in page
    assert "Två" in page
    assert "Blåklocka" in page
    assert "Vitsippa" not in page


def test_a_lab_without_stories_says_what_will_be_here(lab):
    page = a_client(lab, Role.ACTOR).get(url(lab, "stories/")).content.decode()

    assert "No stories yet." in page


def test_questions_are_made_changed_and_closed(lab):
    client = a_client(lab, Role.FACILITATOR)
    client.post(url(lab, "prompts/new/"), {"form_key": NEXT, "title": "Vad hände?", "summary": "", "language": "sv"})
    prompt = Prompt.objects.get()

    changed = {"form_key": NEXT + "2", "title": "Vad hände då?", "language": "sv", "is_closed": "on"}
    client.post(url(lab, f"prompts/{prompt.public_id}/edit/"), changed)

    prompt.refresh_from_db()
    assert (prompt.title, prompt.closed_at is not None) == ("Vad hände då?", True)
    assert a_client(lab, Role.ACTOR).get(url(lab, f"prompts/{prompt.public_id}/")).status_code == 404
    assert client.get(url(lab, f"prompts/{prompt.public_id}/")).status_code == 200


@pytest.mark.parametrize("role", [Role.ACTOR, "co_creator", "public", Role.MODERATOR])
def test_only_who_may_changes_questions(lab, role):
    prompt = a_prompt(lab)

    assert a_client(lab, role).get(url(lab, "prompts/new/")).status_code == 403
    assert a_client(lab, role).get(url(lab, f"prompts/{prompt.public_id}/edit/")).status_code == 403


def test_a_conversation_is_made_and_its_statements_suggested_opened_and_answered(lab):
    leader, member = a_client(lab, Role.PROCESS_LEADER), client_of(a_pseudonym(lab))
    leader.post(url(lab, "conversations/new/"), {"form_key": NEXT, "title": "Brev", "language": "sv", "roll": "pseudonyms"})
    conversation = Conversation.objects.get()
    here = f"conversations/{conversation.public_id}/"
    member.post(url(lab, f"{here}suggest/"), {"form_key": NEXT + "2", "title": "Skriv kortare.", "language": "sv", "credit": ""})
    statement = Statement.objects.get()
    assert "You have answered everything" in member.get(url(lab, f"{here}answer/")).content.decode()

    leader.post(url(lab, f"statements/{statement.public_id}/open/"), {"form_key": NEXT + "3", "seen": statement.words_id})
    assert "Skriv kortare." in member.get(url(lab, f"{here}answer/")).content.decode()
    answer = {"form_key": NEXT + "4", "statement": statement.public_id, "value": "1"}
    assert member.post(url(lab, f"{here}answer/"), answer).status_code == 303

    assert Vote.objects.get().value == Vote.Value.AGREE
    assert "You have answered everything" in member.get(url(lab, f"{here}answer/")).content.decode()


def test_who_is_not_on_the_roll_is_told_how_to_get_there(lab):
    conversation = a_statement(lab).conversation

    page = Client().get(url(lab, f"conversations/{conversation.public_id}/answer/")).content.decode()

    assert "Type your code" in page
    assert 'name="value"' not in page


def test_an_answer_that_is_none_changes_nothing(lab):
    statement = a_statement(lab)
    client = client_of(a_pseudonym(lab))
    path = url(lab, f"conversations/{statement.conversation.public_id}/answer/")

    answers = [client.post(path, {"form_key": NEXT, "statement": statement.public_id, "value": value}).status_code for value in ("7", "")]

    assert answers == [422, 422]
    assert not Vote.objects.exists()


def test_the_card_of_each_person_is_drawn_by_the_answers_so_far_and_stays_on_reload(lab):
    conversation, voter = a_conversation(lab), a_pseudonym(lab)
    often, seldom = (a_statement(lab, conversation=conversation, title=title) for title in ("Often.", "Seldom."))
    a_vote(often)
    drawn = order({often.public_id: 1, seldom.public_id: 0}, seed=f"{conversation.public_id} {voter.public_id}")

    cards = [next_statement(conversation, voter) for _reload in range(3)]

    assert [(statement.public_id, done, most) for statement, done, most in cards] == 3 * [(drawn[0], 0, 2)]


def test_everybody_is_in_the_end_shown_each_statement_exactly_once(lab):
    conversation, voter = a_conversation(lab), a_pseudonym(lab)
    rows = {a_statement(lab, conversation=conversation, title=f"Statement {number}") for number in range(6)}
    shown = []

    while statement := next_statement(conversation, voter)[0]:
        shown.append(statement)
        a_vote(statement, voter=voter)
        a_vote(sorted(rows, key=str)[0])

    assert len(shown) == 6
    assert set(shown) == rows


def test_small_counts_read_a_few_outside_the_team(lab):
    statement = a_statement(lab)
    for value in (1, 1, 1, 1, 1, 1, -1, -1):
        a_vote(statement, value)

    member, team = (results_of(statement.conversation, reader=an_actor(lab, role))[0] for role in (Role.ACTOR, Role.FACILITATOR))

    assert (member.agree, member.disagree, member.passed, member.share) == ("6", "a few", "0", None)
    assert (team.agree, team.disagree, team.passed, team.share) == ("6", "2", "0", 75)


def test_a_share_has_its_interval_and_where_the_share_is_withheld_there_is_none(lab):
    statement = a_statement(lab)
    for value in (*[1] * 15, *[-1] * 5):
        a_vote(statement, value)
    told = results_of(statement.conversation, reader=an_actor(lab, Role.ACTOR))[0]
    assert (told.share, told.interval) == (75, (53, 89))

    other = a_statement(lab)
    for value in (*[1] * 15, *[-1] * 4):
        a_vote(other, value)
    withheld = results_of(other.conversation, reader=an_actor(lab, Role.ACTOR))[0]
    assert (withheld.share, withheld.interval) == (None, None)


def test_results_are_sorted_by_what_is_shown_and_never_by_what_is_withheld(lab):
    conversation = a_conversation(lab)
    for title, agree, disagree in (("Half.", 6, 6), ("Most.", 12, 5), ("Withheld.", 20, 1), ("Few.", 5, 9)):
        statement = a_statement(lab, conversation=conversation, title=title)
        for value in (*[1] * agree, *[-1] * disagree):
            a_vote(statement, value)

    def titles(sort):
        return [one.statement.title for one in results_of(conversation, reader=an_actor(lab, Role.ACTOR), sort=sort)]

    assert titles("answered") == ["Withheld.", "Most.", "Few.", "Half."]
    assert titles("agree") == ["Most.", "Half.", "Few.", "Withheld."]
    assert titles("disagree") == ["Few.", "Half.", "Most.", "Withheld."]
    assert titles("divides") == ["Half.", "Few.", "Most.", "Withheld."]
    page = a_client(lab, Role.ACTOR).get(f"{conversation.get_absolute_url()}?sort=agree").content.decode()
    results = page.partition("<tbody>")[2]
    assert results.index("Most.") < results.index("Half.") < results.index("Withheld.")


def test_the_log_of_decisions_leaves_as_a_table_in_which_no_statement_is_a_formula(lab):
    conversation = a_conversation(lab)
    statement = a_statement(lab, conversation=conversation, title="=1+1", is_open=False)
    set_statement_aside(statement, reason="unclear", words="Two, please.", by=an_actor(lab, Role.MODERATOR))
    path = f"{conversation.get_absolute_url()}decisions/file/"

    answer = a_client(lab, Role.FACILITATOR).get(path)

    (header, row) = csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert header == ["Day", "Statement", "Decision", "Why", "Your own words", "Who"]
    assert row[1:5] == ["'=1+1", "Set aside", "It is hard to understand. Please say it in other words.", "Two, please."]
    assert a_client(lab, Role.ACTOR).get(path).status_code == 403


def test_a_suggested_statement_is_seen_by_its_maker_and_the_team(lab):
    maker = a_pseudonym(lab)
    by = Actor("pseudonym", maker.public_id, lab.public_id, frozenset({"co_creator"}))
    statement = suggest_statement(a_conversation(lab), title="Write shorter.", language="sv", by=by)
    path = url(lab, f"statements/{statement.public_id}/")

    assert client_of(maker).get(path).status_code == 200
    assert a_client(lab, Role.MODERATOR).get(path).status_code == 200
    assert a_client(lab, Role.ACTOR).get(path).status_code == 404


def test_a_statement_names_the_stories_it_grew_from(lab):
    story, gone = a_story(lab, released=True, title="A long wait"), a_withdrawn_story(lab)
    statement = a_statement(lab)
    client, path = a_client(lab, Role.SENSE_MAKER), url(lab, f"statements/{statement.public_id}/edit/")
    said = {"form_key": NEXT, "title": statement.title, "language": "sv", "conversation": statement.conversation.public_id}

    page = client.get(path).content.decode()
    assert story.public_id in page
    assert gone.public_id not in page
    client.post(path, said | {"origins": [story.public_id]})

    assert [origin.story for origin in statement.origins.all()] == [story]
    assert "A long wait" in a_client(lab, Role.ACTOR).get(url(lab, f"statements/{statement.public_id}/")).content.decode()


def test_who_waited_longest_comes_first_and_who_has_an_answer_waits_no_more(lab):
    first, second, answered = a_story(lab), a_story(lab), a_story(lab)
    an_answer(answered)

    waiting = waiting_for_answer(lab, reader=an_actor(lab, Role.MODERATOR))

    assert [one.story for one in waiting] == [first, second]
    assert waiting_for_answer(lab, reader=an_actor(lab, Role.ACTOR)) == []


def test_the_first_page_of_staff_names_what_waits(lab):
    a_story(lab, language="prs")
    a_story(lab)

    leader, interpreter = (a_client(lab, role).get(url(lab, "desk/")).content.decode() for role in (Role.PROCESS_LEADER, Role.INTERPRETER))

    assert "2 stories to moderate" in leader
    assert "2 people wait for an answer" in leader
    assert "1 story to translate" in interpreter
    assert "to moderate" not in interpreter


def test_figures_of_few_stories_read_a_few_for_the_public(lab):
    a_story(lab)

    assert "a few" in Client().get(url(lab, "")).content.decode()


@pytest.mark.parametrize("end", ["conversations/", "answers/", "moderation/", "translations/"])
def test_the_public_sees_no_desk(lab, end):
    assert Client().get(url(lab, end)).status_code == 403


def test_somebody_on_a_roll_of_names_answers_with_their_account(lab):
    statement = a_statement(lab, conversation=a_conversation(lab, roll=Conversation.Roll.PARTICIPATIONS))
    member = a_participation(lab, Role.ACTOR)
    path = url(lab, f"conversations/{statement.conversation.public_id}/answer/")

    client_of(member).post(path, {"form_key": NEXT, "statement": statement.public_id, "value": "-1"})

    assert Vote.objects.get().participation == member
