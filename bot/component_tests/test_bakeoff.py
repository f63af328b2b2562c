"""The bake-off shares messages out fairly, and knows confidence from truth."""

import math

import numpy as np
import pytest
from bakeoff.calibration import best_temperature, calibration_error
from bakeoff.contestants import CONTESTANTS
from bakeoff.messages import Row, read_messages, split
from bakeoff.trial import try_out

_PAYS, _ASKS = ["je paye", "je veux payer", "payer maintenant"], ["combien je dois", "quelle somme", "le montant dû"]
_ROWS = [
    Row(f"{text} {at}", intent, "fr")
    for at in range(10)
    for intent, said in (("pay", _PAYS), ("ask", _ASKS))
    for text in said
]


def test_nothing_asked_has_been_learnt_and_every_round_asks_another_part():
    rounds = split(_ROWS, parts=5, rounds=5, share=1.0, asked=1000)
    for part in rounds:
        assert not set(part.learnt) & set(part.asked)
    assert {row for part in rounds for row in part.asked} == set(_ROWS)


def test_a_share_learns_less_and_is_asked_nothing_it_cannot_know():
    (part,) = split([*_ROWS, Row("rare", "rare", "fr")], parts=5, rounds=1, share=0.25, asked=5)
    assert len(part.learnt) == round(0.25 * 48)
    assert len(part.asked) == 5
    assert "rare" not in {row.intent for row in part.asked}


def test_rows_are_read_without_their_marks(tmp_path):
    (tmp_path / "fr").mkdir()
    file = tmp_path / "fr" / "pay.yml"
    file.write_text("nlu:\n- intent: pay\n  examples: |\n    - je paye [50 €](amount) demain\n", encoding="utf-8")
    assert read_messages(tmp_path) == [Row("je paye 50 € demain", "pay", "fr")]


def test_confidence_is_held_against_truth():
    sure = np.tile([[0.9, 0.1]], (10, 1))
    right_nine_times = np.array([0] * 9 + [1])
    assert calibration_error(sure, right_nine_times) == pytest.approx(0)
    assert best_temperature(sure, right_nine_times) == pytest.approx(1.0)
    right_half_the_time = np.array([0, 1] * 5)
    assert calibration_error(sure, right_half_the_time) == pytest.approx(0.4)
    assert best_temperature(sure, right_half_the_time) < 1
    assert math.isnan(calibration_error(np.array([[-1.0, 2.0]]), np.array([1])))


def test_a_contestant_is_tried_in_a_process_of_its_own():
    name = next(iter(CONTESTANTS))
    thanks = [Row(f"merci {at}", "thank", "fr") for at in range(10)]
    figures = try_out(name, split([*_ROWS, *thanks], parts=5, rounds=2, share=1.0, asked=1000))
    assert figures.first == 1.0
    assert figures.peak > 50
