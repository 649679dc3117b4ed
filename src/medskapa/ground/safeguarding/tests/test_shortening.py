"""Letting things go earlier than was promised takes two people."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse

from medskapa.ground.labs.models import RoleGiven
from medskapa.ground.labs.queries import account_of
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor, client_of, just_proved
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.models import Account
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.errors import OwnShortening
from medskapa.ground.safeguarding.models import Shortening
from medskapa.ground.safeguarding.retention import KINDS, periods_of
from medskapa.ground.safeguarding.shortening import refuse_shortening, second_shortening, set_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return a_lab()


def asked(lab, days=90, by=None):
    return set_period(lab, kind="stories", days=days, by=by or an_actor(lab, Role.PROCESS_LEADER))


def page_of(lab):
    return reverse("safeguarding:kept", kwargs={"lab": lab.slug})


def answer(shortening, verb):
    return reverse(f"safeguarding:{verb}_shortening", kwargs={"lab": shortening.lab.slug, "shortening": shortening.public_id})


def test_a_shorter_time_counts_once_somebody_else_has_said_yes(lab):
    shortening = asked(lab)
    before = periods_of(lab)["stories"]

    second_shortening(shortening, by=an_actor(lab, Role.SAFEGUARDING_OFFICER))

    assert (before, periods_of(lab)["stories"]) == (730, 90)
    assert not Shortening.objects.exists()
    assert {"retention.set", "retention.second"} <= set(Record.objects.values_list("verb", flat=True))


def test_a_longer_time_takes_one_person_and_counts_at_once(lab):
    asked(lab)

    set_period(lab, kind="stories", days=800, by=an_actor(lab, Role.PROCESS_LEADER))

    assert periods_of(lab)["stories"] == 800
    assert not Shortening.objects.exists()


def test_nobody_is_their_own_second_person_whatever_role_they_have(lab):
    both = a_participation(lab, Role.PROCESS_LEADER, Role.SAFEGUARDING_OFFICER)
    shortening = asked(lab, by=just_proved(both))

    with pytest.raises(OwnShortening):
        second_shortening(shortening, by=just_proved(both))

    assert periods_of(lab)["stories"] == 730


def test_an_operator_who_has_let_themselves_into_the_lab_since_is_still_the_same_person(lab):
    operator = an_actor(lab, "operator")
    shortening = asked(lab, by=operator)
    inside = a_participation(lab, Role.PROCESS_LEADER, account=account_of(operator))

    with pytest.raises(OwnShortening):
        second_shortening(shortening, by=just_proved(inside))


def test_a_yes_is_for_what_was_asked_and_not_for_what_is_asked_since(lab):
    first = asked(lab, days=400)
    asked(lab, days=1)

    with pytest.raises(WrongState):
        second_shortening(first, by=an_actor(lab, Role.SAFEGUARDING_OFFICER))

    assert periods_of(lab)["stories"] == 730


def test_one_no_is_enough_and_nothing_changes(lab):
    refuse_shortening(asked(lab), by=an_actor(lab, Role.SAFEGUARDING_DEPUTY))

    assert periods_of(lab)["stories"] == 730
    assert not Shortening.objects.exists()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.FACILITATOR, Role.INTERPRETER])
def test_who_has_no_say_in_it_says_neither_yes_nor_no(lab, role):
    shortening = asked(lab)

    for answered in (second_shortening, refuse_shortening):
        with pytest.raises(NotAllowed):
            answered(shortening, by=an_actor(lab, role))


def test_the_page_asks_the_second_person_and_says_what_would_go(lab):
    leader = a_participation(lab, Role.PROCESS_LEADER, name="Vera Holm")
    officer = a_participation(lab, Role.SAFEGUARDING_OFFICER, name="Omid Karimi")
    sent = {name: kind.days for name, kind in KINDS.items()} | {"stories": 90, "form_key": "k" * 24}

    client = client_of(leader)
    client.post(page_of(lab), sent)
    shortening = Shortening.objects.get()
    mine = client.get(page_of(lab)).content.decode()
    theirs = client_of(officer).get(page_of(lab)).content.decode()

    assert "waits for a second person to say yes" in mine
    assert ("Omid Karimi" in mine, answer(shortening, "second") in mine, answer(shortening, "refuse") in mine) == (True, False, True)
    assert (answer(shortening, "second") in theirs, "Nothing would go at once." in theirs) == (True, True)
    client_of(officer).post(answer(shortening, "second"), {"form_key": "s" * 24})
    assert periods_of(lab)["stories"] == 90


@pytest.mark.parametrize(("sent_from", "leads_to"), [("{page}", "{page}"), ("https://evil.example/", "/"), ("", "/")])
def test_a_second_person_who_has_to_show_who_they_are_comes_back_to_what_they_were_asked(lab, sent_from, leads_to):
    shortening = asked(lab)
    client = client_of(a_participation(lab, Role.SAFEGUARDING_OFFICER))
    page = f"http://testserver{page_of(lab)}"
    headers = {"Referer": sent_from.format(page=page)}

    with at(now() + timedelta(minutes=16)):
        refused = client.post(answer(shortening, "second"), {"form_key": "s" * 24}, headers=headers)

    [way] = re.findall(r'href="[^"]*[?]next=([^"]*)"', refused.content.decode())
    assert (refused.status_code, unquote(way)) == (403, leads_to.format(page=page))


def test_who_is_alone_reads_that_it_waits_until_there_is_somebody_else(lab):
    leader = a_participation(lab, Role.PROCESS_LEADER)
    asked(lab, by=just_proved(leader))
    RoleGiven.objects.exclude(participation=leader).delete()
    gone = a_participation(lab, Role.PROCESS_LEADER)
    Account.objects.filter(pk=gone.account_id).update(is_active=False)

    assert "Nobody else in this lab may say yes to it yet" in client_of(leader).get(page_of(lab)).content.decode()


def test_the_second_person_finds_it_among_what_they_have_to_do(lab):
    leader = a_participation(lab, Role.PROCESS_LEADER)
    asked(lab, by=just_proved(leader))
    waits = "A shorter time of keeping waits for a second person"
    desk = reverse("labs:desk", kwargs={"lab": lab.slug})

    found = [waits in client.get(desk).content.decode() for client in (client_of(leader), a_client(lab, Role.SAFEGUARDING_OFFICER))]

    assert found == [False, True]


def test_the_page_costs_no_more_for_every_kind_than_for_one(lab, django_assert_max_num_queries):
    client, leader = a_client(lab, Role.SAFEGUARDING_OFFICER), an_actor(lab, Role.PROCESS_LEADER)
    counts = []
    for kinds in (list(KINDS)[:1], list(KINDS)):
        for kind in kinds:
            set_period(lab, kind=kind, days=2, by=leader)
        with django_assert_max_num_queries(25) as asked_of_store:
            assert client.get(page_of(lab)).status_code == 200
        counts.append(len(asked_of_store))

    assert counts[0] == counts[1]
