"""The labels: the same in both languages, and one for each name the trade uses."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from api.desk.formats import Formats
from api.desk.why_refused import marked
from api.desk.words import LANGUAGES, Words, texts_in
from recovery.handover.give_up import OUTCOMES
from recovery.handover.reasons import QUEUES, REASONS

BLANK = re.compile(r"\{(\w+)\}")


def _flat(texts: dict[str, Any], path: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in texts.items():
        flat |= _flat(value, f"{path}{key}.") if isinstance(value, dict) else {f"{path}{key}": value}
    return flat


def test_both_languages_say_the_same_things_with_the_same_blanks() -> None:
    french, spanish = (_flat(texts_in(language)) for language in LANGUAGES)
    assert french.keys() == spanish.keys()
    for key, text in french.items():
        assert sorted(BLANK.findall(text)) == sorted(BLANK.findall(spanish[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_the_trade_has_a_label(language: str) -> None:
    texts = texts_in(language)
    assert REASONS.keys() == texts["reasons"].keys() == texts["expected"].keys()
    assert set(OUTCOMES) == texts["outcomes"].keys()
    assert {*QUEUES, "all"} == texts["queues"].keys()
    never = yaml.safe_load(Path("recovery/consent/words/never_said.yml").read_text(encoding="utf-8"))
    assert {entry["meaning"] for entry in never} <= texts["never_said"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_and_question_has_a_label(language: str) -> None:
    texts = texts_in(language)
    intents = {path.stem for path in Path("data/nlu/fr").glob("*.yml")}
    assert intents <= texts["intents"].keys()
    asked = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in Path("bot/questions").glob("*.yml")]
    assert {name for questions in asked for name in questions} <= texts["questions"].keys()


def test_sums_and_moments_as_the_reader_writes_them() -> None:
    now = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
    french = Formats(Words("fr"), ZoneInfo("Europe/Paris"), now)
    spanish = Formats(Words("es"), ZoneInfo("Atlantic/Canary"), now)
    assert french.money(123456).replace("\u202f", " ").replace("\xa0", " ") == "1 234,56 €"
    assert spanish.money(-50).replace("\xa0", " ") == "-0,50 €"
    assert french.moment(now) == "10:00"
    assert spanish.moment(now) == "9:00".rjust(5, "0")
    assert french.moment("2026-11-24T09:00:00+01:00") == "demain 09:00"
    assert french.day("2027-01-05") == "5 janv. 2027"


def test_the_words_at_fault_are_found_whatever_their_accents() -> None:
    assert marked("Votre DÉTTE augmente", ["dette"]) == [("Votre ", False), ("DÉTTE", True), (" augmente", False)]
    assert marked("rien ici", ["dette"]) == [("rien ici", False)]
    assert marked("", ["dette"]) == []
