"""The reader of letters: a word it never saw whole is still its own, and what it never learnt it never says."""

import numpy as np
import pytest

from components.letters import Letters

SENT = [
    "je veux payer",
    "payer tout de suite",
    "ne m'écrivez plus",
    "plus aucun message écrivez jamais",
    "bonjour",
    "bonsoir à vous",
]
PAY, STOP, GREET, NOTHING = range(4)


@pytest.fixture(scope="module")
def letters() -> Letters:
    reader = Letters()
    reader.learn(SENT * 4, np.array([PAY, PAY, STOP, STOP, GREET, GREET] * 4), names=4)
    return reader


@pytest.mark.parametrize(("sent", "meant"), [("jveu payyer", PAY), ("m'ecrivezplus", STOP), ("BONJOURR", GREET)])
def test_slips_are_read_through(letters: Letters, sent: str, meant: int) -> None:
    assert int(np.argmax(letters.scores([sent])[0])) == meant


def test_what_has_no_example_is_never_said(letters: Letters) -> None:
    scores = letters.scores(SENT)
    assert np.isneginf(scores[:, NOTHING]).all()
    assert np.isfinite(np.delete(scores, NOTHING, axis=1)).all()


def test_a_text_without_letters_gets_a_score_all_the_same(letters: Letters) -> None:
    assert np.isfinite(letters.scores(["", "…"])[:, PAY]).all()


def test_two_names_are_told_apart_as_well() -> None:
    reader = Letters()
    reader.learn(["payer", "payé", "bonjour", "bonsoir"] * 3, np.array([0, 0, 1, 1] * 3), names=2)
    assert reader.scores(["payé", "bonjour"]).argmax(axis=1).tolist() == [0, 1]
