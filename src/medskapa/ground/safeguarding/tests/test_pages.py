"""The officer's pages: there for the officer and the deputy, and for nobody else."""

from datetime import timedelta

import pytest

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym
from medskapa.ground.ledger import chain
from medskapa.ground.ledger.models import Record
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import proved
from medskapa.ground.safeguarding.models import Concern, LockedIdentity, Period, Representative
from medskapa.ground.safeguarding.retention import KINDS
from medskapa.ground.safeguarding.tests.makers import a_concern, a_representative, an_identity

pytestmark = pytest.mark.django_db
NEXT = "key-of-a-form-0123456789"


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def url(lab: Lab, end: str) -> str:
    return f"/en/labs/{lab.slug}/{end}"


@pytest.mark.parametrize("role", [*sorted(set(Role.values) - {"safeguarding_officer", "safeguarding_deputy", "process_leader"}), "public"])
def test_for_all_others_there_is_no_page(lab, role):
    concern, identity, representative = a_concern(lab), an_identity(lab), a_representative(lab)
    client = a_client(lab, role)
    ends = [
        "concerns/",
        f"concerns/{concern.public_id}/",
        f"concerns/{concern.public_id}/close/",
        f"concerns/{concern.public_id}/letter/",
        "identities/",
        f"identities/{identity.pseudonym.public_id}/",
        f"identities/{identity.pseudonym.public_id}/open/",
        "representatives/",
        f"representatives/{representative.public_id}/edit/",
    ]

    assert {client.get(url(lab, end)).status_code for end in ends} == {404}
    assert client.post(url(lab, f"concerns/{concern.public_id}/take/"), {"form_key": NEXT}).status_code == 404


def test_a_process_leader_locks_identities_and_sees_no_concern(lab):
    concern, identity = a_concern(lab), an_identity(lab)
    client = a_client(lab, Role.PROCESS_LEADER)

    assert client.get(url(lab, f"concerns/{concern.public_id}/")).status_code == 404
    assert client.get(url(lab, f"identities/{identity.pseudonym.public_id}/")).status_code == 200
    assert client.get(url(lab, f"identities/{identity.pseudonym.public_id}/open/")).status_code == 404


def test_the_list_shows_nothing_of_what_concerns_say(lab):
    a_concern(lab, worry="She does not sleep there")

    page = a_client(lab, Role.SAFEGUARDING_OFFICER).get(url(lab, "concerns/")).content.decode()

    assert "A concern, raised just now" in page
    assert "She does not sleep there" not in page
    assert not Record.objects.filter(reading=True).exists()


def test_opening_a_concern_leaves_a_line(lab):
    concern = a_concern(lab, worry="She does not sleep there")

    page = a_client(lab, Role.SAFEGUARDING_DEPUTY).get(url(lab, f"concerns/{concern.public_id}/")).content.decode()

    assert "She does not sleep there" in page
    assert len(chain.readings_of(concern)) == 1


def test_a_concern_is_followed_up_through_the_pages(lab):
    concern = a_concern(lab)
    client, here = a_client(lab, Role.SAFEGUARDING_OFFICER), f"concerns/{concern.public_id}/"

    client.post(url(lab, f"{here}take/"), {"form_key": NEXT})
    said = {"kind": "talk", "done": "Talked with her.", "urgency": "2", "next_step": "follow_up", "within": "days"}
    client.post(url(lab, here), said | {"form_key": NEXT + "2"})
    client.post(url(lab, f"{here}close/"), {"form_key": NEXT + "3", "ended": "She has moved."})

    concern.refresh_from_db()
    assert (concern.state, concern.steps.count()) == (Concern.State.CLOSED, 2)
    page = client.get(url(lab, here)).content.decode()
    assert [words in page for words in ("Talked with her.", "She has moved.")] == [True, True]


def test_an_empty_step_is_not_written_down(lab):
    concern = a_concern(lab)

    answer = a_client(lab, Role.SAFEGUARDING_OFFICER).post(url(lab, f"concerns/{concern.public_id}/"), {"form_key": NEXT, "done": " "})

    assert (answer.status_code, concern.steps.count()) == (422, 0)


@pytest.mark.parametrize("role", [Role.ACTOR, Role.MODERATOR, "co_creator"])
def test_any_member_says_that_they_worry(lab, role):
    answer = a_client(lab, role).post(url(lab, "concerns/new/"), {"form_key": NEXT, "worry": "He is afraid."})

    assert (answer.status_code, Concern.objects.count()) == (303, 1)


def test_the_officers_first_page_names_the_concern(lab):
    a_concern(lab)

    officer, leader = (
        a_client(lab, role).get(url(lab, "desk/")).content.decode() for role in (Role.SAFEGUARDING_OFFICER, Role.PROCESS_LEADER)
    )

    assert "1 concern that nobody has taken on" in officer
    assert "concern that nobody" not in leader


def test_an_identity_is_locked_and_stays_shut_for_who_did_not_just_sign_in(lab):
    somebody = a_pseudonym(lab)
    here = f"identities/{somebody.public_id}/"
    a_client(lab, Role.PROCESS_LEADER).post(url(lab, here), {"form_key": NEXT, "who": "Amina A., 070-000 00 00"})
    officer = proved(a_client(lab, Role.SAFEGUARDING_OFFICER), ago=timedelta(minutes=16))
    assert "Amina" not in officer.get(url(lab, here)).content.decode()

    asked = officer.get(url(lab, f"{here}open/"))
    unproved = officer.post(url(lab, f"{here}open/"), {"form_key": NEXT + "3", "reason": "The police asks."})

    assert LockedIdentity.objects.count() == 1
    assert (asked.status_code, unproved.status_code) == (403, 403)
    assert "Amina" not in unproved.content.decode()


def test_who_just_signed_in_opens_the_identity(lab):
    identity = an_identity(lab, who="Amina A.")
    officer = a_client(lab, Role.SAFEGUARDING_OFFICER)

    path = url(lab, f"identities/{identity.pseudonym.public_id}/open/")
    assert officer.post(path, {"form_key": NEXT, "reason": "  "}).status_code == 422
    answer = officer.post(path, {"form_key": NEXT, "reason": "The police asks."})

    assert answer.status_code == 200
    assert "Amina A." in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_representative_is_noted_and_changed(lab):
    somebody = a_pseudonym(lab)
    client = a_client(lab, Role.SAFEGUARDING_OFFICER)
    said = {"type": "god_man", "municipality": "", "valid_from": "2017-01-01", "valid_to": ""}

    client.post(url(lab, f"identities/{somebody.public_id}/representative/"), said | {"form_key": NEXT})
    representative = Representative.objects.get()
    path = url(lab, f"representatives/{representative.public_id}/edit/")
    wrong = client.post(path, said | {"form_key": NEXT + "2", "valid_to": "2016-01-01"})
    client.post(path, said | {"form_key": NEXT + "3", "valid_to": "2018-01-01"})

    representative.refresh_from_db()
    assert wrong.status_code == 422
    assert (representative.pseudonym, str(representative.valid_to)) == (somebody, "2018-01-01")
    assert client.get(url(lab, "representatives/")).status_code == 200


@pytest.mark.parametrize("end", ["concerns/", "identities/", "representatives/"])
def test_lists_cost_the_same_for_one_row_and_for_three(lab, end, django_assert_max_num_queries):
    client = a_client(lab, Role.SAFEGUARDING_OFFICER)
    counts = []
    for _more in range(3):
        a_concern(lab)
        an_identity(lab)
        a_representative(lab)
        with django_assert_max_num_queries(25) as asked:
            assert client.get(url(lab, end)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_who_leads_a_lab_says_how_long_things_are_kept_and_the_officer_sees_it():
    lab = a_lab()
    leader, page = a_client(lab, Role.PROCESS_LEADER), f"/en/labs/{lab.slug}/kept/"
    sent = {name: kind.days for name, kind in KINDS.items()} | {"identities": 400}

    assert leader.post(page, sent | {"form_key": "k" * 24}).status_code == 303

    assert Period.objects.get(lab=lab).days == 400
    seen = a_client(lab, Role.SAFEGUARDING_OFFICER).get(page).content.decode()
    assert "Kept 400 days after the lab has closed." in seen
    assert '<input type="number"' not in seen
    assert a_client(lab, Role.MODERATOR).get(page).status_code == 403


@pytest.mark.parametrize("days", ["0", "3651", "many", ""])
def test_a_period_that_cannot_be_is_said_and_nothing_is_saved(days):
    lab = a_lab()
    sent = {name: str(kind.days) for name, kind in KINDS.items()} | {"identities": days, "form_key": "k" * 24}

    answer = a_client(lab, Role.PROCESS_LEADER).post(f"/en/labs/{lab.slug}/kept/", sent)

    assert answer.status_code == 422
    assert not Period.objects.exists()
