"""What an adult fills in who agrees for a young person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.safeguarding.models import Representative
from medskapa.ground.web.forms import Form, Picks
from medskapa.stages.listening.forms.own import CodeForm


class AdultCodeForm(CodeForm):
    """The code that the young person handed over."""


class AgreeForm(Form):
    """Who agrees."""

    type = forms.ChoiceField(label=_("How do you speak for them?"), choices=Representative.Type.choices, widget=Picks())
    name = forms.CharField(
        label=_("Your name"), max_length=120, help_text=_("It is locked at once. Only the safeguarding officer can open it.")
    )
