"""What the verbs of listening promise."""

from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.models import Lab, Wording
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, an_actor
from medskapa.ground.ledger import chain
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation
from medskapa.ground.safeguarding.actions import read_concern
from medskapa.stages.listening.actions import (
    Telling,
    add_to_story,
    answer_teller,
    cast_vote,
    change_consent,
    cross_version,
    edit_statement,
    hold_story,
    raise_story_concern,
    read_messages,
    read_own_stories,
    read_story,
    release_story,
    revise_story,
    save_conversation,
    stop_teller,
    suggest_statement,
    tell_story,
    translate_story,
    withdraw_story,
    write_to_lab,
)
from medskapa.stages.listening.errors import FurtherThanAgreed, MarksLeft, MarksNotChecked, NotAsked, NothingTold
from medskapa.stages.listening.models import Consent, Conversation, Message, Reach, Statement, Story, Version, Vote
from medskapa.stages.listening.tests.makers import a_conversation, a_statement, a_story, a_vote, a_withdrawn_story, an_answer, teller_of

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


def test_what_a_teller_adds_waits_for_a_moderator(lab):
    story = a_story(lab, released=True)
    add_to_story(story, words="Ett brev till.", by=teller_of(story))
    assert story.additions.get().released_at is None

    texts = {"sv": "Jag väntade. Ett brev till."}
    revise_story(story, title="Waiting", texts=texts, reach=Reach.LAB, by=an_actor(lab, Role.MODERATOR))

    assert story.additions.get().released_at is not None
    assert unseal(story.versions.get()).words == "Jag väntade. Ett brev till."


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


def test_one_entry_of_the_roll_has_one_answer_and_may_change_it(lab):
    statement, voter = a_statement(lab), a_pseudonym(lab)

    a_vote(statement, Vote.Value.AGREE, voter)
    a_vote(statement, Vote.Value.DISAGREE, voter)

    assert list(Vote.objects.values_list("value", flat=True)) == [-1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(lab=lab, statement=statement, pseudonym=voter, value=1)


def test_who_is_not_on_the_roll_does_not_vote(lab):
    for_codes = a_statement(lab)
    for_names = a_statement(lab, conversation=a_conversation(lab, roll=Conversation.Roll.PARTICIPATIONS))

    with pytest.raises(NotAllowed):
        cast_vote(for_codes, value=1, by=an_actor(lab, Role.ACTOR))
    with pytest.raises(NotAllowed):
        cast_vote(for_names, value=1, by=an_actor(lab, "co_creator"))


def test_a_statement_that_is_not_open_takes_no_answer(lab):
    with pytest.raises(WrongState):
        a_vote(a_statement(lab, is_open=False))


def test_a_statement_keeps_its_words_once_somebody_answered(lab):
    statement = a_statement(lab)
    a_vote(statement)
    statement.title = "Something else."

    with pytest.raises(WrongState):
        edit_statement(statement, by=an_actor(lab, Role.FACILITATOR))


def test_the_roll_stays_as_it_is_once_somebody_answered(lab):
    conversation = a_vote(a_statement(lab)).statement.conversation
    conversation.roll = Conversation.Roll.PARTICIPATIONS

    with pytest.raises(WrongState):
        save_conversation(conversation, by=an_actor(lab, Role.FACILITATOR))


def test_a_suggested_statement_names_its_maker_and_waits(lab):
    maker = an_actor(lab, "co_creator")

    statement = suggest_statement(a_conversation(lab), title="Write shorter.", language="sv", by=maker, credit="Blåklocka")

    assert (statement.by_pseudonym.public_id, statement.credit, statement.state) == (maker.key, "Blåklocka", Statement.State.SUGGESTED)


def test_a_statement_stays_when_the_story_it_grew_from_is_taken_back(lab):
    story = a_story(lab, released=True)
    statement = a_statement(lab, story=story)

    withdraw_story(story, by=teller_of(story))

    assert Statement.objects.get() == statement


def test_the_store_refuses_a_release_without_a_time(lab):
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=a_story(lab).pk).update(state=Story.State.RELEASED)


def test_the_store_refuses_a_yes_to_a_release_without_a_level(lab):
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(lab=lab, story=a_story(lab), purpose=Consent.Purpose.RELEASE)


def test_the_store_refuses_a_word_from_the_lab_without_an_author(lab):
    message = an_answer(a_story(lab))

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(author=None)
