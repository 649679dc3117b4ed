"""A teller corrects what they told: from then on nobody but they read what they took away."""

import re
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.copies import copy_of
from medskapa.ground.labs.models import AgeBand, Lab, Wording
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation
from medskapa.ground.safeguarding.models import Concern
from medskapa.stages.listening.actions import (
    Telling,
    add_to_story,
    correct_story,
    cross_version,
    hear_own_recording,
    hear_recording,
    hold_story,
    read_own_words,
    read_story,
    release_story,
    revise_story,
    second_release,
    tell_story,
    transcribe_story,
    translate_story,
    undo_release,
    withdraw_story,
)
from medskapa.stages.listening.actions.releasing import UNDO
from medskapa.stages.listening.errors import NothingChanged, NothingTold, WordsChanged
from medskapa.stages.listening.models import Crossing, EarlierWords, Reach, Recording, Story, Version
from medskapa.stages.listening.queries import listed_stories, shown
from medskapa.stages.listening.queries.desk import untranslated_stories
from medskapa.stages.listening.recordings import Sound
from medskapa.stages.listening.tests.makers import a_recording, a_shown_picture, a_story, let_go, teller_of
from medskapa.stages.listening.tests.telling import fields_of
from medskapa.stages.listening.visibility import may_read

pytestmark = pytest.mark.django_db
NEW = "Jag väntade länge."


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def corrected(story: Story, words: str = NEW) -> Story:
    return correct_story(story, words=words, by=teller_of(story))


def read_by(reader: Actor, lab: Lab) -> str:
    return " ".join(one.text.words for one in shown(listed_stories(lab, reader=reader), reader=reader) if one.text)


def desk(story: Story) -> str:
    return f"/en/labs/{story.lab.slug}/moderation/{story.public_id}/"


def own(story: Story, end: str = "") -> str:
    return f"/en/return/mine/{story.public_id}/{end}"


def test_the_new_words_stand_and_the_old_ones_are_kept_for_the_teller_with_their_time(lab):
    story = a_story(lab, words="Min bror Yusuf väntade.")
    told_at, later = story.told_at, now() + UNDO
    with at(later):
        corrected(story, "Min bror väntade.")

    found = read_own_words(story.teller, story=Story.objects.get(), by=teller_of(story))

    assert found.words == "Min bror väntade."
    assert [(one.words, one.told_at, one.replaced_at) for one in found.earlier] == [("Min bror Yusuf väntade.", told_at, later)]


def test_what_was_said_and_added_is_part_of_what_is_corrected(lab):
    story = a_story(lab, words="Written.")
    a_recording(story)
    transcribe_story(story, words="Said.", is_whole=True, by=an_actor(lab, Role.INTERPRETER))
    add_to_story(story, words="Added.", by=teller_of(story))
    before = read_own_words(story.teller, story=story, by=teller_of(story)).words

    corrected(story, "All of it.")

    opened = read_story(Story.objects.get(), by=an_actor(lab, Role.MODERATOR))
    assert before == "Written.\n\nSaid.\n\nAdded."
    assert (opened.own_words, opened.additions, opened.versions) == ("All of it.", [], [])
    assert sorted(one.words for one in unseal(EarlierWords.objects.all())) == ["Added.", "Said.", "Written."]


def test_a_released_story_is_read_by_nobody_else_until_a_moderator_has_let_the_new_words_go(lab):
    story, member = a_story(lab, released=True), an_actor(lab, Role.ACTOR)
    Wording.objects.create(lab=lab, subject=story.public_id, field="title", language="en", text="A long wait")
    before = read_by(member, lab)

    corrected(story)
    story.refresh_from_db()
    between = read_by(member, lab)
    let_go(story, texts={"sv": NEW}, edition=2)

    assert (before, between) == ("I waited two years for an answer.", "")
    assert not Wording.objects.exists()
    with at(now() + UNDO):
        assert read_by(member, lab) == NEW


def test_no_translation_draft_title_or_released_text_is_left_of_the_old_words(lab):
    story, interpreter = a_story(lab, released=True), an_actor(lab, Role.INTERPRETER)
    translate_story(story, language="en", words="I waited.", by=interpreter)
    translate_story(story, language="ar", words="انتظرت", is_draft=True, by=interpreter)

    corrected(story)

    assert not Version.objects.exists()
    assert unseal(Story.objects.get()).title is None


def test_a_release_that_waits_is_undone_and_a_second_person_can_no_longer_say_yes(lab):
    mine, theirs = (actor_of_participation(a_participation(lab, Role.MODERATOR)) for _number in range(2))
    story = let_go(a_story(lab, reach=Reach.PUBLIC), reach=Reach.PUBLIC, by=mine)

    corrected(story)

    with pytest.raises(WrongState):
        second_release(Story.objects.get(), by=theirs)
    with pytest.raises(WrongState):
        undo_release(story, by=mine)
    assert (Story.objects.get().state, Story.objects.get().proposed_by) == (Story.State.TOLD, "")


@pytest.mark.parametrize("waits", ["held", "adult"])
def test_a_story_that_is_held_or_waits_for_an_adult_can_be_corrected(lab, waits):
    teller = a_pseudonym(lab, age_band=AgeBand.UNDER_13)
    story = a_story(lab, teller=teller if waits == "adult" else None)
    if waits == "held":
        hold_story(story, reason=Story.HeldFor.POINTS_OUT, by=an_actor(lab, Role.MODERATOR))

    corrected(story)

    row = Story.objects.get()
    assert (row.state, row.held_for, bool(row.waits_since)) == (Story.State.TOLD, "", waits == "adult")
    assert unseal(row).words == NEW


def test_what_is_taken_back_blank_or_unchanged_is_not_corrected(lab):
    story, gone = a_story(lab, words="Jag väntade."), a_story(lab)
    withdraw_story(gone, by=teller_of(gone))

    for told, words, refusal in ((gone, NEW, WrongState), (story, " \n", NothingTold), (story, "Jag\r\n väntade. ", NothingChanged)):
        with pytest.raises(refusal):
            corrected(told, words)
    assert not EarlierWords.objects.exists()


def test_only_its_teller_corrects_a_story_and_reads_what_stood_before(lab):
    story = a_story(lab)
    corrected(story)

    for stranger in (an_actor(lab, "co_creator"), an_actor(lab, Role.PROCESS_LEADER), an_actor(lab, Role.SAFEGUARDING_OFFICER)):
        with pytest.raises(NotAllowed):
            correct_story(story, words="Mine now.", by=stranger)
        with pytest.raises(NotAllowed):
            read_own_words(story.teller, story=story, by=stranger)
    other = a_story(lab)
    with pytest.raises(NotAllowed):
        read_own_words(other.teller, story=story, by=teller_of(other))


def test_what_was_made_of_the_old_words_on_a_page_that_was_open_is_refused(lab):
    story = a_story(lab)
    corrected(story)
    row, moderator, interpreter = Story.objects.get(), an_actor(lab, Role.MODERATOR), an_actor(lab, Role.INTERPRETER)

    with pytest.raises(WordsChanged):
        release_story(row, title="A wait", texts={"sv": "I waited two years."}, reach=Reach.LAB, by=moderator)
    for is_draft in (True, False):
        with pytest.raises(WordsChanged):
            translate_story(row, language="en", words="I waited two years.", is_draft=is_draft, by=interpreter)
    assert not Version.objects.exists()


def test_a_moderator_who_had_it_open_is_told_and_releases_nothing(lab):
    story, client = a_story(lab), a_client(lab, Role.MODERATOR)
    opened = fields_of(client.get(desk(story)))
    sent = opened | {"title": "A wait", "reach": Reach.LAB, "text_sv": "I waited two years."}
    corrected(story)

    answer = client.post(desk(story), sent)
    again = fields_of(client.get(desk(story)))
    done = client.post(desk(story), again | {"title": "A wait", "reach": Reach.LAB, "text_sv": NEW})

    assert answer.status_code == 409
    assert "The storyteller has changed their words since you opened them." in answer.content.decode()
    assert (opened["edition"], again["edition"], done.status_code) == (["1"], ["2"], 303)


def test_the_desk_says_that_and_when_it_was_changed_beside_the_words_of_now_only(lab):
    story = a_story(lab, words="Min bror Yusuf väntade.")
    corrected(story)
    client = a_client(lab, Role.MODERATOR)

    item, queue = (client.get(page).content.decode() for page in (desk(story), f"/en/labs/{lab.slug}/moderation/"))

    assert "changed by its teller" in queue
    assert re.search(r"changed by its teller \d", item)
    assert NEW in item
    assert "Yusuf" not in item + queue


def test_what_crossed_to_an_authority_is_read_there_no_more_and_that_it_crossed_stays(lab):
    story = a_story(lab, released=True)
    office = a_unit(an_organisation(kind="state_agency"))
    cross_version(story.versions.get(), organisation=office.organisation, by=an_actor(lab, Role.PROCESS_LEADER))
    member = actor_of_participation(a_participation(lab, Role.ACTOR, unit=office))
    before = may_read(story, reader=member)

    row = corrected(story)
    let_go(row, texts={"sv": "I waited two years for an answer."}, edition=2)

    with at(now() + UNDO):
        assert (before, may_read(row, reader=member)) == (True, False)
    assert Crossing.objects.get().replaced_at is not None


def test_covered_pictures_wait_with_the_story(lab):
    cover = a_shown_picture(lab, 1, 2)
    story = cover.picture.story

    row = corrected(story)
    let_go(row, texts={"sv": NEW}, covers=[cover], edition=2)

    client = a_client(lab, Role.ACTOR)
    page = reverse("listening:shown_picture", kwargs={"lab": lab.slug, "story": story.public_id, "cover": cover.public_id})
    assert client.get(page).status_code == 404
    with at(now() + UNDO):
        assert a_client(lab, Role.ACTOR).get(page).status_code == 200


@pytest.mark.parametrize("is_kept", [True, False])
def test_nobody_in_the_lab_hears_the_recording_any_more_and_it_is_left_only_if_its_teller_wanted_it(lab, is_kept):
    teller, interpreter = a_pseudonym(lab, language="sv"), an_actor(lab, Role.INTERPRETER)
    telling = Telling("", "sv", sound=Sound(b"a sound that was written anew", 42), keeps_sound=is_kept)
    story = tell_story(teller, telling=telling, by=teller_of(a_story(lab, teller=teller)))

    row = corrected(story)

    with pytest.raises(NotAllowed):
        hear_recording(row, by=interpreter)
    with pytest.raises(WrongState if not is_kept else WordsChanged):
        transcribe_story(row, words="Old words.", by=interpreter)
    assert Recording.objects.exists() == is_kept
    if is_kept:
        assert hear_own_recording(teller, recording=Recording.objects.get(), by=teller_of(story))


def test_words_that_worry_are_looked_for_in_the_new_words(lab):
    story = a_story(lab)

    corrected(story, "Han hotar mig nu.")

    assert Concern.objects.get().is_by_words


def test_taken_back_the_earlier_words_are_gone_too(lab):
    row = corrected(a_story(lab))

    withdraw_story(row, by=teller_of(row))

    assert not EarlierWords.objects.exists()


def test_the_copy_holds_the_earlier_words(lab):
    story = a_story(lab, words="Min bror Yusuf väntade.")
    corrected(story)

    found = {part.name: part.entries for part in copy_of(story.teller)}

    assert [fact.value for fact in found["earlier"][0] if fact.key == "words"] == ["Min bror Yusuf väntade."]


def test_the_store_refuses_a_correction_without_its_time(lab):
    story = a_story(lab)

    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(edition=2)


def test_without_a_script_one_changes_what_one_told_and_sees_what_stood_there(lab):
    story = a_story(lab, words="Min bror Yusuf väntade.", released=True, texts={"sv": "Min bror väntade."})
    client = client_of(story.teller)
    form = client.get(own(story, "change/"))
    asked = fields_of(form)

    answers = [client.post(own(story, "change/"), asked | {"words": "Min bror väntade."}) for _send in range(2)]
    page = client.get(own(story)).content.decode()

    assert own(story, "change/") in client.get(own(story)).content.decode()
    assert "As soon as you send it, nobody else can read the story." in form.content.decode()
    assert asked["words"][0].strip() == "Min bror Yusuf väntade."
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (page.index("Min bror väntade.") < page.index("Min bror Yusuf väntade."), EarlierWords.objects.count()) == (True, 1)
    assert "You changed what you had told" in client.get("/en/return/mine/").content.decode()


def test_what_is_wrong_in_it_is_one_clear_line_and_loses_nothing(lab):
    story = a_story(lab, words="Jag väntade.")
    client = client_of(story.teller)

    blank, long, same = (
        client.post(own(story, "change/"), {"form_key": letter * 24, "words": words})
        for letter, words in (("b", " "), ("l", "o" * 20_001), ("s", "Jag väntade."))
    )

    assert [answer.status_code for answer in (blank, long, same)] == [422, 422, 422]
    assert "If you want all of it gone, take the story back." in blank.content.decode()
    assert "o" * 20_001 in long.content.decode()
    assert "You have not changed anything yet." in same.content.decode()


@pytest.mark.parametrize(
    ("is_kept", "says"), [(True, "hears your recording any more, but you still can."), (False, "You cannot hear it any more either.")]
)
def test_whoever_changes_a_story_with_a_recording_reads_first_whether_they_still_hear_it_themselves(lab, is_kept, says):
    teller = a_pseudonym(lab, language="sv")
    telling = Telling("", "sv", sound=Sound(b"a sound that was written anew", 42), keeps_sound=is_kept)
    story = tell_story(teller, telling=telling, by=teller_of(a_story(lab, teller=teller)))

    assert says in client_of(teller).get(own(story, "change/")).content.decode()


def test_whatever_could_be_told_can_be_corrected_and_no_more_than_that(lab):
    lines = "\n".join(["o" * 99] * 195)
    story = a_story(lab, words=lines)
    for _time in range(3):
        add_to_story(story, words=lines, by=teller_of(story))
    client = client_of(story.teller)
    shown = fields_of(client.get(own(story, "change/")))["words"][0].strip()
    sent = "\r\n".join(shown.splitlines())  # as browsers send it

    far_longer, longer, as_long = (
        client.post(own(story, "change/"), {"form_key": letter * 24, "words": words})
        for letter, words in (("f", "u" * 200_000), ("l", f"u{sent}"), ("a", f"u{sent[1:]}"))
    )

    assert len(shown) > 70_000
    assert [answer.status_code for answer in (far_longer, longer, as_long)] == [422, 422, 303]
    assert "u" * 200_000 in far_longer.content.decode()
    assert read_own_words(story.teller, story=Story.objects.get(), by=teller_of(story)).words == f"u{sent[1:]}"


def test_what_is_longer_than_one_telling_can_be_translated_and_let_go_and_corrected_again(lab):
    story, long, moderator = a_story(lab), "o" * 45_000, an_actor(lab, Role.MODERATOR)
    row = corrected(story, long)
    desk_client = a_client(lab, Role.MODERATOR)
    asked = fields_of(desk_client.get(desk(row)))

    written = {"form_key": "t" * 24, "words": "u" * 60_000, "edition": "2"}
    translated = desk_client.post(f"/en/labs/{lab.slug}/translations/{row.public_id}/?to=en", written)
    assert asked["text_sv"][0].strip() == long
    let_go(row, texts={"sv": long}, edition=2, by=moderator)
    corrected(row, f"{long}x")

    assert translated.status_code == 303
    assert EarlierWords.objects.count() == 2


def test_who_corrects_in_another_language_says_so_and_is_read_by_those_who_read_it():
    lab = a_lab(language="sv", languages=["sv", "so"])
    story, interpreter = a_story(lab, words="Jag väntade.", language="sv", released=True), an_actor(lab, Role.INTERPRETER)
    translate_story(story, language="so", words="Waan sugayay.", by=interpreter)
    client = client_of(story.teller)
    form = client.get(own(story, "change/"))
    before = list(untranslated_stories(lab, reader=interpreter))

    answer = client.post(own(story, "change/"), fields_of(form) | {"words": "Waan sugayay laba sano.", "language": "so"})

    row, page = Story.objects.get(), client.get(own(story)).content.decode()
    assert re.search('value="sv"[^>]* selected', form.content.decode())
    assert (answer.status_code, row.language) == (303, "so")
    assert (before, list(untranslated_stories(lab, reader=interpreter))) == ([], [row])
    assert not row.versions.exists()
    assert [EarlierWords.objects.get().language, 'lang="so"' in page, 'lang="sv"' in page] == ["sv", True, True]


def test_a_translation_of_the_words_before_is_none_of_the_new_ones(lab):
    story, interpreter = a_story(lab, words="Waan sugayay.", language="so"), an_actor(lab, Role.INTERPRETER)
    translate_story(story, language="sv", words="Jag väntade.", by=interpreter)

    row = correct_story(story, words="انتظرت", language="ar", by=teller_of(story))

    with pytest.raises(WordsChanged):
        translate_story(row, language="sv", words="Jag väntade.", edition=1, by=interpreter)
    assert (row.language, list(untranslated_stories(lab, reader=interpreter))) == ("ar", [row])
    translate_story(row, language="sv", words="Jag väntade länge.", edition=2, by=interpreter)
    assert not untranslated_stories(lab, reader=interpreter).exists()


def test_who_only_says_that_it_was_another_language_changes_that(lab):
    story = a_story(lab, words="Waan sugayay.", language="sv")

    row = correct_story(story, words="Waan sugayay.", language="so", by=teller_of(story))

    assert (row.language, EarlierWords.objects.get().language) == ("so", "sv")
    with pytest.raises(NothingChanged):
        correct_story(row, words="Waan sugayay.", language="so", by=teller_of(story))


def test_a_language_that_nobody_offered_is_refused_and_nothing_typed_is_lost(lab):
    story = a_story(lab, words="Jag väntade.")

    answer = client_of(story.teller).post(own(story, "change/"), {"form_key": "k" * 24, "words": "Ny text.", "language": "xx"})

    assert (answer.status_code, "Ny text." in answer.content.decode(), Story.objects.get().edition) == (422, True, 1)


def test_nobody_elses_story_can_be_changed_by_its_address(lab):
    story = a_story(lab)

    assert client_of(a_story(lab).teller).get(own(story, "change/")).status_code == 404


def test_reading_what_stood_before_leaves_a_line(lab):
    story = corrected(a_story(lab))
    earlier = EarlierWords.objects.get()

    client_of(story.teller).get(own(story))

    about = [name for record in Record.objects.filter(verb="story.read_own") for name in record.about]
    assert f"listening.earlierwords:{earlier.public_id}" in about


STEPS = ["correct", "add", "open", "release", "revise", "hold", "undo", "second", "translate", "wait"]


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1)), max_size=9))
def test_whatever_the_desk_does_and_whenever_nobody_else_reads_what_the_teller_took_away(steps):
    lab = a_lab()
    moderators = [actor_of_participation(a_participation(lab, Role.MODERATOR)) for _number in range(2)]
    member, moment = an_actor(lab, Role.ACTOR), now()
    story = a_story(lab, words="told0x", released=True)
    told, gone = ["told0x"], set()
    pages = dict.fromkeys(moderators, (1, "told0x"))  # what each of them has open: the edition and the words
    for number, (step, who) in enumerate(steps, start=1):
        by, word = moderators[who], f"told{number}x"
        with at(moment), suppress(WrongState, WordsChanged):
            row = Story.objects.select_related("lab", "teller", "key").get(pk=story.pk)
            edition, read = pages[by]
            what = {"title": "A wait", "texts": {"sv": read}, "reach": Reach.LAB, "edition": edition, "by": by}
            if step == "correct":
                correct_story(row, words=word, by=teller_of(row))
                gone, told = gone | set(told), [word]
            elif step == "add":
                add_to_story(row, words=word, by=teller_of(row))
                told.append(word)
            elif step == "open":
                opened = read_story(row, by=by)
                pages[by] = (row.edition, " ".join([opened.own_words, *(addition.words for addition in opened.additions)]))
                assert not gone & set(" ".join([pages[by][1], *(version.words for version in opened.versions)]).split())
            elif step in {"release", "revise"}:
                (release_story if step == "release" else revise_story)(row, **what)
            elif step == "translate":
                translate_story(row, language="en", words=read, edition=edition, by=by)
            elif step == "wait":
                moment += UNDO
            else:
                {"hold": hold_story, "undo": undo_release, "second": second_release}[step](row, by=by)
        with at(moment + UNDO * (number % 2)):
            assert not gone & set(read_by(member, lab).split())
