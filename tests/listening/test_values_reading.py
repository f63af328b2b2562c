"""What holds for every message: offsets, bounds, tense, the open question, and the time it takes."""

import datetime
import itertools
import json
import time

import pytest
from score import CASES, TODAY, rows

from listening.values import read_values
from listening.values.dates.occurrences import day_of_month, easter, months_away, weekday
from listening.values.lexicon import LANGUAGES, lexicon_of
from listening.values.page import OF_FIGURES, Page

_BOUNDS = [json.loads(line) for line in (CASES / "bounds.jsonl").read_text(encoding="utf-8").splitlines()]
_MESSAGES = [row for path in sorted(CASES.glob("[ef][rs]_*.jsonl")) for row in rows(path)]
_MILLISECONDS = 3


@pytest.mark.parametrize("row", _BOUNDS, ids=lambda row: row["text"])
def test_a_limit_is_told_from_a_day(row: dict) -> None:
    found = read_values(row["text"], row["language"], TODAY)
    assert [value.bound for value in found if value.entity == "date"] == row["bounds"]


def test_offsets_point_into_the_message_as_written() -> None:
    for row in _MESSAGES:
        for found in read_values(row["text"], row["language"], TODAY, row.get("expecting")):
            assert row["text"][found.start : found.end] == found.text != ""


def test_every_message_is_read_in_either_language_whatever_the_question() -> None:
    questions = ("amount", "date", "birth_date", "reference", "postcode", "instalment_count", "period")
    for row, question in zip(_MESSAGES, itertools.cycle(questions)):
        read_values(row["text"], "es" if row["language"] == "fr" else "fr", TODAY, question)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "0", "💶", "İ", "ﬁn du mois", "1" * 50, "le " * 300, "\ue000 12 \ue004"]
)
def test_nothing_breaks_the_reader(text: str) -> None:
    read_values(text, "fr", TODAY)
    read_values(text, "es", TODAY)


@pytest.mark.parametrize(("tense", "day"), [("past", "2026-11-05"), ("future", "2026-12-05")])
def test_the_question_settles_which_way_a_day_lies(tense: str, day: str) -> None:
    assert [found.value for found in read_values("le 5", "fr", TODAY, "date", tense)] == [day]


def test_a_question_without_a_rule_of_its_own_changes_nothing() -> None:
    assert read_values("150", "fr", TODAY, "anything") == read_values("150", "fr", TODAY)


def test_the_calendar() -> None:
    assert easter(2026) == datetime.date(2026, 4, 5)
    assert easter(2027) == datetime.date(2027, 3, 28)
    assert months_away(datetime.date(2026, 1, 31), 1) == datetime.date(2026, 2, 28)
    assert day_of_month(TODAY, 31, None, past=False) == datetime.date(2026, 12, 31)
    assert day_of_month(TODAY, 31, 11, past=False) is None
    assert day_of_month(datetime.date(2026, 1, 1), 28, None, past=True) == datetime.date(2025, 12, 28)
    assert weekday(TODAY, 6, past=False) == datetime.date(2026, 11, 29)
    assert weekday(TODAY, 6, past=True) == TODAY


def test_it_is_quick() -> None:
    for row in _MESSAGES[:50]:  # the rules are compiled at the first message
        read_values(row["text"], row["language"], TODAY)
    started = time.process_time()
    for row in _MESSAGES:
        read_values(row["text"], row["language"], TODAY)
    assert (time.process_time() - started) / len(_MESSAGES) * 1000 < _MILLISECONDS


def test_a_long_message_of_many_dates_is_quick_too() -> None:
    text = ("le 5 décembre je paie 40 euros, le 12 janvier j'ai payé 30 euros, vendredi je fais un virement. " * 21)[
        :2000
    ]
    read_values(text, "fr", TODAY)
    started = time.process_time()
    read_values(text, "fr", TODAY)
    assert (time.process_time() - started) * 1000 < 50 * _MILLISECONDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_of_figures_say_nothing_where_there_is_none(language) -> None:
    words = lexicon_of(language)
    read = [Page(row["text"], words, TODAY).plain for row in _MESSAGES if row["language"] == language]
    without = [text for text in read if not any(letter.isdigit() for letter in text)]
    assert len(without) > 100
    matched = {rule for rule in OF_FIGURES for text in without if any(p.search(text) for p in words.patterns[rule])}
    assert matched == set()


@pytest.mark.parametrize("expecting", ["amount", "instalment_count"])
@pytest.mark.parametrize(
    ("text", "language", "day"), [("el 10", "es", 10), ("le 5 svp", "fr", 5), ("el día 15", "es", 15)]
)
def test_an_article_makes_a_day_of_a_figure_whatever_was_asked(text, language, day, expecting) -> None:
    assert [(value.entity, value.value) for value in read_values(text, language, TODAY, expecting)] == [
        ("date", f"2026-12-{day:02}")
    ]


@pytest.mark.parametrize(("text", "language"), [("les deux", "fr"), ("pour les deux", "fr"), ("las dos", "es")])
def test_both_of_something_is_neither_a_sum_nor_a_day(text, language) -> None:
    assert read_values(text, language, TODAY, "amount") == []
