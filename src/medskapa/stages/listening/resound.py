"""Write a recording anew: what comes out holds its sound and nothing else, no place, no time, no name of a phone.

``recordings`` runs this file as a process of its own, with little memory and little time, so that a file made to do harm ends here.
It reads a file from its input and writes to its output a line with the seconds, then Opus in Ogg; how it ends says what was wrong.
"""

import io
import sys
from collections.abc import Iterator
from typing import Any

try:
    import resource
except ImportError:  # not every system has it
    resource = None  # type: ignore[assignment]

BEGINNINGS = (  # what browsers and phones record; no format that names other files
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"OggS", "ogg"),
    (b"RIFF", "wav"),
    (b"#!AMR", "amr"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf1", "aac"),
)
CODECS = frozenset({"opus", "vorbis", "aac", "mp3", "mp3float", "amrnb", "amrwb", "flac", "pcm_s16le", "pcm_f32le"})
RATE = 24_000  # enough for a voice
BITS = 32_000  # a second
VOICE = {"application": "voip", "compression_level": "2"}  # a third less work than the hardest pressing
MOST_SECONDS = 5 * 60
GRACE = 10  # seconds: a clock of a page is not that of a phone
LEAST = RATE // 2  # samples: half a second
MEMORY = 300 * 2**20  # of addresses, so never more of memory
SECONDS = 10
TOO_LONG, NOTHING, UNREADABLE = 3, 4, 5


class TooLong(Exception):
    """More than five minutes."""


class Nothing(Exception):
    """No sound, or hardly any."""


def resound(content: bytes) -> tuple[int, bytes]:
    """Seconds and sound, as Opus in Ogg with one channel. Raises TooLong, Nothing, or whatever a broken file leads to."""
    import av  # a hundred megabytes, for this process only

    target, samples = io.BytesIO(), 0
    with av.open(io.BytesIO(content), format=_format_of(content)) as found, av.open(target, "w", format="ogg") as made:
        voice: Any = made.add_stream("libopus", rate=RATE, layout="mono", options=VOICE)
        voice.bit_rate = BITS
        even = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        for frame in _frames(found, even):
            samples += frame.samples
            if samples > (MOST_SECONDS + GRACE) * RATE:
                raise TooLong
            made.mux(voice.encode(frame))
        if samples < LEAST:
            raise Nothing
        made.mux(voice.encode(None))
    return max(1, round(samples / RATE)), target.getvalue()


def _format_of(content: bytes) -> str:
    """By how it begins, and never by a guess. An empty file holds nothing."""
    if not content:
        raise Nothing
    if content[4:8] == b"ftyp":
        return "mp4"
    return next(name for beginning, name in BEGINNINGS if content.startswith(beginning))


def _frames(found: Any, even: Any) -> Iterator[Any]:
    """Its sound made even, one piece after the other, whatever times the file says. A film is refused: nobody would see it."""
    if any("attached_pic" not in film.disposition.name for film in found.streams.video):
        raise ValueError("a film")
    stream = found.streams.audio[0]
    if stream.codec_context.name not in CODECS:
        raise ValueError(stream.codec_context.name)
    stream.codec_context.thread_count = 1
    for frame in found.decode(stream):
        frame.pts = None
        yield from even.resample(frame)
    yield from even.resample(None)


def _hold_back() -> None:
    """Take no more memory and time than a voice needs. Systems without such limits have the time limit of whoever runs this."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main() -> int:
    """Write one recording anew."""
    _hold_back()
    try:
        seconds, sound = resound(sys.stdin.buffer.read())
    except TooLong:
        return TOO_LONG
    except Nothing:
        return NOTHING
    except Exception:
        return UNREADABLE
    sys.stdout.buffer.write(b"%d\n" % seconds + sound)
    return 0


if __name__ == "__main__":
    sys.exit(main())
