"""One state, one table of moves: how an artefact lives."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db import models

from medskapa.ground.ledger.errors import WrongState


class Stateful:
    """A model with a field ``state`` and a table ``MOVES``. Two who move it at once: one of them is told."""

    MOVES: ClassVar[Mapping[Any, Collection[Any]]] = {}
    state: Any

    def move_to(self, state: str, **changes: Any) -> None:
        """Move on, with what changes along with it. Raises WrongState if the table forbids it or somebody was faster. One SQL query."""
        assert isinstance(self, models.Model)  # noqa: S101  # said by the class that mixes this in
        if state not in self.MOVES.get(self.state, ()):
            raise WrongState
        rows = type(self)._base_manager.filter(pk=self.pk, state=self.state)
        if rows.update(state=state, **changes) != 1:
            raise WrongState
        self.state = state
        for name, value in changes.items():
            setattr(self, name, value)

    def change_while(self, *states: str, **changes: Any) -> None:
        """Change fields as long as the state is one of these. Raises WrongState if it is not, or no longer. One SQL query."""
        assert isinstance(self, models.Model)  # noqa: S101
        rows = type(self)._base_manager.filter(pk=self.pk, state__in=states)
        if rows.update(**changes) != 1:
            raise WrongState
        for name, value in changes.items():
            setattr(self, name, value)
