"""What the assistant says fits two texts with everyday figures, the lists aside that were asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml

from channels.sms.plain_letters import shortened
from channels.sms.segments import length_of
from tests.architecture.sources import ROOT

MOST = 2
LISTS = {"lines", "schedule"}
ROOMY = "Compagnie des Eaux"  # any name, kind or stage
SUM = "1 247,30 €"
FIGURES = {
    **dict.fromkeys(("amount", "due", "total", "least", "each", "asked", "monthly", "principal", "interest", "paid"), SUM),
    **dict.fromkeys(("indemnity", "all", "minimum"), "40,00 €"),
    **dict.fromkeys(("day", "first", "last", "limit", "until", "latest", "due_on", "answer_due_on", "issued_on"), "22 décembre 2026"),
    **dict.fromkeys(("reference", "references", "ticket"), "FR-2026-000123"),
    **dict.fromkeys(("count", "most", "percent", "months", "days", "number"), "12"),
    **dict.fromkeys(("url", "link"), "https://entente.example/pay/AbCdEfGhIjKlMnOpQrStUvWx"),
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "bic": "AGRIFRPP",
    "code": "AB12-CD34",
    "phone": "09 69 36 00 00",
}  # fmt: skip


def wordings() -> Iterator[tuple[str, str, str]]:
    """Name, language, text of each wording that holds no list."""
    for path in sorted((ROOT / "bot" / "domain" / "responses").glob("*.yml")):
        for name, written in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].items():
            for wording in written:
                told = {each["name"]: each["value"] for each in wording.get("condition", [])}
                if wording.get("text") and not LISTS & set(re.findall(r"\{(\w+)\}", wording["text"])):
                    yield name, str(told.get("language", "fr")), str(wording["text"])


@pytest.mark.parametrize(("name", "language", "text"), wordings())
def test_a_wording_fits_two_texts(name: str, language: str, text: str) -> None:
    said = re.sub(r"\{(\w+)\}", lambda slot: FIGURES.get(slot[1], ROOMY), text)
    assert length_of(shortened(said, language)).segments <= MOST, said
