"""A query whose SQL is written once answers each time as if it had been written anew."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Exists, OuterRef
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.ledger.db.shapes import STAND_IN, Shape, filled_up, stand_ins
from medskapa.ground.ledger.models import Due
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.ledger.tests.app.models import Bond, Tale
from medskapa.ground.ledger.tests.makers import a_lab, a_tale

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dues():
    return [Due.objects.create(task=f"task {hour}", period=NOON + timedelta(hours=hour)) for hour in range(3)]


def test_each_time_the_keys_are_those_that_are_given_and_now_is_now(dues):
    begun = Shape(lambda *tasks: Due.objects.filter(task__in=tasks, period__lte=now()).order_by("period"), *stand_ins(2))

    with at(NOON):
        assert begun.rows("task 0", "task 1") == dues[:1]
    with at(NOON + timedelta(hours=5)):
        assert begun.rows("task 0", "task 1") == dues[:2]
        assert begun.rows("task 2", "task 2") == dues[2:]


def test_rows_come_with_what_the_query_brings_along_and_adds(django_assert_num_queries):
    tale, other = a_tale(lab := a_lab()), a_tale(a_lab())
    is_bound = Exists(Bond.objects.filter(tale=OuterRef("pk")))
    of_lab = Shape(lambda lab: Tale.objects.filter(lab=lab).select_related("lab").annotate(is_bound=is_bound))

    assert of_lab.rows(lab.pk) == [tale]
    with django_assert_num_queries(1):
        (found,) = of_lab.rows(other.lab.pk)
        assert (found, found.lab, found.is_bound) == (other, other.lab, False)


def test_values_are_read_as_the_query_itself_would_read_them(dues):
    rows = Due.objects.order_by("period").values_list("task", "period")

    assert Shape(lambda task: rows.filter(task=task), "a task").rows("task 1") == [("task 1", dues[1].period)]


def test_what_can_give_nothing_gives_nothing():
    assert Shape(lambda key: Due.objects.none()).rows(7) == []


def test_whoever_calculates_with_the_moment_is_refused():
    late = Shape(lambda _key: Due.objects.filter(period__lte=now() - timedelta(days=2)))

    with pytest.raises(ValueError, match="calculated with the moment"):
        late.rows(1)


def test_its_sql_is_written_once_for_a_kind_of_database():
    built = []
    shape = Shape(lambda key: built.append(key) or Due.objects.filter(pk=key))

    assert [shape.rows(1), shape.rows(2)] == [[], []]
    assert built == [STAND_IN]


@given(st.lists(st.integers(), min_size=1, max_size=70))
def test_lists_are_filled_up_with_what_is_in_them_already(keys):
    filled = filled_up(keys)

    assert filled[: len(keys)] == keys
    assert set(filled) == set(keys)
    assert len(filled).bit_count() == 1
    assert len(filled) < 2 * len(keys) + (len(keys) == 1)
