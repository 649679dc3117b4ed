"""The mails of labs."""

from urllib.parse import urljoin

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from medskapa.ground.labs.models import Invitation
from medskapa.ground.web import languages


def send_invitation(invitation: Invitation, token: str, site: str) -> None:
    """Send the link of an invitation, in the lab's language."""
    with override(languages.shown_in(invitation.lab.language, None)):
        link = urljoin(site, reverse("labs:join", kwargs={"token": token}))
        subject = _("You are invited to %(lab)s") % {"lab": invitation.lab.name}
        text = render_to_string("labs/letters/invitation.txt", {"invitation": invitation, "link": link})
        send_mail(subject, text, None, [invitation.email])
