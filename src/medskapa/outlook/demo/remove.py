"""Removing the demo: its lab with everything in it, its chain and keys, its people, its organisations and municipalities.

Nothing of another lab is touched: what another lab uses stays, until the demo is removed again without it.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab, PseudonymSession
from medskapa.ground.ledger import chain
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.sealing import destroy_all
from medskapa.ground.people.models import Account, Letter, Organisation, OrganisationName, Unit
from medskapa.ground.places.models import Municipality
from medskapa.ground.web.errors import LabError
from medskapa.ground.web.models import Topic


class NoDemo(LabError):
    """There is no demo lab on this installation."""

    def __init__(self) -> None:
        super().__init__(_("There is no demo lab to remove."), status=404)


def remove_demo() -> None:
    """Remove all of the demo; the installation's chain keeps one record of it. Raises NoDemo."""
    lab = Lab.objects.filter(is_demo=True).first()
    if lab is None:
        raise NoDemo
    with transaction.atomic():
        _remove(lab.slug, lab=lab, by=Actor.system("demo"))


@action("demo.remove")
def _remove(_slug: str, *, lab: Lab, by: Actor) -> None:
    """The slug is no subject of a chain, so that this goes to the installation's, and not to the chain that is removed."""
    note(lab)
    chain_key = lab.chain_key
    PseudonymSession.objects.filter(pseudonym__lab=lab).delete()
    for model in _models_of_labs():
        for links in _links_of(model, lab):
            _drop(links)
        _drop(model._base_manager.filter(lab=lab))
    Lab.objects.filter(pk=lab.pk).delete()
    destroy_all(chain_key)
    chain.forget(chain_key)
    Topic.objects.filter(name__startswith=f"lab/{chain_key}/").delete()
    _remove_people()
    _remove_organisations()
    _unused(Municipality.objects.filter(is_invented=True)).delete()


def _models_of_labs() -> Iterator[type[models.Model]]:
    """Every model whose rows belong to a lab, in any order: the store checks its keys when the transaction ends."""
    for model in apps.get_models():
        field = next((field for field in model._meta.concrete_fields if field.name == "lab"), None)
        if isinstance(field, models.ForeignKey) and field.related_model is Lab:
            yield model


def _links_of(model: type[models.Model], lab: Lab) -> Iterator[QuerySet[models.Model]]:
    """What joins rows of this model to many others, and knows its lab by them only."""
    for field in model._meta.local_many_to_many:
        if through := field.remote_field.through:
            yield through._base_manager.filter(**{f"{field.m2m_field_name()}__lab": lab})


def _drop(rows: QuerySet[models.Model]) -> None:
    """Delete without looking what hangs on each row, since all of it goes."""
    rows._raw_delete(rows.db)


def _remove_people() -> None:
    people = Account.objects.filter(is_demo=True)
    Letter.objects.filter(to__in=list(people.values_list("email", flat=True))).delete()
    _unused(people).delete()


def _remove_organisations() -> None:
    """Those of which no unit is used any more, and which host nothing."""
    units = Unit.objects.filter(organisation__is_demo=True)
    used = units.exclude(pk__in=_unused(units).values("pk")).values("organisation")
    gone = _unused(Organisation.objects.filter(is_demo=True), but=(Unit, OrganisationName)).exclude(pk__in=used)
    gone.delete()


def _unused(rows: QuerySet[models.Model], *, but: tuple[type[models.Model], ...] = ()) -> QuerySet[models.Model]:
    """Those of the rows that no other row keeps from being deleted."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model in but:
            continue
        if relation.on_delete is models.PROTECT:
            users = relation.related_model._base_manager.filter(**{f"{relation.field.name}__isnull": False})
            rows = rows.exclude(pk__in=users.values(relation.field.name))
    return rows
