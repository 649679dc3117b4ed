"""Telling, moderating, translating, crossing: what the verbs promise."""

from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, an_actor
from medskapa.ground.ledger import chain
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation
from medskapa.stages.listening.actions import (
    Telling,
    cross_version,
    hold_story,
    read_own_stories,
    read_story,
    release_story,
    revise_story,
    tell_story,
    translate_story,
)
from medskapa.stages.listening.errors import FurtherThanAgreed, MarksLeft, MarksNotChecked, NotAsked, NothingTold
from medskapa.stages.listening.models import Consent, Reach, Story, Version
from medskapa.stages.listening.tests.makers import a_story, teller_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def release(story: Story, words: str = "I waited.", reach: str = Reach.LAB, **what: object) -> Story:
    return release_story(story, title="Waiting", texts={"sv": words}, reach=reach, by=an_actor(story.lab, Role.MODERATOR), **what)


def test_a_told_story_is_sealed_and_its_teller_is_the_one_who_acts(lab):
    story = a_story(lab, words="Fyra brev")

    record = Record.objects.get(verb="story.tell")
    assert "Fyra brev" not in repr(story.words)
    assert record.actor == f"pseudonym:{story.teller.public_id}"
    assert unseal(story).words == "Fyra brev"


def test_a_lab_that_is_not_open_takes_no_story():
    teller = a_pseudonym(a_lab(ready=False))

    with pytest.raises(NotAsked):
        tell_story(teller, telling=Telling("Words", "sv"), by=Actor.system("demo", teller.lab.public_id))


def test_a_story_needs_words(lab):
    with pytest.raises(NothingTold):
        a_story(lab, words="  \n ")


def test_what_is_kept_from_anybody_stays_in_the_lab(lab):
    story = a_story(lab, wish=Reach.PUBLIC, kept_from=frozenset({OrganisationKind.REGION}))

    assert story.consents.get().level == Reach.LAB
    with pytest.raises(FurtherThanAgreed):
        release(story, reach=Reach.REPORTS)


@pytest.mark.parametrize("wish", Reach.values)
@pytest.mark.parametrize("reach", Reach.values)
def test_nobody_releases_further_than_the_teller_agreed(lab, wish, reach):
    story = a_story(lab, wish=wish)

    if Reach.values.index(reach) <= Reach.values.index(wish):
        assert release(story, reach=reach).reach == reach
    else:
        with pytest.raises(FurtherThanAgreed):
            release(story, reach=reach)


def test_marks_that_nobody_saw_keep_a_story_back(lab):
    story = a_story(lab)

    with pytest.raises(MarksLeft) as left:
        release(story, words="Ring mig på 070-123 45 67.")

    assert [mark.text for mark in left.value.marks] == ["070-123 45 67"]
    assert Story.objects.get().state == Story.State.TOLD


def test_marks_that_somebody_saw_may_stand(lab):
    assert release(a_story(lab), words="Ring 112 34 56.", seen_marks=frozenset({"phone:112 34 56"})).state == Story.State.RELEASED


def test_marks_in_the_title_count_too(lab):
    with pytest.raises(MarksLeft):
        release_story(a_story(lab), title="070-123 45 67", texts={"sv": "Words"}, reach=Reach.LAB, by=an_actor(lab, Role.MODERATOR))


def test_when_the_search_for_marks_fails_nothing_is_released(lab):
    story = a_story(lab)

    with patch("medskapa.stages.listening.actions.moderating.personal_marks", side_effect=RuntimeError), pytest.raises(MarksNotChecked):
        release(story)

    assert Story.objects.get().state == Story.State.TOLD


def test_when_permission_fails_nothing_is_released(lab):
    story, moderator = a_story(lab), an_actor(lab, Role.MODERATOR)

    with patch("medskapa.ground.ledger.actors._permission", side_effect=RuntimeError), pytest.raises(NotAllowed):
        release_story(story, title="Waiting", texts={"sv": "Words"}, reach=Reach.LAB, by=moderator)

    assert Story.objects.get().state == Story.State.TOLD


def test_when_the_rule_of_who_may_read_fails_nothing_is_opened(lab):
    story, moderator = a_story(lab), an_actor(lab, Role.MODERATOR)

    with patch("medskapa.stages.listening.actions.reading.may_read_original", side_effect=RuntimeError), pytest.raises(RuntimeError):
        read_story(story, by=moderator)

    assert chain.readings_of(story) == []


def test_only_those_who_moderate_release(lab):
    for role in (Role.INTERPRETER, Role.CO_CREATOR, Role.ACTOR, Role.FACILITATOR):
        with pytest.raises(NotAllowed):
            release_story(a_story(lab), title="Waiting", texts={"sv": "Words"}, reach=Reach.LAB, by=an_actor(lab, role))


def test_two_who_release_at_once_release_it_once(lab):
    story = a_story(lab)
    stale = Story.objects.get(pk=story.pk)
    release(story)

    with pytest.raises(WrongState):
        release(stale)


def test_each_opening_of_a_story_leaves_a_line_its_teller_can_see(lab):
    story = a_story(lab)

    read_story(story, by=an_actor(lab, Role.MODERATOR))
    read_story(story, by=an_actor(lab, Role.INTERPRETER))

    assert [reading.role for reading in chain.readings_of(story)] == [Role.INTERPRETER, Role.MODERATOR]


def test_a_teller_who_reads_their_own_words_is_not_listed_among_the_readers(lab):
    story = a_story(lab)

    opened = read_own_stories(story.teller, by=teller_of(story))

    assert [one.story.words for one in opened] == ["I waited two years for an answer."]
    assert chain.readings_of(story) == []


def test_somebody_of_a_kind_the_story_is_kept_from_opens_it_in_no_role(lab):
    unit = a_unit(an_organisation(OrganisationKind.REGION))
    story = a_story(lab, kept_from=frozenset({OrganisationKind.REGION}))

    with pytest.raises(NotAllowed) as refused:
        read_story(story, by=an_actor(lab, Role.MODERATOR, unit=unit))

    assert refused.value.is_secret


def test_a_translation_hangs_beside_the_words_and_names_its_translator(lab):
    story = a_story(lab, words="چهار نامه", language="prs")
    interpreter = a_participation(lab, Role.INTERPRETER, name="Leyla H.")
    from_interpreter = Actor("participation", interpreter.public_id, lab.public_id, frozenset({"interpreter"}))

    version = translate_story(story, language="sv", words="Fyra brev", by=from_interpreter)

    assert (version.made_by, unseal(version).words, unseal(story).words) == ("Leyla H.", "Fyra brev", "چهار نامه")
    with pytest.raises(WrongState):
        translate_story(story, language="prs", words="Annat", by=from_interpreter)


def test_what_is_released_in_another_language_keeps_its_translators_name(lab):
    story = a_story(lab, words="چهار نامه", language="prs")
    translate_story(story, language="sv", words="Fyra brev från Anna", made_by="Leyla H.", by=an_actor(lab, Role.INTERPRETER))

    release(story, words="Fyra brev")

    assert story.versions.get(kind=Version.Kind.RELEASED).made_by == "Leyla H."


def test_a_held_story_can_be_released_and_a_released_one_held(lab):
    moderator = an_actor(lab, Role.MODERATOR)
    story = hold_story(a_story(lab), by=moderator)

    assert release(story).state == Story.State.RELEASED
    assert hold_story(story, by=moderator).state == Story.State.HELD


def test_a_version_crosses_only_as_far_as_the_teller_agreed(lab):
    office = an_organisation(OrganisationKind.STATE_AGENCY)
    leader = an_actor(lab, Role.PROCESS_LEADER)
    kept = a_story(lab, released=True, kept_from=frozenset({OrganisationKind.STATE_AGENCY}))
    close = a_story(lab, released=True, reach=Reach.TEAM)
    open_one = a_story(lab, released=True)

    for story in (kept, close):
        with pytest.raises(FurtherThanAgreed):
            cross_version(story.versions.get(), organisation=office, by=leader)
    assert len(cross_version(open_one.versions.get(), organisation=office, by=leader).hash) == 64


def test_new_words_have_not_crossed(lab):
    story = a_story(lab, released=True)
    office = an_organisation(OrganisationKind.STATE_AGENCY)
    crossing = cross_version(story.versions.get(), organisation=office, by=an_actor(lab, Role.PROCESS_LEADER))

    revise_story(story, title="Waiting", texts={"sv": "Other words"}, reach=Reach.LAB, by=an_actor(lab, Role.MODERATOR))

    crossing.refresh_from_db()
    assert crossing.replaced_at is not None


def test_the_store_refuses_a_release_without_a_time(lab):
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=a_story(lab).pk).update(state=Story.State.RELEASED)


def test_the_store_refuses_a_yes_to_a_release_without_a_level(lab):
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(lab=lab, story=a_story(lab), purpose=Consent.Purpose.RELEASE)
