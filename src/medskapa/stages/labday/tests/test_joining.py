"""Joining a gathering: six digits on the wall, a code of one's own, and the same one weeks later."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from medskapa.ground.labs.actions import close_lab, new_pseudonym
from medskapa.ground.labs.codes import check_digit
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Spent
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.stages.labday.actions import close_door, open_door
from medskapa.stages.labday.doors import FREE
from medskapa.stages.labday.models import Door
from medskapa.stages.labday.tests.makers import a_day, a_door, a_seat, a_table
from medskapa.stages.listening.models import Story, Vote
from medskapa.stages.listening.tests.makers import a_statement

pytestmark = pytest.mark.django_db
JOIN = "/en/join/"
CODE = re.compile(r"<span>(\d{3}) (\d{3})</span>")
_keys = count(1)


@pytest.fixture
def lab() -> Lab:
    return a_lab(languages=["sv", "ar", "ti"])


@pytest.fixture
def door(lab: Lab) -> Door:
    return a_door(a_day(lab, name="The day of the thread"))


def somebody(lab: Lab) -> tuple[Pseudonym, str]:
    """Somebody who was here before, and their code."""
    return new_pseudonym(lab, language="sv", by=Actor.public(lab.public_id))


def typed(client: Client, digits: str, **more):
    return client.post(JOIN, {"digits": digits}, **more)


def come_in(client: Client, door: Door, *, key: str = "", language: str = "en", **said):
    said = {"as": "new", "age_band": "13_15", "form_key": key or f"key-of-a-joining-{next(_keys):08}", **said}
    return client.post(f"/{language}/join/?digits={door.digits}", said)


def code_in(answer) -> str:
    return "".join(part for pair in CODE.findall(answer.content.decode()) for part in pair)


def inside(door: Door, language: str = "en") -> str:
    return f"/{language}/labs/{door.lab.slug}/day/{door.gathering.public_id}/in/"


def a_typo_of(digits: str) -> str:
    return digits[:-1] + str((int(digits[-1]) + 1) % 10)


def a_guess(digits: str) -> str:
    """Six digits without a typo that open nothing."""
    other = f"{(int(digits[:5]) + 1) % 100_000:05}"
    return other + check_digit(other)


def test_six_digits_lead_in_and_give_a_code_that_is_found_again_weeks_later(door):
    phone = Client()

    asked = typed(phone, door.digits)
    before = phone.get(asked.headers["Location"]).content.decode()
    answer = come_in(phone, door)

    teller = Pseudonym.objects.get()
    assert "The day of the thread" in before
    assert (teller.lab, teller.age_band, teller.language) == (door.lab, "13_15", "en")
    assert answer.headers["Cache-Control"].count("no-store") == 1
    assert inside(door) in answer.content.decode()
    with at(now() + timedelta(weeks=3)):
        back = Client()
        assert back.post("/en/return/", {"code": code_in(answer)}).status_code == 303
        assert back.get("/en/return/mine/").status_code == 200


def test_whoever_has_joined_is_in_as_this_pseudonym_and_answers_what_is_asked_there(door):
    statement = a_statement(door.lab)
    phone = Client()
    come_in(phone, door)

    page = phone.get(inside(door)).content.decode()
    vote = reverse("listening:vote", kwargs={"lab": door.lab.slug, "conversation": statement.conversation.public_id})
    answered = phone.post(vote, {"form_key": "key-of-a-vote-0123456789", "statement": statement.public_id, "value": "1"})

    assert vote in page
    assert door.gathering.get_absolute_url() in page
    assert phone.get(door.gathering.get_absolute_url()).status_code == 200
    assert answered.status_code == 303
    assert Vote.objects.get().pseudonym == Pseudonym.objects.get()


def test_joining_tells_no_story_and_notes_nowhere_who_came(door):
    come_in(Client(), door)

    assert not Story.objects.exists()
    rows = [rows for rows in Pseudonym._meta.related_objects if rows.related_model.objects.exists()]
    assert [rows.related_model.__name__ for rows in rows] == ["PseudonymSession"]


def test_who_comes_with_the_code_from_before_stays_one_person(door):
    teller, code = somebody(door.lab)
    phone = Client()

    answer = come_in(phone, door, **{"as": "known", "code": f"{code[:9]} {code[9:]}"})

    assert (answer.status_code, answer.headers["Location"]) == (303, inside(door))
    assert phone.get(inside(door)).status_code == 200
    assert list(Pseudonym.objects.all()) == [teller]


def test_a_browser_that_is_in_already_gets_no_second_pseudonym(door):
    phone = Client()
    come_in(phone, door)

    page = phone.get(f"{JOIN}?digits={door.digits}").content.decode()
    again = come_in(phone, door)

    assert "This phone is in already, with your code." in page
    assert (again.status_code, again.headers["Location"]) == (303, inside(door))
    assert Pseudonym.objects.count() == 1


def test_somebody_else_with_the_same_phone_becomes_somebody_else(door):
    phone = Client()
    come_in(phone, door)

    left = come_in(phone, door, **{"as": "other"})
    first = phone.get(inside(door))
    come_in(phone, door)

    assert left.headers["Location"] == f"{JOIN}?digits={door.digits}"
    assert first.status_code == 302
    assert Pseudonym.objects.count() == 2


def test_somebody_else_with_the_same_phone_neither_reads_nor_sends_what_the_one_before_wrote(door):
    phone = Client()
    come_in(phone, door)

    assert come_in(phone, door, **{"as": "other"}).headers["Clear-Site-Data"] == '"cache", "storage"'


def test_somebody_else_with_a_phone_on_which_others_told_leaves_what_waits_there(door):
    phone = Client()
    come_in(phone, door)

    assert come_in(phone, door, **{"as": "other", "keep": "1"}).headers["Clear-Site-Data"] == '"cache"'
    assert phone.get(inside(door)).status_code == 302


def test_sent_twice_it_is_one_person_with_one_code(door):
    phone = Client()

    first, second = (come_in(phone, door, key="key-of-a-joining-twice-sent") for _time in range(2))

    assert code_in(first) == code_in(second) != ""
    assert Pseudonym.objects.count() == 1


def test_the_answer_comes_again_even_when_the_door_has_closed_in_between(door):
    first = come_in(Client(), door, key="key-of-a-joining-twice-sent")
    close_door(door, by=an_actor(door.lab, Role.FACILITATOR))

    assert code_in(come_in(Client(), door, key="key-of-a-joining-twice-sent")) == code_in(first)


def test_ninety_people_behind_one_address_who_mistype_and_join_and_answer_within_two_minutes_are_never_refused(door, monkeypatch):
    monkeypatch.setattr("medskapa.ground.labs.actions.codes.hash_code", lambda code: f"hash of {code}")
    statement = a_statement(door.lab)
    vote = reverse("listening:vote", kwargs={"lab": door.lab.slug, "conversation": statement.conversation.public_id})
    moment, statuses = now(), []

    for person in range(90):
        phone = Client(REMOTE_ADDR="10.0.0.1")
        with at(moment + timedelta(seconds=person * 4 / 3)):
            said = {"form_key": f"key-of-the-vote-of-{person:04}", "statement": statement.public_id, "value": "1"}
            statuses += [typed(phone, a_typo_of(door.digits)).status_code, typed(phone, door.digits).status_code]
            statuses += [come_in(phone, door).status_code, phone.post(vote, said).status_code]

    assert statuses == [422, 302, 200, 303] * 90
    assert (Pseudonym.objects.count(), Vote.objects.count()) == (90, 90)


def test_two_hundred_wrong_digits_from_a_hall_keep_nobody_there_out(door):
    _teller, code = somebody(door.lab)
    phone = Client()

    wrong = [typed(phone, a_guess(door.digits)).status_code for _time in range(FREE)]

    assert wrong == [422] * 200
    assert [typed(phone, door.digits).status_code, come_in(phone, door).status_code] == [302, 200]
    assert phone.post("/en/return/", {"code": code}).status_code == 303


@pytest.mark.parametrize("way", [typed, lambda phone, digits: phone.get(f"{JOIN}?digits={digits}")])
def test_who_goes_on_guessing_may_be_wrong_once_a_minute_and_right_digits_cost_the_hall_nothing(door, way, monkeypatch):
    monkeypatch.setattr("medskapa.stages.labday.doors.FREE", 3)
    phone, moment = Client(), now()

    with at(moment):
        statuses = [way(phone, a_guess(door.digits)).status_code for _time in range(5)]
        others = typed(phone, door.digits, REMOTE_ADDR="10.9.8.7").status_code
    with at(moment + timedelta(seconds=61)):
        joined = [(typed(Client(), door.digits).status_code, come_in(Client(), door).status_code) for _person in range(3)]

    assert statuses == [422] * 4 + [429]
    assert others == 302
    assert joined == [(302, 200)] * 3


def test_the_digits_are_taken_in_any_script_and_with_blanks(door):
    for script in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "0123456789"):
        digits = door.digits.translate(str.maketrans("0123456789", script))
        assert typed(Client(), f" {digits[:3]} {digits[3:]} ").status_code == 302


@pytest.mark.parametrize("wrong", ["", "12", "abcdef", "12345678901234567890", "<b>482913</b>"])
def test_what_are_no_six_digits_gets_one_line_and_counts_as_no_guess(door, wrong):
    answer = typed(Client(), wrong)

    assert answer.status_code == 422
    assert "One thing to put right" in answer.content.decode()
    assert not Spent.objects.exists()


def test_who_types_their_own_code_first_is_told_what_to_type_and_it_stands_in_no_address(door):
    _teller, code = somebody(door.lab)

    answer = typed(Client(), code)

    assert answer.status_code == 422
    assert "That is your own code. Type the six digits of the gathering first." in answer.content.decode()


def test_a_code_from_another_lab_makes_nobody_one_of_this_lab(door):
    _teller, code = somebody(a_lab())
    phone = Client()

    answer = come_in(phone, door, **{"as": "known", "code": code})

    assert answer.status_code == 422
    assert "That code belongs to another lab." in answer.content.decode()
    assert phone.get(inside(door)).status_code == 302


def test_who_is_in_at_another_lab_becomes_somebody_else_here(door):
    elsewhere = a_pseudonym(a_lab())
    phone = client_of(elsewhere)

    come_in(phone, door)

    assert phone.get(inside(door)).status_code == 200
    assert Pseudonym.objects.exclude(pk=elsewhere.pk).get().lab == door.lab


def test_the_digits_open_nothing_when_the_gathering_has_ended_or_is_closed_or_its_lab(lab):
    ended, closed, shut = (a_door(a_day(one)) for one in (lab, lab, a_lab()))
    close_door(closed, by=an_actor(lab, Role.FACILITATOR))
    close_lab(shut.lab, by=an_actor(shut.lab, Role.PROCESS_LEADER))

    with at(ended.gathering.ends_at):
        assert [typed(Client(), door.digits).status_code for door in (ended, closed, shut)] == [422, 422, 422]
    assert come_in(Client(), closed).status_code == 422
    assert not Pseudonym.objects.exists()
    assert not Spent.objects.exists()


def test_closed_and_opened_again_a_gathering_has_other_digits_and_opened_twice_the_same(lab):
    day, leader = a_day(lab), an_actor(lab, Role.PROCESS_LEADER)

    first = open_door(day, by=leader)
    same = open_door(day, by=leader)
    close_door(first, by=leader)
    other = open_door(day, by=leader)

    assert same.digits == first.digits
    assert other.pk != first.pk


def test_only_who_leads_lets_people_join_and_only_while_it_can_be_joined(lab):
    day = a_day(lab)

    for role in (Role.MODERATOR, "co_creator"):
        with pytest.raises(NotAllowed):
            open_door(day, by=an_actor(lab, role))
    with at(day.ends_at), pytest.raises(WrongState):
        open_door(day, by=an_actor(lab, Role.FACILITATOR))


def test_the_page_for_the_wall_opens_shows_and_closes_the_door(lab):
    day, client = a_day(lab), a_client(lab, "facilitator")
    page = reverse("labday:door", kwargs={"lab": lab.slug, "day": day.public_id})
    assert page in client.get(day.get_absolute_url()).content.decode()

    client.post(f"{page}open/", {"form_key": "key-of-a-door-opened-01"})
    door = Door.objects.get()
    shown = client.get(page).content.decode()
    client.post(f"{page}close/", {"form_key": "key-of-a-door-closed-01"})

    assert f"{door.digits[:3]} {door.digits[3:]}" in shown
    assert "testserver/join" in shown
    assert 'lang="ti"' in shown
    assert "qr" in shown
    assert door.digits[:3] + " " + door.digits[3:] not in client.get(page).content.decode()
    assert typed(Client(), door.digits).status_code == 422


@pytest.mark.parametrize("language", ["sv", "en", "ar", "prs", "so", "ti", "ps", "ckb"])
def test_joining_is_in_every_language_of_tellers_from_the_digits_to_the_page_inside(door, language):
    phone = Client()
    Lab.objects.update(languages=[language])

    pages = [phone.get(f"/{language}/join/"), phone.get(f"/{language}/join/?digits={door.digits}"), come_in(phone, door, language=language)]
    pages.append(phone.get(inside(door, language)))

    assert [(page.status_code, f'<html lang="{language}"' in page.content.decode()) for page in pages] == [(200, True)] * 4
    assert Pseudonym.objects.get().language == language


def test_the_square_on_the_wall_opens_the_page_in_a_language_that_the_phone_knows(door):
    answer = Client().get(f"/join/?digits={door.digits}", headers={"accept-language": "ti"})

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/join/?digits={door.digits}")


def test_who_has_a_seat_reads_where_it_is(door):
    teller = a_pseudonym(door.lab)
    a_seat(a_table(door.gathering, number=4), person=teller)

    assert "You sit at table 4" in client_of(teller).get(inside(door)).content.decode()


def test_what_is_inside_is_for_those_with_a_code_of_this_lab(door):
    stranger = client_of(a_pseudonym(a_lab()))

    assert Client().get(inside(door)).status_code == 302
    assert stranger.get(inside(door)).status_code == 403


def test_joining_costs_few_queries(door):
    phone = Client()

    for address in (f"{JOIN}?digits={door.digits}", inside(door)):
        with CaptureQueriesContext(connection) as asked:
            phone.get(address)
        assert len(asked) <= 25
        come_in(phone, door)
