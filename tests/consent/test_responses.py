"""Nothing that may never be said stands in a response, a text of the service or a document: looked for at build time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from recovery.consent.disclosure import debt_words_in
from recovery.consent.never_said import never_said_in
from tests.architecture.sources import ROOT

# Said before anybody knows who is there, each by a test of the gate as well: no word of theirs names a debt (ID-03).
BEFORE_IDENTITY = (
    "utter_greet",
    "utter_who_before",
    "utter_genuine",
    "utter_help",
    "utter_third_party",
    "utter_wrong_person",
)


def responses() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "bot/domain/responses").glob("*.yml")):
        for name, variations in (yaml.safe_load(file.read_text(encoding="utf-8")).get("responses") or {}).items():
            for variation in variations:
                yield name, variation.get("text") or ""
                yield from ((name, button["title"]) for button in variation.get("buttons", ()))


def texts_of_the_service() -> Iterator[tuple[str, str]]:
    for folder in (
        "recovery/texts",
        "recovery/documents/texts",
        "api/payments/texts",
        "channels/sms",
        "channels/email",
    ):
        for file in sorted((ROOT / folder).glob("*.yml")):
            yield from (
                (f"{folder}/{file.name}", text) for text in _leaves(yaml.safe_load(file.read_text(encoding="utf-8")))
            )


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for inner in node.values():
            yield from _leaves(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _leaves(inner)
    elif isinstance(node, str):
        yield node


def test_no_response_says_what_may_never_be_said() -> None:
    told = list(responses())
    assert len(told) > 300
    found = [(name, said) for name, text in told if (said := never_said_in(text, "bot"))]
    assert found == []


def test_no_text_of_the_service_does_either() -> None:
    told = list(texts_of_the_service())
    assert len(told) > 100
    assert [(name, said) for name, text in told if (said := never_said_in(text, "bot"))] == []


def test_the_list_has_every_meaning_of_the_rules() -> None:
    """Section D has 24 lines; debt words before identity (21) are the gate's other rule."""
    listed = yaml.safe_load((ROOT / "recovery/consent/words/never_said.yml").read_text(encoding="utf-8"))
    assert len(listed) == 23
    assert all(entry["why"] and entry["fr"] and entry["es"] for entry in listed)


@pytest.mark.parametrize("name", BEFORE_IDENTITY)
def test_what_is_said_before_identity_names_no_debt(name: str) -> None:
    texts = [text for found, text in responses() if found == name]
    assert texts
    assert [debt_words_in(text) for text in texts] == [()] * len(texts)
