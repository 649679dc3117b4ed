"""Pictures: drawn anew, sealed with the story, seen by few, gone when the story is taken back."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from medskapa.ground.labs.copies import copy_of, packed
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, client_of
from medskapa.ground.ledger.models import Record
from medskapa.ground.people.roles import Role
from medskapa.ground.web import uploads
from medskapa.stages.listening.actions import withdraw_story
from medskapa.stages.listening.errors import NotAPicture, PictureTooBig
from medskapa.stages.listening.models import Picture, Story
from medskapa.stages.listening.pictures import opened, redrawn
from medskapa.stages.listening.tests.makers import a_story, teller_of
from medskapa.stages.listening.tests.telling import address, code_on, fields_of, walk_to_the_end

pytestmark = pytest.mark.django_db
PLACE = b"59.3293 N 18.0686 E"  # what a phone writes into its photos
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
VIDEO = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(2000)


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def a_file(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", turned: int = 1) -> bytes:
    """A picture as a phone makes it, with a place in its EXIF."""
    image, exif, target = Image.new(mode, size), Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x010E] = turned, PLACE.decode()
    image.save(target, kind, exif=exif)
    return target.getvalue()


def a_bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has 2,500 million pixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content)) for name, content in parts
    )


LARGE = (8000, 6000)  # pixels that the heads of these say they have; the first truly has them
WEBPS = {
    "VP8L": b"RIFF\x1a\0\0\0WEBPVP8L\x0e\0\0\0/\x3f\xdf\xdb\x05\x07\x10\x11\xfd\x0f\x44\x44\xff\x03",
    "VP8X": b"RIFF\x12\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"".join((side - 1).to_bytes(3, "little") for side in LARGE),
    "VP8 ": b"RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\x50\x03\0\x9d\x01\x2a" + struct.pack("<HH", *LARGE),
}


def send_with(lab: Lab, *files: bytes, client: Client | None = None, language: str = "sv", **told: Any) -> Any:
    client = client or Client()
    page = walk_to_the_end(client, lab, language=language, **told)
    sent = [SimpleUploadedFile(f"{number}.jpg", content, "image/jpeg") for number, content in enumerate(files)]
    return client.post(address(lab, language, "send/"), fields_of(page) | {"pictures": sent})


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(redrawn(content)))


KINDS = "JPEG RGB, JPEG L, JPEG CMYK, PNG RGBA, PNG P, PNG 1, PNG I;16, WEBP RGBA"


@pytest.mark.parametrize(("kind", "mode"), [tuple(kind.split()) for kind in KINDS.split(", ")])
def test_whatever_comes_in_goes_on_as_a_bare_jpeg(kind, mode):
    content = a_file(kind, mode=mode)
    assert PLACE in content

    image = drawn(content)

    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (60, 40), {})
    assert PLACE not in redrawn(content)


def test_a_picture_that_was_taken_lying_stands_upright():
    assert drawn(a_file(turned=6)).size == (40, 60)


def test_a_long_picture_becomes_1600_pixels_long():
    assert drawn(a_file(size=(4000, 3000))).size == (1600, 1200)


def test_what_is_behind_an_archive_in_a_picture_is_left_behind():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as held:
        held.writestr("run.exe", b"do harm")

    assert b"run.exe" not in redrawn(a_file() + archive.getvalue())


@pytest.mark.parametrize("content", [SVG, VIDEO, b"", b"GIF89a" + bytes(40), b"%PDF-1.7", a_file()[:300], a_file("PNG", (400, 400))[:200]])
def test_what_is_no_whole_picture_is_refused(content):
    with pytest.raises(NotAPicture):
        redrawn(content)


def test_a_bomb_is_refused_before_it_is_decoded():
    with pytest.raises(PictureTooBig):
        redrawn(a_bomb())


@pytest.mark.parametrize("kind", WEBPS)
def test_a_webp_of_more_pixels_than_anybody_needs_is_too_big_and_not_no_picture(kind):
    with pytest.raises(PictureTooBig):
        redrawn(WEBPS[kind])


def test_a_broken_webp_is_no_picture_however_large_its_file():
    with pytest.raises(NotAPicture):
        redrawn(a_file("WEBP", size=(400, 400))[:60] + bytes(100_000))


def test_pictures_are_sent_on_the_last_step_and_sealed_with_the_story(lab):
    page = send_with(lab, a_file(), a_file("PNG"), words="Två bilder.")

    assert len(code_on(page)) == 18
    kept = list(Picture.objects.all())
    assert [picture.story for picture in kept] == [Story.objects.get()] * 2
    for picture in kept:
        assert opened(picture)[:3] == b"\xff\xd8\xff"
        assert opened(picture)[:64] not in bytes(picture.sealed)


def test_a_picture_alone_is_a_story_too(lab):
    send_with(lab, a_file())

    assert Picture.objects.get().story == Story.objects.get()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([SVG], "En av filerna är ingen bild"),
        ([a_bomb()], "En av bilderna är för stor"),
        ([WEBPS["VP8L"]], "En av bilderna är för stor"),
        ([a_file()] * 4, "Välj högst tre bilder"),
    ],
    ids=["an SVG", "a bomb", "a WebP of 48 million pixels", "four pictures"],
)
def test_a_file_that_is_refused_takes_no_words_with_it(lab, files, says):
    page = send_with(lab, *files, words="Mina ord står kvar.")

    text = page.content.decode()
    assert (page.status_code, Story.objects.count()) == (422, 0)
    assert says in text
    assert "Mina ord står kvar." in fields_of(page)["a_own"]


def test_a_file_that_is_too_long_is_let_go_on_its_way_in_and_the_words_stay(lab, monkeypatch, tmp_path):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100_000)
    monkeypatch.setattr("medskapa.stages.listening.forms.pictures.MOST_BYTES", 100_000)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    page = send_with(lab, bytes(3_000_000), words="Mina ord står kvar.")

    assert page.status_code == 422
    assert "för stor" in page.content.decode()
    assert "Mina ord står kvar." in fields_of(page)["a_own"]
    assert list(tmp_path.iterdir()) == []


def test_a_teller_sees_their_picture_and_can_take_it_away(lab):
    send_with(lab, a_file(), words="En bild.")
    picture = Picture.objects.get()
    client = client_of(picture.story.teller)
    page = f"/sv/return/mine/{picture.story.public_id}/"
    where = f"{page}pictures/{picture.public_id}/"
    assert where in client.get(page).content.decode()
    answer = client.get(where)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content == opened(picture)

    client.post(f"{where}remove/", {"form_key": "key-of-a-form-0123456789"})

    assert (Picture.objects.count(), client.get(where).status_code) == (0, 404)


def test_those_who_moderate_see_it_and_each_opening_leaves_a_line(lab):
    send_with(lab, a_file(), words="En bild.")
    picture = Picture.objects.get()
    desk = f"/sv/labs/{lab.slug}/moderation/{picture.story.public_id}/"
    where = f"{desk}pictures/{picture.public_id}/"
    client = a_client(lab, Role.MODERATOR)
    assert where in client.get(desk).content.decode()
    before = Record.objects.count()

    assert client.get(where).content == opened(picture)

    assert Record.objects.count() == before + 1
    for other in (a_client(lab, Role.ACTOR), a_client(lab, Role.INNOVATOR), a_client(a_lab(), Role.MODERATOR), Client()):
        assert other.get(where).status_code in {302, 404}
    assert client_of(a_story(lab).teller).get(f"/sv/return/mine/{picture.story.public_id}/pictures/{picture.public_id}/").status_code == 404


def test_the_copy_of_a_teller_holds_the_picture_and_taking_back_ends_it(lab):
    send_with(lab, a_file(), words="En bild.")
    picture, story = Picture.objects.get(), Story.objects.get()
    with zipfile.ZipFile(io.BytesIO(packed(copy_of(story.teller), story.teller))) as archive:
        assert archive.read(f"picture-{picture.public_id}.jpg") == opened(picture)

    withdraw_story(story, by=teller_of(story))

    assert Picture.objects.count() == 0
    with zipfile.ZipFile(io.BytesIO(packed(copy_of(story.teller), story.teller))) as archive:
        assert sorted(archive.namelist()) == ["everything.json", "read-me.html"]
