"""People of `people/<language>/*.yml`: what each owes, what they write turn by turn, and the records they must leave."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.journeys.creditor import PEOPLE, TERMS, CreditorSystem

FOLDER = Path(__file__).parent / "people"


@dataclass(frozen=True)
class Person:
    """`turns`: what is written, one message each; `expect`, `said`, `never`: see people/README.md."""

    language: str
    topic: str
    name: str
    turns: list[Any]
    cents: list[int] = field(default_factory=lambda: [9600])
    products: list[str] = field(default_factory=list)
    creditors: list[int] = field(
        default_factory=list
    )  # which creditor each debt is owed to; all to the first unless said
    terms: dict[str, Any] = field(default_factory=dict)
    methods: list[str] = field(default_factory=lambda: ["card", "transfer", "direct_debit"])
    debtor: dict[str, Any] = field(default_factory=dict)
    debt: dict[str, Any] = field(default_factory=dict)
    measures: list[str] = field(default_factory=list)  # of over-indebtedness, on the first debt: "2026-12-05 4000"
    expect: dict[str, Any] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How docs/conversations.md and pytest name this person."""
        return f"{self.language}/{self.topic}: {self.name}"


def everybody() -> list[Person]:
    return [
        Person(language=file.parent.name, topic=file.stem, **person)
        for file in sorted(FOLDER.glob("*/*.yml"))
        for person in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def owe(creditor: CreditorSystem, person: Person) -> dict[str, Any]:
    """A creditor (or several, by `creditors`), a debtor and their debts, made for this person alone."""
    tag = uuid.uuid4().hex[:8]
    who = {**PEOPLE[person.language], "kind": "consumer", "contact_points": [], **person.debtor}
    keys = [f"c{tag}" if not n else f"c{tag}-{n}" for n in range(max(person.creditors, default=0) + 1)]
    for key in keys:
        creditor.post("/creditors", {
            "key": key, "name": f"Atlas {key[1:]}", "legal_name": f"Atlas {key[1:]} SA", "address": "1 rue de la Paix, 75002 Paris",
            "country": who["country"], "role": "own_creditor", "terms": {**TERMS, **person.terms},
            "payment_methods": person.methods, "iban": "FR7630006000011234567890189", "bic": "AGRIFRPP",
        })  # fmt: skip
    debtor = creditor.post("/debtors", {**who, "external_id": f"d{tag}", "language": person.language})
    debts = [
        creditor.post("/debts", {
            "creditor": keys[person.creditors[n] if person.creditors else 0], "debtor_id": debtor["id"], "reference": f"F{tag.upper()}{n}",
            "product": (person.products or ["energy"] * 9)[n], "description": f"N {n}", "currency": "EUR",
            "principal_cents": cents, "issued_on": "2026-08-20", "due_on": "2026-09-20", **person.debt,
        })
        for n, cents in enumerate(person.cents)
    ]  # fmt: skip
    if person.measures:
        parts = [part.split() for part in person.measures]
        creditor.post("/measures", {
            "debt_id": debts[0]["id"], "kind": "plan", "decided_on": "2026-10-01", "reference": f"C{tag}",
            "instalments": [{"due_on": day, "amount_cents": int(each)} for day, each in parts],
        })  # fmt: skip
    return {"creditor": f"c{tag}", "debtor_id": debtor["id"], "debts": debts, **who}


def facts_of(owing: dict[str, Any]) -> dict[str, str]:
    """What the person knows of themselves, in the order in which it is asked for."""
    birth = "/".join(reversed((owing["birth_date"] or "").split("-")))
    return {"REF": owing["debts"][0]["reference"], "BIRTH": birth, "CP": owing["postcode"]}


def filled_in(text: str, owing: dict[str, Any]) -> str:
    """{REF}, {REF2}, {BIRTH}, {CP} and {TAX} become what this person knows."""
    numbered = {f"REF{n}": debt["reference"] for n, debt in enumerate(owing["debts"], 1)}
    known = {**facts_of(owing), **numbered, "TAX": owing.get("tax_id") or ""}
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), text)
