"""What happens at the tables when a teller's code is let go of: nobody reads any more under which name they sat there."""

from django.utils.translation import gettext as _

from medskapa.ground.ledger.models import DataKey
from medskapa.stages.labday.models import Seat


def forget_names(key: DataKey) -> None:
    """Clean up after this key: its teller's seats stay, so that counts remain right, without the name. One SQL query."""
    Seat.objects.filter(pseudonym__key=key).update(shown_as=_("Co-creator"))
