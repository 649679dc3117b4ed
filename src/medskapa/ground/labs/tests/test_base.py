"""The lab of a request is at hand: its rows neither ask the store for it nor bring it along once more."""

from typing import Any

import pytest
from django.db.models import Model

from medskapa.ground.labs.base import lab_at_hand
from medskapa.ground.labs.models import Lab, Phase, RoleGiven, Wording
from medskapa.ground.labs.tests.makers import a_lab, a_participation
from medskapa.ground.labs.wordings import lab_at, text_of
from medskapa.ground.ledger.moment import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    """A lab at hand, as in a request."""
    found = a_lab()
    token = lab_at_hand.set(found)
    yield found
    lab_at_hand.reset(token)


def kept_in(row: Model) -> dict[str, Any]:
    """All its columns."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_of_the_lab_at_hand_join_no_lab_and_know_it(lab, django_assert_num_queries):
    a_participation(lab, "moderator", "coach")

    with django_assert_num_queries(1) as asked:
        roles = list(RoleGiven.objects.select_related("lab", "participation__lab").order_by("pk"))
        assert {role.lab for role in roles} == {lab}
        assert {role.participation.lab for role in roles} == {lab}

    assert "labs_lab" not in asked.captured_queries[0]["sql"]
    assert "labs_participation" in asked.captured_queries[0]["sql"]


def test_the_lab_at_an_address_is_as_it_is_stored_at_that_moment(django_assert_num_queries):
    stored = a_lab(slug="first", languages=["sv", "ar"])
    a_lab(ready=False, slug="second")
    Wording.objects.create(lab=stored, subject=stored.public_id, field="name", language="ar", text="السنة الأولى", translator="Amal")
    lab_at("first", "ar")
    Lab.objects.filter(pk=stored.pk).update(name="Another name", state="closed", closed_at=now(), is_demo=True)

    with django_assert_num_queries(1):
        found = lab_at("first", "ar")

    assert kept_in(found) == kept_in(Lab.objects.get(slug="first"))
    assert kept_in(found.host) == kept_in(stored.host)
    assert text_of(found, "name") == "السنة الأولى"
    assert text_of(lab_at("first", "sv"), "name") == "Another name"
    assert lab_at("second", "sv").host is None
    assert lab_at("third", "sv") is None


def test_a_row_of_another_lab_knows_its_own(lab):
    other = a_lab()

    assert [phase.lab for phase in Phase.objects.select_related("lab").order_by("pk")] == [lab, other]


def test_with_no_lab_at_hand_rows_bring_theirs_in_one_query(django_assert_num_queries):
    labs = [a_lab(), a_lab()]

    with django_assert_num_queries(1):
        assert [phase.lab for phase in Phase.objects.select_related("lab").order_by("pk")] == labs


def test_what_was_to_be_joined_can_still_be_taken_back(lab):
    rows = RoleGiven.objects.select_related("participation")

    assert rows.select_related("lab").query.select_related == {"participation": {}}
    assert rows.select_related(None).query.select_related is False
