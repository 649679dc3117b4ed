"""In production a code by mail is not enough for what somebody must not be able to do who merely reads another's mail."""

import re
import secrets
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor
from medskapa.ground.ledger.actors import Actor, may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.people.models import Account
from medskapa.ground.people.permissions import needs_second_lock, table
from medskapa.ground.people.roles import Role
from medskapa.ground.people.second_lock import SecondLockMissing
from medskapa.ground.people.tests.makers import an_account, came_in_by_mail, the_app_says, the_code

pytestmark = pytest.mark.django_db

LOCKED = sorted(verb for verb in table() if needs_second_lock(verb))


@pytest.fixture
def production(settings: Any) -> None:
    settings.MEDSKAPA_LOCAL = False


def an_officer() -> tuple[Account, str]:
    """A safeguarding officer who is an account, and the page of concerns."""
    lab = a_lab()
    officer = a_participation(lab, Role.SAFEGUARDING_OFFICER)
    assert officer.account is not None
    return officer.account, f"/en/labs/{lab.slug}/concerns/"


@pytest.mark.parametrize("verb", LOCKED)
def test_a_code_by_mail_is_not_enough_for_a_locked_verb(production, verb):
    lab = a_lab()
    people = [an_actor(lab, role) for role, answer in table()[verb].items() if answer == "yes" and not role.startswith("system:")]
    assert people != []

    for by in people:
        assert may(by, verb, lab)
        with pytest.raises(SecondLockMissing):
            require(by, verb, lab)
        require(replace(by, has_second_lock=True), verb, lab)


def test_tasks_and_tellers_have_no_lock_to_show(production):
    lab = a_lab()

    require(Actor.system("demo", lab.public_id), "story.release", lab)
    assert may(an_actor(lab, "co_creator"), "vote.cast", lab)
    require(an_actor(lab, "co_creator"), "vote.cast", lab)


def test_on_one_s_own_machine_nobody_is_asked():
    lab = a_lab()

    require(an_actor(lab, Role.MODERATOR), "story.read", lab)


def test_where_the_list_of_locked_verbs_cannot_be_read_the_answer_is_no(production):
    lab = a_lab()

    with mock.patch("medskapa.ground.people.second_lock.needs_second_lock", side_effect=KeyError), pytest.raises(NotAllowed):
        require(an_actor(lab, Role.MODERATOR), "lab.see", lab)


def test_whoever_came_in_by_mail_alone_is_led_to_adding_a_lock(production):
    account, page = an_officer()
    client = came_in_by_mail(account)

    refused = client.get(page)

    assert refused.status_code == 403
    assert "This needs a second lock on your account." in refused.content.decode()
    assert "/en/account/lock/?next=" in refused.content.decode()
    assert client.get("/en/account/lock/")["Location"] == "/en/account/second/"


def test_whoever_has_added_an_app_goes_on_at_once(production):
    account, page = an_officer()
    client = came_in_by_mail(account)
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", client.get("/en/account/second/app/").content.decode()).group(1)

    with mock.patch("django.db.transaction.on_commit", side_effect=lambda done: done()):  # as outside a test
        client.post("/en/account/second/app/", {"code": the_app_says(secret)})

    assert client.get(page).status_code == 200


def test_a_session_from_before_the_lock_shows_it_once_and_goes_on(production):
    account, page = an_officer()
    client = came_in_by_mail(account)
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    assert client.get(page).status_code == 403

    asked = client.get(client.get(client.get(f"/en/account/lock/?next={page}")["Location"])["Location"])
    shown = client.post("/en/account/again/code/", {"code": the_app_says(secret), "next": page})

    assert "The code from your app" in asked.content.decode()
    assert shown["Location"] == page
    assert client.get(page).status_code == 200


def test_without_a_lock_one_shows_anew_who_one_is_by_signing_in_again():
    account = an_account()
    client = came_in_by_mail(account)
    with mock.patch("medskapa.ground.people.adapter.FRESH", -1):
        sent_on = client.get("/en/account/second/app/")["Location"]
    assert sent_on == "/en/account/again/?next=%2Fen%2Faccount%2Fsecond%2Fapp%2F"

    asked = client.get(sent_on)
    signing_in = client.post(sent_on)["Location"]
    client.post(signing_in, {"login": account.email, "next": "/en/account/second/app/"})
    back = client.post("/en/sign-in/code/confirm/", {"code": the_code(), "next": "/en/account/second/app/"})

    assert "We send a new code to your mail" in asked.content.decode()
    assert back["Location"] == "/en/account/second/app/"
    assert client.get(back["Location"]).status_code == 200


def test_showing_anew_leads_nowhere_else():
    client = came_in_by_mail(an_account())

    assert client.post("/en/account/again/?next=https://elsewhere.example/")["Location"] == "/en/sign-in/"


def test_recovery_codes_alone_are_no_lock(production):
    account, page = an_officer()
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data={"seed": secrets.token_hex(8), "used_mask": 0})

    assert came_in_by_mail(account).get(page).status_code == 403
