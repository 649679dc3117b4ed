"""The ten steps of the thread in a sentence each, for those who have never seen a lab."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS_OF_THREAD: tuple[tuple[str, str | Promise], ...] = (
    ("listen", _("People tell how it is, in their own language and without a name.")),
    ("understand", _("Many stories together show what is the same in them.")),
    ("frame", _("What was understood becomes a question: how might we?")),
    ("create", _("Everybody suggests: a way of working, a role, a meeting.")),
    ("prototype", _("An idea is built so simply that it can be tried next week.")),
    ("choose", _("A jury with young people in it chooses, and says why.")),
    ("support", _("Those who were chosen get money, knowledge and people to ask.")),
    ("realise", _("A municipality tries it for real and measures whether it helps.")),
    ("spread", _("Others take it up where it worked.")),
    ("back", _("Whoever told hears what became of their story.")),
)
