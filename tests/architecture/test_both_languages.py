"""French and Spanish say the same: intents, responses, placeholders, buttons, the service's own texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.sources import ROOT

LANGUAGES = ("fr", "es")
LONGEST_TITLE = 20  # characters: WhatsApp's reply buttons take no more
RESPONSES = sorted((ROOT / "bot/domain/responses").glob("*.yml"))
CATALOGUES = [
    folder
    for folder in (ROOT / "recovery/texts", ROOT / "recovery/documents/texts", ROOT / "api/desk/texts")
    if folder.is_dir()
]

THIRD = sorted(file for folder in ("recovery", "api") for file in (ROOT / folder).rglob("texts/ca.yml"))


def _responses() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for file in RESPONSES:
        yield from (yaml.safe_load(file.read_text()).get("responses") or {}).items()


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)


def _by_language(variations: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for variation in variations:
        wanted = [c["value"] for c in variation.get("condition", ()) if c["name"] == "language"]
        found.setdefault(wanted[0] if wanted else "none", []).append(variation)
    return found


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("file", sorted((ROOT / "bot/domain").rglob("*.yml")), ids=lambda file: file.name)
def test_no_key_is_written_twice(file: Path) -> None:
    """Rasa leaves out, with a warning alone, a whole file of the domain in which a key stands twice."""
    node = yaml.compose(file.read_text())
    for mapping in _mappings(node):
        keys = [key.value for key, _ in mapping.value]
        assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


@pytest.mark.parametrize(
    ("name", "variations"), list(_responses()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_response_says_the_same_in_both(name: str, variations: list[dict[str, Any]]) -> None:
    spoken = _by_language(variations)
    assert set(spoken) == set(LANGUAGES), f"{name} speaks {sorted(spoken)}"
    used = {
        language: {p for v in spoken[language] for p in _placeholders(v.get("text") or "")} for language in LANGUAGES
    }
    assert used["fr"] == used["es"], f"{name}: other placeholders"
    buttons = {
        language: {tuple(b["payload"] for b in v.get("buttons", ())) for v in spoken[language]}
        for language in LANGUAGES
    }
    assert buttons["fr"] == buttons["es"], f"{name}: other buttons"


@pytest.mark.parametrize(
    ("name", "variations"), list(_responses()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_button_fits_every_channel(name: str, variations: list[dict[str, Any]]) -> None:
    long = [b["title"] for v in variations for b in v.get("buttons", ()) if len(b["title"]) > LONGEST_TITLE]
    assert not long, f"{name}: {long}"


def test_intents_are_the_same_in_both() -> None:
    french, spanish = ({file.stem for file in (ROOT / "data/nlu" / language).glob("*.yml")} for language in LANGUAGES)
    assert french == spanish


def test_every_intent_with_examples_is_in_the_domain() -> None:
    known = {str(intent) for domain in _domains() for intent in domain.get("intents") or ()}
    assert not {file.stem for file in (ROOT / "data/nlu/fr").glob("*.yml")} - known


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_a_catalogue_says_the_same_in_both(folder: Path) -> None:
    french, spanish = (
        dict(_leaves(yaml.safe_load((folder / f"{language}.yml").read_text()))) for language in LANGUAGES
    )
    assert set(french) == set(spanish)
    assert not [key for key in french if _placeholders(french[key]) != _placeholders(spanish[key])]


@pytest.mark.parametrize("file", THIRD, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_third_language_says_the_same(file: Path) -> None:
    """What the service writes in Catalan: nothing missing, the same blanks; its own few sentences are for Catalan alone."""
    spanish, own = (
        dict(_leaves(yaml.safe_load(at.read_text(encoding="utf-8")))) for at in (file.with_stem("es"), file)
    )
    assert set(spanish) <= set(own)
    assert all(key.startswith("/catalan_") for key in set(own) - set(spanish))
    assert not [key for key in spanish if _placeholders(spanish[key]) != _placeholders(own[key])]


def _leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from _leaves(inner, f"{path}/{key}")
    else:
        yield path, str(node)


def _domains() -> list[dict[str, Any]]:
    return [yaml.safe_load(file.read_text()) for file in (ROOT / "bot/domain").rglob("*.yml")]
