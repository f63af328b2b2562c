"""Every action that rules and questions name is written, every one written is named, and every response they utter exists."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from typing import Any

import yaml
from rasa_sdk import Action

from tests.architecture.sources import ROOT, python_files, tree_of

NAME = re.compile(r"action_(?!(listen|restart|session_start|default_fallback|unlikely_intent|back)$)[a-z_]+")
NO_ACTIONS = {"action_endpoint", "action_run"}  # a key of endpoints.yml, a table


def test_actions_named_are_written_and_the_other_way_round() -> None:
    written, named = _written(), _named()
    assert sorted(named - written) == [], "named, not written"
    assert sorted(written - named) == [], "written, never named"


def test_the_domain_lists_every_action() -> None:
    listed = {
        str(a)
        for file in (ROOT / "bot/domain").rglob("*.yml")
        for a in yaml.safe_load(file.read_text()).get("actions") or ()
    }
    assert listed >= _written()


def test_every_response_uttered_exists() -> None:
    known = {
        r
        for file in (ROOT / "bot/domain/responses").glob("*.yml")
        for r in yaml.safe_load(file.read_text()).get("responses") or {}
    }
    uttered = {
        node.value
        for file in python_files("actions")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"utter_\w*[a-z]", node.value)
    }
    assert not uttered - known


def _written() -> set[str]:
    for file in python_files("actions"):
        importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return {
        name
        for kind in _kinds(Action)
        if kind.__module__.startswith("actions.") and isinstance(name := getattr(kind, "action", None), str)
    }


def _kinds(kind: type[Any]) -> set[type[Any]]:
    return {kind, *(inner for child in kind.__subclasses__() for inner in _kinds(child))}


def _named() -> set[str]:
    """In rules, questions, the dialogue's own code, and one action asking for another."""
    yaml_words = {
        word
        for folder in ("rules", "questions")
        for file in (ROOT / "bot" / folder).glob("*.yml")
        for word in _words(yaml.safe_load(file.read_text()))
    }
    code_words = {
        word
        for folder in ("actions", "bot/components", "recovery/session")
        for file in python_files(folder)
        for word in _words_of_code(tree_of(file))
    }
    return {word for word in yaml_words | code_words if NAME.fullmatch(word)} - NO_ACTIONS


def _words_of_code(tree: ast.Module) -> Iterator[str]:
    """`action = "action_x"` in a class names itself, which is not being asked for."""
    own_names = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "action" for target in node.targets)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in own_names:
            yield node.value


def _words(node: Any) -> set[str]:
    if isinstance(node, dict):
        return {w for pair in node.items() for inner in pair for w in _words(inner)}
    if isinstance(node, list):
        return {w for inner in node for w in _words(inner)}
    return {str(node)}
