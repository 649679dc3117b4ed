"""Organisations, their units and names, and roles that do not go together."""

import secrets
from datetime import date
from itertools import combinations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.people.actions import AddressTaken, make_first_account, make_organisation, rename_organisation
from medskapa.ground.people.models import Account, Organisation
from medskapa.ground.people.permissions import table
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.ground.people.rules import APPLICANT, FORBIDDEN, Within, clash, forbidden
from medskapa.ground.people.tests.makers import a_unit, an_account, an_operator, an_organisation, signed_in

pytestmark = pytest.mark.django_db


def acting(account: Account) -> Actor:
    return Actor("account", account.public_id, None, frozenset({"operator"} if account.is_operator else ()))


def sent(**answers: str) -> dict[str, str]:
    return {"form_key": secrets.token_urlsafe(18), **answers}


def test_an_organisation_is_added_changed_and_gets_a_unit():
    client = signed_in(an_operator())

    client.post("/en/organisations/new/", sent(name="Storstad", kind="municipality", municipality=""))
    made = Organisation.objects.get()
    client.post(f"/en/organisations/{made.public_id}/edit/", sent(name="Storstads kommun", kind="municipality", municipality=""))
    client.post(f"/en/organisations/{made.public_id}/units/new/", sent(name="Social services", municipality=""))
    unit = made.units.get()
    client.post(f"/en/organisations/{made.public_id}/units/{unit.public_id}/", sent(name="The social office", municipality=""))

    page = client.get(f"/en/organisations/{made.public_id}/").content.decode()
    assert "Storstads kommun" in page
    assert "The social office" in page
    assert "Storstads kommun" in client.get("/en/organisations/?q=stad").content.decode()


def test_no_organisation_gets_a_name_that_looks_just_like_anothers_in_other_letters():
    client = signed_in(an_operator())
    client.post("/en/organisations/new/", sent(name="Coop", kind="company", municipality=""))
    client.post("/en/organisations/new/", sent(name="Reach", kind="company", municipality=""))
    reach = Organisation.objects.get(name="Reach")

    answers = [
        client.post("/en/organisations/new/", sent(name="Соор", kind="company", municipality="")),
        client.post(f"/en/organisations/{reach.public_id}/edit/", sent(name="Соор", kind="company", municipality="")),
        client.post(f"/en/organisations/{reach.public_id}/rename/", sent(name="Соор", since="2026-01-10")),
    ]

    assert [(answer.status_code, "“Coop” is here already" in answer.content.decode()) for answer in answers] == [(422, True)] * 3
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Coop", "Reach"}


def test_an_organisation_that_was_renamed_is_found_under_both_names():
    operator = an_operator()
    organisation = make_organisation("SKL", kind=OrganisationKind.ASSOCIATION_OF_MUNICIPALITIES, by=acting(operator))

    rename_organisation(organisation, name="SKR", since=date(2019, 11, 27), by=acting(operator))

    names = organisation.names.order_by("pk").values_list("name", "valid_from", "valid_to")
    assert list(names) == [("SKL", None, date(2019, 11, 27)), ("SKR", date(2019, 11, 27), None)]
    assert "SKR" in signed_in(operator).get("/en/organisations/?q=SKL").content.decode()
    with pytest.raises(WrongState):
        rename_organisation(organisation, name="SKL", since=date(2018, 1, 1), by=acting(operator))


def test_strangers_see_and_change_no_organisation():
    organisation = an_organisation()
    stranger = an_account()

    assert Client().get("/en/organisations/").status_code == 403
    assert signed_in(stranger).get(f"/en/organisations/{organisation.public_id}/").status_code == 403
    with pytest.raises(NotAllowed):
        make_organisation("Mine", kind="ngo", by=acting(stranger))


def test_the_list_of_organisations_costs_the_same_with_one_and_with_three(django_assert_max_num_queries):
    client = signed_in(an_operator())

    def cost() -> int:
        with django_assert_max_num_queries(25) as counted:
            client.get("/en/organisations/")
        return len(counted.captured_queries)

    a_unit()
    one = cost()
    a_unit()
    a_unit()
    assert cost() == one


def test_an_address_has_one_account_however_it_is_written():
    an_account("sara@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user("Sara@Example.ORG")


def test_the_first_account_may_start_labs_and_is_made_once():
    account = make_first_account("sara@example.org", "Sara")

    assert account.is_operator
    with pytest.raises(AddressTaken):
        make_first_account("sara@example.org", "Sara")


def test_a_forbidden_pair_is_forbidden_in_either_order():
    assert forbidden(Role.JUROR, APPLICANT) is forbidden(APPLICANT, Role.JUROR) is not None
    assert forbidden(Role.JUROR, APPLICANT, within=Within.LAB) is None
    assert forbidden(Role.MODERATOR, Role.FACILITATOR) is None
    assert clash(Role.PRESS_OFFICER, {Role.MODERATOR, Role.SAFEGUARDING_OFFICER}) is not None


def test_each_pair_stands_once_and_says_why():
    pairs = [({rule.one, rule.other}, rule.within) for rule in FORBIDDEN]

    assert all(one != other for one, other in combinations(pairs, 2))
    assert all(str(rule.reason).endswith(".") for rule in FORBIDDEN)


def test_the_page_of_forbidden_pairs_shows_every_reason():
    page = Client().get("/en/rules/").content.decode()

    assert all(str(rule.reason).replace("'", "&#x27;") in page for rule in FORBIDDEN)


def test_every_role_of_the_table_is_a_role():
    known = {*Role.values, "public", "operator", "account", "co_creator"}
    named = {role for row in table().values() for role in row}

    assert {role for role in named if not role.startswith("system:")} <= known
