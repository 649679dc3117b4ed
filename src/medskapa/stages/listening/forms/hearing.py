"""Form for whom a lab wants to hear."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import AgeBand, Lab
from medskapa.ground.web.forms import Form
from medskapa.ground.web.languages import own_name
from medskapa.stages.listening.queries.hearing import STEP

MOST = 10_000
WRONG = _("Write 5, 10, 15 and so on, or leave it empty.")


class TargetGroupsForm(Form):
    """For each language of the lab and each age: how many people it wants to hear from. Empty: it has not said."""

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = {one.language or one.age_band: one.people for one in lab.target_groups.all()}
        names = [*((code, own_name(code)) for code in lab.languages), *((age.value, age.label) for age in AgeBand)]
        for value, name in names:
            self.fields[value] = _number(name, wanted.get(value))

    @property
    def languages(self) -> dict[str, int]:
        """What is wanted, by language."""
        return {value: people for value, people in self.cleaned_data.items() if people and value not in AgeBand.values}

    @property
    def ages(self) -> dict[str, int]:
        """What is wanted, by age."""
        return {value: people for value, people in self.cleaned_data.items() if people and value in AgeBand.values}


def _number(name: Any, wanted: int | None) -> forms.IntegerField:
    wrong = dict.fromkeys(("invalid", "min_value", "max_value", "step_size"), WRONG)
    return forms.IntegerField(
        label=name, initial=wanted, required=False, min_value=STEP, max_value=MOST, step_size=STEP, error_messages=wrong
    )
