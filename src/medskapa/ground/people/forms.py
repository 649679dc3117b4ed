"""What is asked of people with accounts, and about organisations."""

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.people.models import Organisation, Unit
from medskapa.ground.people.roles import OrganisationKind
from medskapa.ground.places.queries import municipalities
from medskapa.ground.web import languages
from medskapa.ground.web.forms import Beside, Dressed, Form, language_choices

CODE_FIELD = {"inputmode": "text", "autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}


class AccountForm(Form):
    """How somebody is called, and in which language they get mails."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of mails"), choices=language_choices(list(languages.COMPLETE)))


class OrganisationForm(Beside, Form):
    """An organisation."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=municipalities(with_invented=True),
        required=False,
        help_text=_("Only if it works in one municipality."),
    )

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, object]:
        """What the form shows of an organisation."""
        return {"name": organisation.name, "kind": organisation.kind, "municipality": organisation.municipality_id}


class RenameForm(Beside, Form):
    """A new name from a day on."""

    name = forms.CharField(label=_("New name"), max_length=160)
    since = forms.DateField(label=_("From which day"))


class UnitForm(Form):
    """A part of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=160, help_text=_("An office, a district, a school."))
    municipality = forms.ModelChoiceField(label=_("Municipality"), queryset=municipalities(with_invented=True), required=False)

    @staticmethod
    def initial_of(unit: Unit) -> dict[str, object]:
        """What the form shows of a unit."""
        return {"name": unit.name, "municipality": unit.municipality_id}


class LoginForm(Dressed, account_forms.LoginForm):
    """An address; the code comes by mail."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["login"]
        field.label, field.widget.attrs["placeholder"] = _("Your e-mail address"), ""


class RequestLoginCodeForm(Dressed, account_forms.RequestLoginCodeForm):
    """The same on allauth's own page for it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label, field.widget.attrs["placeholder"] = _("Your e-mail address"), ""


class ConfirmLoginCodeForm(Dressed, account_forms.ConfirmLoginCodeForm):
    """The code from the mail."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self.fields["code"], _("The code from the mail"))


class AuthenticateForm(Dressed, mfa_forms.AuthenticateForm):
    """A code from the app, or a recovery code."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self.fields["code"], _("The code from your app, or a recovery code"))


class ReauthenticateForm(Dressed, mfa_forms.ReauthenticateForm):
    """The same, once more."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self.fields["code"], _("The code from your app, or a recovery code"))


class ActivateTOTPForm(Dressed, totp_forms.ActivateTOTPForm):
    """The first code of an app."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self.fields["code"], _("The code that your app shows"))


class DeactivateTOTPForm(Dressed, totp_forms.DeactivateTOTPForm):
    """Nothing to fill in."""


class GenerateRecoveryCodesForm(Dressed, recovery_forms.GenerateRecoveryCodesForm):
    """Nothing to fill in."""


class AddWebAuthnForm(Dressed, webauthn_forms.AddWebAuthnForm):
    """A name for a new passkey."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call it")
        field = self.fields["passwordless"]
        field.label, field.help_text = (
            _("Sign in with it alone"),
            _("Then no code by mail is needed. It asks for your finger, face or PIN."),
        )
        field.initial = True


class EditWebAuthnForm(Dressed, webauthn_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call it")


def _code_field(field: forms.Field, label: object) -> None:
    field.label = label  # type: ignore[assignment]
    field.widget.attrs.update(CODE_FIELD, placeholder="")
