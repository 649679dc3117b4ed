"""Write anew which words are ordinary: all that the project's own texts write in small letters, but never those of the demo's stories.

The marks of names use them at the beginning of a sentence, where every word has a capital. The stories stay out, since the bench
measures on them how often a mark is false.
"""

import re
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
ROOM = ROOT / "src" / "medskapa"
MARKS = ROOM / "ground" / "safeguarding" / "marks"
CATALOGUE = ROOM / "locale" / "sv" / "LC_MESSAGES" / "django.po"
WORD = re.compile(r"(?<![\w.@/%{(-])[^\W\d_]{2,}(?![\w@/%}(-])")
SAID = re.compile(r"(?:^|[{,\s])(sv|en): (.+?)(?=(?:, (?:sv|en): )|$)", re.M)
HTML = re.compile(r"<[^>]*>|%\([^)]*\)\w")


def main() -> None:
    """One file a language."""
    texts: dict[str, list[str]] = {"sv": [], "en": []}
    with CATALOGUE.open(encoding="utf-8") as file:
        for message in read_po(file):
            texts["en"] += [message.id] if isinstance(message.id, str) else list(message.id)
            texts["sv"] += [message.string] if isinstance(message.string, str) else list(message.string)
    for path in sorted(ROOM.joinpath("outlook", "demo", "content").glob("*.yaml")):
        if path.name != "stories.yaml":
            for language, text in SAID.findall(path.read_text(encoding="utf-8")):
                texts[language].append(text)
    for path in sorted(ROOT.glob("docs/**/*.md")):
        texts["en"].append(path.read_text(encoding="utf-8"))
    for language, found in texts.items():
        words = {word for text in found for word in WORD.findall(HTML.sub(" ", text)) if word.islower()}
        MARKS.joinpath(f"ordinary.{language}.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
