"""What somebody suggested: decided within a day, and if not let through, with a reason that its author reads."""

from datetime import timedelta

import pytest

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import edit_statement, open_statement, set_statement_aside
from medskapa.stages.listening.copies import statements
from medskapa.stages.listening.models import Statement
from medskapa.stages.listening.panels import to_do
from medskapa.stages.listening.tasks import remind_of_statements
from medskapa.stages.listening.tests.makers import a_conversation, a_statement, a_vote

pytestmark = pytest.mark.django_db
NEXT = "key-of-a-form-0123456789"
HURTS = Statement.NotFor.HURTS
IT_HURTS = str(HURTS.label)


@pytest.fixture
def lab() -> Lab:
    return a_lab(languages=["sv", "en"])


def posted(lab, statement, **what):
    path = f"/en/labs/{lab.slug}/statements/{statement.public_id}/set-aside/"
    return a_client(lab, Role.FACILITATOR).post(path, {"form_key": NEXT, **what})


def test_who_suggested_a_statement_reads_why_it_was_not_let_through_and_nobody_else_does(lab):
    author, other = a_pseudonym(lab), a_pseudonym(lab)
    statement = a_statement(lab, title="They should all be sacked.", is_open=False, author=author)
    answering = f"/en/labs/{lab.slug}/conversations/{statement.conversation.public_id}/answer/"

    assert posted(lab, statement, reason=HURTS, words="Say what should be different.").status_code == 303

    own, others = client_of(author), client_of(other)
    for path in (answering, statement.conversation.get_absolute_url(), statement.get_absolute_url()):
        page = own.get(path).content.decode()
        assert IT_HURTS in page
        assert "Say what should be different." in page
    for path in (answering, statement.conversation.get_absolute_url()):
        assert "Say what should be different." not in others.get(path).content.decode()


def test_what_was_never_let_through_stands_in_no_result_and_what_was_answered_stays(lab):
    conversation = a_conversation(lab)
    never = a_statement(lab, title="They should all be sacked.", conversation=conversation, is_open=False)
    answered = a_statement(lab, title="Letters come too late.", conversation=conversation)
    a_vote(answered)
    for statement in (never, answered):
        set_statement_aside(statement, reason=HURTS, by=an_actor(lab, Role.FACILITATOR))

    for client in (a_client(lab, Role.ACTOR), a_client(lab, Role.FACILITATOR)):
        page = client.get(conversation.get_absolute_url()).content.decode()
        assert "Letters come too late." in page
        assert "They should all be sacked." not in page
    assert f'href="{answered.get_absolute_url()}"' not in a_client(lab, Role.ACTOR).get(conversation.get_absolute_url()).content.decode()


@pytest.mark.parametrize("what", [{}, {"reason": "because"}, {"reason": "other"}, {"reason": "other", "words": "  "}])
def test_without_a_reason_nothing_is_decided(lab, what):
    statement = a_statement(lab, is_open=False)

    assert posted(lab, statement, **what).status_code == 422

    assert Statement.objects.get().state == Statement.State.SUGGESTED
    assert not statement.decisions.exists()


def test_an_author_sees_that_it_waits_and_then_that_it_can_be_answered(lab):
    author = a_pseudonym(lab)
    statement = a_statement(lab, is_open=False, author=author)
    path, client = statement.conversation.get_absolute_url(), client_of(author)

    assert "waits for the team" in client.get(path).content.decode()
    open_statement(statement, by=an_actor(lab, Role.MODERATOR))
    assert "can be answered" in client.get(path).content.decode()


def test_the_team_reads_who_decided_what_and_why_and_others_do_not(lab):
    conversation, moderator = a_conversation(lab), a_participation(lab, Role.MODERATOR, name="Maja Modig")
    statement = a_statement(lab, conversation=conversation, is_open=False)
    path = f"/en/labs/{lab.slug}/conversations/{conversation.public_id}/decisions/"
    by = actor_of_participation(moderator)
    set_statement_aside(statement, reason=HURTS, by=by)
    open_statement(statement, by=by)

    page = a_client(lab, Role.FACILITATOR).get(path).content.decode()

    assert page.count("Maja Modig") == 2
    assert (IT_HURTS in page, "let through" in page) == (True, True)
    assert a_client(lab, Role.ACTOR).get(path).status_code == 403


def reworded(statement, title, by):
    statement.title = title
    return edit_statement(statement, by=by)


def test_the_log_keeps_the_words_that_were_decided_about(lab):
    moderator = an_actor(lab, Role.MODERATOR)
    statement = a_statement(lab, title="Letters come too late.", is_open=False)
    open_statement(statement, by=moderator)
    reworded(statement, "Letters never come.", moderator)
    set_statement_aside(statement, reason="unclear", by=moderator)
    path = f"{statement.conversation.get_absolute_url()}decisions/"

    page, table = (a_client(lab, Role.FACILITATOR).get(address).content.decode() for address in (path, f"{path}file/"))

    assert [table.count(words) for words in ("Letters come too late.", "Letters never come.")] == [1, 1]
    assert [page.count(words) for words in ("Letters come too late.", "Letters never come.", "worded anew since")] == [1, 1, 1]


def test_words_that_pointed_somebody_out_go_from_the_log_too_when_the_statement_is_worded_anew(lab):
    moderator = an_actor(lab, Role.MODERATOR)
    statement = a_statement(lab, title="Anna at Elm Street was lied to.", is_open=False)
    open_statement(statement, by=moderator)
    statement.title = "People are lied to."
    edit_statement(statement, forget=True, by=moderator)

    log = a_client(lab, Role.MODERATOR)
    page, file = (log.get(f"{statement.conversation.get_absolute_url()}decisions/{part}").content.decode() for part in ("", "file/"))
    assert ("Anna" in page, "Anna" in file, "without the words that were decided about" in page) == (False, False, True)


def test_who_suggested_it_finds_in_their_copy_which_words_were_decided_about(lab):
    moderator, author = an_actor(lab, Role.MODERATOR), a_pseudonym(lab)
    statement = open_statement(a_statement(lab, title="Letters come too late.", is_open=False, author=author), by=moderator)
    reworded(statement, "Letters never come.", moderator)

    (entry,) = statements(author)

    said = [(fact.key, fact.value) for fact in entry if fact.key in {"statement", "decided_about"}]
    assert said == [("statement", "Letters never come."), ("decided_about", "Letters come too late.")]


def test_a_suggestion_is_to_be_decided_about_within_a_day(lab):
    statement = a_statement(lab, is_open=False)
    moderator = an_actor(lab, Role.MODERATOR)

    (todo,) = to_do(moderator, lab)

    assert (todo.where, todo.due) == (statement, statement.made_at + timedelta(hours=24))
    assert to_do(an_actor(lab, Role.ACTOR), lab) == []


def test_after_a_day_who_moderates_gets_a_mail_without_the_statement(lab, mailoutbox):
    moderator = a_participation(lab, Role.MODERATOR)
    statement = a_statement(lab, title="They should all be sacked.", is_open=False)

    with at(now() + timedelta(hours=23)):
        assert remind_of_statements() == 0
    with at(now() + timedelta(hours=25)):
        assert remind_of_statements() == 1

    assert mailoutbox[0].to == [moderator.account.email]
    assert statement.title not in mailoutbox[0].subject + mailoutbox[0].body


def test_what_is_decided_or_stands_in_a_closed_conversation_reminds_nobody(lab, mailoutbox):
    a_participation(lab, Role.MODERATOR)
    a_statement(lab)
    closed = a_statement(lab, is_open=False).conversation
    closed.closed_at = now()
    closed.save()

    with at(now() + timedelta(hours=25)):
        assert remind_of_statements() == 0
