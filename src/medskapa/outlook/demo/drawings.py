"""A picture and a sound for the invented stories: both made here by rule, so that nobody's face, hand or voice is in them."""

import io
import math
import struct
import wave
from functools import cache

from medskapa.stages.listening.pictures import redrawn
from medskapa.stages.listening.recordings import Sound, resounded

PAPER, INK, WALL, SKIN, SHIRT = "#fffdf5", "#223047", "#cfd8d3", "#c98f6b", "#2f6f62"
LINES = (520, 470, 540, 380, 500, 430, 300)  # how long each line of the list is
RATE = 16_000
TUNE = (220.0, 247.0, 262.0, 294.0, 262.0, 247.0, 220.0)  # a hum, in hertz


@cache
def the_list() -> bytes:
    """A sheet with a list on a wall, a name on a sign above it, and a face beside: drawn anew like any picture that comes in."""
    from PIL import Image, ImageDraw  # only who loads the demo draws

    image = Image.new("RGB", (1200, 900), WALL)
    pen = ImageDraw.Draw(image)
    pen.rectangle((80, 150, 780, 860), fill=PAPER, outline=INK, width=4)
    for number, length in enumerate(LINES):
        height = 230 + number * 85
        pen.rectangle((130, height, 160, height + 30), outline=INK, width=4)
        pen.line((190, height + 16, 190 + length, height + 16), fill=INK, width=7)
    pen.rectangle((210, 40, 650, 120), fill=INK)
    pen.text((250, 52), "Exempelvägen 1", fill=PAPER, font_size=54)
    pen.ellipse((890, 330, 1090, 580), fill=SKIN)
    for left in (945, 1015):
        pen.ellipse((left, 420, left + 22, 446), fill=INK)
    pen.arc((940, 460, 1040, 530), 20, 160, fill=INK, width=7)
    pen.pieslice((830, 570, 1150, 1230), 180, 360, fill=SHIRT)
    target = io.BytesIO()
    image.save(target, "PNG")
    return redrawn(target.getvalue())


@cache
def a_hum() -> Sound:
    """Some seconds of a tune that nobody hums: written anew like any recording that comes in."""
    target = io.BytesIO()
    with wave.open(target, "wb") as made:
        made.setparams((1, 2, RATE, 0, "NONE", ""))
        for tone in TUNE:
            made.writeframes(b"".join(_sample(tone, place) for place in range(RATE)))
    return resounded(target.getvalue())


def _sample(tone: float, place: int) -> bytes:
    swell = math.sin(math.pi * place / RATE)
    return struct.pack("<h", round(9_000 * swell * math.sin(2 * math.pi * tone * place / RATE)))
