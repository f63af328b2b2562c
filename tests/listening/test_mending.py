"""Slips of the keyboard are undone with the words around them; what people really write is left alone."""

import sys
import time
from pathlib import Path

import pytest
import yaml

_BOT = Path(__file__).resolve().parents[2] / "bot"
if str(_BOT) not in sys.path:
    sys.path.insert(0, str(_BOT))

from listening.folding import fold, spell_out  # noqa: E402
from listening.known_words import known_words, tokens  # noqa: E402
from listening.mending import mend  # noqa: E402

_CASES = yaml.safe_load((Path(__file__).parent / "cases" / "mending.yml").read_text(encoding="utf-8"))
_MENDED = [(language, typed, meant) for language, cases in _CASES["mended"].items() for typed, meant in cases.items()]
_KEPT = [(language, text) for language, texts in _CASES["kept"].items() for text in texts]


@pytest.mark.parametrize(("language", "typed", "meant"), _MENDED)
def test_slips_are_undone(language: str, typed: str, meant: str) -> None:
    assert fold(mend(spell_out(typed, language), language)) == fold(meant)


@pytest.mark.parametrize(("language", "text"), _KEPT)
def test_what_people_write_is_kept(language: str, text: str) -> None:
    assert fold(mend(text, language)) == fold(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "150", "👍👍", "\x00", "İ", "ﬁn", "ß", "x" * 5000, "ab " * 2000, "é" * 50]
)
def test_nothing_breaks_it(text: str) -> None:
    for language in ("fr", "es", "ca"):
        mend(text, language)


def test_another_language_is_left_as_it_is() -> None:
    assert mend("jo no puc pagra", "ca") == "jo no puc pagra"


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_lists_hold_the_words_of_the_training_messages(language: str) -> None:
    """A tenth of unknown words is the sign to run `python -m wordlists` in bot/."""
    folder = _BOT.parent / "data" / "nlu" / language
    said = [
        fold(word)
        for file in sorted(folder.glob("*.yml"))
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        for word in tokens(spell_out(block["examples"], language))
        if word.isalpha()
    ]
    assert sum(word in known_words(language).counts for word in said) >= 0.9 * len(said)


def test_a_message_without_unknown_words_costs_next_to_nothing() -> None:
    mend("bonjour je vuos dois combien", "fr")  # the lists are read at the first message
    started = time.process_time()
    for _ in range(100):
        mend("bonjour je voudrais savoir combien je dois en tout", "fr")
    assert time.process_time() - started < 0.1
