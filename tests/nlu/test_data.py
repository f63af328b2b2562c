"""The training messages: truly different ones, the same intents in both languages, none of a test set."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bot"))

from listening.folding import fold  # noqa: E402  (the Rasa project is not on the path of the service)

DATA, HELD_OUT, DEVELOPED_ON = ROOT / "data" / "nlu", ROOT / "tests" / "nlu" / "heldout", ROOT / "tests" / "nlu" / "dev"
LANGUAGES = ("fr", "es")
ENTITIES = set(
    "amount date instalment_count period reference birth_date postcode payment_method channel hardship_kind email "
    "phone".split()
)
_MARK = re.compile(r"\[([^\[\]]+)\]\(([a-z_]+)\)")
_TOO_NEAR = 0.85
_FEWEST_WORDS = 3


def _examples(language: str) -> dict[str, list[str]]:
    """The messages of each intent, marks and all."""
    read = {}
    for file in sorted((DATA / language).glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            read[block["intent"]] = [line[2:] for line in block["examples"].splitlines()]
    return read


def _marked(kind: str, language: str) -> dict[str, tuple[str, dict]]:
    """The messages whose authors marked parts, entity marks and all, each with its intent and what is said of its parts."""
    blocks = yaml.safe_load((DATA / kind / f"{language}.yml").read_text(encoding="utf-8"))["nlu"]
    return {
        example["text"].strip(): (block["intent"], example["metadata"])
        for block in blocks
        for example in block["examples"]
    }


def _all(language: str) -> list[str]:
    plain = (text for said in _examples(language).values() for text in said)
    return [*plain, *_marked("told", language), *_marked("two", language)]


def _plain(text: str) -> str:
    return _MARK.sub(r"\1", text)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", fold(text)))


def _near_duplicates(texts: list[str]) -> list[tuple[str, str]]:
    """Pairs that are the same once folded, or share more than 85 % of their words."""
    frequency = Counter(word for text in texts for word in _words(text))
    by_word: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
    pairs = []
    for text in texts:
        words = _words(text)
        # Two texts so alike share one of their rarest words: the common ones need no look.
        rarest = sorted(words, key=lambda word: (frequency[word], word))[: int((1 - _TOO_NEAR) * len(words)) + 1]
        met = [pair for word in rarest for pair in by_word[word]]
        near = [said for other, said in met if _too_near(words, other, text, said)]
        pairs += [(text, near[0])] if near else []
        for word in rarest:
            by_word[word].append((words, text))
    return pairs


def _too_near(words: frozenset[str], other: frozenset[str], text: str, said: str) -> bool:
    if fold(text) == fold(said):
        return True
    return len(words) >= _FEWEST_WORDS and len(words & other) > _TOO_NEAR * len(words | other)


def test_near_duplicates_stay_under_two_per_cent():
    texts = [_plain(text) for language in LANGUAGES for text in _all(language)]
    pairs = _near_duplicates(texts)
    print(f"{len(texts)} messages, {len(pairs)} near-duplicates")
    assert len(pairs) <= 0.02 * len(texts), pairs[:20]


def test_both_languages_have_the_same_intents():
    french, spanish = (_examples(language) for language in LANGUAGES)
    assert french.keys() == spanish.keys()
    assert len(french) == 66


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_name_entities_of_the_contract(language: str):
    assert {name for text in _all(language) for _, name in _MARK.findall(text)} <= ENTITIES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_wishes_of_a_message_are_two_of_the_contract(language: str):
    said, wished = _marked("two", language), set(_examples(language))
    assert len(said) > 500
    pairs = {text: (one, marks["also"]) for text, (one, marks) in said.items()}
    assert not [text for text, (one, other) in pairs.items() if one == other or not {one, other} <= wished]


@pytest.mark.parametrize("language", LANGUAGES)
def test_marked_parts_are_parts_of_their_message(language: str):
    said = {**_marked("told", language), **_marked("two", language)}
    assert {intent for intent, _ in said.values()} <= set(_examples(language))
    read = {_plain(text): marks for text, (_, marks) in said.items()}
    assert not [text for text, marks in read.items() if not text.endswith(marks.get("second", ""))]
    assert not [text for text, marks in read.items() if text == marks.get("second")]
    assert not [text for text, marks in read.items() for part in marks.get("empty", []) if part not in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_held_out_message_is_trained_on(language: str):
    trained = {fold(_plain(text)) for text in _all(language)}
    files = [file for folder in (HELD_OUT, DEVELOPED_ON) for file in folder.glob(f"*{language}*.jsonl")]
    held_out = [json.loads(line)["text"] for file in files for line in file.read_text().splitlines() if line.strip()]
    # A word or two ("merci", "mauvais numéro") belongs to nobody.
    assert not [text for text in held_out if len(_words(text)) >= _FEWEST_WORDS and fold(text) in trained]
