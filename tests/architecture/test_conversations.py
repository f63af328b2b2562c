"""docs/conversations.md keeps its word: each row of the design is there, proven in both languages by tests that exist."""

from __future__ import annotations

import re

import yaml

from tests.architecture.sources import ROOT

TABLE = ROOT / "docs" / "conversations.md"
PEOPLE = ROOT / "tests" / "journeys" / "people"
PERSON = re.compile(r"^(fr|es)/(\w+): (.+)$")
ROWS = [
    "Opening",
    "Identity",
    "Is this genuine?",
    "Know",
    "Pay now",
    "Promise",
    "Instalments",
    "Change a plan",
    "More time",
    "Cannot pay, hardship",
    "Over-indebtedness, insolvency",
    "Distress",
    "Dispute",
    "Already paid",
    "Follow a dispute",
    "Stop",
    "Wrong person",
    "Deceased",
    "Third party",
    "Representative",
    "Minor",
    "Prefer",
    "Data rights",
    "Receipt, certificate",
    "Reduction",
    "What happens if…",
    "Too old",
    "A person",
    "Complaint",
    "Refusal, threat of action",
    "Chit-chat, other",
    "Help, repeat, wait",
    "Change of language",
    "Frustration",
    "Satisfaction",
    "Several debts, one budget",
    "Two wishes in one message",
    "Two debts, two wishes",
    "A part at once, the rest spread",
    "Paying what is contested",
    "Safety nets beside the model",
    "Handing over",
]


def table() -> dict[str, list[str]]:
    """Row: what proves it in French, what proves it in Spanish, the record."""
    lines = [line.split("|")[1:-1] for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in lines[1:]}


def test_every_row_of_the_design_is_there() -> None:
    assert list(table()) == ROWS


def test_every_test_named_exists() -> None:
    named = [name for cells in table().values() for cell in cells[:2] for name in re.findall(r"`([^`]+)`", cell)]
    missing = [name for name in named if not _exists(name)]
    assert named
    assert not missing, missing


def _exists(name: str) -> bool:
    if person := PERSON.match(name):
        file = PEOPLE / person[1] / f"{person[2]}.yml"
        return file.is_file() and person[3] in [one["name"] for one in yaml.safe_load(file.read_text(encoding="utf-8"))]
    path, _, function = name.partition("::")
    file = ROOT / path
    return (
        file.is_file()
        and re.search(rf"^def {re.escape(function)}\(", file.read_text(encoding="utf-8"), re.M) is not None
    )
