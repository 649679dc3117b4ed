"""Between letting go and going out lie ten minutes in which it can be undone; and a second person where the lab wants one."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import (
    check_translation,
    hold_story,
    release_story,
    revise_story,
    save_rules,
    second_release,
    translate_story,
    undo_release,
    withdraw_story,
)
from medskapa.stages.listening.actions.releasing import UNDO
from medskapa.stages.listening.errors import MarksLeft, OwnSecond
from medskapa.stages.listening.models import DeskRules, Reach, Story, Version
from medskapa.stages.listening.queries import listed_stories, shown
from medskapa.stages.listening.tests.makers import a_story, teller_of
from medskapa.stages.listening.visibility import may_read

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def let_go(story: Story, words: str = "I waited.", *, reach: str = Reach.LAB, by: Actor | None = None) -> Story:
    return release_story(story, title="A wait", texts={"sv": words}, reach=reach, by=by or an_actor(story.lab, Role.MODERATOR))


def read_by(reader: Actor, lab: Lab) -> list[str]:
    return [one.text.words for one in shown(listed_stories(lab, reader=reader), reader=reader) if one.text]


def test_for_ten_minutes_nobody_reads_what_was_let_go(lab):
    member = an_actor(lab, Role.ACTOR)
    story = let_go(a_story(lab))

    with at(now() + UNDO - SECOND):
        assert read_by(member, lab) == []
        assert not may_read(story, reader=member)
    with at(now() + UNDO):
        assert read_by(member, lab) == ["I waited."]


def test_undone_in_time_nobody_ever_reads_it(lab):
    story = let_go(a_story(lab))

    undo_release(story, by=an_actor(lab, Role.MODERATOR))

    assert story.state == Story.State.TOLD
    with at(now() + timedelta(days=1)):
        assert read_by(an_actor(lab, Role.ACTOR), lab) == []


def test_once_it_is_out_it_cannot_be_undone_but_held(lab):
    story = let_go(a_story(lab))

    with at(now() + UNDO):
        with pytest.raises(WrongState):
            undo_release(story, by=an_actor(lab, Role.MODERATOR))
        hold_story(story, by=an_actor(lab, Role.MODERATOR))
        assert read_by(an_actor(lab, Role.ACTOR), lab) == []


@given(st.lists(st.sampled_from(["revise", "undo", "wait"]), max_size=6))
def test_whatever_the_desk_does_others_read_one_text_and_never_one_that_is_not_out(steps):
    lab = a_lab()
    member, moderator = an_actor(lab, Role.ACTOR), an_actor(lab, Role.MODERATOR)
    story, out, ahead, moment = a_story(lab, released=True), "I waited two years for an answer.", None, now()
    for number, step in enumerate(steps):
        with at(moment):
            story.refresh_from_db()
            if step == "revise":
                ahead = f"Text {number}"
                revise_story(story, title=f"Title {number}", texts={"sv": ahead}, reach=Reach.LAB, by=moderator)
            elif step == "undo" and ahead:
                undo_release(story, by=moderator)
                ahead = None
            elif step == "wait":
                moment += UNDO
                out, ahead = ahead or out, None
        with at(moment):
            assert read_by(member, lab) == [out]


def test_a_title_changes_when_the_text_does(lab):
    story = a_story(lab, released=True, title="Before")
    revise_story(story, title="After", texts={"sv": "Other words."}, reach=Reach.LAB, by=an_actor(lab, Role.MODERATOR))
    member = a_client(lab, Role.ACTOR)

    assert "Before" in member.get(f"/en/labs/{lab.slug}/stories/").content.decode()
    with at(now() + UNDO):
        after = a_client(lab, Role.ACTOR).get(f"/en/labs/{lab.slug}/stories/").content.decode()
        assert "After" in after
        assert "Before" not in after


def test_taken_back_in_the_ten_minutes_it_never_goes_out_and_leaves_no_stump(lab):
    story = let_go(a_story(lab))
    withdraw_story(story, by=teller_of(story))

    with at(now() + UNDO):
        assert list(listed_stories(lab, reader=an_actor(lab, Role.ACTOR))) == []


def test_where_two_moderate_what_everybody_may_read_wants_two(lab):
    first, other = (a_participation(lab, Role.MODERATOR) for _number in range(2))
    mine, theirs = actor_of_participation(first), actor_of_participation(other)
    story = let_go(a_story(lab, reach=Reach.PUBLIC), reach=Reach.PUBLIC, by=mine)

    with at(now() + timedelta(days=1)):
        assert not may_read(story, reader=Actor.public(lab.public_id))
        with pytest.raises(OwnSecond):
            second_release(story, by=mine)
        second_release(story, by=theirs)
        assert not may_read(story, reader=Actor.public(lab.public_id))
    with at(now() + timedelta(days=1) + UNDO):
        assert may_read(story, reader=Actor.public(lab.public_id))


def test_a_lab_can_want_two_for_every_story_or_none(lab):
    save_rules(DeskRules(lab=lab, release=DeskRules.Two.ALWAYS), by=an_actor(lab, Role.PROCESS_LEADER))
    waits = let_go(a_story(lab))
    save_rules(DeskRules.objects.get(), by=an_actor(lab, Role.PROCESS_LEADER))
    DeskRules.objects.update(release=DeskRules.Two.NEVER)
    goes = let_go(a_story(lab))

    assert (waits.effective_at, goes.effective_at is not None) == (None, True)


def test_the_desk_says_when_it_goes_out_and_undoes_it(lab):
    story = a_story(lab)
    client, page = a_client(lab, Role.MODERATOR), f"/en/labs/{lab.slug}/moderation/{story.public_id}/"
    client.post(page, {"title": "A wait", "reach": Reach.LAB, "text_sv": "I waited.", "form_key": "k" * 24})
    said = client.get(f"/en/labs/{lab.slug}/moderation/?tab=going")
    shown_again = client.get(page).content.decode()

    client.post(f"{page}undo/", {"form_key": "u" * 24})

    assert "It goes out at" in said.content.decode()
    assert "It goes out at" in shown_again
    story.refresh_from_db()
    assert story.state == Story.State.TOLD


def test_a_held_story_tells_its_teller_why(lab):
    story = a_story(lab)
    page = f"/en/labs/{lab.slug}/moderation/{story.public_id}/hold/"

    a_client(lab, Role.MODERATOR).post(page, {"reason": Story.HeldFor.OTHERS, "form_key": "h" * 24})

    own = client_of(story.teller).get(f"/en/return/mine/{story.public_id}/").content.decode()
    assert "It tells about somebody else, who has not been asked." in own


def test_one_button_puts_a_neutral_word_in_every_place_of_a_mark_and_releases_nothing(lab):
    story = a_story(lab, words="Ring 070-123 45 67. Jag sa 070-123 45 67.")
    page = f"/en/labs/{lab.slug}/moderation/{story.public_id}/"
    sent = {"title": "A call", "reach": Reach.LAB, "text_sv": "Ring 070-123 45 67. Jag sa 070-123 45 67.", "form_key": "n" * 24}

    answer = a_client(lab, Role.MODERATOR).post(page, sent | {"neutral": "phone:070-123 45 67"}).content.decode()

    assert "Ring [ett telefonnummer]. Jag sa [ett telefonnummer]." in answer
    story.refresh_from_db()
    assert story.state == Story.State.TOLD


def test_one_button_puts_neutral_words_for_all_marks_that_are_not_ticked(lab):
    story = a_story(lab)
    page = f"/en/labs/{lab.slug}/moderation/{story.public_id}/"
    text = "Jag bodde hos Maryam. Sen ringde Yusuf 070-123 45 67."
    sent = {"title": "Waiting", "reach": Reach.LAB, "text_sv": text, "form_key": "n" * 24, "seen": "name:Yusuf"}

    answer = a_client(lab, Role.MODERATOR).post(page, sent | {"neutral": "*"}).content.decode()

    assert "Jag bodde hos [ett namn]. Sen ringde Yusuf [ett telefonnummer]." in answer


def test_where_names_are_not_marked_the_desk_says_so(lab):
    client, page = a_client(lab, Role.MODERATOR), "/en/labs/{}/moderation/{}/"
    dari, swedish = (a_story(lab, language=language) for language in ("prs", "sv"))

    assert "No automatic marks of names and places in دری" in client.get(page.format(lab.slug, dari.public_id)).content.decode()
    assert "No automatic marks of names" not in client.get(page.format(lab.slug, swedish.public_id)).content.decode()


def test_a_name_that_nobody_looked_at_keeps_a_story_back(lab):
    with pytest.raises(MarksLeft) as left:
        let_go(a_story(lab), "Jag bodde hos Maryam.")

    assert [mark.text for mark in left.value.marks] == ["Maryam"]


def test_the_first_page_of_the_desk_undoes_what_goes_out(lab):
    story = let_go(a_story(lab))
    client, desk = a_client(lab, Role.MODERATOR), f"/en/labs/{lab.slug}/moderation/"

    assert f'action="{desk}{story.public_id}/undo/"' in client.get(desk).content.decode()
    with at(now() + UNDO):
        assert "/undo/" not in a_client(lab, Role.MODERATOR).get(desk).content.decode()


def test_from_each_story_keys_of_the_browser_lead_on_and_back(lab):
    first, second, third = (a_story(lab) for _number in range(3))
    client, desk = a_client(lab, Role.MODERATOR), f"/en/labs/{lab.slug}/moderation/"

    page = client.get(f"{desk}{second.public_id}/").content.decode()

    assert f'href="{desk}{third.public_id}/" rel="next" accesskey="j"' in page
    assert f'href="{desk}{first.public_id}/" rel="prev" accesskey="k"' in page
    assert f'href="{desk}{first.public_id}/" rel="next" accesskey="j"' in client.get(desk).content.decode()


def test_no_key_of_the_desk_does_two_things(lab):
    story = a_story(lab, words="Ring 070-123 45 67")

    page = a_client(lab, Role.MODERATOR).get(f"/en/labs/{lab.slug}/moderation/{story.public_id}/").content.decode()

    keys = re.findall(r'accesskey="(.)"', page)
    assert sorted(keys) == sorted(set(keys)) == ["a", "b", "h", "o", "s", "t"]


def test_a_draft_of_a_translation_is_for_those_who_translate_until_it_is_finished(lab):
    story, interpreter = a_story(lab), an_actor(lab, Role.INTERPRETER)
    translate_story(story, language="en", words="Half of", is_draft=True, by=interpreter)
    page = f"/en/labs/{lab.slug}/moderation/{story.public_id}/"
    before = a_client(lab, Role.MODERATOR).get(page).content.decode()

    translate_story(story, language="en", words="The whole", by=interpreter)

    assert "Half of" not in before
    assert [unseal(version).words for version in story.versions.all()] == ["The whole"]


def test_nobody_is_their_own_second_reader(lab):
    first, other = (a_participation(lab, Role.INTERPRETER) for _number in range(2))
    mine, theirs = actor_of_participation(first), actor_of_participation(other)
    version = translate_story(a_story(lab), language="en", words="I waited.", by=mine)

    with pytest.raises(OwnSecond):
        check_translation(version, by=mine)
    check_translation(version, by=theirs)

    assert Version.objects.get(pk=version.pk).checked_by == other.name
    with pytest.raises(WrongState):
        check_translation(version, by=theirs)


def test_the_second_reader_finds_what_waits_where_the_lab_wants_it(lab):
    translate_story(a_story(lab), language="en", words="I waited.", by=an_actor(lab, Role.INTERPRETER))
    page = f"/en/labs/{lab.slug}/translations/"
    before = a_client(lab, Role.INTERPRETER).get(page).content.decode()

    save_rules(DeskRules(lab=lab, has_second_reader=True), by=an_actor(lab, Role.PROCESS_LEADER))
    after = a_client(lab, Role.INTERPRETER).get(page).content.decode()

    assert "To read a second time" not in before
    assert "To read a second time" in after
