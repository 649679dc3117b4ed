from datetime import timedelta

import pytest
from django.urls import reverse

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.people.tests.makers import a_unit
from medskapa.stages.cocreation.actions import add_version
from medskapa.stages.cocreation.models import Challenge, Idea, Prototype, Team, Trial
from medskapa.stages.cocreation.tests.makers import a_challenge, a_prototype, a_team, a_trial, an_idea
from medskapa.stages.listening.models import Prompt
from medskapa.stages.understanding.tests.makers import WORDS, an_insight

pytestmark = pytest.mark.django_db
KEY = "form_key_of_a_test_00"


@pytest.fixture
def lab():
    return a_lab(languages=["sv", "en"])


def address(lab, page, **where):
    return reverse(f"cocreation:{page}", kwargs={"lab": lab.slug, **where})


def page_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


def sent(client, url, status=303, **values):
    response = client.post(url, {"form_key": f"{KEY}_{abs(hash((url, *values.items())))}"[:60], **values})
    assert response.status_code == status, response.content.decode()
    return response


@pytest.mark.parametrize("page", ["challenges", "ideas", "prototypes", "choose_challenge", "teams"])
def test_empty_pages_say_what_will_be_there(lab, page):
    assert 'class="empty"' in page_of(a_client(lab, "co_creator"), address(lab, page))


def test_drafts_are_listed_for_the_team_alone(lab):
    draft, _open = a_challenge(lab, state="draft", title="How might we draft?"), a_challenge(lab, title="How might we open?")

    inside, outside = (page_of(a_client(lab, role), address(lab, "challenges")) for role in ("facilitator", "public"))

    assert ("How might we draft?" in inside, "How might we draft?" in outside, "How might we open?" in outside) == (True, False, True)
    page_of(a_client(lab, "public"), draft.get_absolute_url(), status=403)


def test_a_challenge_shows_what_it_grew_from_and_whose_words(lab):
    insight = an_insight(lab, state="confirmed", title="Nobody says anything.")
    challenge = a_challenge(lab, insights=[insight])
    an_idea(lab, challenge=challenge, title="The letter desk")

    inside, outside = (page_of(a_client(lab, role), challenge.get_absolute_url()) for role in ("co_creator", "public"))

    assert ("Nobody says anything." in inside, WORDS in inside, "The letter desk" in inside) == (True, True, True)
    assert ("Nobody says anything." in outside, WORDS in outside, "The letter desk" in outside) == (False, False, True)


@pytest.mark.parametrize(("days", "said"), [(-2, "2 days overdue"), (0, "Due today"), (1, "One day left"), (40, "40 days left")])
def test_a_promise_has_a_clock(lab, days, said):
    challenge = a_challenge(lab, due_on=today_of(lab) + timedelta(days=days))

    assert said in page_of(a_client(lab, "public"), challenge.get_absolute_url())


def test_a_challenge_is_written_opened_promised_and_kept_through_the_pages(lab):
    insight, unit = an_insight(lab, state="confirmed"), a_unit()
    leader, owner = a_client(lab, "process_leader"), client_of(a_participation(lab, "problem_owner", unit=unit))
    values = {"title": "How might we wait?", "summary": "", "language": "sv", "insights": insight.public_id, "owner": unit.public_id}
    assert "checked" in page_of(leader, f"{address(lab, 'new_challenge')}?insight={insight.public_id}")

    sent(leader, address(lab, "new_challenge"), **values)
    challenge = Challenge.objects.get(title="How might we wait?")
    where = {"challenge": challenge.public_id}
    sent(leader, address(lab, "open_challenge", **where))
    sent(owner, address(lab, "promise", **where), promise="We try one.", promise_due_on=str(today_of(lab)))
    sent(owner, address(lab, "keep_promise", **where), kept_on=str(today_of(lab)))

    assert "Kept on" in page_of(owner, challenge.get_absolute_url())
    assert challenge.insight_links.get().insight == insight


def test_a_promise_is_not_kept_on_a_day_to_come(lab):
    challenge = a_challenge(lab, due_on=today_of(lab))
    url = address(lab, "keep_promise", challenge=challenge.public_id)

    refused = sent(a_client(lab, "process_leader"), url, status=422, kept_on=str(today_of(lab) + timedelta(days=1)))

    assert "That day is still to come." in refused.content.decode()


def test_asking_again_makes_a_prompt_for_tellers(lab):
    challenge = a_challenge(lab)
    client = a_client(lab, "facilitator")

    sent(client, address(lab, "ask_again", challenge=challenge.public_id), title="When did a letter help?", summary="")

    assert Prompt.objects.get(lab=lab).title == "When did a letter help?"
    assert "When did a letter help?" in page_of(client, challenge.get_absolute_url())


def test_ideas_come_in_an_order_of_the_readers_own(lab):
    challenge = a_challenge(lab)
    titles = [an_idea(lab, challenge=challenge, title=f"Idea number {number:02}").title for number in range(12)]

    orders = []
    for _reader in range(3):
        client = a_client(lab, "co_creator")
        first, second = page_of(client, address(lab, "ideas")), page_of(client, address(lab, "ideas"))
        order = sorted(titles, key=first.index)
        assert order == sorted(titles, key=second.index)
        orders.append(tuple(order))

    assert len(set(orders)) > 1


def test_ideas_are_listed_by_challenge_and_by_kind(lab):
    one, two = a_challenge(lab), a_challenge(lab)
    an_idea(lab, challenge=one, title="A meeting for one", kind="meeting")
    an_idea(lab, challenge=one, title="A role for one", kind="role")
    an_idea(lab, challenge=two, title="A meeting for two", kind="meeting")

    text = page_of(a_client(lab, "public"), f"{address(lab, 'ideas')}?challenge={one.public_id}&kind=meeting")

    assert [title in text for title in ("A meeting for one", "A role for one", "A meeting for two")] == [True, False, False]


def test_an_idea_is_shared_from_a_challenge_in_four_fields(lab):
    challenge, somebody = a_challenge(lab), a_pseudonym(lab, alias="Yasmin")
    an_idea(lab, challenge=challenge, state="set_aside", title="The old desk")
    client, url = client_of(somebody), address(lab, "new_idea", challenge=challenge.public_id)
    form = page_of(client, url)
    assert ("The old desk" in form, 'value="Yasmin"' in form) == (True, True)

    sent(client, url, title="The letter desk", summary="Somebody reads it with you.", kind="meeting", credit="Yasmin")

    idea = Idea.objects.get(title="The letter desk")
    assert (idea.challenge, idea.by_pseudonym, idea.credit, idea.language) == (challenge, somebody, "Yasmin", "en")


def test_a_refused_idea_keeps_what_was_typed(lab):
    url = address(lab, "new_idea", challenge=a_challenge(lab).public_id)

    refused = sent(a_client(lab, "co_creator"), url, status=422, title="", summary="Somebody reads it with you.", kind="meeting", credit="")

    assert "Somebody reads it with you." in refused.content.decode()


def test_nothing_is_shared_for_a_challenge_that_is_closed(lab):
    url = address(lab, "new_idea", challenge=a_challenge(lab, state="closed").public_id)

    page_of(a_client(lab, "co_creator"), url, status=404)


def test_an_idea_links_insights_and_is_set_aside_with_a_reason_by_its_author(lab):
    insight, author = an_insight(lab, state="confirmed", title="Nobody says anything."), a_pseudonym(lab)
    idea, client = an_idea(lab, author=author), client_of(author)
    values = {"title": idea.title, "summary": idea.summary, "kind": "role", "credit": "", "language": "sv", "insights": insight.public_id}

    sent(client, address(lab, "edit_idea", idea=idea.public_id), **values)
    assert "Nobody says anything." in page_of(client, idea.get_absolute_url())
    sent(client, address(lab, "set_aside_idea", idea=idea.public_id), status=422, reason="")
    sent(client, address(lab, "set_aside_idea", idea=idea.public_id), reason="The law forbids it.")

    assert "The law forbids it." in page_of(a_client(lab, "public"), idea.get_absolute_url())
    page_of(a_client(lab, "co_creator"), address(lab, "edit_idea", idea=idea.public_id), status=403)


def test_a_team_is_made_joined_and_left_and_shows_names_of_choice(lab):
    idea, maker, other = an_idea(lab), client_of(a_pseudonym(lab)), client_of(a_pseudonym(lab))

    sent(maker, address(lab, "new_team", idea=idea.public_id), name="Team Letter", credit="Amanuel")
    team = Team.objects.get()
    sent(other, address(lab, "join_team", team=team.public_id), credit="Yasmin")
    text = page_of(other, team.get_absolute_url())
    assert ("Amanuel" in text, "Yasmin" in text) == (True, True)
    sent(other, address(lab, "leave_team", team=team.public_id, member=team.members.get(credit="Yasmin").public_id))

    assert "Yasmin" not in page_of(maker, team.get_absolute_url())
    page_of(a_client(lab, "public"), team.get_absolute_url(), status=403)


def test_no_team_gets_a_name_that_looks_just_like_anothers_in_other_letters(lab):
    idea, client = an_idea(lab), client_of(a_pseudonym(lab))
    sent(client, address(lab, "new_team", idea=idea.public_id), name="Coco", credit="")
    sent(client, address(lab, "new_team", idea=idea.public_id), name="Letter", credit="")
    letter = Team.objects.get(name="Letter")

    sent(client, address(lab, "new_team", idea=idea.public_id), status=422, name="Сосо", credit="")
    sent(client, address(lab, "edit_team", team=letter.public_id), status=422, name="Сосо")
    sent(client, address(lab, "edit_team", team=letter.public_id), name="Вера")

    assert set(Team.objects.values_list("name", flat=True)) == {"Coco", "Вера"}


def test_names_in_teams_are_not_shown_to_the_public(lab):
    idea = an_idea(lab)
    a_team(idea, members=(a_pseudonym(lab, alias="Yasmin"),))

    inside, outside = (page_of(a_client(lab, role), idea.get_absolute_url()) for role in ("co_creator", "public"))

    assert ("Yasmin" in inside, "Yasmin" in outside) == (True, False)


def test_a_prototype_is_made_tried_and_stopped_through_the_pages(lab):
    author = a_pseudonym(lab)
    idea, client = an_idea(lab, author=author), client_of(author)
    told = {"title": "On paper", "summary": "A sign and two chairs.", "what": "A sign.", "language": "sv", "team": "", "gathering": ""}

    sent(client, address(lab, "new_prototype", idea=idea.public_id), **told)
    prototype = Prototype.objects.get(title="On paper")
    where = {"prototype": prototype.public_id}
    sent(client, address(lab, "new_version", **where), what="Two signs.", link="")
    plan = {"hypothesis": "People dare to ask.", "pass_mark": "Five ask.", "planned_on": str(today_of(lab)), "version": ""}
    sent(client, address(lab, "new_trial", **where), **plan)
    trial = Trial.objects.get()
    came = {"happened": "Three asked.", "learnt": "A sign is not enough.", "result": "fell", "people_count": "3"}
    sent(client, address(lab, "note_trial", trial=trial.public_id), **came)
    assert "A sign is not enough." in page_of(client, prototype.get_absolute_url())
    page_of(client, address(lab, "edit_trial", trial=trial.public_id), status=409)
    sent(client, address(lab, "stop_prototype", **where), reason="Nobody came twice.")

    text = page_of(a_client(lab, "public"), prototype.get_absolute_url())
    assert ("Version 2" in text, "Nobody came twice." in text) == (True, True)


def test_how_few_tried_it_stays_in_the_team(lab):
    trial = a_trial(a_prototype(lab))
    Trial.objects.filter(pk=trial.pk).update(result="fell", happened="They asked.", people_count=3)

    assert "a few" in page_of(a_client(lab, "public"), trial.get_absolute_url())
    assert "a few" not in page_of(a_client(lab, "facilitator"), trial.get_absolute_url())


def test_everything_of_another_lab_is_not_found(lab):
    other = a_lab()
    rows = [a_challenge(other), an_idea(other), a_prototype(other), a_trial(a_prototype(other)), a_team(an_idea(other))]

    for row in rows:
        name = row.url_name.split(":")[1]
        page_of(a_client(lab, "process_leader"), address(lab, name, **{name: row.public_id}), status=404)


def test_those_who_make_a_prototype_put_right_how_a_version_is_described(lab):
    maker = a_pseudonym(lab)
    browser = client_of(maker)
    idea = an_idea(lab)
    prototype = a_prototype(lab, idea=idea, team=a_team(idea, members=(maker,)))
    version = add_version(prototype, what="Cardbord and a pen", by=an_actor(lab, "facilitator"))
    where = address(lab, "edit_version", prototype=prototype.public_id, version=version.public_id)
    assert where in page_of(browser, prototype.get_absolute_url())

    sent(browser, where, what="Cardboard and a pen", link="")

    version.refresh_from_db()
    assert (version.what, version.number) == ("Cardboard and a pen", prototype.versions.count())
    sent(a_client(lab, "co_creator"), where, status=403, what="Mine", link="")
