import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from medskapa.ground.labs.tests.makers import a_client, a_lab, an_actor
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.web.templatetags.medskapa import in_words
from medskapa.stages.listening.actions import correct_story, withdraw_story
from medskapa.stages.listening.actions.releasing import UNDO
from medskapa.stages.listening.models import Reach
from medskapa.stages.listening.tests.makers import a_statement, a_story, a_withdrawn_story, let_go, teller_of
from medskapa.stages.understanding.models import Evidence, Insight
from medskapa.stages.understanding.panels import todos
from medskapa.stages.understanding.tests.makers import WORDS, a_quote, an_insight, some_answers

pytestmark = pytest.mark.django_db
KEY = "form_key_of_a_test_00"
NEW = {"title": "Letters are not answers.", "summary": "", "language": "sv", "form_key": KEY}


@pytest.fixture
def lab():
    return a_lab(languages=["sv", "en"])


def address(lab, page, **where):
    return reverse(f"understanding:{page}", kwargs={"lab": lab.slug, **where})


def page_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_an_empty_list_says_what_will_be_there_and_offers_the_first_step(lab):
    text = page_of(a_client(lab, "sense_maker"), address(lab, "insights"))

    assert "No insights yet" in text
    assert address(lab, "new_insight") in text


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("public", {"public"}),
        ("reader", {"public"}),
        ("co_creator", {"confirmed", "public"}),
        ("interpreter", {"draft", "confirmed", "public"}),
    ],
)
def test_each_reader_is_listed_what_they_may_see(lab, role, seen):
    for state in ("draft", "confirmed", "public"):
        an_insight(lab, state=state, title=f"An insight that is {state}.")

    text = page_of(a_client(lab, role), address(lab, "insights"))

    assert {state for state in ("draft", "confirmed", "public") if f"An insight that is {state}." in text} == seen


def test_a_draft_is_refused_to_the_public(lab):
    insight = an_insight(lab)

    page_of(a_client(lab, "public"), insight.get_absolute_url(), status=403)


def test_voices_are_shown_only_to_those_who_may_read_the_story(lab):
    insight = an_insight(lab, state="public", reach=Reach.LAB)
    a_quote(insight, quote="Everybody may read this sentence.", reach=Reach.PUBLIC)

    outside, inside = (page_of(a_client(lab, role), insight.get_absolute_url()) for role in ("public", "co_creator"))

    assert WORDS in inside
    assert (WORDS in outside, "Everybody may read this sentence." in outside) == (False, True)


def test_small_counts_stay_in_the_team(lab):
    insight = an_insight(lab, state="public", reach=Reach.LAB)
    for _number in range(3):
        a_quote(insight, reach=Reach.PUBLIC)

    outside = page_of(a_client(lab, "public"), insight.get_absolute_url())

    assert "Carried by at least 5 tellers." in outside
    assert "And 5 more voices, which stay where their tellers wished." in outside
    few = an_insight(lab, state="confirmed")
    assert "Carried by a few tellers." in page_of(a_client(lab, "co_creator"), few.get_absolute_url())
    assert "Carried by 3 tellers." in page_of(a_client(lab, "moderator"), few.get_absolute_url())


def test_reading_a_page_of_released_voices_leaves_no_line(lab):
    insight = an_insight(lab, state="confirmed")
    client = a_client(lab, "co_creator")
    before = Record.objects.count()

    assert WORDS in page_of(client, insight.get_absolute_url())

    assert Record.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_source_is_said_and_its_words_are_gone():
    lab = a_lab()
    insight = an_insight(lab, tellers=2)
    a_quote(insight, story=a_story(lab, words="I told this once.", released=True), quote="I told this once.")
    client = a_client(lab, "sense_maker")
    assert "I told this once." in page_of(client, insight.get_absolute_url())

    story = insight.evidence.last().story
    withdraw_story(story, by=teller_of(story))

    text = page_of(client, insight.get_absolute_url())
    assert "I told this once." not in text
    assert "One source was withdrawn." in text
    assert "It no longer stands" in text


def test_shares_are_drawn_and_said(lab):
    insight = an_insight(lab, state="confirmed")
    some_answers(insight, agree=8, passed=0, disagree=8)

    text = page_of(a_client(lab, "co_creator"), insight.get_absolute_url())

    assert "50 percent agree, 0 percent pass, 50 percent disagree. 16 people answered." in text
    assert 'aria-label="Agree 50 percent, pass 0 percent, disagree 50 percent"' in text


def test_a_share_of_fewer_than_five_is_withheld_outside_the_team(lab):
    insight = an_insight(lab, state="confirmed")
    some_answers(insight, agree=8, disagree=2)

    assert "Most of those who answered agree. The shares are not shown, too few people." in page_of(
        a_client(lab, "co_creator"), insight.get_absolute_url()
    )
    assert "80 percent agree" in page_of(a_client(lab, "sense_maker"), insight.get_absolute_url())


def test_an_insight_is_written_quoted_and_confirmed_through_the_pages(lab):
    client = a_client(lab, "sense_maker")
    stories = [a_story(lab, words=WORDS, released=True) for _number in range(3)]

    assert client.post(address(lab, "new_insight"), NEW).status_code == 303
    insight = Insight.objects.get(title="Letters are not answers.")
    assert "A long wait" in page_of(client, address(lab, "choose_story", insight=insight.public_id))
    for number, story in enumerate(stories):
        url = address(lab, "new_quote", insight=insight.public_id, story=story.public_id)
        assert WORDS in page_of(client, url)
        sent = {"quote": "two years", "side": "for", "note": "So long.", "form_key": f"{KEY}_quote_{number}"}
        assert client.post(url, sent).status_code == 303
    url = address(lab, "confirm_insight", insight=insight.public_id)
    assert "Confirm this insight?" in page_of(client, url)
    assert client.post(url, {"form_key": f"{KEY}_confirm"}).status_code == 303

    assert Insight.objects.get(pk=insight.pk).state == Insight.State.CONFIRMED


def test_a_wrong_quote_is_refused_and_what_was_typed_stays(lab):
    insight, story = an_insight(lab, tellers=0), a_story(lab, words=WORDS, released=True)
    url = address(lab, "new_quote", insight=insight.public_id, story=story.public_id)

    response = a_client(lab, "sense_maker").post(url, {"quote": "three years", "side": "for", "note": "So long.", "form_key": KEY})

    assert response.status_code == 422
    text = response.content.decode()
    assert "These words do not stand in the story." in text
    assert "three years" in text


def test_a_story_that_cannot_be_read_cannot_be_found_for_a_quote(lab):
    insight = an_insight(lab, tellers=0)

    for story in (a_story(lab, words=WORDS), a_withdrawn_story(lab)):
        page_of(a_client(lab, "sense_maker"), address(lab, "new_quote", insight=insight.public_id, story=story.public_id), status=404)


def test_answers_are_added_and_taken_away_through_the_pages(lab):
    insight, statement = an_insight(lab), a_statement(lab)
    client = a_client(lab, "sense_maker")

    sent = {"statement": statement.public_id, "side": "for", "note": "Many agree.", "form_key": KEY}
    assert client.post(address(lab, "new_answers", insight=insight.public_id), sent).status_code == 303
    evidence = insight.evidence.get(statement=statement)
    url = address(lab, "remove_evidence", insight=insight.public_id, evidence=evidence.public_id)
    assert "Take this away from the insight?" in page_of(client, url)
    assert client.post(url, {"form_key": f"{KEY}_gone"}).status_code == 303

    assert not Evidence.objects.filter(pk=evidence.pk).exists()


def test_before_publishing_one_sees_what_everybody_will_read(lab):
    insight = an_insight(lab, state="confirmed", tellers=5, reach=Reach.LAB)
    a_quote(insight, quote="Everybody may read this sentence.", reach=Reach.PUBLIC)

    text = page_of(a_client(lab, "process_leader"), address(lab, "publish_insight", insight=insight.public_id))

    assert ("Everybody may read this sentence." in text, WORDS in text) == (True, False)
    assert "5 voices stay in the lab, as their tellers wished." in text


@pytest.mark.parametrize("page", ["edit_insight", "confirm_insight", "set_aside_insight", "choose_story", "new_answers"])
def test_co_creators_change_no_insights(lab, page):
    insight = an_insight(lab, state="confirmed")

    page_of(a_client(lab, "co_creator"), address(lab, page, insight=insight.public_id), status=403)


def test_an_insight_of_another_lab_is_not_found(lab):
    insight = an_insight(a_lab(), state="public")

    page_of(a_client(lab, "sense_maker"), address(lab, "insight", insight=insight.public_id), status=404)


def test_staff_see_what_to_do_next(lab):
    a_story(lab, words=WORDS, released=True)
    an_insight(lab, title="It can be confirmed.")

    found = todos(an_actor(lab, "sense_maker"), lab)

    assert [strip_tags(in_words(todo)) for todo in found] == [
        "Enough people carry this draft. Confirm it: “It can be confirmed”.",
        "1 released story is in no insight yet.",
    ]
    assert todos(an_actor(lab, "moderator"), lab) is None


@pytest.mark.django_db(transaction=True)
def test_outside_the_team_a_withdrawn_voice_leaves_no_count():
    lab = a_lab()
    insight = an_insight(lab, state="confirmed", tellers=6)
    story = insight.evidence.first().story
    withdraw_story(story, by=teller_of(story))

    inside, outside = (page_of(a_client(lab, role), insight.get_absolute_url()) for role in ("sense_maker", "co_creator"))

    assert ("One source was withdrawn." in inside, "A voice whose story was withdrawn." in inside) == (True, True)
    assert ("a few sources were withdrawn." in outside, "A voice whose story was withdrawn." in outside) == (True, False)


def test_why_a_quote_counts_is_put_right_and_its_words_stay(lab):
    insight = an_insight(lab)
    quote = insight.evidence.first()
    where = address(lab, "edit_evidence", insight=insight.public_id, evidence=quote.public_id)
    maker = a_client(lab, "sense_maker")
    assert where in page_of(maker, insight.get_absolute_url())

    said = {"form_key": f"{KEY}_why", "side": "against", "note": "It went the other way."}
    assert maker.post(where, said).status_code == 303

    page = page_of(maker, insight.get_absolute_url())
    assert ("It went the other way." in page, "speaks against it" in page, WORDS in page) == (True, True, True)
    assert a_client(lab, "co_creator").post(where, said | {"form_key": f"{KEY}_mine"}).status_code == 403


def test_a_story_whose_quotes_went_with_its_old_words_is_offered_again_as_one_that_is_not_quoted(lab):
    insight = an_insight(lab)
    story = insight.evidence.first().story
    row = correct_story(story, words="Something else.", by=teller_of(story))
    let_go(row, texts={"sv": "Something else."}, edition=2)

    with at(now() + UNDO):
        text = page_of(a_client(lab, "sense_maker"), address(lab, "choose_story", insight=insight.public_id))

    assert (text.count("A long wait"), text.count("quoted here")) == (3, 2)
