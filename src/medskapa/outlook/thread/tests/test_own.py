"""What became of a story, as its teller reads it: one line in the order of time, to which every room adds what it knows."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medskapa.ground.labs.actions import word_all
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_lab, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.moment import at
from medskapa.outlook.thread.models import Echo
from medskapa.outlook.thread.tests.makers import an_echo
from medskapa.stages.cocreation.actions import keep_promise
from medskapa.stages.cocreation.tests.makers import a_challenge, a_prototype, an_idea
from medskapa.stages.incubation.tests.makers import a_support
from medskapa.stages.listening.actions import read_story, withdraw_story
from medskapa.stages.listening.models import Reach, Story
from medskapa.stages.listening.tests.makers import a_story, an_answer, teller_of
from medskapa.stages.outcomes.tests.makers import a_measurement
from medskapa.stages.pilots.models import Pilot
from medskapa.stages.pilots.tests.makers import a_pilot, an_adoption
from medskapa.stages.selection.tests.makers import a_best_interests, a_call, a_decision, an_application, moved_on
from medskapa.stages.understanding.actions import confirm_insight
from medskapa.stages.understanding.tests.makers import a_quote, an_insight, demo

pytestmark = pytest.mark.django_db
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def in_month(number: int, day: int = 1, year: int = 2017) -> datetime:
    return datetime(year, number, day, 12, tzinfo=UTC)


def a_life(lab: Lab, teller: Pseudonym, others: int = 5) -> Pilot:
    """A story of January, and all that became of it within two years, up to a pilot that stays and spreads."""
    with at(in_month(1)):
        story = a_story(lab, teller=teller, released=True, reach=Reach.LAB)
        insight = an_insight(lab, tellers=others, title="A letter is no answer.")
        a_quote(insight, story=story)
    with at(in_month(2)):
        an_answer(story)
        read_story(story, by=an_actor(lab, "moderator"))
    with at(in_month(4)):
        confirm_insight(insight, by=demo(lab))
    with at(in_month(5)):
        challenge = a_challenge(lab, insights=[insight], title="How might a letter make sense?", due_on=date(2017, 12, 15))
        idea = an_idea(lab, challenge=challenge)
    with at(in_month(8, 31)):
        prototype = a_prototype(lab, idea=idea, title="The letter kiosk, on paper")
    with at(in_month(10)):
        heard = a_best_interests(lab, title="The kiosk", stories=[story])
        application = an_application(a_call(lab), prototype=prototype, title="The letter kiosk")
        moved_on(application.call, "judging")
        decision = a_decision(application=application, best_interests=heard)
        moved_on(application.call, "decided")
    with at(in_month(12)):
        keep_promise(challenge, on=date(2017, 12, 1), by=demo(lab))
    with at(in_month(2, year=2018)):
        pilot = a_pilot(lab, support=a_support(lab, decision=decision), title="The letter kiosk in Eskilstuna", starts_on=date(2018, 2, 1))
    with at(in_month(1, 20, year=2019)):
        (link,) = pilot.indicator_links.all()
        a_measurement(link.indicator, 68, date(2019, 1, 10), margin=5, municipality=pilot.municipality)
        an_adoption(pilot, since=date(2019, 1, 15))
    return pilot


def own_page(teller: Pseudonym, when: datetime, language: str = "en") -> str:
    with at(when):
        return str(client_of(teller).get(f"/{language}/return/mine/").content.decode())


def steps_on(page: str) -> list[str]:
    """The line of text at the head of each step, with the heading below it, in the order of the page."""
    steps = re.findall(r'<p class="when">(.*?)</p>\s*(?:<h2>(.*?)</h2>)?', page, re.DOTALL)
    return [" | ".join(" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in step if part) for step in steps]


def test_from_the_story_to_the_measured_effect_it_is_one_line_in_the_order_of_time() -> None:
    lab = a_lab()
    teller = a_pseudonym(lab)
    a_life(lab, teller)

    page = own_page(teller, in_month(3, year=2019))

    assert steps_on(page) == [
        "1 January 2017 · You told this",
        "1 January 2017 · Now it may be read by: Everyone in the lab, without names and places",
        "1 February 2017 · Read by: Moderator",
        "1 February 2017 · The lab wrote to you new",
        "1 April 2017 · We understood | 5 others have told about the same thing",
        "1 May 2017 · The question was asked | How might a letter make sense?",
        "31 August 2017 · It was built to be tried | The letter kiosk, on paper",
        "1 October 2017 · Your story was heard",
        "1 October 2017 · The choice was made | The letter kiosk gets support",
        "1 December 2017 · A promise was kept",
        "1 February 2018 · It became real | The letter kiosk in Eskilstuna",
        "10 January 2019 · It was measured | I know what to do with a letter",
        "15 January 2019 · Another municipality | Upplands Väsby",
        "Today | It began with you",
    ]
    assert 'aria-label="Before: 41. Now: 68. Unit: of 100."' in page


def test_what_was_told_back_stands_with_what_it_is_about_in_the_tellers_language() -> None:
    lab = a_lab()
    teller = a_pseudonym(lab, language="prs")
    pilot = a_life(lab, teller)
    with at(in_month(2, 2, year=2018)):
        echo = an_echo(lab, pilot, [teller], title="Kiosken finns nu.")
        word_all(echo, {"title": {"prs": "حالا هست."}}, translators={}, by=demo(lab))

    page = own_page(teller, in_month(3, year=2018), "prs")

    (step,) = [part for part in page.split('<li class="step') if "حالا هست." in part]
    assert "The letter kiosk in Eskilstuna" in step
    assert "Kiosken finns nu." not in page


def test_a_word_about_something_that_the_teller_may_not_see_is_told_all_the_same() -> None:
    lab = a_lab()
    story = a_story(lab)
    draft = an_insight(lab)
    an_echo(lab, draft, [story.teller], title="We are reading it.")

    page = own_page(story.teller, Echo.objects.get().sent_at)

    assert "We are reading it." in page
    assert draft.title not in page


def test_fewer_than_five_others_are_a_few_and_drawn_as_three() -> None:
    lab = a_lab()
    teller = a_pseudonym(lab)
    a_life(lab, teller, others=4)

    page = own_page(teller, in_month(4, 2))

    assert "A few others have told about the same thing" in page
    assert "4 others" not in page
    assert page.split("joins strandpic")[1].split("</svg>")[0].count('stroke-width="1.25"') == 3


def test_nobody_reads_the_words_of_another() -> None:
    lab = a_lab()
    mine, theirs = a_pseudonym(lab), a_pseudonym(lab)
    insight = an_insight(lab)
    for teller, words in ((mine, "My four letters"), (theirs, "Their white shirt")):
        a_quote(insight, story=a_story(lab, words=words, teller=teller, released=True), quote=words)
    confirm_insight(insight, by=demo(lab))

    page = own_page(mine, in_month(1, year=2030))

    assert "My four letters" in page
    assert "We understood" in page
    assert "Their white shirt" not in page


def test_a_story_that_was_taken_back_keeps_its_place_and_nothing_that_grew_from_it() -> None:
    lab = a_lab()
    teller = a_pseudonym(lab)
    a_life(lab, teller)
    story = Story.objects.get(teller=teller)
    with at(in_month(6)):
        withdraw_story(story, by=teller_of(story))

    page = own_page(teller, in_month(3, year=2019))

    assert steps_on(page) == [
        "1 January 2017 · You told something",
        "1 February 2017 · Read by: Moderator",
        "1 February 2017 · The lab wrote to you new",
        "1 June 2017 · You took it back",
        "Today | Do you want to tell something?",
    ]


def test_what_is_planned_is_shown_as_still_ahead() -> None:
    lab = a_lab()
    teller = a_pseudonym(lab)
    a_life(lab, teller)

    page = own_page(teller, in_month(1, year=2018))

    (step,) = [part for part in page.split('<li class="step') if "It is planned to begin" in part]
    assert step.startswith(" ahead")
    assert "1 February 2018" in step


def test_the_own_page_asks_the_store_as_often_for_one_of_each_as_for_three() -> None:
    counts = []
    for number in (1, 3):
        lab = a_lab()
        teller = a_pseudonym(lab)
        for _life in range(number):
            echo = an_echo(lab, a_life(lab, teller), [teller])
        client = client_of(teller)
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/en/return/mine/").content.decode()
        counts.append(len([query for query in asked.captured_queries if not query["sql"].startswith(BOOKKEEPING)]))
        assert page.count("It was measured") == number
        assert echo.title in page

    assert counts[0] == counts[1] <= 25


def test_a_stranger_to_the_story_sees_nothing_of_its_thread() -> None:
    lab = a_lab()
    a_life(lab, a_pseudonym(lab))

    page = own_page(a_pseudonym(lab), in_month(3, year=2019))

    assert steps_on(page) == ["Today | Do you want to tell something?"]
