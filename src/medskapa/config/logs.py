"""Logs that tell the operator what went wrong and never who told what.

An exception is written as its kind and where it was raised: its text may hold what somebody typed.
Should an address or a code still reach a message, it is blotted out.
"""

import logging
import re
import traceback
from typing import Any

BLOTS = (
    (re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.\w+"), "[address]"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"), "[address]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}(?![\w:])"), "[address]"),
    (re.compile(r"\d(?:[\s-]?\d){11,}"), "[number]"),
    (re.compile(r"(?<=/)[A-Za-z0-9_-]{20,}(?=[/?\s]|$)"), "[token]"),  # of an invitation, in an address
)


class DiscreetFormatter(logging.Formatter):
    """Time, level, logger and message on one line; of an exception only its kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for pattern, blot in BLOTS:
            text = pattern.sub(blot, text)
        return text

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        return super().formatTime(record, datefmt or "%Y-%m-%d %H.%M.%S")

    def formatException(self, ei: Any) -> str:  # noqa: N802
        kind, _raised, places = ei
        lines = [f"  {place.filename}:{place.lineno} in {place.name}" for place in traceback.extract_tb(places)]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__} (text left out)", *lines])


def logging_for(level: str) -> dict[str, Any]:
    """The LOGGING setting: everything goes to standard error, nothing to mails."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "discreet": {"()": "medskapa.config.logs.DiscreetFormatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},  # a page not found is no news
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "asyncio": {"level": "WARNING"},
        },
    }
