"""What safeguarding refuses."""

from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.errors import LabError


class RehearsalOver(LabError):
    """The link of a test mail that was opened already, is too old or never was."""

    def __init__(self) -> None:
        super().__init__(
            _("This link works no more."),
            _("The link of a test mail works once, and for 7 days. Whoever leads the lab can send a new one."),
            status=410,
        )


class OwnShortening(LabError):
    """Somebody who would be their own second person."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else has to say yes to this."),
            _("You asked for it yourself, and letting things go earlier than was promised takes two people."),
            status=409,
        )


class NoPdf(LabError):
    """This machine lacks the libraries that draw a PDF."""

    def __init__(self) -> None:
        super().__init__(
            _("The letter cannot be made on this machine."),
            _("Nothing was lost. Write to the social services yourself today, and tell the operator that Pango is missing."),
            status=503,
        )
