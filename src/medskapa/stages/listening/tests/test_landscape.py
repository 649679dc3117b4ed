"""Who answers alike in a conversation: shown to those who take part, in groups of five and more, without anybody's answer."""

import pytest

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, an_actor, client_of
from medskapa.methods.landscape.picture import CAUTIONS, Caution
from medskapa.stages.listening.landscape import in_words, sides_of
from medskapa.stages.listening.models import Statement, Vote
from medskapa.stages.listening.tests.makers import a_conversation, a_statement, a_vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return a_lab(languages=["sv", "en"])


def answered(lab, *, people=(12, 12), statements=10):
    """A conversation in which two camps say the opposite to each statement but the first, which all agree to; and its people."""
    conversation = a_conversation(lab)
    rows = [a_statement(lab, conversation=conversation, title=f"Statement {number}") for number in range(statements)]
    voters = []
    for camp, size in enumerate(people):
        for _ in range(size):
            voters.append(a_pseudonym(lab))
            for number, statement in enumerate(rows):
                agrees = number == 0 or (number + camp) % 2 == 0
                a_vote(statement, Vote.Value.AGREE if agrees else Vote.Value.DISAGREE, voters[-1])
    return conversation, voters


def test_two_camps_are_told_apart_and_what_joins_them_is_told_first_of_all(lab):
    conversation, _voters = answered(lab)

    found = sides_of(conversation, reader=an_actor(lab, "moderator"))

    assert [side.size for side in found.sides] == [12, 12]
    assert found.together[0].statement.title == "Statement 0"
    assert found.together[0].agrees
    assert found.together[0].share > 90


def test_a_voter_reads_which_group_answers_like_them_and_nobody_s_share(lab):
    conversation, voters = answered(lab)

    found = sides_of(conversation, reader=actor_of_pseudonym(voters[-1]))

    (own,) = [side for side in found.sides if side.is_own]
    assert {one.statement.title for one in own.says if one.agrees} <= {
        "Statement 1",
        "Statement 3",
        "Statement 5",
        "Statement 7",
        "Statement 9",
    }
    assert {one.share for one in (*own.says, *found.together)} == {None}


def test_a_camp_of_four_is_not_shown(lab):
    conversation, _voters = answered(lab, people=(16, 4))

    found = sides_of(conversation, reader=an_actor(lab, "moderator"))

    assert all(side.size >= 5 for side in found.sides)


def test_of_three_people_nothing_is_told_and_it_says_so(lab):
    conversation, voters = answered(lab, people=(2, 1))

    page = client_of(voters[0]).get(conversation.get_absolute_url()).content.decode()

    assert "Too few have answered enough statements to tell who answers alike." in page
    assert "Group 1" not in page


def test_before_anybody_has_answered_there_is_no_word_of_groups(lab):
    conversation = a_conversation(lab)
    a_statement(lab, conversation=conversation)

    assert sides_of(conversation, reader=an_actor(lab, "moderator")) is None
    assert "Who answers alike" not in a_client(lab, "moderator").get(conversation.get_absolute_url()).content.decode()


def test_another_answer_makes_another_picture_and_a_statement_set_aside_counts_no_more(lab):
    conversation, _voters = answered(lab)
    reader = an_actor(lab, "moderator")
    assert sides_of(conversation, reader=reader).people == 24

    a_vote(conversation.statements.first(), Vote.Value.PASS)
    assert sides_of(conversation, reader=reader).people == 25

    conversation.statements.filter(title="Statement 0").update(state=Statement.State.SET_ASIDE)
    assert all(one.statement.title != "Statement 0" for one in sides_of(conversation, reader=reader).together)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_with_few_statements_and_with_many(lab, number, django_assert_max_num_queries):
    conversation, _voters = answered(lab, people=(6, 6), statements=4 * number)
    client = a_client(lab, "moderator")
    client.get(conversation.get_absolute_url())

    with django_assert_max_num_queries(25):
        client.get(conversation.get_absolute_url())


@pytest.mark.parametrize("kind", CAUTIONS)
def test_every_caution_of_the_method_has_words_of_ours(kind):
    assert in_words(Caution(kind)).endswith(".")
