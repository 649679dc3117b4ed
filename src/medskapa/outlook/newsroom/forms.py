"""What the press room asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.web.forms import ModelForm, language_choices
from medskapa.outlook.newsroom.models import PressContact, Release


class ReleaseForm(ModelForm):
    """A release in the lab's main language or another of its languages."""

    language = forms.ChoiceField(label=_("language"))

    class Meta:
        model = Release
        fields = ["title", "summary", "text", "language"]
        help_texts = {"text": _("Plain text. An empty line begins a new paragraph, ## a heading, - a list.")}

    def __init__(self, *args: object, lab: Lab, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices(list(dict.fromkeys([lab.language, *lab.languages, "sv", "en"])))  # type: ignore[attr-defined]


class ContactForm(ModelForm):
    """Whom the press can reach, and how."""

    class Meta:
        model = PressContact
        fields = ["name", "says", "email", "phone"]

    def clean(self) -> dict[str, str]:
        """Raises ValidationError without any way to reach the person."""
        cleaned = super().clean() or {}
        if not (cleaned.get("email") or cleaned.get("phone")):
            raise forms.ValidationError(_("Give an e-mail address or a phone number, so that the press can reach somebody."))
        return cleaned
