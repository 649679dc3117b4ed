"""Those addresses of allauth that we use, under the names that allauth knows: signing in and out, and second factors.

Nobody signs up, and nobody has a password, so those pages are left out; where allauth would ask for a password once more, ours stands.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from medskapa.ground.people.views.account import again

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", account.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/again/", again, name="account_reauthenticate"),
    path("account/again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/again/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/second/", mfa.index, name="mfa_index"),
    path("account/second/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second/recovery/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/second/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/second/passkeys/new/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("account/second/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/second/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
