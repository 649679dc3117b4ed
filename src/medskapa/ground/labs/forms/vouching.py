"""A name that answers for a language."""

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.forms import Form


class ReaderForm(Form):
    """Who has read the texts."""

    name = forms.CharField(
        label=_("Who has read them?"), max_length=120, help_text=_("Somebody who speaks the language. The lab keeps the name.")
    )


class ConfirmForm(Form):
    """Whoever leads the lab, by name."""

    name = forms.CharField(label=_("Your own name"), max_length=120)
