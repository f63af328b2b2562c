"""The whole application, on the tests' database, called as a creditor's system calls it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from recovery.settings import settings

TOKEN = "a-service-token"
TERMS = {"min_instalment_cents": 2000, "max_months": 12, "max_first_payment_days": 30, "max_promise_days": 30}


class Ledger:
    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str) -> Response:
        return self.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {TOKEN}"})

    def post(self, path: str, body: dict[str, Any], key: str | None = None) -> Response:
        headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": key or uuid.uuid4().hex}
        return self.client.post(f"/api/v1{path}", json=body, headers=headers)

    def creditor(self, **changes: Any) -> dict[str, Any]:
        body = {
            "key": f"c{uuid.uuid4().hex[:8]}",
            "name": "Énergie du Lac",
            "legal_name": "Énergie du Lac SA",
            "address": "4 quai du Lac, Annecy",
            "country": "FR",
            "role": "own_creditor",
            "terms": TERMS,
            "payment_methods": ["card", "transfer"],
            "iban": "FR7630006000011234567890189",
        }
        return self._made("/creditors", {**body, **changes})

    def debtor(self, **changes: Any) -> dict[str, Any]:
        body = {
            "external_id": f"d{uuid.uuid4().hex[:8]}",
            "kind": "consumer",
            "name": "Camille Moreau",
            "birth_date": "1984-03-12",
            "postcode": "75011",
            "country": "FR",
            "language": "fr",
            "contact_points": [{"channel": "sms", "address": "06 39 98 12 01"}],
        }
        return self._made("/debtors", {**body, **changes})

    def debt(
        self, creditor: dict[str, Any] | None = None, debtor: dict[str, Any] | None = None, **changes: Any
    ) -> dict[str, Any]:
        creditor, debtor = creditor or self.creditor(), debtor or self.debtor()
        return self._made("/debts", {**self.debt_body(creditor, debtor), **changes})

    def debt_body(self, creditor: dict[str, Any], debtor: dict[str, Any]) -> dict[str, Any]:
        return {
            "creditor": creditor["key"],
            "debtor_id": debtor["id"],
            "reference": f"F{uuid.uuid4().hex[:8]}",
            "product": "energy",
            "description": "Facture",
            "currency": "EUR",
            "principal_cents": 24730,
            "issued_on": "2026-08-20",
            "due_on": "2026-09-20",
        }

    def _made(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.post(path, body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made


@pytest.fixture
def client(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    monkeypatch.setenv("ENTENTE_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("ENTENTE_SECRET_KEY", "a-secret-key-for-the-tests-alone-0123456789")
    monkeypatch.setenv("ENTENTE_API_TOKEN", TOKEN)
    monkeypatch.setenv("ENTENTE_CLOCK", "2026-11-22T10:00:00+01:00")
    settings.cache_clear()
    yield TestClient(create_app(), raise_server_exceptions=False)
    settings.cache_clear()


@pytest.fixture
def ledger(client: TestClient) -> Ledger:
    return Ledger(client)
