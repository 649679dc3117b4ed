"""Second factors: what allauth keeps of them lies encrypted, and keys have names in our words."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medskapa.ground.ledger.data_keys import decrypt, encrypt

PURPOSE = "people/second factors"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are sealed under a key derived from the master key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That code does not match. Look at the signs once more."),
        "cannot_delete_authenticator": gettext_lazy("This cannot be switched off now."),
        "cannot_generate_recovery_codes": gettext_lazy("Add a passkey or an authenticator app first."),
    }

    def encrypt(self, text: str) -> str:
        """Sealed, for the store."""
        return b64encode(encrypt(_key(), text.encode(), bound=PURPOSE.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Opened again. Raises SealBroken under another master key."""
        return decrypt(_key(), b64decode(encrypted_text), bound=PURPOSE.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """None: the page draws the square itself, without a picture in an address."""
        return ""

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # allauth's name
        """A name to begin with."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("My passkey") if number == 1 else _("My passkey number %(number)s") % {"number": number}


def _key() -> bytes:
    return bytes(settings.MEDSKAPA_KEYS.derived(PURPOSE))
