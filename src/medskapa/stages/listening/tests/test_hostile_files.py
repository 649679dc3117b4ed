"""Files made to do harm, or that say more than they show: none is served, nothing that they say is left, no process is lost."""

import io
import struct
import subprocess
import sys
import wave
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from PIL import Image, PngImagePlugin

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab
from medskapa.stages.listening import redraw, resound
from medskapa.stages.listening.apart import run_apart
from medskapa.stages.listening.errors import NotAPicture, PictureTooBig
from medskapa.stages.listening.forms.pictures import PicturesField
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.pictures import redrawn
from medskapa.stages.listening.tests.telling import address, fields_of, walk_to_the_end
from medskapa.stages.listening.tests.test_pictures import SVG, VIDEO, a_bomb, a_file, send_with

CANARY = b"59.3293-18.0686-Amal"
HTML = b"<!doctype html><script>alert('" + CANARY + b"')</script>"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "ICO", "PPM")
HOLD_EXIF, HOLD_ICC, HOLD_XMP = ({"JPEG", "PNG", "WEBP"},) * 3
MEMORY = 300  # megabytes, as promised
MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], input=sys.stdin.buffer.read(), stdout=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def saved(kind: str, image: Image.Image | None = None, **what: Any) -> bytes:
    target = io.BytesIO()
    (image or Image.new("RGB", (64, 48), "teal")).save(target, kind, **what)
    return target.getvalue()


def with_place() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[1] = CANARY.decode()
    return exif


def segment(mark: int, content: bytes) -> bytes:
    """A part of a JPEG, put behind its beginning."""
    plain = saved("JPEG")
    return plain[:2] + bytes([0xFF, mark]) + struct.pack(">H", len(content) + 2) + content + plain[2:]


def an_archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as held:
        held.writestr("run.exe", CANARY)
    return target.getvalue()


def with_texts() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", CANARY.decode())
    said.add_text("Pressed", CANARY.decode(), zip=True)
    said.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return saved("PNG", pnginfo=said)


def sayings() -> Iterator[tuple[str, bytes]]:
    """Pictures of eight formats that say more than they show."""
    for kind in FORMATS:
        plain = saved(kind)
        yield f"{kind} with an archive behind it", plain + an_archive()
        yield f"{kind} with a page behind it", plain + HTML
        yield f"{kind} that breaks off", plain[: len(plain) * 2 // 3]
        yield f"{kind} with another name", plain
        if kind in HOLD_EXIF:
            yield f"{kind} with a place", saved(kind, exif=with_place())
            yield f"{kind} with a profile", saved(kind, icc_profile=CANARY * 9)
            yield f"{kind} with XMP", saved(kind, xmp=b"<x>" + CANARY + b"</x>")
    yield "JPEG with a comment", segment(0xFE, CANARY)
    yield "JPEG with IPTC", segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + CANARY)
    yield "JPEG with a thumbnail", segment(0xE1, b"Exif\0\0MM\0*" + saved("JPEG") + CANARY)
    yield "JPEG with a maker's note", segment(0xEB, CANARY * 40)
    yield "PNG with texts", with_texts()
    yield "GIF with a comment", saved("GIF", comment=CANARY)
    yield "TIFF with a place", saved("TIFF", exif=with_place())
    yield "a MPO of two", saved("MPO", append_images=[Image.new("RGB", (64, 48))], save_all=True, exif=with_place())


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    return saved(kind, frames[0], save_all=True, append_images=frames[1:])


def harmful() -> Iterator[tuple[str, bytes]]:
    """What is no picture, or one made to break what reads it."""
    yield "nothing", b""
    yield "a bomb", a_bomb()
    yield "an SVG with a script", SVG
    yield "a video with the name of a photo", VIDEO
    yield "a page with the name of a drawing", HTML
    yield "a page that begins like a GIF", b"GIF89a/*" + HTML
    yield "a page that begins like a JPEG", b"\xff\xd8\xff\xe0" + HTML
    yield "a PDF", b"%PDF-1.7\n" + CANARY
    yield "an archive", an_archive()
    yield "PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(" + CANARY + b") run\n"
    yield "a program", b"\x7fELF" + bytes(400)
    yield "zeros", bytes(100_000)
    yield "a PNG that moves", moving("PNG")
    yield "a WebP that moves", moving("WEBP")
    yield "a GIF that moves", moving("GIF")
    yield "a PNG of no size", b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(13) + b"\0\0\0\0"
    yield "a JPEG of 65,500 × 1", saved("JPEG", Image.new("RGB", (65_500, 1)))
    yield "more pixels than allowed", saved("PNG", Image.new("1", (8_000, 5_001)))


CORPUS = [*sayings(), *harmful()]


def marks_of(jpeg: bytes) -> set[int]:
    """Which parts a JPEG has before its pixels."""
    found, place = set(), 2
    while (mark := jpeg[place + 1]) != 0xDA:
        found.add(mark)
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4])
    return found


def test_the_corpus_is_as_large_as_was_promised():
    assert len(CORPUS) >= 60
    assert len({name for name, _content in CORPUS}) == len(CORPUS)
    assert sum(CANARY in content for _name, content in CORPUS) >= 30


@pytest.mark.parametrize("content", [content for _name, content in CORPUS], ids=[name for name, _content in CORPUS])
def test_each_file_ends_as_bare_pixels_or_as_one_clear_line(content):
    done = run_apart(redraw, content)

    assert done.returncode in {0, redraw.TOO_BIG, redraw.UNREADABLE}
    if done.returncode:
        with override("sv"), pytest.raises(ValidationError) as refused:
            PicturesField().clean([SimpleUploadedFile("IMG_1.jpg", content)])
        assert refused.value.messages[0].startswith(("En av filerna är ingen bild", "En av bilderna är för stor"))
        assert len(refused.value.messages) == 1
    else:
        assert done.stdout[-2:] == b"\xff\xd9"
        assert CANARY not in done.stdout
        assert marks_of(done.stdout) <= {0xE0, 0xDB, 0xC0, 0xC4}  # size, tables and pixels: nothing that says something


def the_largest() -> Iterator[Any]:
    size = (8_000, 5_000)  # 40 million pixels, the most there may be
    flat = {mode: Image.new(mode, size) for mode in ("RGB", "RGBA", "P", "CMYK")}
    yield pytest.param(saved("JPEG", flat["RGB"], quality=20), id="a photo")
    yield pytest.param(saved("JPEG", flat["CMYK"], quality=20, progressive=True), id="a photo for print")
    yield pytest.param(saved("PNG", flat["RGBA"], compress_level=1), id="a drawing that can be seen through")
    yield pytest.param(saved("PNG", flat["P"], compress_level=1), id="a drawing of few colours")
    yield pytest.param(saved("WEBP", flat["RGB"], method=0, quality=20), id="a WebP")


def peak(module: Any, content: bytes) -> tuple[int, int]:
    """How the process of its own ended, and how many megabytes it held at most."""
    command = [sys.executable, "-c", MEASURED, sys.executable, "-I", str(module.__file__)]
    status, most = subprocess.run(command, input=content, stdout=subprocess.PIPE, check=True).stdout.split()
    return int(status), int(most)


def test_the_largest_pictures_never_take_more_memory_than_promised():
    for parameter in the_largest():
        status, most = peak(redraw, parameter.values[0])

        assert (status in {0, redraw.TOO_BIG, redraw.UNREADABLE}, most < MEMORY) == (True, True), (parameter.id, status, most)
    assert peak(redraw, saved("JPEG", Image.new("RGB", (8_000, 5_000)), quality=20))[0] == 0


def five_minutes() -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as made:
        made.setparams((1, 2, 16_000, 0, "NONE", ""))
        made.writeframes(bytes(range(256)) * (2 * 16_000 * 300 // 256))
    return target.getvalue()


def test_five_minutes_of_sound_take_less_memory_than_promised():
    status, most = peak(resound, five_minutes())

    assert status == 0
    assert most < MEMORY


SOUNDS = {
    "nothing": b"",
    "zeros": bytes(50_000),
    "a page": HTML,
    "an empty wave": five_minutes()[:44],
    "a wave that says it is longer": five_minutes()[:2_000],
    "half an Ogg": b"OggS" + bytes(300),
    "half a Matroska": b"\x1aE\xdf\xa3" + CANARY,
    "an MP4 of nothing": VIDEO,
    "an MP3 of noise": b"ID3" + bytes(range(256)) * 40,
    "a list of addresses": b"#EXTM3U\nhttp://localhost/secret\n",
}


@pytest.mark.parametrize("content", SOUNDS.values(), ids=SOUNDS)
def test_each_recording_ends_as_bare_sound_or_is_refused(content):
    done = run_apart(resound, content)

    assert done.returncode in {0, resound.TOO_LONG, resound.NOTHING, resound.UNREADABLE}
    assert CANARY not in done.stdout


def test_an_honest_picture_is_drawn_after_all_of_them():
    for content in (a_bomb(), VIDEO, b""):
        with pytest.raises((NotAPicture, PictureTooBig)):
            redrawn(content)

    assert redrawn(a_file())[:2] == b"\xff\xd8"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "says"), [("sv", "ingen bild som vi kan läsa"), ("prs", "عکسی نیست که بتوانیم بخوانیم")])
def test_the_words_of_a_story_stay_whatever_came_with_them(language, says):
    lab = a_lab(languages=["sv", "prs"])

    page = send_with(lab, HTML, language=language, words="Mina ord står kvar.")

    assert (page.status_code, Story.objects.count()) == (422, 0)
    assert says in page.content.decode()
    assert "Mina ord står kvar." in fields_of(page)["a_own"]


class NeverRead(io.RawIOBase):
    """What would be read of a request that is refused by what it says of itself."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("it was read")


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "says"), [("sv", "Det var för mycket på en gång"), ("prs", "یک‌باره زیاد بود.")])
def test_four_gigabytes_are_refused_without_being_read(language, says):
    lab: Lab = a_lab(languages=["sv", "prs"])
    walk_to_the_end(Client(), lab, language=language, words="Ord.")
    sent = {"CONTENT_LENGTH": str(4 * 2**30), "wsgi.input": NeverRead()}

    page = Client().generic("POST", address(lab, language, "send/"), content_type="multipart/form-data; boundary=x", **sent)

    assert page.status_code == 413
    assert says in page.content.decode()
