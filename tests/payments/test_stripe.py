"""Stripe's word: a forged or old signature stores nothing, a payment is recorded once with thanks, and nothing is lost."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import func, select

from api.app import create_app
from recovery.audit import AuditLine
from recovery.clock import FrozenClock
from recovery.debts.balance import balance_on
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.payments.intent import payment_link
from recovery.payments.records import PaymentIntent
from recovery.payments.stripe import TOLERANCE_SECONDS, is_from_stripe, read_event
from recovery.session.records import ExternalEvent, Message
from recovery.settings import settings
from recovery.store import transaction
from tests import cast
from tests.fakes.surroundings import surround

SECRET = "whsec_of_the_tests"


@pytest.fixture
def client(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    surround(monkeypatch, database, tmp_path, stripe_webhook_secret=SECRET)
    yield TestClient(create_app(), raise_server_exceptions=False)
    settings.cache_clear()


@pytest.fixture
def link(client: TestClient, database: str, clock: FrozenClock) -> PaymentIntent:
    with transaction(database) as session:
        debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
        talk = cast.conversation_of(session, debtor, creditor)
        debt = cast.debt_of(session, debtor, creditor)
        return payment_link(session, clock, debtor.id, [debt], Money(10_000), "card", talk.id)


def signed(body: bytes, at: int, secret: str = SECRET) -> str:
    made = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={made},v0=ignored"


def event(token: str, kind: str = "checkout.session.completed", number: str = "evt_1", **about: Any) -> bytes:
    session = {
        "id": "cs_1", "client_reference_id": token, "payment_intent": "pi_1", "amount_total": 10_000, "currency": "eur",
        "payment_status": "paid", **about,
    }  # fmt: skip
    return json.dumps({"id": number, "type": kind, "data": {"object": session}}).encode()


def call(client: TestClient, body: bytes, clock: FrozenClock, **changes: Any) -> Response:
    at = changes.get("at", int(clock.now().timestamp()))
    signature = changes.get("signature", signed(body, at))
    return client.post("/webhooks/payments/stripe", content=body, headers={"Stripe-Signature": signature})


def due(database: str, link: PaymentIntent, clock: FrozenClock) -> int:
    with transaction(database) as session:
        debt = session.scalars(select(Debt).where(Debt.debtor_id == link.debtor_id)).one()
        return balance_on(session, debt, clock.now().date()).due.cents


def said(database: str) -> list[str]:
    with transaction(database) as session:
        return [message.text for message in session.scalars(select(Message).where(Message.author == "system"))]


def test_a_payment_is_recorded_once_and_thanked_once(
    client: TestClient, database: str, link: PaymentIntent, clock: FrozenClock
) -> None:
    for number in ("evt_1", "evt_1", "evt_2"):  # a repeat, then the same payment told by another event
        assert call(client, event(link.token, number=number), clock).status_code == 200
    assert due(database, link, clock) == 14_730
    (thanks,) = said(database)
    assert "100,00 €" in thanks
    with transaction(database) as session:
        files = [file.mime for message in session.scalars(select(Message)) for file in message.attachments]
        assert files == ["application/pdf"]


@pytest.mark.parametrize("wrong", ["secret", "old", "missing", "body"])
def test_a_bad_signature_stores_nothing(
    client: TestClient, database: str, link: PaymentIntent, clock: FrozenClock, wrong: str
) -> None:
    body, at = event(link.token), int(clock.now().timestamp())
    signature = {
        "secret": signed(body, at, "whsec_another"),
        "old": signed(body, at - TOLERANCE_SECONDS - 1),
        "missing": "",
        "body": signed(body + b" ", at),
    }[wrong]
    assert call(client, body, clock, signature=signature).status_code == 403
    assert due(database, link, clock) == 24_730
    with transaction(database) as session:
        assert session.scalar(select(func.count()).select_from(ExternalEvent)) == 0


@pytest.mark.parametrize(
    "about",
    [{"payment_status": "unpaid"}, {"amount_total": 9_999}, {"currency": "usd"}, {"client_reference_id": "unknown"}],
    ids=["not yet paid", "another sum", "another currency", "no link of ours"],
)
def test_what_is_not_as_asked_records_no_payment(
    client: TestClient, database: str, link: PaymentIntent, clock: FrozenClock, about: dict[str, Any]
) -> None:
    assert call(client, event(link.token, **about), clock).status_code == 200
    assert due(database, link, clock) == 24_730
    assert said(database) == []


def test_another_sum_is_kept_for_a_person(
    client: TestClient, database: str, link: PaymentIntent, clock: FrozenClock
) -> None:
    call(client, event(link.token, amount_total=9_999), clock)
    with transaction(database) as session:
        acts = list(session.scalars(select(AuditLine.act).where(AuditLine.subject == f"intent:{link.id}")))
        assert acts == ["payment.not_as_asked"]


def test_a_failure_is_told_and_the_link_stays_open(
    client: TestClient, database: str, link: PaymentIntent, clock: FrozenClock
) -> None:
    call(client, event(link.token, kind="checkout.session.async_payment_failed"), clock)
    assert due(database, link, clock) == 24_730
    assert len(said(database)) == 1
    assert client.get(f"/pay/{link.token}").status_code == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": 3, "type": "x"}', b"not json"])
def test_what_is_no_event_is_refused(client: TestClient, clock: FrozenClock, body: bytes) -> None:
    assert call(client, body, clock).status_code == 422
    with pytest.raises(ValueError, match=r"."):
        read_event(body)


def test_without_a_secret_nobody_is_stripe(clock: FrozenClock) -> None:
    body, at = b"{}", int(clock.now().timestamp())
    assert not is_from_stripe(body, signed(body, at, ""), "", clock.now())
    rolled = f"t={at},v1={'0' * 64},{signed(body, at).split(',')[1]}"
    assert is_from_stripe(body, rolled, SECRET, clock.now())
