"""What those who moderate should know before a story goes out: what others see of it beside its words, and whether that is rare."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from medskapa.stages.listening.models import Reach, Story
from medskapa.stages.listening.queries.attributes import attributes_of, outside
from medskapa.stages.listening.queries.stories import told_in, told_when


@dataclass(frozen=True, slots=True)
class Beside:
    """Of a story that goes beyond the team: what others see beside its words and what is held back."""

    shown: list[str]
    held: list[str]
    is_rare: bool  # fewer than five have told in its language


def beside(story: Story, *, reach: str) -> Beside | None:
    """What is seen of a story that goes this far; None if it stays with the team. At most one SQL query."""
    if reach == Reach.TEAM:
        return None
    there, known = outside(story, reach=reach), attributes_of(story)
    seen = there.seen
    held = [
        (seen.half != known.half, _("when it was told")),
        (seen.language is None, _("in which language")),
        (seen.prompt != known.prompt, _("to which question")),
    ]
    shown = [part for part in (told_when(seen), told_in(seen)) if part]
    return Beside(shown, [words for is_held, words in held if is_held], there.is_rare)
