"""What every row of a lab has: its lab, a random address, and a way to say that it is invented."""

from contextvars import ContextVar
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.urls import reverse

from medskapa.ground.ledger.ids import new_public_id

lab_at_hand: ContextVar[Any] = ContextVar("lab at hand", default=None)  # the lab of the request that runs


class LabAtHand(ForwardManyToOneDescriptor):
    """Reads a row's lab. That of the running request is known already, so its rows do not each ask the store for it."""

    def get_object(self, instance: models.Model) -> Any:
        """The lab of a row. No SQL if it is the one at hand."""
        lab = lab_at_hand.get()
        known = lab is not None and lab.pk == getattr(instance, self.field.attname)
        return lab if known else super().get_object(instance)


class LabKey(models.ForeignKey):
    """The lab a row belongs to. Each row has its own, so that permission, key, export and removal need no join."""

    forward_related_accessor_class = LabAtHand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("to", "labs.Lab")
        kwargs.setdefault("on_delete", models.PROTECT)
        super().__init__(*args, **kwargs)


class LabRows(models.QuerySet):
    """Rows of labs. Where a lab is at hand, none of them brings it along once more: its columns cost more than the rest of a query."""

    def select_related(self, *fields: Any) -> Self:
        """As always, without the lab that is at hand: ``"lab"`` joins nothing then, ``"team__lab"`` only the team."""
        if lab_at_hand.get() is None or not fields or fields == (None,):
            return super().select_related(*fields)
        joined = [path for field in fields if (path := _without_lab(field))]
        return super().select_related(*joined) if joined else self.all()


class LabOwned(models.Model):
    """A row of a lab, addressed by its random public id. The model declares ``lab = LabKey(related_name=…)``."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)

    url_name: str | None = None  # such as "understanding:insight"; the last word names the argument

    objects = LabRows.as_manager()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The page of this row. Raises TypeError for a row that has no page of its own."""
        if self.url_name is None:
            raise TypeError(f"{type(self).__name__} has no page of its own")
        return reverse(self.url_name, kwargs={"lab": self.lab.slug, self.url_name.split(":")[1]: self.public_id})  # type: ignore[attr-defined]

    @property
    def chain_key(self) -> str:
        """The audit chain this row's changes go to: its lab's."""
        return str(self.lab.public_id)  # type: ignore[attr-defined]

    @property
    def bears_demo_mark(self) -> bool:
        """Whether a page must say that this is invented: in a demo lab whatever has no public source."""
        return bool(self.lab.is_demo) and not getattr(self, "source", None)  # type: ignore[attr-defined]


class Sourced(models.Model):
    """Something that may be a public fact: then ``source`` says where it stands."""

    source = models.CharField(max_length=200, null=True, blank=True)

    class Meta:
        abstract = True


class Authored(models.Model):
    """Something made by a co-creator or by a participant: one of the two, and the credit they chose.

    The name shown is the text in ``credit``; it links to nobody.
    """

    by_pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_participation = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    credit = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


def _without_lab(path: str) -> str:
    before, _joint, last = path.rpartition("__")
    return before if last == "lab" else path


def exactly_one(*names: str) -> Q:
    """The condition that exactly one of these nullable keys is set."""
    condition = Q()
    for chosen in names:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


def at_most_one(*names: str) -> Q:
    """The condition that one of these nullable keys is set, or none."""
    return exactly_one(*names) | Q(**{f"{name}__isnull": True for name in names})
