"""Removing the demo leaves nothing of it, and touches nothing else."""

import pytest
from django.db import connection

from medskapa.ground.labs.models import Lab, Participation
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


def test_without_a_demo_there_is_nothing_to_remove():
    with pytest.raises(NoDemo):
        remove_demo()


def test_nothing_of_it_is_left_but_the_installation_s_chain():
    before = row_counts()

    load_demo()
    remove_demo()

    connection.check_constraints()
    assert row_counts() == before
    assert set(Record.objects.values_list("chain", flat=True)) == {"installation"}
    assert Record.objects.filter(verb="demo.remove").count() == 1
    assert chain.verify_kept().finding is None


def test_a_lab_of_one_s_own_is_not_touched_and_keeps_whom_and_what_it_uses():
    own = a_lab(slug="en-syl-i-vadret")
    a_story(own, words="Our own story", released=True)
    demo = load_demo()
    guest = a_participation(own, Role.FACILITATOR, account=Account.objects.get(email="elin@example.org"))
    Participation.objects.filter(pk=guest.pk).update(unit=Unit.objects.get(name="Tallforsa bibliotek"))
    before = everything_of(own)

    remove_demo()

    connection.check_constraints()
    assert demo.slug != own.slug
    assert len(before["listening.Story"]) == 1
    assert everything_of(own) == before
    assert list(Lab.objects.all()) == [own]
    assert list(Account.objects.filter(is_demo=True)) == [guest.account]
    assert [organisation.name for organisation in Organisation.objects.filter(is_demo=True)] == ["Tallforsa kommun"]
    assert [place.code for place in Municipality.objects.filter(is_invented=True)] == ["X003"]
    assert load_demo().public_id == demo.public_id
