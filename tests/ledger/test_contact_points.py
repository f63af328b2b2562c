"""Addresses, proofs of opt-in and links that go on, through the ledger API."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from recovery.settings import settings
from tests.ledger.conftest import Ledger

OPT_IN = {"at": "2026-10-02T09:30:00+02:00", "text": "J'accepte d'être contactée par WhatsApp", "source": "form 118"}


def added(ledger: Ledger, debtor: dict[str, Any], **body: Any) -> Any:
    whole = {"channel": "whatsapp", "address": "06 39 98 12 99", **body}
    return ledger.post(f"/debtors/{debtor['id']}/contact-points", whole)


def test_an_address_with_the_proof_of_its_opt_in(ledger: Ledger) -> None:
    debtor = ledger.debtor()
    first = added(ledger, debtor)
    assert (first.status_code, first.json()["address"], first.json()["opt_in"]) == (201, "+33639981299", None)
    again = added(ledger, debtor, opt_in=OPT_IN)
    assert again.json()["id"] == first.json()["id"]
    assert again.json()["opt_in"]["source"] == "form 118"
    kept = ledger.get(f"/debtors/{debtor['id']}").json()["contact_points"]
    assert [point["address"] for point in kept] == ["+33639981201", "+33639981299"]


@pytest.mark.parametrize(
    "body",
    [{"channel": "fax"}, {"address": "nobody"}, {"opt_in": {**OPT_IN, "at": "2027-01-01T00:00:00+01:00"}},
     {"opt_in": {**OPT_IN, "at": "2026-10-02T09:30:00"}}, {"opt_in": {**OPT_IN, "text": " "}}, {"opt_in": {"at": OPT_IN["at"]}}],
)  # fmt: skip
def test_a_proof_that_is_none_is_refused(ledger: Ledger, body: dict[str, Any]) -> None:
    debtor = ledger.debtor()
    assert added(ledger, debtor, **body).status_code == 422
    assert len(ledger.get(f"/debtors/{debtor['id']}").json()["contact_points"]) == 1


def test_an_address_of_nobody(ledger: Ledger) -> None:
    assert added(ledger, {"id": str(uuid.uuid4())}).status_code == 404
    assert ledger.post(f"/debtors/{uuid.uuid4()}/links", {}).status_code == 404


def test_a_link_that_goes_on(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    debtor = ledger.debtor(language="es")
    key = uuid.uuid4().hex
    given = ledger.post(f"/debtors/{debtor['id']}/links", {}, key)
    assert given.status_code == 201
    assert ledger.post(f"/debtors/{debtor['id']}/links", {}, key).json() == given.json()
    assert given.json()["until"] == "2026-11-25T09:00:00Z"
    token = given.json()["url"].rpartition("/c/")[2]
    opened = ledger.client.post("/widget/sessions", json={"token": token})
    assert (opened.status_code, opened.json()["language"]) == (201, "es")
    assert ledger.post(f"/debtors/{debtor['id']}/links", {"channel": "telegram"}).status_code == 422
    monkeypatch.setenv("ENTENTE_TELEGRAM_BOT_NAME", "EntenteBot")
    settings.cache_clear()
    telegram = ledger.post(f"/debtors/{debtor['id']}/links", {"channel": "telegram"}).json()["url"]
    name, _, start = telegram.partition("?start=")
    assert name == "https://t.me/EntenteBot" and len(start) <= 64
