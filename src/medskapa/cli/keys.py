"""`medskapa keys rotate`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from medskapa.cli.backup import copy_key
from medskapa.cli.refusals import Refused
from medskapa.cli.start import environment, is_migrated, start_django

EXAMPLES = """\
examples:
  medskapa keys rotate
  medskapa keys rotate --old-key /other/disk/old-key      keep the old one, which older backups need

Stop `serve` and `worker` first. Stories stay as they are, and return codes stay valid; everybody with an account signs in again.
Cut off half-way, run it once more. Then make a new backup, and a new copy of the key file; destroy what is older.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    keys = commands.add_parser("keys", help="change the master key", epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = keys.add_subparsers(required=True, metavar="rotate")
    rotating = parts.add_parser("rotate", help="put a new master key in the place of the old one")
    rotating.add_argument("--old-key", type=Path, metavar="FILE", help="first copy the old key file there")
    rotating.set_defaults(command=rotate)


def rotate(options: argparse.Namespace) -> int:
    """Change the master key. Raises Refused; then nothing was changed."""
    start_django()
    if not is_migrated():
        raise Refused("the database is not of this version; run: medskapa migrate")
    from medskapa.ground.ledger import rotation
    from medskapa.ground.ledger.errors import SealBroken
    from medskapa.ground.ledger.keyfile import KeyFileBroken

    path = environment().key_file
    if options.old_key:
        copy_key(options.old_key, "--old-key")
    try:
        done = rotation.rotate(path)
    except OSError as error:
        raise Refused(f"cannot write beside {path}: {error.strerror}; nothing was changed") from None
    except (KeyFileBroken, rotation.WrongKeys) as wrong:
        raise Refused(str(wrong)) from None
    except SealBroken:
        raise Refused("something here does not open under the key file; nothing was changed") from None
    if done.was_cut_off:
        sys.stdout.write(f"The change that was cut off is done: the new master key is in {path}.\n")
    else:
        sys.stdout.write(f"A new master key is in {path}. Wrapped anew under it: {done.key_count} keys of {done.lab_count} chains.\n")
    sys.stdout.write("Backups made before this open only with the old key file. Make a new backup and a new copy of the key file.\n")
    return 0
