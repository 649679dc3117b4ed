"""Somebody writes for the one who tells: the record says so, nothing goes out before it is read back, and the code is the teller's."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.copies import copy_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import read_back, withdraw_story
from medskapa.stages.listening.errors import FurtherThanAgreed
from medskapa.stages.listening.models import Reach, Story, Writer
from medskapa.stages.listening.tests.makers import a_partner_link, a_story, let_go, teller_of
from medskapa.stages.listening.tests.telling import address, code_on, fields_of, go, walk_to_the_end
from medskapa.stages.listening.visibility import agreed_level

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def told(lab: Lab, *, writer: str = "", **said: str):
    page = walk_to_the_end(Client(), lab, language="en", words="They never called.", writer=writer)
    return Client().post(address(lab, "en", "send/"), fields_of(page) | said)


def helped(lab: Lab, **telling: object) -> Story:
    return a_story(lab, writer=Writer.INTERPRETER, **telling)


def test_who_tells_without_help_has_the_same_steps_and_is_asked_nothing_more(lab):
    page = walk_to_the_end(Client(), lab, language="en", words="They never called.")

    asked = fields_of(page)
    assert (asked["writer"], "read_back" in page.content.decode(), "Written by" in text_of(page)) == ([""], False, False)


def test_a_story_says_who_wrote_it_and_that_it_was_read_back(lab):
    page = walk_to_the_end(Client(), lab, language="en", words="They never called.", writer=Writer.FRIEND)
    says = text_of(page)
    Client().post(address(lab, "en", "send/"), fields_of(page) | {"read_back": "yes"})

    story = Story.objects.get()
    assert ("Read it back" in says, "A friend" in says) == (True, True)
    assert (story.writer, story.is_to_be_read_back) == (Writer.FRIEND, False)


def test_without_an_answer_whether_it_was_read_back_nothing_is_sent_and_nothing_is_lost(lab):
    page = told(lab, writer=Writer.FAMILY)

    assert (page.status_code, Story.objects.count()) == (422, 0)
    assert "Say whether it was read back." in text_of(page)
    assert "They never called." in text_of(page)


def test_the_question_is_not_an_error_before_it_was_seen(lab):
    page = walk_to_the_end(Client(), lab, language="en", words="They never called.", writer=Writer.FAMILY)

    assert "Say whether it was read back." not in text_of(page)


def test_the_code_lies_behind_a_word_to_the_helper_to_hand_the_phone_over(lab):
    alone, with_help = told(lab), told(lab, writer=Writer.LAB, read_back="not_yet")

    before = with_help.content.decode().partition("<summary")[0]
    assert "handover" not in alone.content.decode()
    assert "hand over and look away" in before
    assert not re.search(r"\d{3} \d{3}", before)
    assert len(code_on(with_help)) == 18


def test_a_kind_of_helper_that_there_is_not_is_refused_at_its_question(lab):
    page = Client().post(address(lab, "en"), {"step": "before", "go": "next", "writer": "Amina"})

    assert (page.status_code, "Before you tell" in text_of(page)) == (422, True)


def test_what_cannot_be_kept_from_the_helper_is_said_where_one_chooses_who_must_not_read_it(lab):
    limit = "It cannot be kept from them."
    client = Client()

    pages = [walk_to_the_end(client, lab, language="en", words="Words", writer=writer) for writer in (Writer.FRIEND, "")]

    assert [limit in text_of(go(client, lab, page, go="to:kept", language="en")) for page in pages] == [True, False]


def test_what_was_not_read_back_goes_no_further_than_the_team(lab):
    story = helped(lab, reach=Reach.PUBLIC)

    with pytest.raises(FurtherThanAgreed):
        let_go(story, reach=Reach.LAB)

    assert agreed_level(story) == Reach.PUBLIC
    read_back(story, by=teller_of(story))
    assert let_go(Story.objects.get(), reach=Reach.LAB).reach == Reach.LAB


def test_researchers_may_not_use_what_was_not_read_back_though_its_teller_lets_them(lab):
    story = helped(lab, is_for_research=True)
    client = a_client(lab, Role.MODERATOR)
    desk = reverse("listening:desk_story", kwargs={"lab": lab.slug, "story": story.public_id})
    before = text_of(client.get(desk))

    read_back(story, by=teller_of(story))

    assert "Researchers may use it Not yet: it was not read back." in before
    assert "Researchers may use it Yes" in text_of(client.get(desk))


def test_a_teller_says_yes_later_with_their_code(lab):
    story = helped(lab)
    client = client_of(story.teller)
    own = reverse("listening:own_story", kwargs={"story": story.public_id})
    page = client.get(own)

    client.post(reverse("listening:own_read_back", kwargs={"story": story.public_id}), fields_of(page))

    story.refresh_from_db()
    assert ["you have not said yet" in text_of(shown) for shown in (page, client.get(own))] == [True, False]
    assert (story.is_to_be_read_back, Record.objects.filter(verb="story.read_back").count()) == (False, 1)


def test_nobody_else_says_yes_for_a_teller(lab):
    story = helped(lab)

    for other in (an_actor(lab, Role.INTERPRETER), an_actor(lab, Role.PROCESS_LEADER), actor_of_pseudonym(a_pseudonym(lab))):
        with pytest.raises(NotAllowed):
            read_back(story, by=other)


def test_yes_is_said_once_and_only_to_what_somebody_wrote_and_is_still_there(lab):
    once, alone, gone = helped(lab), a_story(lab), helped(lab)
    read_back(once, by=teller_of(once))
    withdraw_story(gone, by=teller_of(gone))

    for story in (once, alone, gone):
        with pytest.raises(WrongState):
            read_back(story, by=teller_of(story))


def corrected(story: Story, **filled: str):
    client = client_of(story.teller)
    there = reverse("listening:own_correct", kwargs={"story": story.public_id})
    return client.post(there, fields_of(client.get(there)) | {"words": "They called once."} | filled)


def test_who_corrects_alone_what_somebody_wrote_wrote_it_themselves(lab):
    story = helped(lab)

    page = corrected(story)

    story.refresh_from_db()
    assert (page.status_code, story.writer, story.is_to_be_read_back) == (303, "", False)


@pytest.mark.parametrize(("said", "waits"), [("yes", False), ("not_yet", True)])
def test_other_words_that_somebody_writes_are_read_back_anew(lab, said, waits):
    story = helped(lab, is_read_back=True)

    corrected(story, writer=Writer.FRIEND, read_back=said)

    story.refresh_from_db()
    assert (story.writer, story.is_to_be_read_back) == (Writer.FRIEND, waits)


def test_other_words_that_somebody_writes_are_not_taken_without_an_answer_and_nothing_is_lost(lab):
    story = helped(lab, is_read_back=True)

    page = corrected(story, writer=Writer.FRIEND)

    assert (page.status_code, "Say whether it was read back." in text_of(page)) == (422, True)
    assert "They called once." in text_of(page)


def test_who_tells_alone_is_not_asked_who_writes_when_they_correct(lab):
    story = a_story(lab)

    page = client_of(story.teller).get(reverse("listening:own_correct", kwargs={"story": story.public_id}))

    assert "Who writes?" not in text_of(page)


def test_a_yes_does_not_hold_for_words_that_are_written_after_it(lab):
    client = Client()
    page = walk_to_the_end(client, lab, language="en", words="They never called.", writer=Writer.FRIEND)

    back = go(client, lab, page, go="to:before", language="en", read_back="yes")
    while "tell/send/" not in back.content.decode():
        assert "read_back" not in fields_of(back)
        back = go(client, lab, back, language="en")

    assert "read_back" not in fields_of(back)


def test_the_stump_of_a_story_that_was_taken_back_says_nothing_of_who_wrote_it_or_by_whom_it_came(lab):
    story = helped(lab, is_read_back=True, partner=a_partner_link(lab))

    withdraw_story(story, by=teller_of(story))

    story.refresh_from_db()
    assert (story.partner, story.writer, story.read_back_at) == (None, "", None)


def test_the_desk_and_the_team_read_who_wrote_it_and_others_do_not(lab):
    story = helped(lab, is_read_back=True, released=True)
    waiting = helped(lab)
    shown = reverse("listening:story", kwargs={"lab": lab.slug, "story": story.public_id})
    desk = reverse("listening:desk", kwargs={"lab": lab.slug})
    moderator = a_client(lab, Role.MODERATOR)

    pages = [text_of(a_client(lab, role).get(shown)) for role in (Role.MODERATOR, Role.ACTOR)]

    assert ["Written for its teller by An interpreter" in page for page in pages] == [True, False]
    assert "not read back yet" in text_of(moderator.get(desk))
    assert "it stays with the people who work in the lab" in text_of(moderator.get(f"{desk}{waiting.public_id}/"))


def test_the_copy_says_who_wrote_it(lab):
    story = helped(lab, is_read_back=True)

    found = {part.name: part.entries for part in copy_of(story.teller)}

    facts = {fact.key: fact.value for fact in found["stories"][0]}
    assert (facts["writer"], facts["read_back_at"]) == ("An interpreter", story.read_back_at)


def test_what_nobody_wrote_for_somebody_cannot_have_been_read_back(lab):
    story = helped(lab, is_read_back=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(writer="")
