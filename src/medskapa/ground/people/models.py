"""Accounts, organisations and their units, and who belongs to which. Knows no lab."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.ids import new_public_id
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import AUTHORITIES, OrganisationKind
from medskapa.ground.web.fields import LanguageField


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; nobody has a password, sign-in is by a code sent to the address, or by a passkey."""

    def create_user(self, email: str, **fields: object) -> "Account":
        """Make an account without a password. Raises IntegrityError if the address is taken."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in with an address: staff, organisations' people, jurors. Storytellers have none."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = LanguageField(_("language"), blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # may start labs on this installation
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """An organisation, which may take part in several labs. Its name changes over time: see its names."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=40, choices=OrganisationKind.choices)
    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="organisations")
    source = models.CharField(max_length=200, null=True, blank=True)  # where the public fact stands; none if invented
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page, with its names and units."""
        return reverse("people:organisation", kwargs={"organisation": self.public_id})

    @property
    def bears_demo_mark(self) -> bool:
        """Whether pages say that it is invented."""
        return self.is_demo and not self.source

    @property
    def is_authority(self) -> bool:
        """Whether what it holds can become a public record."""
        return self.kind in AUTHORITIES


class OrganisationName(models.Model):
    """What an organisation was called, and when."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=160)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="organisation_name_ends_after_start",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            )
        ]


class Unit(models.Model):
    """A part of an organisation that can own a pilot or send a person: an office, a district, a school."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(_("name"), max_length=160)
    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="units")

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation.name}"


class Letter(models.Model):
    """A mail that was sent in local mode, where no mail server is: kept to be read on the page *Sent mail*."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    sent_at = models.DateTimeField(default=now, db_index=True)
