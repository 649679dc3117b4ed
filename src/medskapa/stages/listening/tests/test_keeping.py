"""What stays a teller's: adding, changing, taking back, talking with the lab."""

from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.models import Lab, Wording
from medskapa.ground.labs.tests.makers import a_lab, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.actions import read_concern
from medskapa.stages.listening.actions import (
    add_to_story,
    answer_teller,
    change_consent,
    raise_story_concern,
    read_messages,
    read_own_stories,
    revise_story,
    stop_teller,
    withdraw_story,
    write_to_lab,
)
from medskapa.stages.listening.models import Consent, Message, Reach, Story
from medskapa.stages.listening.tests.makers import a_story, a_withdrawn_story, an_answer, teller_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def test_what_a_teller_adds_waits_for_a_moderator(lab):
    story = a_story(lab, released=True)
    add_to_story(story, words="Ett brev till.", by=teller_of(story))
    assert story.additions.get().released_at is None

    texts = {"sv": "Jag väntade. Ett brev till."}
    revise_story(story, title="Waiting", texts=texts, reach=Reach.LAB, by=an_actor(lab, Role.MODERATOR))

    assert story.additions.get().released_at is not None
    assert unseal(story.versions.get(replaced_at__isnull=True)).words == "Jag väntade. Ett brev till."


def test_only_the_teller_adds_changes_and_takes_back(lab):
    story, stranger = a_story(lab), an_actor(lab, "co_creator")

    for act in (
        lambda: add_to_story(story, words="More", by=stranger),
        lambda: change_consent(story, wish=Reach.PUBLIC, kept_from=frozenset(), by=stranger),
        lambda: withdraw_story(story, by=stranger),
        lambda: withdraw_story(story, by=an_actor(lab, Role.PROCESS_LEADER)),
        lambda: read_own_stories(story.teller, by=stranger),
        lambda: read_messages(story.teller, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_teller_who_narrows_their_yes_narrows_the_release_at_once(lab):
    story = a_story(lab, released=True, reach=Reach.PUBLIC)

    change_consent(story, wish=Reach.TEAM, kept_from=frozenset(), by=teller_of(story))

    assert Story.objects.get().reach == Reach.TEAM
    assert [consent.level for consent in story.consents.filter(withdrawn_at__isnull=True)] == [Reach.TEAM]
    assert story.consents.count() == 2


def test_a_teller_who_widens_their_yes_waits_for_a_moderator(lab):
    story = a_story(lab, released=True, reach=Reach.LAB)

    change_consent(story, wish=Reach.PUBLIC, kept_from=frozenset(), by=teller_of(story))

    assert Story.objects.get().reach == Reach.LAB


def test_a_withdrawn_story_is_a_stump_whose_words_nobody_can_open(lab):
    story = a_story(lab, released=True)
    Wording.objects.create(lab=lab, subject=story.public_id, field="title", language="en", text="A long wait")

    withdraw_story(story, by=teller_of(story))

    row = Story.objects.select_related("key").get()
    assert (row.state, row.key.wrapped) == (Story.State.WITHDRAWN, None)
    assert (unseal(row).words, unseal(row).title) == (None, None)
    assert [version.words for version in unseal(row.versions.all())] == [None]
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
    assert not Wording.objects.exists()


def test_a_story_is_taken_back_once(lab):
    story = a_withdrawn_story(lab)

    with pytest.raises(WrongState):
        withdraw_story(Story.objects.get(), by=teller_of(story))


def test_a_withdrawal_that_fails_on_the_way_withdraws_nothing(lab):
    story = a_story(lab)

    with patch("medskapa.stages.listening.actions.keeping.withdrawn", side_effect=OSError), pytest.raises(OSError):
        withdraw_story(story, by=teller_of(story))

    assert unseal(Story.objects.get()).words == "I waited two years for an answer."


def test_a_concern_keeps_its_copy_when_the_story_is_taken_back(lab):
    story = a_story(lab, words="Jag sover inte på boendet.")
    link = raise_story_concern(story, worry="She seems afraid.", by=an_actor(lab, Role.MODERATOR))

    withdraw_story(story, by=teller_of(story))

    opened = read_concern(link.concern, by=an_actor(lab, Role.SAFEGUARDING_OFFICER))
    assert opened.concern.worry == "She seems afraid.\n\nJag sover inte på boendet."


def test_who_cannot_read_a_story_raises_no_concern_about_it(lab):
    with pytest.raises(NotAllowed):
        raise_story_concern(a_story(lab), worry="I guess.", by=an_actor(lab, Role.ACTOR))


def test_a_word_from_the_lab_has_an_author_and_is_sealed_under_the_tellers_key(lab):
    story = a_story(lab)

    message = an_answer(story, words="Tack för att du berättade.")

    assert message.author is not None
    assert unseal(message).words == "Tack för att du berättade."
    with pytest.raises(NotAllowed):
        answer_teller(story.teller, words="Hello", language="sv", by=Actor.system("demo", lab.public_id))


def test_what_was_written_to_somebody_counts_as_read_when_they_open_it(lab):
    story = a_story(lab)
    an_answer(story)
    write_to_lab(story.teller, words="Tack", language="sv", by=teller_of(story))

    read_messages(story.teller, by=teller_of(story))
    assert [message.read_at is not None for message in Message.objects.order_by("pk")] == [True, False]

    read_messages(story.teller, by=an_actor(lab, Role.MODERATOR))
    assert not Message.objects.filter(read_at__isnull=True).exists()


def test_who_stops_cannot_come_back(lab):
    story = a_story(lab)

    stop_teller(story.teller, by=teller_of(story))

    story.teller.refresh_from_db()
    assert story.teller.stopped_at is not None
    with pytest.raises(WrongState):
        stop_teller(story.teller, by=teller_of(story))


def test_the_store_refuses_a_word_from_the_lab_without_an_author(lab):
    message = an_answer(a_story(lab))

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(author=None)
