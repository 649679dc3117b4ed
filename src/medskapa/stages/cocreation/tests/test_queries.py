import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, client_of
from medskapa.stages.cocreation.tests.makers import a_challenge, a_prototype, a_team, a_trial, an_idea
from medskapa.stages.understanding.tests.makers import an_insight

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return a_lab(languages=["sv", "en"])


def address(lab, page, **where):
    return reverse(f"cocreation:{page}", kwargs={"lab": lab.slug, **where})


def page_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


@pytest.mark.parametrize(
    ("page", "make"),
    [("challenges", a_challenge), ("ideas", an_idea), ("prototypes", a_prototype), ("teams", lambda lab: a_team(an_idea(lab)))],
)
def test_lists_cost_the_same_with_one_row_and_with_three(lab, page, make):
    client, counts = a_client(lab, "co_creator"), []
    for _number in range(3):
        make(lab)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, address(lab, page))
        counts.append(len(queries))

    assert counts[0] == counts[2] <= 25


def test_pages_of_one_thing_keep_to_their_queries(lab):
    author = a_pseudonym(lab)
    insight = an_insight(lab, state="confirmed")
    challenge = a_challenge(lab, insights=[insight], due_on=today_of(lab))
    idea = an_idea(lab, challenge=challenge, author=author, insights=[insight])
    team = a_team(idea, members=(author, a_pseudonym(lab), a_participation(lab, "actor")))
    prototype = a_prototype(lab, idea=idea, team=team)
    trial = a_trial(prototype)
    client = client_of(author)

    for row in (challenge, idea, team, prototype, trial):
        with CaptureQueriesContext(connection) as queries:
            page_of(client, row.get_absolute_url())
        assert len(queries) <= 25, (row, len(queries))
