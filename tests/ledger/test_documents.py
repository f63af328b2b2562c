"""Documents over the ledger API: made once, read as PDF, refused where they would not be true."""

from __future__ import annotations

import hashlib

from tests.ledger.conftest import Ledger


def test_every_payment_has_its_receipt(ledger: Ledger) -> None:
    debt = ledger.debt()
    body = {"debt_id": debt["id"], "amount_cents": 5000, "currency": "EUR", "paid_on": "2026-11-01", "method": "card"}
    payment = ledger.post("/payments", {**body, "external_ref": "A-1"}).json()
    (receipt,) = ledger.get(f"/documents?payment_id={payment['id']}").json()["items"]
    assert (receipt["kind"], receipt["language"]) == ("receipt", "fr")
    pdf = ledger.get(f"/documents/{receipt['id']}/file")
    assert pdf.headers["content-type"] == "application/pdf"
    assert hashlib.sha256(pdf.content).hexdigest() == receipt["sha256"]
    again = ledger.post("/documents", {"kind": "receipt", "payment_id": payment["id"]})
    assert (again.status_code, again.json()["id"]) == (201, receipt["id"])


def test_a_certificate_that_would_not_be_true_is_refused(ledger: Ledger) -> None:
    creditor = ledger.creditor()
    debt = ledger.debt(creditor)
    asked = {"kind": "nothing_owed", "debtor_id": debt["debtor_id"], "creditor": creditor["key"]}
    assert ledger.post("/documents", asked).status_code == 409
    body = {"debt_id": debt["id"], "amount_cents": 24730, "currency": "EUR", "paid_on": "2026-11-01", "method": "card"}
    ledger.post("/payments", {**body, "external_ref": "A-1"})
    assert ledger.post("/documents", {**asked, "language": "es"}).json()["language"] == "es"


def test_a_case_file_is_exported(ledger: Ledger) -> None:
    debt = ledger.debt()
    made = ledger.post("/documents", {"kind": "case_file", "debtor_id": debt["debtor_id"]})
    assert made.status_code == 201
    assert made.json()["facts"] == {"chain_broken_at": None}


def test_what_is_missing_is_named(ledger: Ledger) -> None:
    missing = ledger.post("/documents", {"kind": "receipt"})
    assert missing.status_code == 422
    assert "payment_id" in missing.json()["detail"]
