"""Tasks that fail without a word: store and log keep what kind of error came and where, never its text, which may quote somebody."""

import logging
from typing import Any, ParamSpec, TypeVar

from django_tasks.base import Task
from django_tasks_db import DatabaseBackend

P = ParamSpec("P")
R = TypeVar("R")

_log = logging.getLogger(__name__)


class DiscreetTask(Task[P, R]):
    """A task whose error reaches neither the store nor a log with its text."""

    def call(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it. Raises what it raised, without its text."""
        try:
            return super().call(*args, **kwargs)
        except Exception as error:
            silent = without_text(error)
        _log.error("a task failed", exc_info=silent)
        raise silent  # out here, where it does not carry the other one along


class DiscreetBackend(DatabaseBackend):
    """Tasks as rows of the database, each of them discreet."""

    task_class: Any = DiscreetTask


def without_text(error: Exception) -> Exception:
    """An error of the same name, from the same place in the code, that says nothing else."""
    kind = type(error)
    named = type(kind.__name__, (Exception,), {"__module__": kind.__module__, "__qualname__": kind.__qualname__})
    return named("text left out").with_traceback(error.__traceback__)
