"""Logs say what went wrong and where, and nothing of what somebody told, nor who they are."""

import logging
from io import StringIO

import pytest

from medskapa.config.logs import DiscreetFormatter, logging_for

CANARY = "I waited two years in a room without windows"


@pytest.fixture
def log() -> tuple[logging.Logger, StringIO]:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(DiscreetFormatter("%(levelname)s %(message)s"))
    logger = logging.Logger("medskapa.test")
    logger.addHandler(handler)
    return logger, stream


def test_an_exception_is_logged_by_kind_and_place_and_never_by_its_text(log):
    logger, stream = log
    try:
        raise ValueError(CANARY)
    except ValueError:
        logger.exception("a task failed")

    assert CANARY not in stream.getvalue()
    assert stream.getvalue().startswith("ERROR a task failed\nbuiltins.ValueError (text left out)\n  ")
    assert "test_logs.py" in stream.getvalue()


@pytest.mark.parametrize(
    "told",
    ["amina@example.org", "192.0.2.17", "2001:db8::17:1", "123 456 789 012 345 678", "123456789012345678", "۱۲۳ ۴۵۶ ۷۸۹ ۰۱۲ ۳۴۵ ۶۷۸"],
)
def test_addresses_and_codes_are_blotted_out(log, told):
    logger, stream = log

    logger.warning("refused %s twice", told)

    assert stream.getvalue() in {"WARNING refused [address] twice\n", "WARNING refused [number] twice\n"}


def test_the_token_of_an_invitation_is_blotted_out(log):
    logger, stream = log

    logger.error("Internal Server Error: %s", "/en/join/Zk3J9sQ_w-81mPxA0bTqLr/")

    assert stream.getvalue() == "ERROR Internal Server Error: /en/join/[token]/\n"


def test_a_day_and_an_hour_are_no_code():
    record = logging.LogRecord("medskapa", logging.INFO, "", 0, "started", None, None)

    assert DiscreetFormatter("%(asctime)s %(message)s").format(record).endswith(" started")


def test_nothing_is_mailed_and_everything_goes_through_the_discreet_formatter():
    settings = logging_for("INFO")

    assert {handler["formatter"] for handler in settings["handlers"].values()} == {"discreet"}
    assert {name for logger in settings["loggers"].values() for name in logger.get("handlers", [])} == set()
