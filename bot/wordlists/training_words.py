"""What the training messages say, once their short forms are written in full: words, and which word follows which."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from bakeoff.messages import Row

from listening.folding import fold, spell_out
from listening.known_words import END, FIGURE, START, tokens
from listening.vocabulary import folded, general_use, said_words
from wordlists.slips_among import slips_among

_LANGUAGES = ("fr", "es")
_WORDS = "# Words of the training messages, best spelling first, and how often they come."
_SAID = (
    "# Words of the training messages as typed, short forms and all: how often each of a line comes, then the words."
)
_PAIRS = "# Word pairs of the training messages: a word, then what follows it and how often (^ begins a message, $ ends it, # is a figure)."


def write_lists(rows: list[Row], folder: Path) -> None:
    """A list of words as typed, one of words in full and one of their pairs, a language."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in _LANGUAGES:
        # Who asks for another language often asks in it.
        said = [row.text for row in rows if row.language == language and row.intent != "change_language"]
        _write(folder / f"{language}_said.txt", _SAID, _said(said))
        spelled = [spell_out(row.text, language) for row in rows if row.language == language]
        clean = _without_slips(spelled, language)
        _write(folder / f"{language}.txt", _WORDS, _words(clean))
        _write(folder / f"{language}_pairs.txt", _PAIRS, _pairs(clean))


def _write(file: Path, title: str, lines: list[str]) -> None:
    file.write_text("\n".join([title, *lines]) + "\n", encoding="utf-8")


def _said(texts: list[str]) -> list[str]:
    counts = Counter(fold(word) for text in texts for word in said_words(text))
    by_count: dict[int, list[str]] = defaultdict(list)
    for word, count in sorted(counts.items()):
        by_count[count].append(word)
    return [" ".join([str(count), *words]) for count, words in sorted(by_count.items(), reverse=True)]


def _without_slips(texts: list[str], language: str) -> list[str]:
    """Where one word is a slip of the keyboard, others may be as well, and known words by chance."""
    words = [[fold(word) for word in tokens(text) if not _has_figure(word)] for text in texts]
    slips = slips_among(words, folded(general_use(language)))
    return [text for text, said in zip(texts, words, strict=True) if slips.isdisjoint(said)]


def _words(texts: list[str]) -> list[str]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in tokens(text):
            if not _has_figure(word):
                spellings[fold(word)][word] += 1
    ordered = sorted(spellings.values(), key=lambda forms: (-forms.total(), min(forms)))
    return [f"{forms.most_common(1)[0][0]} {forms.total()}" for forms in ordered]


def _pairs(texts: list[str]) -> list[str]:
    following: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        before = START
        for word in map(fold, tokens(text)):
            if not _has_figure(word):
                following[before][word] += 1
            before = FIGURE if _has_figure(word) else word
        following[before][END] += 1
    return [
        f"{before} " + " ".join(f"{after} {count}" for after, count in sorted(counts.items(), key=lambda n: (-n[1], n)))
        for before, counts in sorted(following.items())
    ]


def _has_figure(word: str) -> bool:
    return any(mark.isdigit() for mark in word)
