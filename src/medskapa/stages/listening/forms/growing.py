"""How old somebody is now."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import AgeBand, Pseudonym
from medskapa.ground.web.forms import Form, Picks
from medskapa.stages.listening.actions.growing import bands_since


class AgeForm(Form):
    """The same as before, or an age that they can have grown into."""

    band = forms.ChoiceField(label=_("How old are you now?"))

    def __init__(self, *args: Any, teller: Pseudonym, **kwargs: Any) -> None:
        super().__init__(*args, initial={"band": teller.age_band}, **kwargs)
        before, *older = bands_since(teller)
        band: Any = self.fields["band"]
        band.widget = Picks(hints={before: before.label})
        band.choices = [(before, _("The same as before")), *((one, one.label) for one in older)]

    @property
    def chosen(self) -> AgeBand:
        """How old they are now."""
        return AgeBand(self.cleaned_data["band"])
