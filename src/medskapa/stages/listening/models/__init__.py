"""Stories and everything that keeps them safe; statements and the votes on them; messages between a teller and the lab."""

from medskapa.stages.listening.models.agreeing import AdultCode, Consent
from medskapa.stages.listening.models.cards import Card
from medskapa.stages.listening.models.conversations import (
    AnswersSetAside,
    Conversation,
    Statement,
    StatementDecision,
    StatementOrigin,
    Vote,
)
from medskapa.stages.listening.models.desk import Beginning, Crossing, DeskRules, Message, StoryConcern, TargetGroup
from medskapa.stages.listening.models.media import Cover, Picture, Recording
from medskapa.stages.listening.models.partners import PartnerLink
from medskapa.stages.listening.models.stories import Addition, EarlierWords, Mark, Pictogram, Prompt, Reach, Scale, Story, Version, Writer

__all__ = [
    "Addition",
    "AdultCode",
    "AnswersSetAside",
    "Beginning",
    "Card",
    "Consent",
    "Conversation",
    "Cover",
    "Crossing",
    "DeskRules",
    "EarlierWords",
    "Mark",
    "Message",
    "PartnerLink",
    "Pictogram",
    "Picture",
    "Prompt",
    "Reach",
    "Recording",
    "Scale",
    "Statement",
    "StatementDecision",
    "StatementOrigin",
    "Story",
    "StoryConcern",
    "TargetGroup",
    "Version",
    "Vote",
    "Writer",
]
