"""Answers that came in a burst: marked for those who moderate, set aside openly, counted again, and never those of a lab day."""

from datetime import timedelta
from random import Random

import pytest

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import now
from medskapa.stages.listening.actions import count_again, set_answers_aside
from medskapa.stages.listening.bursts import marked_in
from medskapa.stages.listening.landscape import sides_of
from medskapa.stages.listening.models import AnswersSetAside, Vote
from medskapa.stages.listening.place import place_of
from medskapa.stages.listening.queries import results_of
from medskapa.stages.listening.tests.makers import a_conversation, a_statement

pytestmark = pytest.mark.django_db
STATEMENTS = 12
NEXT = "key-of-a-form-0123456789"


@pytest.fixture
def lab():
    return a_lab(languages=["sv", "en"])


@pytest.fixture
def conversation(lab):
    """Thirty who answered over a month, each in their own way, and then six who say the same within a minute."""
    made = a_conversation(lab)
    for number in range(STATEMENTS):
        a_statement(lab, conversation=made, title=f"Statement {number}")
    answered_by_many(made, 30)
    alike(made, 6)
    return made


def answered_by_many(conversation, people, *, seed=1):
    chance = Random(seed)
    for number in range(people):
        lean = 1 if number % 2 else -1
        says = [lean if chance.random() < 0.75 else chance.choice([-1, 0, 1]) for _ in range(STATEMENTS)]
        answered(conversation, says, now() - timedelta(days=40 - number, seconds=number))


def alike(conversation, people):
    return [answered(conversation, [1, -1] * (STATEMENTS // 2), now() - timedelta(seconds=10 * number)) for number in range(people)]


def answered(conversation, says, moment):
    """Somebody who answered every statement at that moment."""
    voter = a_pseudonym(conversation.lab)
    rows = conversation.statements.order_by("pk")
    Vote.objects.bulk_create(
        Vote(lab=conversation.lab, statement=row, pseudonym=voter, value=value, at=moment) for row, value in zip(rows, says, strict=True)
    )
    return voter


def set_aside(conversation, by=None):
    (burst,) = marked_in(conversation)
    why = "Six phones of one person, who told us."
    return set_answers_aside(conversation, key=burst.key, why=why, by=by or an_actor(conversation.lab, "moderator"))


def test_a_burst_is_marked_by_how_many_and_when_and_never_by_whose(conversation):
    (burst,) = marked_in(conversation)

    assert (burst.people, burst.answers) == (6, 72)
    page = a_client(conversation.lab, "moderator").get(f"{conversation.get_absolute_url()}bursts/").content.decode()
    assert "6 people who answered alike, 72 answers in all." in page
    assert all(one.pseudonym.public_id not in page for one in Vote.objects.select_related("pseudonym"))


def test_what_was_set_aside_counts_in_no_result_until_it_is_counted_again(conversation):
    leader = an_actor(conversation.lab, "process_leader")

    def numbers():
        results = results_of(conversation, reader=leader)
        return sum(one.answered for one in results), sides_of(conversation, reader=leader).people

    assert numbers() == (36 * STATEMENTS, 36)

    aside = set_aside(conversation)
    assert numbers() == (30 * STATEMENTS, 30)
    assert marked_in(conversation) == []

    count_again(aside, by=leader)
    assert numbers() == (36 * STATEMENTS, 36)
    assert [record.verb for record in Record.objects.filter(verb__in=["vote.set_aside", "vote.restore"]).order_by("pk")] == [
        "vote.set_aside",
        "vote.restore",
    ]
    with pytest.raises(WrongState):
        count_again(aside, by=leader)


def test_everybody_who_reads_the_results_sees_how_many_were_set_aside_why_and_the_result_with_and_without(conversation):
    aside = set_aside(conversation)
    reader = a_client(conversation.lab, "actor")
    said = ["72 answers of 6 people who answered alike within minutes were set aside", "Six phones of one person", "With those set aside"]

    page = reader.get(conversation.get_absolute_url()).content.decode()
    assert all(words in page for words in said)
    (first, *_others) = results_of(conversation, reader=an_actor(conversation.lab, "moderator"))
    assert first.share < first.with_aside

    count_again(aside, by=an_actor(conversation.lab, "moderator"))
    assert "They count again since" in reader.get(conversation.get_absolute_url()).content.decode()


def test_whose_answers_were_set_aside_reads_it_and_why(conversation):
    set_aside(conversation)
    voter = AnswersSetAside.objects.get().votes.first().pseudonym

    assert place_of(conversation, reader=actor_of_pseudonym(voter)).aside.why == "Six phones of one person, who told us."
    page = client_of(voter).get(f"{conversation.get_absolute_url()}place/").content.decode()
    assert "Your answers do not count now:" in page


def test_only_who_moderates_or_leads_sets_answers_aside(conversation):
    for role in ("co_creator", "actor", "interpreter", "coach"):
        assert a_client(conversation.lab, role).get(f"{conversation.get_absolute_url()}bursts/").status_code == 403
        with pytest.raises(NotAllowed):
            set_aside(conversation, by=an_actor(conversation.lab, role))


def test_only_a_burst_can_be_set_aside(conversation):
    with pytest.raises(WrongState):
        set_answers_aside(conversation, key="no burst at all", why="I do not like them.", by=an_actor(conversation.lab, "moderator"))


def test_a_moderator_sets_a_burst_aside_and_counts_it_again_on_the_page(conversation):
    client = client_of(a_participation(conversation.lab, "moderator"))
    path = f"{conversation.get_absolute_url()}bursts/"
    (burst,) = marked_in(conversation)
    assert "Some answers came in a burst" in client.get(conversation.get_absolute_url()).content.decode()

    assert client.post(path, {"form_key": NEXT, "key": burst.key, "why": ""}).status_code == 422
    assert client.post(path, {"form_key": NEXT + "1", "key": burst.key, "why": "One person."}).status_code == 303
    aside = AnswersSetAside.objects.get()
    assert (aside.role, aside.people_count, aside.votes.count()) == ("moderator", 6, 72)
    assert "Some answers came in a burst" not in client.get(conversation.get_absolute_url()).content.decode()

    again = f"/en/labs/{conversation.lab.slug}/conversations/bursts/{aside.public_id}/count/"
    assert client.post(again, {"form_key": NEXT + "2"}).status_code == 303
    assert Vote.counted(conversation).count() == 36 * STATEMENTS


def test_ninety_who_answer_in_two_minutes_from_one_address_are_neither_refused_nor_marked(lab):
    conversation = a_conversation(lab)
    rows = [a_statement(lab, conversation=conversation, title=f"Statement {number}") for number in range(STATEMENTS)]
    answered_by_many(conversation, 30)
    chance, statuses = Random(7), []
    path = f"{conversation.get_absolute_url()}answer/"

    for person in range(90):
        client = client_of(a_pseudonym(lab))
        for row in chance.sample(rows, 3):
            value = chance.choice([1, 1, 1, 0, -1])
            sent = {"form_key": f"{NEXT}{person}-{row.pk}", "statement": row.public_id, "value": str(value)}
            statuses.append(client.post(path, sent, REMOTE_ADDR="192.0.2.7").status_code)

    assert set(statuses) == {303}
    assert Vote.objects.count() == 30 * STATEMENTS + 270
    assert marked_in(conversation) == []
