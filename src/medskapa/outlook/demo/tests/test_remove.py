"""Removing the demo leaves nothing of it, and touches nothing else."""

from datetime import date

import pytest
from django.db import connection

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation
from medskapa.ground.ledger import chain
from medskapa.ground.ledger.models import Record
from medskapa.ground.people.models import Account, Organisation, Unit
from medskapa.ground.people.roles import Role
from medskapa.ground.places.models import Municipality
from medskapa.outlook.demo.load import load_demo
from medskapa.outlook.demo.remove import NoDemo, remove_demo
from medskapa.outlook.demo.tests.snapshots import everything_of, row_counts
from medskapa.stages.listening.tests.makers import a_story

pytestmark = pytest.mark.django_db
KEPT = {"ledger.Record", "ledger.Chain"}  # the installation's own




def test_without_a_demo_there_is_nothing_to_remove():
    with pytest.raises(NoDemo):
        remove_demo()


def test_nothing_of_it_is_left_but_the_installation_s_chain():
    before = row_counts()

    load_demo()
    remove_demo()

    connection.check_constraints()
    assert {label: number for label, number in row_counts().items() if label not in KEPT} == {
        label: number for label, number in before.items() if label not in KEPT
    }
    assert set(Record.objects.values_list("chain", flat=True)) == {"installation"}
    assert Record.objects.filter(verb="demo.remove").count() == 1
    assert chain.verify_kept().finding is None


def test_it_can_be_loaded_again():
    lab = load_demo()
    remove_demo()

    assert load_demo().public_id == lab.public_id


def test_a_lab_of_one_s_own_is_not_touched():
    own = a_lab(slug="en-syl-i-vadret")
    a_story(own, words="Our own story", released=True)
    before = everything_of(own)

    demo = load_demo()
    remove_demo()

    assert demo.slug != own.slug
    assert len(before["listening.Story"]) == 1
    assert everything_of(own) == before
    assert list(Lab.objects.all()) == [own]


def test_what_another_lab_uses_stays_there():
    own = a_lab()
    load_demo()
    guest = a_participation(own, Role.FACILITATOR, account=Account.objects.get(email="elin@example.org"))
    guest.unit = Unit.objects.get(name="Tallforsa bibliotek")
    guest.starts_on = date(2020, 1, 1)
    guest.save()

    remove_demo()

    connection.check_constraints()
    assert list(Account.objects.filter(is_demo=True)) == [guest.account]
    assert list(Organisation.objects.filter(is_demo=True)) == [guest.unit.organisation]
    assert list(Municipality.objects.filter(is_invented=True).values_list("code", flat=True)) == ["X003"]


def test_it_loads_again_beside_what_another_lab_kept():
    own = a_lab()
    load_demo()
    guest = a_participation(own, Role.FACILITATOR)
    guest.unit = Unit.objects.get(name="Tallforsa bibliotek")
    guest.save()
    remove_demo()

    load_demo()

    assert Municipality.objects.filter(is_invented=True).count() == 3
