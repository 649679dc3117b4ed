"""In production a lab opens only after its officer has opened a test mail of the alarm."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from medskapa.ground.labs.actions import close_lab, open_lab
from medskapa.ground.labs.errors import NotReady
from medskapa.ground.labs.models import Lab, RoleGiven
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding import rehearsing
from medskapa.ground.safeguarding.errors import RehearsalOver
from medskapa.ground.safeguarding.models import Rehearsal
from medskapa.ground.safeguarding.rehearsing import mail_itself, not_rehearsed, note_arrival, rehearse_alarm

pytestmark = pytest.mark.django_db
SITE = "https://lab.example.org/"
READ = ("sv", "en")  # languages for which nobody has to answer by name


@pytest.fixture
def production(settings):
    settings.MEDSKAPA_LOCAL = False


@pytest.fixture
def lab() -> Lab:
    return a_lab(state=Lab.State.SETTING_UP, opened_at=None, language="en", languages=[*READ], name="Next step")


def leader(lab):
    return an_actor(lab, Role.PROCESS_LEADER)


def the_officer(lab):
    return RoleGiven.objects.get(lab=lab, role=Role.SAFEGUARDING_OFFICER).participation


def sent(lab, mailoutbox, at_once):
    """The link in the test mail that a leader sends."""
    with at_once(execute=True):
        rehearse_alarm(lab, site=SITE, by=leader(lab))
    return re.search(r"https://lab\.example\.org(\S+)", mailoutbox[-1].body).group(1)


def test_a_lab_in_production_does_not_open_before_its_officer_has_opened_a_test_mail(production, lab):
    with pytest.raises(NotReady) as refused:
        open_lab(lab, by=leader(lab))

    assert [str(reason) for reason in refused.value.reasons] == ["The safeguarding officer has not opened a test mail of the alarm yet."]


def test_the_link_in_the_mail_lets_the_lab_open_and_its_opening_is_noted(production, lab, mailoutbox, django_capture_on_commit_callbacks):
    link = sent(lab, mailoutbox, django_capture_on_commit_callbacks)
    assert [mail.to for mail in mailoutbox] == [[the_officer(lab).account.email]]

    answer = Client().post(link)

    assert "Next step knows now that its alarm reaches you." in re.sub(r"<[^>]+>|[\u2068\u2069]", "", answer.content.decode())
    assert list(Record.objects.filter(chain=lab.public_id, verb__startswith="alarm.").order_by("pk").values_list("verb", flat=True)) == [
        *("alarm.rehearse", "alarm.send", "alarm.arrive")
    ]
    open_lab(lab, by=leader(lab))
    assert lab.state == Lab.State.OPEN


def test_a_program_that_looks_at_the_links_of_a_mail_opens_nothing(production, lab, mailoutbox, django_capture_on_commit_callbacks):
    link = sent(lab, mailoutbox, django_capture_on_commit_callbacks)

    assert "Yes, the mail reached me" in Client().get(link).content.decode()

    assert Rehearsal.objects.get().opened_at is None
    assert not_rehearsed(lab) != []


def test_the_link_works_once_and_for_seven_days(lab, mailoutbox, django_capture_on_commit_callbacks):
    first, second = (sent(lab, mailoutbox, django_capture_on_commit_callbacks) for _time in range(2))
    assert Client().post(first).status_code == 200
    Rehearsal.objects.filter(opened_at__isnull=True).update(at=now() - timedelta(days=8))

    assert [Client().post(link).status_code for link in (first, second, "/en/alarm/never/")] == [410, 410, 410]
    with pytest.raises(RehearsalOver):
        note_arrival(Rehearsal.objects.earliest("pk"), by=mail_itself(lab))


def test_a_mail_that_did_not_go_out_says_so_and_opens_no_lab(production, lab, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(rehearsing, "mailed", lambda *_what: False)
    client, here = a_client(lab, Role.PROCESS_LEADER), f"/en/labs/{lab.slug}/alarm/"

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(here, {"form_key": "k" * 24}).status_code == 303

    assert "the mail did not go out" in client.get(here).content.decode()
    assert not_rehearsed(lab) != []


def test_what_an_officer_opened_who_left_since_does_not_count(production, lab, mailoutbox, django_capture_on_commit_callbacks):
    Client().post(sent(lab, mailoutbox, django_capture_on_commit_callbacks))
    assert not_rehearsed(lab) == []

    RoleGiven.objects.filter(participation=the_officer(lab)).update(valid_to=now())
    a_participation(lab, Role.SAFEGUARDING_OFFICER)

    assert not_rehearsed(lab) != []


def test_the_page_that_opens_a_lab_has_the_button_once_all_else_is_there(production, lab):
    client, here = a_client(lab, Role.PROCESS_LEADER), f"/en/labs/{lab.slug}/set-up/open/"
    page = client.get(here).content.decode()
    assert "has not opened a test mail of the alarm yet." in page
    assert f'action="/en/labs/{lab.slug}/alarm/"' in page

    lab.help_contacts.all().delete()

    assert "test mail" not in client.get(here).content.decode()


def test_a_lab_that_was_open_before_opens_again_only_with_a_test_mail(production):
    lab = a_lab(languages=[*READ])

    close_lab(lab, by=leader(lab))
    with pytest.raises(NotReady) as refused:
        open_lab(lab, by=leader(lab))

    assert list(refused.value.reasons) == [missing.text for missing in not_rehearsed(lab)] != []


def test_in_local_mode_and_in_a_demo_nobody_asks_for_a_test_mail(settings, lab):
    assert not_rehearsed(lab) == []

    settings.MEDSKAPA_LOCAL = False
    assert not_rehearsed(a_lab(is_demo=True)) == []
    assert not_rehearsed(lab) != []


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.CO_CREATOR, "public"])
def test_nobody_else_sends_a_test_mail(lab, role):
    with pytest.raises(NotAllowed):
        rehearse_alarm(lab, site=SITE, by=an_actor(lab, role))
