"""The key file at start: made by itself in local mode, demanded in production."""

import os

from medskapa.cli.environment import Environment
from medskapa.ground.ledger.keyfile import KeyFileBroken, Keys, read_key_file, read_or_make_key_file


def keys_or_exit(environment: Environment) -> Keys:
    """The keys of this installation; without them the process ends with one line and status 2."""
    try:
        if environment.is_local:
            return read_or_make_key_file(environment.key_file)
        return read_key_file(environment.key_file)
    except KeyFileBroken as broken:
        line = f"{broken}; `medskapa init` makes one" if not environment.key_file.exists() else str(broken)
    except OSError as error:
        line = f"cannot write {environment.key_file}: {error.strerror}; choose another folder with MEDSKAPA_DATA"
    os.write(2, f"medskapa: {line}\n".encode())
    raise SystemExit(2)
