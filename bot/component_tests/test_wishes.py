"""One wish, two, or a question: what is decided on the chances of a whole message and of its halves."""

import numpy as np
from rasa.shared.nlu.training_data.message import Message

from components.signal_reader import SignalReader
from components.views import View, shares
from components.wishes import read_wishes

NAMES = ["ask_balance", "greet", "pay_now", "stop_contact"]
SETTINGS = {"second_above": 0.45, "doubt_below": 0.45, "doubt_margin": 0.12}


def _read(whole: list[float], *halves: list[float]):
    cut = np.array(halves) if halves else np.zeros((0, len(NAMES)))
    return read_wishes(NAMES, np.array(whole), cut, SETTINGS)


def _names(reading) -> list[str]:
    return [wish["name"] for wish in reading.wishes]


def test_one_wish_said_at_once():
    reading = _read([0.9, 0.04, 0.03, 0.03])
    assert _names(reading) == ["ask_balance"]
    assert not reading.doubtful


def test_two_halves_that_are_sure_of_different_wishes_are_two():
    reading = _read([0.7, 0.05, 0.2, 0.05], [0.95, 0.02, 0.02, 0.01], [0.04, 0.02, 0.9, 0.04])
    assert _names(reading) == ["ask_balance", "pay_now"]


def test_a_greeting_is_no_second_wish():
    reading = _read([0.8, 0.1, 0.05, 0.05], [0.02, 0.95, 0.02, 0.01], [0.96, 0.01, 0.02, 0.01])
    assert _names(reading) == ["ask_balance"]


def test_a_sure_courtesy_is_heard_beside_a_wish_and_leaves_a_doubt_a_doubt():
    names = ["ask_balance", "pay_now", "affirm", "greet"]

    def read(whole: list[float], *halves: list[float]):
        return read_wishes(names, np.array(whole), np.array(halves), SETTINGS)

    sure = read([0.8, 0.1, 0.05, 0.05], [0.02, 0.01, 0.95, 0.02], [0.96, 0.01, 0.02, 0.01])
    assert _names(sure) == ["ask_balance", "affirm"]
    assert _names(read([0.8, 0.1, 0.05, 0.05], [0.3, 0.01, 0.67, 0.02], [0.96, 0.01, 0.02, 0.01])) == ["ask_balance"]
    doubted = read([0.42, 0.41, 0.15, 0.02], [0.01, 0.01, 0.97, 0.01], [0.56, 0.42, 0.01, 0.01])
    assert _names(doubted) == ["ask_balance", "affirm"]
    assert doubted.doubtful


def test_a_half_that_may_repeat_the_first_wish_is_no_second_one():
    reading = _read([0.8, 0.1, 0.05, 0.05], [0.95, 0.02, 0.02, 0.01], [0.35, 0.05, 0.55, 0.05])
    assert _names(reading) == ["ask_balance"]


def test_a_half_that_asks_for_nothing_is_no_wish_and_neither_is_a_whole_message():
    names = [*NAMES, "nothing"]
    cut = np.array([[0.96, 0.01, 0.01, 0.01, 0.01], [0.02, 0.01, 0.01, 0.01, 0.95]])
    reading = read_wishes(names, np.array([0.3, 0.02, 0.02, 0.06, 0.6]), cut, SETTINGS)
    assert _names(reading) == ["ask_balance"]
    assert "nothing" not in [guess["name"] for guess in reading.ranking]
    assert np.isclose(sum(guess["confidence"] for guess in reading.ranking), 1)


def test_what_stops_the_recovery_must_be_surer_to_be_a_second_wish():
    first = [0.8, 0.1, 0.02, 0.08]
    assert _names(_read(first, [0.75, 0.1, 0.1, 0.05], [0.05, 0.1, 0.1, 0.75])) == ["ask_balance"]
    assert _names(_read(first, [0.97, 0.01, 0.01, 0.01], [0.01, 0.01, 0.01, 0.97])) == ["ask_balance", "stop_contact"]


def test_what_must_not_be_missed_is_raised_by_much_less_than_the_first_guess():
    assert _names(_read([0.6, 0.02, 0.02, 0.36])) == ["ask_balance", "stop_contact"]
    assert _names(_read([0.74, 0.02, 0.22, 0.02])) == ["ask_balance"]


def test_a_raised_wish_does_not_end_a_doubt():
    reading = _read([0.4, 0.02, 0.23, 0.35])
    assert reading.doubtful
    assert reading.likeliest == ["ask_balance", "stop_contact", "pay_now"]


def test_a_half_that_is_plain_weighs_in_the_whole():
    reading = _read([0.45, 0.02, 0.5, 0.03], [0.9, 0.03, 0.04, 0.03], [0.3, 0.3, 0.3, 0.1])
    assert reading.ranking[0]["name"] == "ask_balance"
    assert np.isclose(sum(guess["confidence"] for guess in reading.ranking), 1)


def _with_chances(text: str, stop: float, fraud: float) -> list[str]:
    message = Message({"text": text, "language": "fr"})
    reading = read_wishes(
        ["dispute_fraud", "stop_contact", "wait"], np.array([fraud, stop, 0.9]), np.zeros((0, 3)), SETTINGS
    )
    message.set("denied", reading.denied)
    return SignalReader().process([message])[0].get("signals")


def test_a_net_is_not_believed_where_the_model_rules_its_wish_out_in_a_sentence():
    text = "mon compte a été piraté et quelqu'un d'autre a signé"
    assert "dispute_fraud" in _with_chances(text, 0.0, 0.01)
    assert "dispute_fraud" not in _with_chances(text, 0.0, 0.001)
    assert "dispute_fraud" in _with_chances("usurpation d'identité", 0.0, 0.001)


def test_a_stop_is_always_believed():
    assert "stop_contact" in _with_chances("arrêtez tout de suite SVP, stop SMS", 0.0, 0.0)


def test_what_only_a_net_caught_stands_among_the_wishes():
    ranking = [{"name": "report_deceased", "confidence": 0.96}, {"name": "stop_contact", "confidence": 0.02}]
    message = Message({"text": "STOP SMS", "language": "fr", "intent_ranking": ranking})
    message.set("intents", ranking[:1])
    read = SignalReader().process([message])[0]
    assert [wish["name"] for wish in read.get("intents")] == ["report_deceased", "stop_contact"]
    assert read.get("intents")[1]["confidence"] == 0.02


def test_views_share_what_is_learnt_between_two_wishes():
    wanted = shares([View([1, 2], {0: 1.0}), View([1, 3], {1: 0.25, 2: 0.75})], places=3, names=4)
    assert wanted.tolist() == [[1, 0, 0, 0], [0, 0.25, 0.75, 0], [0, 0, 0, 0]]
