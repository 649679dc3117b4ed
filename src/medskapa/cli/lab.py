"""`medskapa init` and `medskapa demo`."""

import argparse
import sys
from typing import Any

from medskapa.cli.refusals import Refused
from medskapa.cli.start import environment, is_migrated, migrate, start_django, start_with_store
from medskapa.ground.ledger.keyfile import make_key_file


def add_to(commands: Any) -> None:
    """Add these commands to the parser."""
    init = commands.add_parser("init", help="make the first account, which can start labs")
    init.add_argument("--email", help="address that the sign-in codes go to (asked for if left out)")
    init.add_argument("--name", default="", help="name that others see")
    init.set_defaults(command=begin)
    demo = commands.add_parser("demo", help="load the demo lab, or remove it")
    demo.add_argument("--remove", action="store_true", help="remove the demo lab, its people and its audit chain")
    demo.set_defaults(command=load_or_remove)


def begin(options: argparse.Namespace) -> int:
    """Make the first account. In production it makes the key file first and says where it lies. Raises Refused."""
    _make_keys()
    start_django()
    if not is_migrated():
        migrate()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    email = options.email or _asked("E-mail address: ")
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"{email!r} is not an e-mail address") from None
    _make_account(email, options.name)
    return 0


def _make_account(email: str, name: str) -> None:
    from medskapa.ground.people.actions import AddressTaken, make_first_account

    try:
        make_first_account(email, name)
    except AddressTaken as taken:
        raise Refused(f"{email}: {taken.title}") from None
    sys.stdout.write(f"{email} can start labs. Sign in with this address: a code comes by mail.\n")


def _make_keys() -> None:
    """In production the key file is made once, on purpose, and kept apart; in local mode it makes itself."""
    found = environment()
    if found.is_local or found.key_file.exists():
        return
    try:
        make_key_file(found.key_file)
    except OSError as error:
        raise Refused(f"cannot write the key file {found.key_file}: {error.strerror}") from None
    sys.stdout.write(f"The master key is in {found.key_file}. Keep a copy apart from the data and from all backups:\n")
    sys.stdout.write("without it nobody can read a story.\n")


def load_or_remove(options: argparse.Namespace) -> int:
    """Load the demo lab, or remove it. Raises Refused in production, and where it is there already, or not."""
    if not options.remove and not environment().is_local:
        raise Refused("the demo people could sign in here; the demo is for local mode (without MEDSKAPA_HOSTS)")
    start_with_store()
    from medskapa.ground.labs.models import Lab
    from medskapa.outlook.demo.load import load_demo
    from medskapa.outlook.demo.remove import remove_demo

    is_there = Lab.objects.filter(is_demo=True).exists()
    if options.remove and not is_there:
        raise Refused("there is no demo lab to remove")
    if not options.remove and is_there:
        raise Refused("the demo lab is there already; to load it anew, remove it first: medskapa demo --remove")
    if options.remove:
        remove_demo()
        sys.stdout.write("The demo lab is gone.\n")
    else:
        load_demo()
        sys.stdout.write("The demo lab is loaded. Start it with: medskapa serve\n")
    return 0


def _asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise Refused("whose account? write: medskapa init --email name@example.org")
    return input(question).strip()
