"""The verbs of accounts and organisations. They go to the installation's chain."""

from datetime import date
from typing import TypedDict, Unpack

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.people.models import Account, Letter, Organisation, OrganisationName, Unit
from medskapa.ground.places.models import Municipality
from medskapa.ground.web.errors import LabError

NOWHERE = "gone.invalid"  # a name that no mail goes to, RFC 2606


class AddressTaken(LabError):
    """There is an account with this address already."""

    def __init__(self) -> None:
        super().__init__(_("There is an account with this address already."), _("Sign in with it, then open the page again."), status=409)


class OrganisationChanges(TypedDict, total=False):
    """What of an organisation can be changed."""

    name: str
    kind: str
    municipality: Municipality | None
    source: str | None


@action("account.make")
def make_account(email: str, *, by: Actor, name: str = "", language: str = "", is_operator: bool = False, is_demo: bool = False) -> Account:
    """Make an account for an address. Raises AddressTaken."""
    try:
        with transaction.atomic():
            return Account.objects.create_user(email, name=name, language=language, is_operator=is_operator, is_demo=is_demo)
    except IntegrityError:
        raise AddressTaken from None


def make_first_account(email: str, name: str) -> Account:
    """Make the account that `medskapa init` begins with: it may start labs. Raises AddressTaken."""
    return make_account(email, name=name, is_operator=True, by=Actor.system("init"))


@action("account.edit")
def edit_account(account: Account, *, by: Actor, name: str, language: str) -> Account:
    """Change how somebody is called, and in which language they get mails."""
    account.name, account.language = name, language
    account.save(update_fields=["name", "language"])
    return account


@action("account.end_sessions")
def end_sessions(account: Account, *, by: Actor) -> Account:
    """Sign this account out everywhere: every session carries a mark of the account that changes here."""
    account.set_unusable_password()
    account.save(update_fields=["password"])
    return account


@action("account.let_go")
def let_go_of_account(account: Account, *, by: Actor) -> None:
    """Forget how somebody signed in and was reached. What they made and decided in a lab keeps the name they had there."""
    Authenticator.objects.filter(user=account).delete()
    EmailAddress.objects.filter(user=account).delete()
    Letter.objects.filter(to__iexact=account.email).delete()
    account.email, account.name, account.language, account.is_active = f"{account.public_id}@{NOWHERE}", "", "", False
    account.set_unusable_password()
    account.save(update_fields=["email", "name", "language", "is_active", "password"])


@action("organisation.make")
def make_organisation(called: str, *, by: Actor, is_demo: bool = False, **what: Unpack[OrganisationChanges]) -> Organisation:
    """Add an organisation that may take part in labs."""
    return Organisation.objects.create(is_demo=is_demo, **{"name": called, **what})


@action("organisation.edit")
def edit_organisation(organisation: Organisation, *, by: Actor, **changes: Unpack[OrganisationChanges]) -> Organisation:
    """Correct what is known of an organisation. A new name from a day on is `rename_organisation`."""
    for field, value in changes.items():
        setattr(organisation, field, value)
    organisation.save(update_fields=list(changes))
    return organisation


@action("organisation.rename")
def rename_organisation(organisation: Organisation, *, by: Actor, name: str, since: date) -> Organisation:
    """Call an organisation by a new name from a day on; what it was called before stays known, with its dates.

    Raises WrongState if it already has a name that begins then or later.
    """
    if organisation.names.filter(valid_from__gte=since).exists():
        raise WrongState(_("This organisation has a newer name already."), _("Choose a later day."))
    running = organisation.names.filter(valid_to__isnull=True)
    if running.update(valid_to=since) == 0:
        OrganisationName.objects.create(organisation=organisation, name=organisation.name, valid_to=since)
    OrganisationName.objects.create(organisation=organisation, name=name, valid_from=since)
    organisation.name = name
    organisation.save(update_fields=["name"])
    return organisation


@action("unit.make")
def make_unit(organisation: Organisation, *, by: Actor, name: str, municipality: Municipality | None = None) -> Unit:
    """Add a part of an organisation that can own a pilot or send a person."""
    return Unit.objects.create(organisation=organisation, name=name, municipality=municipality)


@action("unit.edit")
def edit_unit(unit: Unit, *, by: Actor, name: str, municipality: Municipality | None = None) -> Unit:
    """Correct a unit's name and municipality."""
    unit.name, unit.municipality = name, municipality
    unit.save(update_fields=["name", "municipality"])
    return unit
