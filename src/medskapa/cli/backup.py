"""`medskapa backup FILE` and `medskapa restore FILE`."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from medskapa.cli.refusals import Refused
from medskapa.cli.start import start_with_store

EXAMPLES_OF_BACKUP = """\
examples:
  medskapa backup /backup/monday.medskapa
  medskapa backup /backup/monday.medskapa --with-key /other/disk/key     a copy of the key file, kept apart

The file is sealed: whoever restores it needs the key file, too. What was withdrawn after a backup stays readable in it to
whoever holds both; so destroy old backups, after 30 days at the latest.
"""
EXAMPLES_OF_RESTORE = """\
examples:
  medskapa restore /backup/monday.medskapa
  medskapa restore /backup/monday.medskapa --overwrite     in the place of all that is here

Stop `serve` and `worker` first. A backup of SQLite goes into PostgreSQL and back: set MEDSKAPA_DATABASE and restore.
"""


def add_to(commands: Any) -> None:
    """Add these commands to the parser."""
    backing = _command(commands, "backup", "write everything to one sealed file", EXAMPLES_OF_BACKUP, back_up)
    backing.add_argument("--with-key", type=Path, metavar="KEY", help="copy the key file there, too; keep it apart from the backup")
    restoring = _command(commands, "restore", "put a backup in the place of what is there", EXAMPLES_OF_RESTORE, restore)
    restoring.add_argument("--overwrite", action="store_true", help="replace what somebody has entered here")
    restoring.add_argument(
        "--without-withdrawals", action="store_true", help="go on without the log of withdrawals: withdrawn stories may come back"
    )
    restoring.add_argument("--json", action="store_true", help="write what was done as JSON")


def back_up(options: argparse.Namespace) -> int:
    """Write the backup. Raises Refused if it cannot be written or does not read back."""
    start_with_store()
    from medskapa.ground.ledger import backup

    if options.with_key:
        if options.with_key.resolve().parent == options.file.resolve().parent:
            raise Refused("--with-key: the key must not lie in the folder of the backup, since both together open every story")
        copy_key(options.with_key, "--with-key")
    try:
        count = backup.back_up(options.file)
    except OSError as error:
        raise Refused(f"cannot write {options.file}: {error.strerror}") from None
    except backup.BackupRefused as refused:
        raise Refused(str(refused)) from None
    sys.stdout.write(f"Rows written to {options.file}, and read once again: {count}\n")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Restore the backup, and let go at once of what is past its time by now. Raises Refused; then nothing was changed."""
    start_with_store()
    from medskapa.ground.ledger import backup
    from medskapa.ground.safeguarding.tasks import let_go_of_what_is_due

    try:
        done = backup.restore(options.file, overwrites=options.overwrite, without_withdrawals=options.without_withdrawals)
    except OSError as error:
        raise Refused(f"cannot read {options.file}: {error.strerror}") from None
    except backup.BackupRefused as refused:
        raise Refused(str(refused)) from None
    let_go_count = let_go_of_what_is_due()
    if options.json:
        sys.stdout.write(json.dumps(asdict(done) | {"let_go_count": let_go_count}, indent=2) + "\n")
    else:
        sys.stdout.write(f"Restored as of {done.about.at}: {done.row_count} rows.\n")
        sys.stdout.write(f"Withdrawn after that, and destroyed again: {done.withdrawn_count}\n")
        sys.stdout.write(f"Past its time by now, and let go of: {let_go_count}\n")
    return 0


def _command(commands: Any, name: str, says: str, examples: str, command: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=says, epilog=examples, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.set_defaults(command=command)
    return parser


def copy_key(target: Path, option: str) -> None:
    """A copy of the key file that only its owner can read. Raises Refused where it would replace something."""
    from medskapa.cli.start import environment

    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
            copy.write(environment().key_file.read_bytes())
            copy.flush()
            os.fsync(copy.fileno())
    except OSError as error:
        raise Refused(f"{option}: cannot write {target}: {error.strerror}") from None
