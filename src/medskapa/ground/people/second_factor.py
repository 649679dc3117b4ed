"""Second factors: what allauth keeps of them lies encrypted, and keys have names in our words."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medskapa.ground.ledger.data_keys import decrypt, encrypt
from medskapa.ground.ledger.keyfile import Keys

PURPOSE = "people/second factors"
SECRETS = {"secret", "seed", "migrated_codes"}  # what allauth's adapter seals: an app's, and two shapes of recovery codes


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are sealed under a key derived from the master key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That code does not match. Look at the signs once more."),
        "cannot_delete_authenticator": gettext_lazy("This cannot be switched off now."),
        "cannot_generate_recovery_codes": gettext_lazy("Add a passkey or an authenticator app first."),
    }

    def encrypt(self, text: str) -> str:
        """Sealed, for the store."""
        return _sealed(text, settings.MEDSKAPA_KEYS)

    def decrypt(self, encrypted_text: str) -> str:
        """Opened again. Raises SealBroken under another master key."""
        return _opened(encrypted_text, settings.MEDSKAPA_KEYS)

    def build_totp_svg(self, url: str) -> str:
        """None: the page draws the square itself, without a picture in an address."""
        return ""

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # allauth's name
        """A name to begin with."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("My passkey") if number == 1 else _("My passkey number %(number)s") % {"number": number}


def seal_anew(old: Keys, new: Keys) -> int:
    """Seal the secrets of all second factors under another master key. Gives how many factors. Raises SealBroken."""
    found = [factor for factor in Authenticator.objects.all() if SECRETS & factor.data.keys()]
    for factor in found:
        for name in SECRETS & factor.data.keys():
            value = factor.data[name]
            anew = [_sealed(_opened(one, old), new) for one in ([value] if isinstance(value, str) else value)]
            factor.data[name] = anew[0] if isinstance(value, str) else anew
        factor.save(update_fields=["data"])
    return len(found)


def _sealed(text: str, keys: Keys) -> str:
    return b64encode(encrypt(keys.derived(PURPOSE), text.encode(), bound=PURPOSE.encode())).decode()


def _opened(sealed: str, keys: Keys) -> str:
    return decrypt(keys.derived(PURPOSE), b64decode(sealed), bound=PURPOSE.encode()).decode()
