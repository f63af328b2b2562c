"""The nets catch what must never be missed, with slips and without accents, and leave figures of speech alone."""

from pathlib import Path

import pytest
import yaml

from listening.safety_nets import signals

_CASES = Path(__file__).parent / "nets"


def _caught() -> list[tuple[str, str, str]]:
    batches = [_written(name) for name in ("caught", "caught_second", "caught_third", "caught_fourth")]
    return [
        (c, net, text)
        for batch in batches
        for c, nets in batch.items()
        for net, texts in nets.items()
        for text in texts
    ]


def _silent() -> list[tuple[str, str, str]]:
    batches = [_written(name) for name in ("silent", "silent_second", "silent_third", "silent_fourth")]
    return [(code, text, net) for batch in batches for code, cases in batch.items() for text, net in cases]


def _written(name: str) -> dict:
    return yaml.safe_load((_CASES / f"{name}.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("language", "net", "text"), _caught())
def test_caught(language: str, net: str, text: str):
    assert net in signals(text, language)


@pytest.mark.parametrize(("language", "text", "net"), _silent())
def test_silent(language: str, text: str, net: str):
    assert net not in signals(text, language)


def test_a_message_in_no_known_language_is_held_against_both_lists():
    assert "stop_contact" in signals("STOP", "en")
    assert "stop_contact" in signals("baja", None)


@pytest.mark.parametrize("reference", ["FABEC2CC30", "FA5EC56680", "dossier FA2ECC6850 merci"])
def test_the_letters_of_a_reference_are_no_slip_of_a_word(reference: str):
    assert signals(reference, "es") == signals(reference, "fr") == []
