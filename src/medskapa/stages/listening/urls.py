"""Addresses of the room. Those of tellers who come back lie outside any lab, and say nothing about what they are for."""

from django.urls import path

from medskapa.stages.listening.views import (
    answering,
    conversations,
    copying,
    desk,
    own,
    prompts,
    returning,
    stories,
    telling,
    translating,
    voting,
)

app_name = "listening"
urlpatterns = [
    path("tell/", telling.tell, name="tell"),
    path("tell/send/", telling.send, name="tell_send"),
    path("stories/", stories.stories, name="stories"),
    path("stories/<id:story>/", stories.story, name="story"),
    path("stories/<id:story>/cross/", stories.cross, name="cross"),
    path("stories/<id:story>/worry/", desk.concern, name="concern"),
    path("moderation/", desk.desk, name="desk"),
    path("moderation/<id:story>/", desk.desk_story, name="desk_story"),
    path("moderation/<id:story>/hold/", desk.hold, name="hold"),
    path("translations/", translating.translations, name="translations"),
    path("translations/<id:story>/", translating.translate, name="translate"),
    path("answers/", answering.answers, name="answers"),
    path("answers/<id:teller>/", answering.answer, name="answer"),
    path("prompts/", prompts.prompts, name="prompts"),
    path("prompts/new/", prompts.new_prompt, name="new_prompt"),
    path("prompts/<id:prompt>/", prompts.prompt, name="prompt"),
    path("prompts/<id:prompt>/edit/", prompts.edit_prompt, name="edit_prompt"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/new/", conversations.new_conversation, name="new_conversation"),
    path("conversations/<id:conversation>/", conversations.conversation, name="conversation"),
    path("conversations/<id:conversation>/edit/", conversations.edit_conversation, name="edit_conversation"),
    path("conversations/<id:conversation>/answer/", voting.vote, name="vote"),
    path("conversations/<id:conversation>/suggest/", conversations.new_statement, name="new_statement"),
    path("statements/<id:statement>/", conversations.statement, name="statement"),
    path("statements/<id:statement>/edit/", conversations.edit_statement_page, name="edit_statement"),
    path("statements/<id:statement>/open/", conversations.open_or_set_aside, {"verb": "open"}, name="open_statement"),
    path("statements/<id:statement>/set-aside/", conversations.open_or_set_aside, {"verb": "set_aside"}, name="set_aside_statement"),
]
outside = [
    path("return/", returning.come_back, name="return"),
    path("return/leave/", returning.leave, name="leave"),
    path("return/mine/", own.own_page, name="own_page"),
    path("return/mine/write/", own.own_write, name="own_write"),
    path("return/mine/code/", own.own_code, name="own_code"),
    path("return/mine/copy/", copying.own_copy, name="own_copy"),
    path("return/mine/copy/file/", copying.own_copy_file, name="own_copy_file"),
    path("return/mine/stop/", own.own_stop, name="own_stop"),
    path("return/mine/<id:story>/", own.own_story, name="own_story"),
    path("return/mine/<id:story>/add/", own.own_add, name="own_add"),
    path("return/mine/<id:story>/readers/", own.own_reach, name="own_reach"),
    path("return/mine/<id:story>/back/", own.own_withdraw, name="own_withdraw"),
]
