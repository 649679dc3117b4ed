"""What the environment says about this installation, read once and refused in one line where it is wrong.

Local mode (no MEDSKAPA_HOSTS) is for one machine and for trying things out; production is everything else.
"""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

PREFIX = "MEDSKAPA_"
NAMES = {
    "MEDSKAPA_DATA": "folder for the database, static files and, in local mode, the key file (default: ./var)",
    "MEDSKAPA_HOSTS": "host names people use, parted by commas; setting it turns production on",
    "MEDSKAPA_DATABASE": "postgresql://user:password@host:port/name (default: SQLite in the data folder)",
    "MEDSKAPA_KEY_FILE": "file with the master key (production: outside the data folder, readable by its owner only)",
    "MEDSKAPA_WITHDRAWN": "file that lists destroyed keys (default: withdrawn.log in the data folder)",
    "MEDSKAPA_MAIL": "smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465",
    "MEDSKAPA_MAIL_FROM": "address that mails come from",
    "MEDSKAPA_PROXIES": "how many proxies of yours stand in front and say https (default: 0)",
    "MEDSKAPA_CERTIFICATE": "file with the TLS certificate, when no proxy stands in front",
    "MEDSKAPA_CERTIFICATE_KEY": "file with the key of that certificate",
    "MEDSKAPA_DURABILITY": "full or normal: whether SQLite waits for the disk at every commit (default: full)",
    "MEDSKAPA_DEBUG": "1 shows Django's own error pages; local mode only",
}
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Unusable(Exception):
    """The environment cannot be used; the text is one line for each reason."""


@dataclass(frozen=True, slots=True)
class Environment:
    """One installation's settings, each already checked."""

    data: Path
    hosts: tuple[str, ...]
    database: SplitResult | None
    key_file: Path
    withdrawn: Path
    mail: SplitResult | None
    mail_from: str
    proxies: int
    certificate: Path | None
    certificate_key: Path | None
    durability: str
    is_debug: bool

    @property
    def is_local(self) -> bool:
        """Whether this is one machine that answers only itself."""
        return not self.hosts


def read(variables: Mapping[str, str]) -> Environment:
    """The installation that these variables describe. Raises Unusable with one clear line for each reason."""
    _refuse_unknown(variables)
    found = {name.removeprefix(PREFIX).lower(): value.strip() for name, value in variables.items() if name in NAMES and value.strip()}
    data = Path(found.get("data", "var")).expanduser().absolute()
    environment = Environment(
        data=data,
        hosts=_hosts(found.get("hosts", "")),
        database=_address("MEDSKAPA_DATABASE", found.get("database"), ("postgresql", "postgres")),
        key_file=Path(found.get("key_file", data / "key")).expanduser().absolute(),
        withdrawn=Path(found.get("withdrawn", data / "withdrawn.log")).expanduser().absolute(),
        mail=_address("MEDSKAPA_MAIL", found.get("mail"), ("smtp", "smtps")),
        mail_from=found.get("mail_from", "Medskapa <medskapa@localhost>"),
        proxies=_number("MEDSKAPA_PROXIES", found.get("proxies", "0")),
        certificate=_file("MEDSKAPA_CERTIFICATE", found.get("certificate")),
        certificate_key=_file("MEDSKAPA_CERTIFICATE_KEY", found.get("certificate_key")),
        durability=_one_of("MEDSKAPA_DURABILITY", found.get("durability", "full"), ("full", "normal")),
        is_debug=_one_of("MEDSKAPA_DEBUG", found.get("debug", "0"), ("0", "1")) == "1",
    )
    _refuse_half_a_certificate(environment)
    if not environment.is_local:
        _refuse_unsafe(environment, variables)
    return environment


def read_or_exit() -> Environment:
    """The installation of this process; a wrong one ends it with one line for each reason and status 2."""
    try:
        return read(os.environ)
    except Unusable as wrong:
        os.write(2, "".join(f"medskapa: {line}\n" for line in str(wrong).splitlines()).encode())
        raise SystemExit(2) from None


def _refuse_unknown(variables: Mapping[str, str]) -> None:
    unknown = sorted(name for name in variables if name.startswith(PREFIX) and name not in NAMES)
    if unknown:
        raise Unusable(f"{unknown[0]} is not a setting; there are {', '.join(NAMES)}")


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    for host in hosts:
        if not HOST.fullmatch(host):
            raise Unusable(f"MEDSKAPA_HOSTS: {host!r} is not a host name; write for example lab.example.org")
    return hosts


def _address(name: str, text: str | None, schemes: tuple[str, ...]) -> SplitResult | None:
    if not text:
        return None
    address = urlsplit(text)
    if address.scheme not in schemes:
        raise Unusable(f"{name} must be {NAMES[name]}")
    try:
        _port = address.port
    except ValueError:
        raise Unusable(f"{name}: the port is not a number; it must be {NAMES[name]}") from None
    return address


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 10):
        raise Unusable(f"{name} must be a number from 0 to 9, not {text!r}")
    return int(text)


def _file(name: str, text: str | None) -> Path | None:
    if not text:
        return None
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise Unusable(f"{name}: there is no file {path}")
    return path


def _one_of(name: str, text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise Unusable(f"{name} must be {' or '.join(choices)}, not {text!r}")
    return text


def _refuse_half_a_certificate(environment: Environment) -> None:
    if (environment.certificate is None) != (environment.certificate_key is None):
        raise Unusable("MEDSKAPA_CERTIFICATE and MEDSKAPA_CERTIFICATE_KEY belong together: set both or none")


def missing_for_production(environment: Environment, variables: Mapping[str, str]) -> list[str]:
    """What is fine on one's own machine and not for others, one line each."""
    lines = []
    if environment.is_debug:
        lines.append("MEDSKAPA_DEBUG=1 shows settings to visitors; it works only in local mode (without MEDSKAPA_HOSTS)")
    if not environment.proxies and environment.certificate is None:
        lines.append("HTTPS is needed: set MEDSKAPA_PROXIES=1 behind a proxy of yours, or MEDSKAPA_CERTIFICATE")
    if environment.mail is None or not environment.mail.hostname:
        lines.append("mails must leave: set MEDSKAPA_MAIL=smtp://user:password@host:587")
    if not variables.get("MEDSKAPA_MAIL_FROM"):
        lines.append("mails need a sender: set MEDSKAPA_MAIL_FROM")
    return lines + _missing_of_key_file(environment, variables)


def _missing_of_key_file(environment: Environment, variables: Mapping[str, str]) -> list[str]:
    path = environment.key_file
    if not variables.get("MEDSKAPA_KEY_FILE"):
        return ["MEDSKAPA_KEY_FILE must name the key file, outside the data folder"]
    lines = []
    if path.resolve().is_relative_to(environment.data.resolve()):
        lines.append(f"MEDSKAPA_KEY_FILE must lie outside the data folder {environment.data}, so that no backup holds both")
    if path.exists() and path.stat().st_mode & OPEN_TO_OTHERS:
        lines.append(f"MEDSKAPA_KEY_FILE: others can read {path}; run: chmod 600 {path}")
    return lines


def _refuse_unsafe(environment: Environment, variables: Mapping[str, str]) -> None:
    lines = missing_for_production(environment, variables)
    if lines:
        raise Unusable("\n".join(f"MEDSKAPA_HOSTS is set, and {line}" for line in lines))
