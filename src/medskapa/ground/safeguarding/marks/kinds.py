"""What a mark may be, and the neutral word that can stand in its place."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a mark may be. The first kind that fits wins."""

    EMAIL = "email", _("E-mail address")
    LINK = "link", _("Web address or account")
    PERSONAL_NUMBER = "personal_number", _("Personal number")
    CARD_NUMBER = "card_number", _("Number of a card")
    DATE = "date", _("Date")
    AGE = "age", _("Age")
    ADDRESS = "address", _("Address")
    CASE_NUMBER = "case_number", _("Case number")
    PHONE = "phone", _("Phone number")
    NUMBER = "number", _("Long number")
    SCHOOL = "school", _("School or housing")
    PLACE = "place", _("Place")
    NAME = "name", _("Name")


NEUTRAL: dict[str, str | Promise] = {
    Kind.EMAIL: pgettext_lazy("instead of it", "an e-mail address"),
    Kind.LINK: pgettext_lazy("instead of it", "an account"),
    Kind.PERSONAL_NUMBER: pgettext_lazy("instead of it", "a personal number"),
    Kind.CARD_NUMBER: pgettext_lazy("instead of it", "a card number"),
    Kind.DATE: pgettext_lazy("instead of it", "a day"),
    Kind.AGE: pgettext_lazy("instead of it", "an age"),
    Kind.ADDRESS: pgettext_lazy("instead of it", "an address"),
    Kind.CASE_NUMBER: pgettext_lazy("instead of it", "a case number"),
    Kind.PHONE: pgettext_lazy("instead of it", "a phone number"),
    Kind.NUMBER: pgettext_lazy("instead of it", "a number"),
    Kind.SCHOOL: pgettext_lazy("instead of it", "a school or housing"),
    Kind.PLACE: pgettext_lazy("instead of it", "a place"),
    Kind.NAME: pgettext_lazy("instead of it", "a name"),
}
