"""Recordings: written anew, sealed with the story, heard by few, written down, gone when they are no longer needed."""

import io
import zipfile
from array import array
from dataclasses import replace
from math import sin
from typing import Any

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from medskapa.ground.labs.copies import copy_of, packed
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, an_actor, client_of
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.stages.listening import resound
from medskapa.stages.listening.actions import (
    change_consent,
    hear_recording,
    raise_story_concern,
    read_story,
    remove_recording,
    transcribe_story,
    withdraw_story,
)
from medskapa.stages.listening.errors import NoSound, NotASound
from medskapa.stages.listening.forms.desk import ReleaseForm
from medskapa.stages.listening.models import Recording, Story, StoryConcern, Version
from medskapa.stages.listening.recordings import Sound, heard, resounded
from medskapa.stages.listening.tests.makers import a_story, teller_of
from medskapa.stages.listening.tests.telling import address, code_on, fields_of, walk_to_the_end

pytestmark = pytest.mark.django_db
PLACE = b"59.3293 N 18.0686 E"  # what a phone writes into its recordings
VIDEO = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(2000)
PLAYLIST = b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n"
SOUND = Sound(b"a sound that was written anew", 42)
KEY = "key-of-a-form-0123456789"


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def a_tone(kind: str = "webm", codec: str = "libopus", seconds: float = 1.0, layout: str = "mono") -> bytes:
    """A recording as a browser makes it, with a place in its head."""
    target, rate = io.BytesIO(), 48_000
    with av.open(target, "w", format=kind) as made:
        made.metadata["location"] = made.metadata["comment"] = PLACE.decode()
        voice: Any = made.add_stream(codec, rate=rate, layout=layout)
        for start in range(0, int(seconds * rate), 960):
            frame = av.AudioFrame(format="s16" if codec.startswith("pcm") else "fltp", layout=layout, samples=960)
            frame.sample_rate = rate
            wave = [sin((start + place) / 20) / 3 for place in range(960)]
            for plane in frame.planes:
                plane.update((array("h", (int(9000 * value) for value in wave)) if codec.startswith("pcm") else array("f", wave)).tobytes())
            made.mux(voice.encode(frame))
        made.mux(voice.encode(None))
    return target.getvalue()


def send_with(lab: Lab, recording: bytes | None, language: str = "sv", **told: Any) -> Any:
    client = Client()
    keeps = told.pop("keeps_sound", "")
    page = walk_to_the_end(client, lab, language=language, **told)
    files = {"recording": SimpleUploadedFile("voice", recording, "audio/webm")} if recording is not None else {}
    return client.post(address(lab, language, "send/"), fields_of(page) | files | ({"keeps_sound": "on"} if keeps else {}))


def a_recorded_story(lab: Lab, **told: Any) -> Story:
    return a_story(lab, sound=SOUND, **({"words": ""} | told))


@pytest.mark.parametrize(
    ("kind", "codec", "layout"),
    [("webm", "libopus", "mono"), ("ogg", "libopus", "stereo"), ("mp4", "aac", "mono"), ("wav", "pcm_s16le", "mono")],
)
def test_whatever_a_browser_records_goes_on_as_bare_opus(kind, codec, layout):
    content = a_tone(kind, codec, layout=layout)
    assert PLACE in content

    sound = resounded(content)

    assert (sound.content[:4], sound.seconds) == (b"OggS", 1)
    assert PLACE not in sound.content
    with av.open(io.BytesIO(sound.content)) as found:
        assert [(stream.codec_context.name, stream.codec_context.layout.name) for stream in found.streams] == [("opus", "mono")]


@pytest.mark.parametrize("content", [VIDEO, PLAYLIST, b"RIFF" + bytes(50), a_tone()[:200], b"<svg><script>alert(1)</script></svg>"])
def test_what_is_no_sound_is_refused(content):
    with pytest.raises(NotASound):
        resounded(content)


@pytest.mark.parametrize("content", [b"", a_tone(seconds=0.1)])
def test_a_recording_of_nothing_is_told_from_one_that_cannot_be_read(content):
    with pytest.raises(NoSound):
        resounded(content)


def test_a_recording_of_more_than_five_minutes_is_too_long(monkeypatch):
    monkeypatch.setattr(resound, "MOST_SECONDS", -9)

    with pytest.raises(resound.TooLong):
        resound.resound(a_tone(seconds=2))


def test_a_voice_alone_is_a_story_and_lies_sealed(lab):
    page = send_with(lab, a_tone())

    assert len(code_on(page)) == 18
    recording = Recording.objects.get()
    assert (recording.story, recording.seconds) == (Story.objects.get(), 1)
    assert heard(recording)[:4] == b"OggS"
    assert b"OggS" not in bytes(recording.sealed)


@pytest.mark.parametrize(
    ("content", "says"),
    [(VIDEO, "Vi kan inte höra din inspelning"), (b"", "Det finns inget ljud i din inspelning")],
    ids=["a video", "0 s"],
)
def test_a_recording_that_is_refused_takes_no_words_with_it(lab, content, says):
    page = send_with(lab, content, words="Mina ord står kvar.")

    assert (page.status_code, Story.objects.count()) == (422, 0)
    assert says in page.content.decode()
    assert "Mina ord står kvar." in fields_of(page)["a_own"]


def test_only_the_telling_pages_may_use_the_microphone(lab, client):
    telling, front = client.get(address(lab)), client.get(f"/sv/labs/{lab.slug}/")

    assert "microphone=(self)" in telling.headers["Permissions-Policy"]
    assert "microphone=()" in front.headers["Permissions-Policy"]
    assert "camera=()" in telling.headers["Permissions-Policy"]
    assert "blob:" in telling.headers["Content-Security-Policy"]
    assert "blob:" not in front.headers["Content-Security-Policy"]


def test_those_who_moderate_and_translate_hear_it_and_each_hearing_leaves_a_line(lab):
    story = a_recorded_story(lab)
    where = f"/sv/labs/{lab.slug}/moderation/{story.public_id}/recording/"
    for role in (Role.MODERATOR, Role.INTERPRETER):
        client, before = a_client(lab, role), Record.objects.count()

        answer = client.get(where)

        assert (answer.content, answer.headers["Content-Type"]) == (SOUND.content, "audio/ogg")
        assert (answer.headers["Cache-Control"], answer.headers["Content-Security-Policy"]) == ("no-store", "default-src 'none'; sandbox")
        assert Record.objects.count() == before + 1
    for other in (a_client(lab, Role.SAFEGUARDING_OFFICER), a_client(lab, Role.ACTOR), a_client(a_lab(), Role.MODERATOR), Client()):
        assert other.get(where).status_code in {302, 404}


def test_a_player_goes_back_and_forth_only_after_a_line_was_left(lab):
    story = a_recorded_story(lab)
    where = f"/sv/labs/{lab.slug}/moderation/{story.public_id}/recording/"
    client = a_client(lab, Role.MODERATOR)
    assert client.get(where, headers={"Range": "bytes=5-"}).status_code == 404

    begun = client.get(where, headers={"Range": "bytes=0-"})
    before = Record.objects.count()
    later = client.get(where, headers={"Range": "bytes=5-8"})

    assert (begun.status_code, begun.content) == (206, SOUND.content)
    assert (later.status_code, later.content, later.headers["Content-Range"]) == (206, SOUND.content[5:9], "bytes 5-8/29")
    assert client.get(where, headers={"Range": "bytes=900-"}).status_code == 416
    assert Record.objects.count() == before


def test_nobody_hears_a_voice_that_is_kept_from_their_kind_of_organisation(lab):
    story = a_recorded_story(lab, kept_from=frozenset({"municipality"}))
    moderator = replace(an_actor(lab, Role.MODERATOR), organisation_kinds=frozenset({"municipality"}))

    with pytest.raises(NotAllowed):
        hear_recording(story, by=moderator)


def test_what_is_said_is_written_down_and_then_the_voice_goes(lab):
    story = a_recorded_story(lab)
    desk = f"/sv/labs/{lab.slug}/moderation/{story.public_id}/"
    client = a_client(lab, Role.MODERATOR)
    assert f"{desk}transcript/" in client.get(desk).content.decode()

    client.post(f"{desk}transcript/", {"words": "Jag väntade", "form_key": KEY})
    assert Recording.objects.exists()
    client.post(f"{desk}transcript/", {"words": "Jag väntade i två år.", "whole": "yes", "form_key": KEY[::-1]})

    assert not Recording.objects.exists()
    page = client.get(desk).content.decode()
    assert "Jag väntade i två år." in page
    assert "Inspelningen är borta" in client.get(f"{desk}transcript/").content.decode()


def test_a_voice_that_its_teller_wants_kept_stays_when_it_is_written_down(lab):
    story = a_recorded_story(lab, keeps_sound=True)
    change_consent(story, wish="team", kept_from=frozenset(), by=teller_of(story))  # who may read it is another matter

    transcribe_story(story, words="All of it.", is_whole=True, by=an_actor(lab, Role.MODERATOR))

    assert Recording.objects.exists()


def test_the_text_that_is_released_is_made_from_what_was_written_and_said(lab):
    story = a_recorded_story(lab, words="I wrote this.")
    moderator = an_actor(lab, Role.MODERATOR)
    transcribe_story(story, words="I said this.", by=moderator)

    form = ReleaseForm(opened=read_story(story, by=moderator), agreed="lab", by=moderator)

    assert form.initial["text_sv"] == "I wrote this.\n\nI said this."


def test_the_officer_s_copy_of_a_concern_holds_what_was_said(lab):
    story = a_recorded_story(lab)
    moderator = an_actor(lab, Role.MODERATOR)
    transcribe_story(story, words="I am afraid.", by=moderator)

    link = raise_story_concern(story, worry="Look at this.", by=moderator)

    assert unseal(link.concern).worry == "Look at this.\n\nI am afraid."


def test_words_that_worry_tell_the_officer_when_they_were_said_too(lab):
    story = a_recorded_story(lab, language="en")

    transcribe_story(story, words="He says he will kill me.", is_whole=True, by=an_actor(lab, Role.MODERATOR))

    assert "He says he will kill me." in unseal(StoryConcern.objects.get(story=story).concern).worry


def test_nothing_is_written_down_where_nothing_was_recorded(lab):
    with pytest.raises(WrongState):
        transcribe_story(a_story(lab), words="Words.", by=an_actor(lab, Role.MODERATOR))


def test_a_teller_hears_their_voice_and_can_take_it_away(lab):
    story = a_recorded_story(lab, words="Och ord.")
    client = client_of(story.teller)
    page = f"/sv/return/mine/{story.public_id}/"
    assert f"{page}recording/" in client.get(page).content.decode()
    assert client.get(f"{page}recording/").content == SOUND.content
    assert client_of(a_story(lab).teller).get(f"{page}recording/").status_code == 404

    client.post(f"{page}recording/remove/", {"form_key": KEY})

    assert (Recording.objects.count(), client.get(f"{page}recording/").status_code) == (0, 404)
    with pytest.raises(NotAllowed):
        remove_recording(Recording(lab=lab, story=story), by=an_actor(lab, Role.MODERATOR))


def test_the_copy_of_a_teller_holds_the_voice_and_taking_back_ends_it(lab):
    story = a_recorded_story(lab)
    name = f"recording-{story.recording.public_id}.ogg"
    with zipfile.ZipFile(io.BytesIO(packed(copy_of(story.teller), story.teller))) as archive:
        assert archive.read(name) == SOUND.content

    withdraw_story(story, by=teller_of(story))

    assert Recording.objects.count() == 0
    assert Version.objects.filter(story=story).count() == 0
