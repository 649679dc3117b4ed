"""As what an adult speaks for a young person by law. Tellers, and the adults themselves, read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpeaksAs(models.TextChoices):
    """The kinds of representative."""

    GOOD_MAN = "god_man", _("God man (guardian of an unaccompanied child)")
    APPOINTED_GUARDIAN = "appointed_guardian", _("Specially appointed guardian")
    PARENT = "parent", _("Parent")
    SOCIAL_SERVICES = "social_services", _("Social services")
