"""A process that forks writers, each of which acts without end until somebody kills it. Run by ``kills``.

``go`` on its input starts one more; it answers ``pid N``, its writers say ``ack NUMBER HASH`` once an action is committed, and when
one was killed it says ``dead N``.
"""

import os
import sys
import threading
from pathlib import Path

import django
from django.conf import settings

from medskapa.ground.ledger.keyfile import Keys


def set_up(folder: Path) -> None:
    settings.configure(
        DATABASES={"default": {"ENGINE": "medskapa.ground.ledger.db.sqlite3", "NAME": str(folder / "store.sqlite3")}},
        INSTALLED_APPS=["medskapa.ground.ledger"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        MEDSKAPA_KEYS=Keys(b"m" * 32, b"p" * 32, b"s" * 32),
        MEDSKAPA_WITHDRAWN=folder / "withdrawn.log",
    )
    django.setup()


def write_without_end() -> None:
    """Act again and again: a key is made, and every third time destroyed; two rows and a record go with it."""
    from medskapa.ground.ledger.actions import Action, action
    from medskapa.ground.ledger.actors import Actor, register_permission
    from medskapa.ground.ledger.chain import head_of
    from medskapa.ground.ledger.data_keys import destroy, new_key
    from medskapa.ground.ledger.models import DataKey, Due
    from medskapa.ground.ledger.moment import now

    register_permission(lambda actor, verb, subject: True)

    def keep_key(subject: None, *, by: Actor, number: int) -> DataKey:
        key = new_key("lab")
        Due.objects.create(task=f"{key.public_id} one", period=now())
        if number % 3 == 0:
            destroy(key)
        Due.objects.create(task=f"{key.public_id} two", period=now())
        return key

    act: Action = action("key.keep")(keep_key)
    number = 0
    while True:
        number += 1
        act(None, by=Actor.system("writer"), number=number)
        head = head_of("installation")
        os.write(1, f"ack {head.number} {head.hash}\n".encode())


def start_writer() -> None:
    pid = os.fork()
    if pid == 0:
        write_without_end()
    os.write(1, f"pid {pid}\n".encode())
    threading.Thread(target=lambda: (os.waitpid(pid, 0), os.write(1, f"dead {pid}\n".encode())), daemon=True).start()


if __name__ == "__main__":
    set_up(Path(sys.argv[1]))
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    django.db.connections.close_all()
    for _line in sys.stdin:
        start_writer()
