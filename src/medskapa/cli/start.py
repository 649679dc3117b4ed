"""What every command does first: check the environment, start Django, bring the store to this version, and let it forget again."""

import logging
import os
import tempfile
from io import StringIO
from pathlib import Path

from medskapa.cli.environment import Environment, Unusable, read
from medskapa.cli.refusals import Refused
from medskapa.ground.ledger.keyfile import successor_of

SETTINGS = "medskapa.config.settings"

logger = logging.getLogger(__name__)


def environment() -> Environment:
    """The checked environment, with a data folder that can be written. Raises Refused."""
    try:
        found = read(os.environ)
    except Unusable as wrong:
        raise Refused(str(wrong)) from None
    _refuse_unwritable(found)
    return found


def start_django() -> None:
    """Start Django with the settings of this installation. Raises Refused where the environment is wrong."""
    environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # heavy, and not needed for --help

    django.setup()


def start_with_store() -> None:
    """Start Django, and see that the store is of this version: local mode migrates by itself. Nothing withdrawn is left. Raises Refused."""
    start_django()
    from django.conf import settings

    _refuse_half_rotated(settings.MEDSKAPA_KEY_FILE)
    if is_migrated():
        forget_withdrawn()
    elif settings.MEDSKAPA_LOCAL:
        migrate()
    else:
        raise Refused("the database is not of this version; run: medskapa migrate")


def is_migrated() -> bool:
    """Whether every migration has been carried out. Raises Refused where the database does not answer."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise Refused(f"the database does not answer: {_first_line(error)}") from None


def migrate() -> None:
    """Bring the store to this version, the table of the cache included, and let it forget what was withdrawn. Raises Refused."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0, stdout=StringIO())
    forget_withdrawn()


def forget_withdrawn() -> None:
    """Destroy again what the log of withdrawals names: the database may be an older copy. Raises Refused where the log cannot be read."""
    from django.conf import settings

    from medskapa.ground.ledger.withdrawal import replay_withdrawals

    try:
        destroyed = replay_withdrawals()
    except OSError as error:
        raise Refused(f"cannot read {settings.MEDSKAPA_WITHDRAWN}, which names what was withdrawn: {error.strerror}") from None
    if destroyed:
        logger.warning("destroyed again, since an older database had brought them back: %s of the keys in the log", destroyed)


def _refuse_half_rotated(key_file: Path) -> None:
    if successor_of(key_file).exists():
        raise Refused("a change of the master key was cut off; run: medskapa keys rotate")


def _refuse_unwritable(found: Environment) -> None:
    try:
        found.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=found.data):
            pass
    except OSError as error:
        raise Refused(f"cannot write in {found.data}: {error.strerror}; choose another folder with MEDSKAPA_DATA") from None


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
