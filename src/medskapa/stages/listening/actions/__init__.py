"""What people do while the lab listens."""

from medskapa.stages.listening.actions.answering import answer_teller, save_beginning, write_to_lab
from medskapa.stages.listening.actions.carding import add_card_photo, print_cards, read_card_photo, take_card
from medskapa.stages.listening.actions.contacting import end_contact, let_contact, open_contact
from medskapa.stages.listening.actions.conversing import (
    cast_vote,
    cast_votes,
    edit_statement,
    move_prompt,
    open_statement,
    save_conversation,
    save_prompt,
    set_statement_aside,
    suggest_statement,
)
from medskapa.stages.listening.actions.correcting import OwnWords, correct_story, on_corrected, read_own_words
from medskapa.stages.listening.actions.counting import count_again, set_answers_aside
from medskapa.stages.listening.actions.covering import cover_picture, open_cover, read_cover, read_own_cover, withhold_picture
from medskapa.stages.listening.actions.growing import confirm_age
from medskapa.stages.listening.actions.hearing import set_target_groups
from medskapa.stages.listening.actions.keeping import stop_teller, withdraw_story
from medskapa.stages.listening.actions.marking import Marks, mark_story, move_scale, save_scale
from medskapa.stages.listening.actions.moderating import check_translation, cross_version, raise_story_concern, save_rules, translate_story
from medskapa.stages.listening.actions.partnering import end_partner_link, make_partner_link
from medskapa.stages.listening.actions.picturing import read_own_picture, read_picture, remove_picture
from medskapa.stages.listening.actions.reading import OpenedStory, OwnThread, read_messages, read_own_stories, read_own_thread, read_story
from medskapa.stages.listening.actions.recording import hear_own_recording, hear_recording, remove_recording, transcribe_story
from medskapa.stages.listening.actions.releasing import hold_story, on_worded, release_story, revise_story, second_release, undo_release
from medskapa.stages.listening.actions.telling import Telling, add_to_story, change_consent, change_research, read_back, tell_story

__all__ = [
    "Marks",
    "OpenedStory",
    "OwnThread",
    "OwnWords",
    "Telling",
    "add_card_photo",
    "add_to_story",
    "answer_teller",
    "cast_vote",
    "cast_votes",
    "change_consent",
    "change_research",
    "check_translation",
    "confirm_age",
    "correct_story",
    "count_again",
    "cover_picture",
    "cross_version",
    "edit_statement",
    "end_contact",
    "end_partner_link",
    "hear_own_recording",
    "hear_recording",
    "hold_story",
    "let_contact",
    "make_partner_link",
    "mark_story",
    "move_prompt",
    "move_scale",
    "on_corrected",
    "on_worded",
    "open_contact",
    "open_cover",
    "open_statement",
    "print_cards",
    "raise_story_concern",
    "read_back",
    "read_card_photo",
    "read_cover",
    "read_messages",
    "read_own_cover",
    "read_own_picture",
    "read_own_stories",
    "read_own_thread",
    "read_own_words",
    "read_picture",
    "read_story",
    "release_story",
    "remove_picture",
    "remove_recording",
    "revise_story",
    "save_beginning",
    "save_conversation",
    "save_prompt",
    "save_rules",
    "save_scale",
    "second_release",
    "set_answers_aside",
    "set_statement_aside",
    "set_target_groups",
    "stop_teller",
    "suggest_statement",
    "take_card",
    "tell_story",
    "transcribe_story",
    "translate_story",
    "undo_release",
    "withdraw_story",
    "withhold_picture",
    "write_to_lab",
]
