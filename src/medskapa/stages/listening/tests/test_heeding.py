"""Words that worry reach the officer the moment a teller writes them, whoever may read them yet, and nobody else learns of it."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.copies import copy_of, packed
from medskapa.ground.labs.models import AgeBand, Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, an_actor, client_of
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.actions import read_concern, set_worry_words
from medskapa.ground.safeguarding.alarm import ring_for_waiting
from medskapa.ground.safeguarding.following import take_concern
from medskapa.ground.safeguarding.models import LONGEST, Concern
from medskapa.ground.safeguarding.worries import usual
from medskapa.stages.listening.actions import (
    add_to_story,
    raise_story_concern,
    save_rules,
    suggest_statement,
    translate_story,
    withdraw_story,
    write_to_lab,
)
from medskapa.stages.listening.models import DeskRules, Story
from medskapa.stages.listening.queries import waiting_stories
from medskapa.stages.listening.tests.makers import a_conversation, a_story, teller_of

pytestmark = pytest.mark.django_db
ALL = [word for one in usual().values() for word in one.words]
WORRYING = "I går slog han igen. Han slår mig ofta."


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def officer(lab):
    return an_actor(lab, Role.SAFEGUARDING_OFFICER)


def test_a_story_with_words_that_worry_raises_a_concern_and_the_officer_is_told_at_once(lab, mailoutbox):
    story = a_story(lab, words=WORRYING)

    assert ring_for_waiting() == 1

    concern = Concern.objects.get()
    assert (concern.is_by_words, concern.pseudonym, concern.about_story.story) == (True, story.teller, story)
    assert WORRYING not in mailoutbox[0].body
    assert read_concern(concern, by=officer(lab)).concern.worry == f"Ord som oroar: slår mig\n\n{WORRYING}"


def test_a_translation_raises_one_where_the_language_of_the_story_has_no_list_and_a_draft_does_not(lab):
    story, interpreter = a_story(lab, language="ps", words="زما کیسه"), an_actor(lab, Role.INTERPRETER)

    translate_story(story, language="sv", words=WORRYING, is_draft=True, by=interpreter)
    assert not Concern.objects.exists()
    translate_story(story, language="sv", words=WORRYING, by=interpreter)

    concern = Concern.objects.get()
    assert (concern.is_by_words, concern.about_story.story) == (True, story)
    assert WORRYING in read_concern(concern, by=officer(lab)).concern.worry


def test_a_translation_raises_no_second_one_after_the_officer_took_on_the_first(lab):
    story = a_story(lab, words=WORRYING)
    take_concern(Concern.objects.get(), by=officer(lab))

    translate_story(story, language="en", words="Yesterday he hit me again.", by=an_actor(lab, Role.INTERPRETER))

    assert Concern.objects.count() == 1


def test_what_is_added_a_message_and_a_suggested_statement_raise_one_too(lab):
    story = a_story(lab)
    by, teller = teller_of(story), story.teller
    assert not Concern.objects.exists()

    add_to_story(story, words=WORRYING, by=by)
    write_to_lab(teller, words=WORRYING, language="sv", by=by)
    suggest_statement(a_conversation(lab), title="Jag vill dö.", language="sv", by=by)

    found = [read_concern(concern, by=officer(lab)).concern for concern in Concern.objects.order_by("pk")]
    assert [(concern.pseudonym, hasattr(concern.row, "about_story")) for concern in found] == [(teller, True), (teller, False)]
    assert found[1].worry == f"Ord som oroar: slår mig\n\n{WORRYING}\n\nOrd som oroar: vill dö\n\nJag vill dö."


def test_a_storm_of_words_makes_one_concern_for_each_story_until_the_officer_takes_it_on(lab):
    story, other = a_story(lab, words=WORRYING), a_story(lab, words=WORRYING)
    for _time in range(3):
        add_to_story(story, words=f"{WORRYING} {'x' * 19_000}", by=teller_of(story))

    assert [concern.about_story.story for concern in Concern.objects.order_by("pk")] == [story, other]

    take_concern(Concern.objects.earliest("pk"), by=officer(lab))
    add_to_story(story, words="Han hotar mig nu.", by=teller_of(story))

    assert [concern.about_story.story for concern in Concern.objects.order_by("pk")] == [story, other, story]
    assert read_concern(Concern.objects.latest("pk"), by=officer(lab)).concern.worry == "Ord som oroar: hotar mig\n\nHan hotar mig nu."


def test_more_than_a_concern_can_hold_is_cut_and_refused_to_nobody(lab):
    story = a_story(lab, words=WORRYING)

    for _time in range(7):
        add_to_story(story, words=f"{WORRYING} {'x' * 19_000}", by=teller_of(story))

    assert len(read_concern(Concern.objects.get(), by=officer(lab)).concern.worry) == LONGEST
    assert story.additions.count() == 7


def test_whoever_moderates_sees_that_a_person_raised_a_concern_and_not_that_words_did(lab):
    story = a_story(lab, words=WORRYING)
    client, here = a_client(lab, Role.MODERATOR), f"/en/labs/{lab.slug}/moderation/{story.public_id}/"
    assert Concern.objects.exists()

    assert "concern raised" not in client.get(here).content.decode()

    raise_story_concern(story, worry="Look at this.", by=an_actor(lab, Role.MODERATOR))
    assert client.get(here).content.decode().count("concern raised") == 2


def test_whoever_tells_is_told_before_sending_who_may_read_it_at_once(lab):
    page = client_of(a_pseudonym(lab)).get(f"/en/labs/{lab.slug}/tell/").content.decode()

    assert "a person whose task is to keep children safe may read it at once, before anybody else" in page


def test_it_comes_also_while_nobody_may_see_the_story_because_an_adult_has_to_agree(lab):
    save_rules(DeskRules(lab=lab, adult_below=13), by=an_actor(lab, Role.PROCESS_LEADER))
    story = a_story(lab, words=WORRYING, teller=a_pseudonym(lab, age_band=AgeBand.UNDER_13))
    assert story.waits_since
    assert not waiting_stories(lab, reader=officer(lab)).exists()

    page = a_client(lab, Role.SAFEGUARDING_OFFICER).get(Concern.objects.get().get_absolute_url()).content.decode()

    assert "Han slår mig ofta." in page
    assert "In a story that nobody may open until an adult has agreed." in page
    assert f"moderation/{story.public_id}" not in page


def test_the_officer_comes_from_a_message_to_its_teller(lab):
    teller = a_pseudonym(lab)
    write_to_lab(teller, words=WORRYING, language="sv", by=actor_of_pseudonym(teller))

    page = a_client(lab, Role.SAFEGUARDING_OFFICER).get(Concern.objects.get().get_absolute_url()).content.decode()

    assert "Words that worry raised this" in page
    assert "In what a teller wrote to the lab." in page
    assert f"/identities/{teller.public_id}/" in page


def test_what_was_raised_stays_when_the_story_is_taken_back_at_once(lab):
    story = a_story(lab, words=WORRYING)
    withdraw_story(story, by=teller_of(story))

    assert WORRYING in read_concern(Concern.objects.get(), by=officer(lab)).concern.worry


def test_neither_the_teller_nor_whoever_looks_over_their_shoulder_sees_that_a_concern_was_raised(lab):
    calm, worried = a_story(lab, words="Han har mig ofta.").teller, a_story(lab, words="Han slår mig ofta.").teller
    assert Concern.objects.get().pseudonym == worried

    pages = [client_of(teller).get("/en/return/mine/").content.decode() for teller in (calm, worried)]

    assert "Han slår mig ofta." in pages[1]
    assert "oncern" not in pages[1]
    assert pages[0].count("<") == pages[1].count("<")
    with zipfile.ZipFile(io.BytesIO(packed(copy_of(worried), worried))) as archive:
        said = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "Han slår mig ofta." in said
    assert Concern.objects.get().public_id not in said


def test_the_list_that_the_officer_changed_decides(lab):
    set_worry_words(lab, language="sv", words=["bakom fabriken"], by=officer(lab))

    a_story(lab, words=WORRYING)
    a_story(lab, words="Vi sov bakom fabriken.")

    assert [concern.about_story.story for concern in Concern.objects.all()] == [Story.objects.order_by("-pk").first()]


class Always(TestCase):
    """Each usual expression, in a story of any language, in any lab."""

    @given(word=st.sampled_from(ALL), language=st.sampled_from(["sv", "ar", "ps", "ti"]))
    def test_each_usual_expression_raises_a_concern_in_a_story_of_any_language(self, word, language):
        lab = a_lab(language="ar")

        story = a_story(lab, words=f"1. {word.replace('*', '')}! 2.", language=language)

        assert Concern.objects.get(lab=lab).about_story.story == story
