"""A creditor's system, over the ledger API: makes debtors of its own, so that journeys never meet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import httpx

PEOPLE = {
    "fr": {"name": "Camille Moreau", "birth_date": "1984-03-12", "postcode": "75011", "country": "FR"},
    "es": {"name": "Lucía Romero Gil", "birth_date": "1984-03-12", "postcode": "28013", "country": "ES"},
}
TERMS = {
    "min_instalment_cents": 2000,
    "max_months": 12,
    "max_first_payment_days": 30,
    "max_promise_days": 30,
    "settlement_discount_percent": 0,
    "early_payment_discount_percent": 0,
    "plan_pause_days": 30,
}


@dataclass(frozen=True)
class Owing:
    """A debtor with one overdue debt, and what they know of themselves."""

    language: str
    creditor: str
    debtor_id: str
    debt_id: str
    reference: str
    birth_date: str
    postcode: str


class CreditorSystem:
    def __init__(self, demo: dict[str, Any]) -> None:
        self.demo = demo
        headers = {"Authorization": f"Bearer {demo['api_token']}"}
        self._http = httpx.Client(base_url=f"{demo['api_url']}/api/v1", headers=headers, timeout=30, trust_env=False)

    def __enter__(self) -> CreditorSystem:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def somebody_owing(self, language: str = "fr", cents: int = 24730) -> Owing:
        tag = uuid.uuid4().hex[:8]
        person = PEOPLE[language]
        creditor = {
            "key": f"c{tag}",
            "name": f"Énergie {tag}",
            "legal_name": f"Énergie {tag} SA",
            "address": "1 rue de la Paix, 75002 Paris",
            "country": person["country"],
            "role": "own_creditor",
            "terms": TERMS,
            "payment_methods": ["card", "transfer", "direct_debit"],
            "iban": "FR7630006000011234567890189",
            "bic": "AGRIFRPP",
        }
        self.post("/creditors", creditor)
        mobile = ("+336" if language == "fr" else "+346") + str(uuid.uuid4().int)[:8]
        points = [{"channel": "sms", "address": mobile}]
        debtor = self.post(
            "/debtors",
            {**person, "external_id": f"d{tag}", "kind": "consumer", "language": language, "contact_points": points},
        )
        debt = self.post(
            "/debts",
            {
                "creditor": f"c{tag}",
                "debtor_id": debtor["id"],
                "reference": f"F{tag.upper()}0",
                "product": "energy",
                "description": "Facture d'énergie",
                "currency": "EUR",
                "principal_cents": cents,
                "issued_on": "2026-08-20",
                "due_on": "2026-09-20",
            },
        )
        facts = (debt["reference"], person["birth_date"], person["postcode"])
        return Owing(language, f"c{tag}", debtor["id"], debt["id"], *facts)

    def post(self, path: str, body: dict[str, Any], key: str | None = None) -> dict[str, Any]:
        answer = self._http.post(path, json=body, headers={"Idempotency-Key": key or uuid.uuid4().hex})
        assert answer.is_success, (answer.status_code, answer.text)
        return dict(answer.json())

    def get(self, path: str) -> dict[str, Any]:
        answer = self._http.get(path)
        assert answer.is_success, (answer.status_code, answer.text)
        return dict(answer.json())

    def items(self, path: str) -> list[dict[str, Any]]:
        return list(self.get(path)["items"])
