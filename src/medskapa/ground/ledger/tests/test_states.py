import pytest

from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.tests.app.models import Tale
from medskapa.ground.ledger.tests.makers import a_tale

pytestmark = pytest.mark.django_db


def test_a_move_takes_its_changes_along():
    tale, moment = a_tale(), now()

    tale.move_to("released", released_at=moment)

    kept = Tale.objects.get()
    assert (kept.state, kept.released_at) == (tale.state, tale.released_at) == ("released", moment)


def test_a_move_that_the_table_forbids_changes_nothing():
    tale = a_tale(state="withdrawn")

    with pytest.raises(WrongState):
        tale.move_to("released")

    assert Tale.objects.get().state == tale.state == "withdrawn"


def test_who_is_slower_is_told():
    tale = a_tale()
    same = Tale.objects.get(pk=tale.pk)
    tale.move_to("withdrawn")

    with pytest.raises(WrongState):
        same.move_to("released", released_at=now())

    kept = Tale.objects.get()
    assert (kept.state, kept.released_at, same.state) == ("withdrawn", None, "told")


def test_a_change_holds_only_while_the_state_does():
    tale, moment = a_tale(), now()

    tale.change_while("told", "released", released_at=moment)
    with pytest.raises(WrongState):
        tale.change_while("released", released_at=None)

    assert Tale.objects.get().released_at == tale.released_at == moment


def test_a_move_is_one_query(django_assert_num_queries):
    tale = a_tale()

    with django_assert_num_queries(1):
        tale.move_to("released")
