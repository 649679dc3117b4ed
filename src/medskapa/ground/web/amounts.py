"""Amounts in forms: people write whole units, the store keeps minor ones."""

from decimal import Decimal
from typing import Any

from django import forms

MOST = 10**12  # minor units; more than any lab has


class Amount(forms.DecimalField):
    """An amount of money. ``1250.50`` is typed, 125050 is what the form gives; nothing typed gives None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": MOST // 100, "decimal_places": 2, **kwargs})

    def clean(self, value: Any) -> Any:
        """The amount in minor units. Raises ValidationError."""
        amount = super().clean(value)
        return None if amount is None else int(amount * 100)

    def prepare_value(self, value: Any) -> Any:
        """Minor units of the store as they are typed; what was typed stays as it is."""
        if not isinstance(value, int):
            return value
        whole, cents = divmod(value, 100)
        return whole if not cents else Decimal(value) / 100
