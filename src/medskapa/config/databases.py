"""Where the rows lie: SQLite in the data folder, or PostgreSQL where several processes or machines serve."""

from typing import Any
from urllib.parse import parse_qsl, unquote

from medskapa.cli.environment import Environment

SQLITE = "medskapa.ground.ledger.db.sqlite3"
WAIT_FOR_WRITER = 20  # seconds; the fair turn makes such waits rare


def database(environment: Environment) -> dict[str, Any]:
    """The DATABASES["default"] of this installation."""
    return _postgresql(environment) if environment.database else _sqlite(environment)


def _sqlite(environment: Environment) -> dict[str, Any]:
    return {
        "ENGINE": SQLITE,
        "NAME": environment.data / "medskapa.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_FOR_WRITER,
            "init_command": f"PRAGMA synchronous={environment.durability.upper()}",
        },
    }


def _postgresql(environment: Environment) -> dict[str, Any]:
    address = environment.database
    assert address is not None  # noqa: S101  # the caller looked
    options = dict(parse_qsl(address.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.removeprefix("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": options.pop("host", None) or unquote(address.hostname or ""),
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"-c lock_timeout={WAIT_FOR_WRITER}s", **options},
    }
