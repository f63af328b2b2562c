"""The register of rules: none missing, nothing named that is not there, the page up to date."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from recovery.countries.register import GROUPS, PAGE, STATUSES, page, rules
from recovery.tables import Record
from tests.architecture.sources import ROOT

# How many rules each chapter of the study has; RG-04 stands last in its own.
COUNTS = {
    "ID": 16, "DI": 16, "CT": 14, "OO": 7, "CH": 10, "CO": 15, "FE": 18, "IN": 16, "DP": 6, "VU": 9, "PR": 10, "RE": 6, "HU": 5,
    "AI": 6, "RG": 6,
}  # fmt: skip
MOST_OPEN = 0
RULES = rules()


def test_no_rule_is_missing_and_none_stands_twice() -> None:
    expected = {f"{group}-{number:02d}" for group, count in COUNTS.items() for number in range(1, count + 1)}
    assert {rule["id"] for rule in RULES} == expected
    assert len(RULES) == 160
    assert set(COUNTS) == set(GROUPS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_a_rule_says_what_keeps_it(rule: dict[str, Any]) -> None:
    assert rule["status"] in STATUSES
    assert rule["title"] and rule["source"] and rule["certainty"] and rule["country"] and rule["who"]
    if rule["status"] == "enforced":
        assert rule.get("where") and rule.get("tested")
    if rule["status"] == "configuration":
        assert rule.get("setting")
    if rule["status"] in {"not_applicable", "open"}:
        assert len(rule.get("note", "")) > 20


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_every_place_named_exists(rule: dict[str, Any]) -> None:
    strays = [place for place in rule.get("where", ()) if not _is_there(place)]
    strays += [test for test in rule.get("tested", ()) if not _is_tested(test)]
    strays += [name for name in rule.get("setting", ()) if not _is_setting(name)]
    assert strays == []


def test_few_are_open() -> None:
    assert len([rule["id"] for rule in RULES if rule["status"] == "open"]) <= MOST_OPEN


def test_the_page_is_written_from_the_register() -> None:
    """Fails? `python -m recovery.countries.register`, and commit the page."""
    assert PAGE.read_text(encoding="utf-8") == page(RULES)


def _is_there(place: str) -> bool:
    path, _, name = place.partition(":")
    file = ROOT / path
    if not file.exists():
        return False
    return not name or name in _names_in(file)


def _is_tested(test: str) -> bool:
    if "::" in test:
        path, _, name = test.partition("::")
        return (ROOT / path).exists() and name in _names_in(ROOT / path)
    topic, _, who = test.partition(": ")
    cast = ROOT / f"tests/journeys/people/{topic}.yml"
    return cast.exists() and who in {person["name"] for person in yaml.safe_load(cast.read_text(encoding="utf-8"))}


def _is_setting(name: str) -> bool:
    """An environment variable of the example, a table of a country, a constant of a file, or a field of a record."""
    if name.startswith("ENTENTE_"):
        return bool(re.search(rf"^#? ?{name}=", (ROOT / ".env.example").read_text(), re.M))
    path, _, constant = name.partition(" ")
    if "/" in path:
        return (ROOT / path).exists() and (not constant or constant in _names_in(ROOT / path))
    record, _, field = name.partition(".")
    return field.partition(".")[0] in _fields()[record]


@cache
def _names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    named = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    }
    return named | {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }


@cache
def _fields() -> dict[str, set[str]]:
    return {table.name: {column.name for column in table.columns} for table in Record.metadata.tables.values()}
