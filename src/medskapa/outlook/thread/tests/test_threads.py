"""From any artefact one sees where it came from and what it became, and those who told are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.moment import at, now
from medskapa.outlook.thread.actions import read_echoes, send_echo
from medskapa.outlook.thread.errors import NobodyToTell
from medskapa.outlook.thread.models import EchoHearer
from medskapa.outlook.thread.queries import artefact_of, one_step, tellers_behind, thread_address, thread_of, visible_echoes
from medskapa.outlook.thread.tests.makers import a_thread, an_echo
from medskapa.outlook.thread.waiting import waits
from medskapa.stages.cocreation.actions import ask_again
from medskapa.stages.cocreation.tests.makers import a_prototype, an_idea
from medskapa.stages.listening.actions import withdraw_story
from medskapa.stages.listening.tests.makers import a_statement, a_story, an_answer, teller_of
from medskapa.stages.understanding.tests.makers import an_insight, some_answers

pytestmark = pytest.mark.django_db


def page(lab: Lab, artefact: Any, *, client: Client | None = None) -> str:
    """The text of an artefact's thread page, for a moderator unless a browser is given."""
    answer = (client or a_client(lab, "moderator")).get(f"/en{thread_address(artefact)[3:]}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def titles(threads: Any, *, is_on: bool = True) -> set[str]:
    """The titles of what is drawn on the followed way, or beside it."""
    return {knot.title for knot in threads.knots.values() if knot.is_on == is_on}


def test_from_an_idea_one_sees_the_stories_it_grew_from_and_the_prototype_it_became() -> None:
    lab = a_lab()
    grown = a_thread(lab)
    beside = an_idea(lab, challenge=grown.challenge, title="Read my letter aloud")

    threads, _walk = thread_of(grown.idea, reader=an_actor(lab, "moderator"), language="sv")

    on_the_way = {grown.insight.title, grown.challenge.title, grown.idea.title, grown.prototype.title, "A long wait"}
    assert titles(threads) == on_the_way
    assert titles(threads, is_on=False) == {beside.title}
    assert sum(knot.column == 0 for knot in threads.knots.values()) == 3


def test_the_public_sees_a_few_stories_and_opens_none() -> None:
    lab = a_lab()
    grown = a_thread(lab, tellers=3)

    text = page(lab, grown.idea, client=a_client(lab, "public"))
    team = page(lab, grown.idea)

    assert "A long wait" in team
    assert "A long wait" not in text
    assert "A few stories" in text
    assert all(story.public_id not in text for story in grown.stories)


def test_a_withdrawn_story_leaves_a_stump_without_words_or_link() -> None:
    lab = a_lab()
    grown = a_thread(lab)
    withdraw_story(grown.stories[0], by=teller_of(grown.stories[0]))

    threads, _walk = thread_of(grown.insight, reader=an_actor(lab, "moderator"), language="sv")

    (stump,) = [knot for knot in threads.knots.values() if knot.is_stump]
    assert (stump.url, stump.note, stump.title) == ("", "", "A story that is no longer here")
    assert grown.stories[0].public_id not in page(lab, grown.insight).replace(stump.anchor, "")


def test_a_thread_with_a_loop_ends() -> None:
    lab = a_lab()
    grown = a_thread(lab)
    asked = ask_again(grown.challenge, title="And in summer?", language="sv", by=Actor.system("demo", lab.public_id))
    again = a_story(lab, prompt=asked.prompt, released=True, title="Told when asked again")

    threads, _walk = thread_of(again, reader=an_actor(lab, "moderator"), language="sv")

    assert "Told when asked again" in titles(threads)
    assert grown.challenge.title in titles(threads)


def test_the_strip_shows_one_step_each_way() -> None:
    lab = a_lab()
    grown = a_thread(lab)

    parents, children = one_step(grown.idea, reader=an_actor(lab, "moderator"), language="sv")

    assert [knot.title for knot in parents] == [grown.challenge.title]
    assert [knot.title for knot in children] == [grown.prototype.title]


def test_the_thread_page_costs_the_same_with_three_stories_and_with_nine() -> None:
    costs = []
    for tellers in (3, 9):
        lab = a_lab()
        grown, client = a_thread(lab, tellers=tellers), a_client(lab, "moderator")
        page(lab, grown.idea, client=client)
        with CaptureQueriesContext(connection) as queries:
            page(lab, grown.idea, client=client)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 25


def test_another_labs_artefact_is_not_found() -> None:
    lab, other = a_lab(), a_lab()
    grown = a_thread(lab)

    assert artefact_of(lab, "idea", grown.idea.public_id) == grown.idea
    assert artefact_of(other, "idea", grown.idea.public_id) is None
    assert artefact_of(lab, "nonsense", grown.idea.public_id) is None


def test_those_who_told_are_those_whose_stories_lead_there() -> None:
    lab = a_lab()
    grown, _other = a_thread(lab), a_story(lab)

    assert set(tellers_behind(grown.prototype, lab=lab)) == {story.teller for story in grown.stories}


def test_whose_story_became_a_statement_that_others_answered_is_told_what_grew_from_the_answers() -> None:
    lab = a_lab()
    story = a_story(lab, released=True)
    insight = an_insight(lab)
    some_answers(insight, statement=a_statement(lab, story=story))

    assert story.teller in tellers_behind(insight, lab=lab)


def test_statements_that_a_reader_may_not_see_are_not_counted_as_stories() -> None:
    lab = a_lab()
    insight = an_insight(lab, tellers=6, state="public")
    for _each in range(2):
        some_answers(insight, statement=a_statement(lab))

    threads, _walk = thread_of(insight, reader=Actor.public(lab.public_id), language="sv")

    assert titles(threads) == {insight.title, "6 stories", "A few statements"}
    assert threads.stories_behind()[next(knot.id for knot in threads.knots.values() if knot.is_start)] == 6


def test_whoever_took_their_story_back_is_not_told() -> None:
    lab = a_lab()
    grown = a_thread(lab)
    gone = grown.stories[0]
    withdraw_story(gone, by=teller_of(gone))

    assert gone.teller not in tellers_behind(grown.prototype, lab=lab)
    assert len(tellers_behind(grown.prototype, lab=lab)) == 2


def test_an_echo_that_nobody_would_hear_is_refused() -> None:
    lab = a_lab()

    with pytest.raises(NobodyToTell):
        send_echo(lab, stage="create", about="x" * 12, title="News", language="sv", hearers=[], by=an_actor(lab, "process_leader"))


def test_a_juror_sends_no_echo() -> None:
    lab = a_lab()

    with pytest.raises(NotAllowed):
        send_echo(lab, stage="create", about="x" * 12, title="News", language="sv", hearers=[a_pseudonym(lab)], by=an_actor(lab, "juror"))
    assert EchoHearer.objects.count() == 0


def test_an_echo_is_read_in_the_tellers_own_language() -> None:
    lab = a_lab()
    teller = a_pseudonym(lab, language="ar")

    by = an_actor(lab, "process_leader")
    send_echo(
        lab, stage="realise", about="x" * 12, title="Det finns nu.", language="sv", wordings={"ar": "صار موجودًا."}, hearers=[teller], by=by
    )

    assert "صار موجودًا." in client_of(teller).get("/ar/return/mine/").content.decode()


def test_a_teller_sees_their_own_echoes_and_no_others() -> None:
    lab = a_lab()
    grown = a_thread(lab)
    mine, theirs = a_pseudonym(lab), a_pseudonym(lab)
    echo, _other = an_echo(lab, grown.idea, [mine]), an_echo(lab, grown.idea, [theirs])
    reader = Actor(kind="pseudonym", key=mine.public_id, lab=lab.public_id, roles=frozenset({"co_creator"}))

    assert list(visible_echoes(lab, reader=reader)) == [echo]
    assert list(visible_echoes(lab, reader=Actor.public(lab.public_id))) == []


def test_reading_notes_when_and_nobody_reads_for_another() -> None:
    lab = a_lab()
    mine, theirs = a_pseudonym(lab), a_pseudonym(lab)
    an_echo(lab, a_thread(lab).idea, [mine, theirs])
    reader = Actor(kind="pseudonym", key=mine.public_id, lab=lab.public_id, roles=frozenset({"co_creator"}))

    read_echoes(mine, by=reader)

    assert EchoHearer.objects.get(pseudonym=mine).read_at is not None
    assert EchoHearer.objects.get(pseudonym=theirs).read_at is None
    with pytest.raises(NotAllowed):
        read_echoes(theirs, by=reader)


def test_the_process_leader_tells_those_who_told_through_the_pages() -> None:
    lab = a_lab()
    grown, client = a_thread(lab), client_of(a_participation(lab, "process_leader"))
    address = f"/en{thread_address(grown.idea)[3:]}tell/"

    form = client.get(address).content.decode()
    answer = client.post(address, {"title": "A library tries it.", "form_key": "e" * 24})

    assert "3 people told something that led here" in form
    assert answer.status_code == 303
    assert EchoHearer.objects.count() == 3


def test_a_story_waits_until_it_is_answered() -> None:
    lab = a_lab()
    waiting, answered = a_story(lab), a_story(lab)
    an_answer(answered)

    assert [one.story for one in waits(lab).waiting] == [waiting]
    assert waits(lab).share_not_waiting == 50


def test_an_answered_story_waits_again_when_it_led_somewhere_and_nobody_said() -> None:
    lab = a_lab()
    with at(now() - timedelta(days=90)):
        grown = a_thread(lab)
        for story in grown.stories:
            an_answer(story)
        grown_at = now()
    with at(grown_at + timedelta(days=1)):
        later = an_idea(lab, challenge=grown.challenge)
        a_prototype(lab, idea=later)

    assert len(waits(lab).waiting) == 3

    an_echo(lab, grown.idea, [story.teller for story in grown.stories])

    assert waits(lab).waiting == []


def test_what_was_told_back_hangs_from_the_last_that_it_tells_of() -> None:
    lab = a_lab()
    grown = a_thread(lab)
    beside = an_idea(lab, challenge=grown.challenge)
    for about in (grown.insight, grown.idea):
        an_echo(lab, about, [story.teller for story in grown.stories])

    threads, _walk = thread_of(grown.insight, reader=an_actor(lab, "moderator"), language="sv")

    (told,) = threads.in_column(9)
    assert [threads.knots[parent].title for parent in threads.parents[told.id]] == [grown.idea.title]
    assert beside.title in titles(threads)


def test_who_waits_costs_the_same_for_one_story_and_for_three() -> None:
    costs = []
    for number in (1, 3):
        lab = a_lab()
        for _story in range(number):
            a_story(lab)
        with CaptureQueriesContext(connection) as queries:
            waits(lab)
        costs.append(len(queries))

    assert costs == [3, 3]


def test_a_teller_says_that_they_have_read_it_and_the_lab_sees_that() -> None:
    lab = a_lab()
    story = a_story(lab)
    an_echo(lab, a_thread(lab).idea, [story.teller], title="A library tries it.")
    client = client_of(story.teller)

    before = client.get("/en/return/mine/").content.decode()
    said = client.post("/en/return/mine/read/", {"form_key": "w" * 24}, headers={"sec-fetch-site": "same-origin"})
    after = client.get("/en/return/mine/").content.decode()

    assert said.status_code == 303
    assert "A library tries it." in before
    assert ("I have read this" in before, "I have read this" in after) == (True, False)
    assert EchoHearer.objects.get(pseudonym=story.teller).read_at is not None
