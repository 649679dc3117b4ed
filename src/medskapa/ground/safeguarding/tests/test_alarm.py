"""A concern reaches somebody the same day: a mail without content, to the next in line each two hours, until it is taken on."""

from datetime import timedelta
from random import Random
from smtplib import SMTPException

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from medskapa.ground.labs.models import RoleGiven
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor, just_proved
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people import mail
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.alarm import ring_for_waiting
from medskapa.ground.safeguarding.clocks import PATIENCE
from medskapa.ground.safeguarding.following import take_concern
from medskapa.ground.safeguarding.models import Alarm, Concern
from medskapa.ground.safeguarding.tests.makers import a_concern

pytestmark = pytest.mark.django_db
WORRY = "She does not sleep where she lives."


def the_officer(lab):
    return RoleGiven.objects.get(lab=lab, role=Role.SAFEGUARDING_OFFICER).participation


def waited(concern, hours):
    Concern.objects.filter(pk=concern.pk).update(raised_at=now() - timedelta(hours=hours, minutes=1))


def told(mailoutbox):
    return [mail.to[0] for mail in mailoutbox]


def test_the_officer_gets_a_mail_at_once_and_nobody_else_does(mailoutbox):
    lab = a_lab(language="en", name="Next step")
    a_participation(lab, Role.SAFEGUARDING_DEPUTY)
    a_concern(lab, WORRY)

    ring_for_waiting()
    ring_for_waiting()

    assert told(mailoutbox) == [the_officer(lab).account.email]
    assert WORRY not in mailoutbox[0].body + mailoutbox[0].subject
    assert "Next step" in mailoutbox[0].subject


def test_after_two_hours_the_deputy_then_the_process_leader_then_all_of_them(mailoutbox):
    lab = a_lab()
    line = [the_officer(lab), a_participation(lab, Role.SAFEGUARDING_DEPUTY), a_participation(lab, Role.PROCESS_LEADER)]
    concern = a_concern(lab)
    for hours in (0, 2, 4, 6):
        waited(concern, hours)
        ring_for_waiting()

    assert told(mailoutbox) == [who.account.email for who in (*line, *line)]


def test_once_it_is_taken_on_nobody_is_told_any_more(mailoutbox):
    lab = a_lab()
    a_participation(lab, Role.SAFEGUARDING_DEPUTY)
    concern = a_concern(lab)
    take_concern(concern, by=an_actor(lab, Role.SAFEGUARDING_OFFICER))
    waited(concern, 20)

    assert ring_for_waiting() == 0
    assert mailoutbox == []


def test_a_post_that_nobody_holds_is_passed_over_at_once(mailoutbox):
    lab = a_lab()
    leader = a_participation(lab, Role.PROCESS_LEADER)
    RoleGiven.objects.filter(lab=lab, role=Role.SAFEGUARDING_OFFICER).update(valid_to=now() - timedelta(days=1))
    a_concern(lab)

    ring_for_waiting()

    assert told(mailoutbox) == [leader.account.email]


def test_a_mail_that_does_not_go_out_is_noted_and_the_next_in_line_is_told_all_the_same(mailoutbox, monkeypatch):
    lab = a_lab()
    officer, deputy = the_officer(lab), a_participation(lab, Role.SAFEGUARDING_DEPUTY)
    concern = a_concern(lab)
    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", lambda _mail: (_ for _ in ()).throw(SMTPException("down")))
        ring_for_waiting()
    waited(concern, 2)
    ring_for_waiting()

    assert list(Alarm.objects.order_by("at").values_list("to", "was_sent")) == [(officer.pk, False), (deputy.pk, True)]
    assert told(mailoutbox) == [deputy.account.email]


def test_each_mail_stands_in_the_chain_and_on_the_officer_s_page(mailoutbox):
    lab = a_lab()
    officer = the_officer(lab)
    concern = a_concern(lab)
    ring_for_waiting()

    page = a_client(lab, Role.SAFEGUARDING_OFFICER).get(concern.get_absolute_url()).content.decode()

    assert "Who was told" in page
    assert officer.name in page
    assert Record.objects.filter(chain=lab.public_id, verb="concern.ring", actor="system:clock").count() == 1


def test_a_demo_has_nobody_to_tell(mailoutbox):
    a_concern(a_lab(is_demo=True))

    assert ring_for_waiting() == 0


def test_without_anybody_to_tell_nothing_is_noted_either(mailoutbox):
    lab = a_lab()
    RoleGiven.objects.filter(lab=lab).delete()
    a_concern(lab)

    assert ring_for_waiting() == 0
    assert not Record.objects.filter(chain=lab.public_id, verb="concern.ring").exists()


def test_nothing_is_held_up_while_the_mail_server_takes_its_time(monkeypatch):
    open_then = []
    monkeypatch.setattr(mail.EmailMessage, "send", lambda _mail: open_then.append(list(connection.savepoint_ids)) or 1)
    a_concern(a_lab())

    assert ring_for_waiting() == 1
    assert open_then == [[]]


@pytest.mark.parametrize("fails", [1, 2])
def test_two_workers_at_the_same_round_note_each_mail_once_and_that_it_went_out(monkeypatch, fails):
    """The mail server is so slow that another worker begins the round meanwhile; one of the two mails goes out."""
    tries = []

    def send_slowly(_mail):
        tries.append(None)
        mine = len(tries)
        if mine == 1:
            ring_for_waiting()
        if mine == fails:
            raise SMTPException("down")
        return 1

    monkeypatch.setattr(mail.EmailMessage, "send", send_slowly)
    lab = a_lab()
    concern = a_concern(lab)

    ring_for_waiting()

    assert len(tries) == 2
    assert list(concern.alarms.values_list("to", "round", "was_sent")) == [(the_officer(lab).pk, 0, True)]


def hours_until_somebody_answers(chance):
    """A concern comes; the officer or the deputy answers half an hour after their first mail, and the clock stands still for some hours."""
    lab = a_lab()
    a_participation(lab, Role.PROCESS_LEADER)
    who = chance.choice([the_officer(lab), a_participation(lab, Role.SAFEGUARDING_DEPUTY)])
    concern, still = a_concern(lab), range(begin := chance.randrange(6), begin + chance.randrange(7))
    raised = concern.raised_at
    for minute in range(0, 24 * 60, 10):
        with at(raised + timedelta(minutes=minute)):
            if minute // 60 not in still:
                ring_for_waiting()
            mails = concern.alarms.filter(to=who).order_by("at")
            if mails and mails[0].at <= now() - timedelta(minutes=30):
                take_concern(concern, by=just_proved(who))
                return minute / 60
    return 24


def test_somebody_answers_the_same_day_though_nobody_else_in_line_does_and_the_clock_stands_still():
    chance = Random(29)

    assert max(hours_until_somebody_answers(chance) for _run in range(5)) < 12


class Always(TestCase):
    """However long the clock stood still, and whoever holds a post, all whose turn it was are told as soon as it runs, each once."""

    @given(hours=st.integers(0, 400), has_deputy=st.booleans(), has_leader=st.booleans())
    def test_all_rounds_that_are_due_are_made_up_for(self, hours, has_deputy, has_leader):
        lab = a_lab()
        line = [the_officer(lab)]
        for is_there, role in ((has_deputy, Role.SAFEGUARDING_DEPUTY), (has_leader, Role.PROCESS_LEADER)):
            line += [a_participation(lab, role)] if is_there else []
        concern = a_concern(lab)
        waited(concern, hours)

        assert ring_for_waiting() == min(1 + hours // 2, len(line))

        assert list(concern.alarms.order_by("pk").values_list("to", "round")) == [(who.pk, hours // 2) for who in line[: 1 + hours // 2]]
        assert ring_for_waiting() == 0
        waited(concern, hours + 2)
        assert ring_for_waiting() > 0
        assert timedelta(hours=24) > PATIENCE * 3
