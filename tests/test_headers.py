"""Every address answers with every header that protects, and with a policy that allows nothing from elsewhere and nothing inline."""

import pytest
from django.conf import settings
from django.test import Client

from tests.addresses import all_addresses

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {"default-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'"}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_lacks_a_header(client, method):
    addresses = all_addresses()
    assert len(addresses) > 50

    missing = []
    for name, address in addresses.items():
        answer = getattr(client, method)(address)
        missing += [f"{name}: {header}" for header, value in HEADERS.items() if answer.headers.get(header) != value]
        if set(answer.headers.get("Content-Security-Policy", "").split("; ")) != POLICY:
            missing.append(f"{name}: Content-Security-Policy")
        if "Permissions-Policy" not in answer.headers:
            missing.append(f"{name}: Permissions-Policy")

    assert missing == []


@pytest.mark.django_db
def test_no_address_fails_for_a_stranger(client):
    client.raise_request_exception = False

    assert [(name, status) for name, address in all_addresses().items() if (status := client.get(address).status_code) >= 500] == []


@pytest.mark.django_db
def test_a_form_of_an_account_without_its_token_is_refused():
    answer = Client(enforce_csrf_checks=True).post("/en/sign-in/code/", {"email": "ada@example.org"})

    assert answer.status_code == 403


def test_cookies_stay_out_of_reach_of_scripts_and_of_other_sites():
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE) == (True, "Lax")
    assert (settings.CSRF_COOKIE_HTTPONLY, settings.CSRF_COOKIE_SAMESITE) == (True, "Lax")
