"""What pages read of stories, waiting answers and statements. Who reads is always an argument."""

from medskapa.stages.listening.queries.desk import (
    DeskNumbers,
    desk_numbers,
    going_out,
    held_stories,
    news_on_released,
    released_lately,
    to_check,
    untranslated_stories,
    waiting_stories,
)
from medskapa.stages.listening.queries.own import Grown, grown_from
from medskapa.stages.listening.queries.pictures import pictures_of, recording_of
from medskapa.stages.listening.queries.statements import (
    Result,
    conversations_of,
    decided,
    decisions_of,
    next_statement,
    open_conversation_of,
    results_of,
    statements_of,
    suggested_by,
    undecided_in,
    voter_of,
)
from medskapa.stages.listening.queries.stories import StoryShown, listed_stories, marks_of, prompts_of, scales_of, shown, told_when
from medskapa.stages.listening.queries.waiting import Told, Waiting, told_in, unanswered_of, waiting_for_answer

__all__ = [
    "DeskNumbers",
    "Grown",
    "Result",
    "StoryShown",
    "Told",
    "Waiting",
    "conversations_of",
    "decided",
    "decisions_of",
    "desk_numbers",
    "going_out",
    "grown_from",
    "held_stories",
    "listed_stories",
    "marks_of",
    "news_on_released",
    "next_statement",
    "open_conversation_of",
    "pictures_of",
    "prompts_of",
    "recording_of",
    "released_lately",
    "results_of",
    "scales_of",
    "shown",
    "statements_of",
    "suggested_by",
    "to_check",
    "told_in",
    "told_when",
    "unanswered_of",
    "undecided_in",
    "untranslated_stories",
    "voter_of",
    "waiting_for_answer",
    "waiting_stories",
]
