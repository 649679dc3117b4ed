"""The demo is the same each time: ids, codes, texts, and every record of its chain."""

from datetime import timedelta

import pytest

from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.models import Account, Organisation
from medskapa.outlook.demo.load import load_demo
from medskapa.outlook.demo.tests.conftest import taken_back
from medskapa.outlook.demo.tests.snapshots import chain_of, everything_of


def loaded() -> tuple[object, ...]:
    """All that the demo lab holds when it is loaded."""
    with taken_back():
        lab = load_demo()
        accounts = list(Account.objects.filter(is_demo=True).order_by("email").values_list("email", "public_id"))
        organisations = list(Organisation.objects.filter(is_demo=True).order_by("name").values_list("name", "public_id"))
        return lab.public_id, everything_of(lab), chain_of(lab), accounts, organisations


@pytest.mark.once
@pytest.mark.django_db
def test_it_is_the_same_whenever_it_is_loaded_on_the_same_day():
    moment = now().replace(hour=9)
    with at(moment):
        first = loaded()

    with at(moment + timedelta(hours=5)):
        second = loaded()

    assert len(first[2]) > 1000
    assert first == second
