"""In production: strict cookies and transport, nothing left to warn about, and the client's address from our own proxies only."""

import json
from argparse import Namespace
from http.client import HTTPResponse
from pathlib import Path

import pytest

from medskapa.cli.check import check
from medskapa.config.proxies import as_the_browser_sent_it
from medskapa.ground.labs.tests.makers import a_lab
from tests.serving import Server, free_port, medskapa, serving

CHAIN = b"6.6.6.6, 192.0.2.17, 198.51.100.2"


def asked(proxies: int, **headers: bytes) -> tuple[str, str]:
    """Who asked, and over which protocol."""
    scope = {
        "type": "http",
        "scheme": "http",
        "client": ("127.0.0.1", 4711),
        "headers": [(name.replace("_", "-").encode(), value) for name, value in headers.items()],
    }
    found = as_the_browser_sent_it(scope, proxies)
    return found["client"][0], found["scheme"]


def is_bound_to_the_host(answer: HTTPResponse, name: str) -> bool:
    """Whether a cookie of this name comes so that no other host, path or plain connection can set or read it."""
    found = [cookie for cookie in answer.headers.get_all("Set-Cookie", []) if f"{name}=" in cookie.split(";")[0]]
    first, *parts = found[0].split("; ")
    is_whole = first.startswith(f"__Host-{name}=") and {"Path=/", "Secure", "HttpOnly"} <= {*parts}
    return len(found) == 1 and is_whole and not any(part.startswith("Domain") for part in parts)


def ask_for_a_code(server: Server, *, csrf: str) -> HTTPResponse:
    """The answer to somebody who asks for a code by mail, with the cookie of the page they came from. Who is unknown gets no mail."""
    cookie = csrf.split(";")[0]
    host = {"Host": "lab.example.org", "X_Forwarded_Proto": "https", "Origin": "https://lab.example.org", "Cookie": cookie}
    form = {"login": "nobody@example.org", "csrfmiddlewaretoken": cookie.split("=")[1]}
    return server.ask("/en/sign-in/", form, **host)


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return {
        "MEDSKAPA_DATA": str(tmp_path / "data"),
        "MEDSKAPA_HOSTS": "lab.example.org",
        "MEDSKAPA_PROXIES": "1",
        "MEDSKAPA_MAIL": "smtp://lab:secret@mail.example.org:587",
        "MEDSKAPA_MAIL_FROM": "lab@example.org",
        "MEDSKAPA_KEY_FILE": str(tmp_path / "keys" / "key"),
    }


def test_without_proxies_nobody_can_say_who_they_are():
    assert asked(0, x_forwarded_for=CHAIN, x_forwarded_proto=b"https") == ("127.0.0.1", "http")


def test_each_proxy_of_ours_is_believed_once_and_the_client_never():
    assert asked(1, x_forwarded_for=CHAIN, x_forwarded_proto=b"https") == ("198.51.100.2", "https")
    assert asked(2, x_forwarded_for=CHAIN, x_forwarded_proto=b"https") == ("192.0.2.17", "https")


def test_a_proxy_that_says_nothing_leaves_the_address_of_the_connection():
    assert asked(1) == ("127.0.0.1", "http")


def test_without_its_key_file_it_does_not_start(production):
    refused = medskapa("serve", "--port", str(free_port()), **production)

    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [
        f"medskapa: the key file {production['MEDSKAPA_KEY_FILE']} cannot be read: No such file or directory; `medskapa init` makes one"
    ]


@pytest.mark.server
def test_after_init_only_the_clock_is_missing_and_pages_come_over_https(production, tmp_path):
    begun = medskapa("init", "--email", "ada@example.org", **production)
    assert (begun.returncode, begun.stderr) == (0, "")
    assert f"The master key is in {production['MEDSKAPA_KEY_FILE']}." in begun.stdout

    found = json.loads(medskapa("check", "--json", **production).stdout)["findings"]

    assert found == ["The clock has stood still for five minutes: run medskapa serve, or medskapa worker beside it."]
    variables = {name: value for name, value in production.items() if name != "MEDSKAPA_DATA"}
    with serving(tmp_path / "data", "--no-worker", "--processes", "1", **variables) as server:
        insecure = server.ask("/en/sign-in/", Host="lab.example.org")
        secure = server.ask("/en/sign-in/", Host="lab.example.org", X_Forwarded_Proto="https")
        assert (insecure.status, insecure.headers["Location"]) == (301, "https://lab.example.org/en/sign-in/")
        assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert is_bound_to_the_host(secure, "csrf")
        assert is_bound_to_the_host(ask_for_a_code(server, csrf=secure.headers["Set-Cookie"]), "account")
        assert server.ask("/", Host="elsewhere.example", X_Forwarded_Proto="https").status == 400


@pytest.mark.django_db
def test_check_names_each_lab_whose_officer_has_not_opened_a_test_mail(settings, capsys):
    lab, demo = a_lab(), a_lab(is_demo=True)
    settings.MEDSKAPA_LOCAL = False

    assert check(Namespace(json=False)) == 1

    found = capsys.readouterr().out
    assert f"The lab {lab.slug} is not safe yet: The safeguarding officer has not opened a test mail of the alarm yet.\n" in found
    assert f"The lab {demo.slug} " not in found
