import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from medskapa.ground.labs.tests.makers import a_client, a_lab
from medskapa.stages.listening.models import AnswersSetAside, Vote
from medskapa.stages.understanding.queries import answers_to
from medskapa.stages.understanding.tests.makers import a_quote, an_insight, some_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return a_lab(languages=["sv", "en"])


def address(lab, page, **where):
    return reverse(f"understanding:{page}", kwargs={"lab": lab.slug, **where})


def page_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_costs_the_same_with_one_row_and_with_three(lab):
    client, counts = a_client(lab, "co_creator"), []
    for _number in range(3):
        an_insight(lab, state="confirmed")
        with CaptureQueriesContext(connection) as queries:
            page_of(client, address(lab, "insights"))
        counts.append(len(queries))

    assert counts[0] == counts[2] <= 25


def test_answers_that_were_set_aside_speak_for_nothing_until_they_are_counted_again(lab):
    statement = some_answers(an_insight(lab), agree=8, disagree=2).statement
    aside = AnswersSetAside.objects.create(
        lab=lab, conversation=statement.conversation, why="Six phones of one person.", people_count=6, answers_count=6
    )
    in_the_burst = Vote.objects.filter(pk__in=[vote.pk for vote in statement.votes.filter(value=1)[:6]])

    in_the_burst.update(aside=aside)
    without = answers_to([statement])[statement.pk]
    in_the_burst.update(aside=None)
    again = answers_to([statement])[statement.pk]

    assert (without.total, without.agree, again.total, again.agree) == (4, 2, 10, 8)


def test_an_insight_page_costs_the_same_with_one_voice_and_with_three(lab):
    client, counts, insight = a_client(lab, "sense_maker"), [], an_insight(lab, tellers=0)
    for _number in range(3):
        a_quote(insight)
        some_answers(insight)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, insight.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[2] <= 25
