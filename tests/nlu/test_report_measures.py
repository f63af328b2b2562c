"""The figures of the report, on a handful of answers counted by hand."""

import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bot"))

from report import measures  # noqa: E402  (the Rasa project is not on the path of the service)
from report.answers import Answer  # noqa: E402
from report.machine import Cost  # noqa: E402
from report.page import page  # noqa: E402
from report.rows import Row  # noqa: E402
from report.summary import Asked, summary  # noqa: E402

EURO = {"cents": 5000, "currency": "EUR"}


def _answer(
    row: Row, read: list[str], nets: tuple[str, ...] = (), values: tuple[tuple[str, object], ...] = ()
) -> Answer:
    return Answer(
        row=row,
        ranking=[*read, "greet", "thank", "goodbye"],
        confidence=0.9,
        read=read,
        nets=set(nets),
        doubtful=False,
        language="fr",
        values=[{"entity": name, "value": value} for name, value in values],
        milliseconds=10.0,
    )


def _said(*wishes: str, also: tuple[str, ...] = (), entities: dict | None = None) -> Row:
    return Row("une phrase", "fr", wishes, also, entities)


def test_of_two_wishes_either_is_a_right_first_guess_and_both_must_be_found():
    both = _said("report_payment", "stop_contact")
    answers = [
        _answer(both, ["stop_contact", "report_payment"]),
        _answer(both, ["report_payment"], nets=("stop_contact",)),
        _answer(both, ["report_payment"]),
        _answer(both, ["greet"]),
    ]
    assert measures.first_right(answers) == 0.75
    assert measures.both_found(answers) == 0.5
    assert math.isnan(measures.second_invented(answers))


def test_another_accepted_reading_is_neither_a_second_wish_nor_invented():
    answers = [
        _answer(_said("wait", also=("affirm",)), ["wait", "affirm"]),
        _answer(_said("wait"), ["wait", "pay_now"]),
    ]
    assert math.isnan(measures.both_found(answers))
    assert measures.second_invented(answers) == 0.5


def test_never_missed_counts_model_and_nets_together():
    answers = [
        _answer(_said("stop_contact"), ["greet"], nets=("stop_contact",)),
        _answer(_said("ask_human"), ["thank"]),
        _answer(_said("thank"), ["thank"], nets=("dispute_fraud",)),
    ]
    assert measures.never_missed(answers) == (0.5, 0.5)


def test_an_amount_where_none_is_meant_is_invented():
    score = measures.values_exact(
        [
            _answer(_said(entities={"amount": EURO}), ["inform"], values=(("amount", EURO),)),
            _answer(_said(entities={}), ["inform"], values=(("amount", EURO),)),
            _answer(_said(entities={"date": "2026-12-05"}), ["inform"]),
            _answer(_said(entities=None), ["inform"], values=(("amount", EURO),)),
        ]
    )
    kinds = measures.values_by_kind(score)
    assert kinds["amounts"] == (0.5, 1, 2, 1)
    assert kinds["dates"] == (0.0, 0, 1, 0)
    assert math.isnan(kinds["the rest"][0])


@pytest.mark.parametrize("wishes", [("greet",), ("greet", "thank"), ()], ids=["one", "two", "values alone"])
def test_every_kind_of_set_has_its_page(wishes: tuple[str, ...]):
    answers = [_answer(_said(*wishes, entities={"amount": EURO}), ["greet"])]
    cost = Cost(10.0, 12.0, 500.0)
    whole = summary([Asked("fr (set)", answers, answers if wishes else [], cost)])
    told = page("fr (set)", answers, answers if wishes else [], cost)
    assert ("first guess" in told) == ("aimed at              87" in whole) == bool(wishes)
    assert "amounts" in told
    assert ("values exact, fr" in whole) == (not wishes)


def test_languages_are_counted_where_nothing_else_is_asked():
    french, third, spanish = (Row("une phrase", language) for language in ("fr", "other", "es"))
    answers = [_answer(row, ["greet"]) for row in (french, french, third, spanish)]  # all are read as French
    in_catalan = replace(answers[2], language="ca")
    assert measures.languages_right([*answers, in_catalan]) == {"es": (0.0, 1), "fr": (1.0, 2), "other": (0.5, 2)}
    assert measures.languages_right([_answer(_said("greet"), ["greet"])]) == {}
    cost = Cost(1.0, 2.0, 3.0)
    assert "language, short: es 0.0 % of 1, fr 100.0 % of 2, other 0.0 % of 1" in summary(
        [Asked("short", answers, [], cost)]
    )
    told = page("short", answers, [], cost)
    assert "other -> fr: une phrase" in told and "fr -> fr" not in told
