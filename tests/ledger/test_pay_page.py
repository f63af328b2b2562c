"""The page of a payment link: for whom and for what, one press pays once, and the conversation says thanks."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from recovery.clock import FrozenClock
from recovery.debts.balance import balance_on
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.errors import DebtOnHold, Invalid
from recovery.money import Money
from recovery.payments.intent import MethodNotTaken, payment_link
from recovery.session.records import Conversation, Message
from recovery.settings import settings
from recovery.store import transaction
from tests import cast


def link(
    database: str, clock: FrozenClock, method: str = "card", cents: int = 10_000
) -> tuple[str, Debt, Conversation]:
    with transaction(database) as session:
        debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
        debt = cast.debt_of(session, debtor, creditor)
        talk = cast.conversation_of(session, debtor, creditor)
        intent = payment_link(session, clock, debtor.id, [debt], Money(cents), method, talk.id)
        return intent.token, debt, talk


def test_one_press_pays_once(client: TestClient, database: str, clock: FrozenClock) -> None:
    token, debt, talk = link(database, clock)
    page = client.get(f"/pay/{token}")
    assert page.status_code == 200
    assert "100,00" in page.text
    assert "<button>" in page.text
    assert "nonce-" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    for _ in range(2):
        assert client.post(f"/pay/{token}").status_code == 200
    assert client.get(f"/pay/{token}").status_code == 410
    with transaction(database) as session:
        assert balance_on(session, session.get_one(Debt, debt.id), clock.now().date()).due == Money(14_730)
        said = [message.text for message in session.query(Message).where(Message.conversation_id == talk.id)]
        assert len(said) == 1
        assert re.search(r"100,00", said[0])
        receipts = [file.mime for message in session.query(Message) for file in message.attachments]
        assert receipts == ["application/pdf"]


def test_a_transfer_shows_its_account_and_code(client: TestClient, database: str, clock: FrozenClock) -> None:
    token, debt, _ = link(database, clock, "transfer")
    page = client.get(f"/pay/{token}").text
    assert "FR76 3000 6000 0112 3456 7890 189" in page
    assert debt.reference in page
    assert "<svg" in page
    assert "<button>" not in page


def test_an_unknown_link_says_so(client: TestClient) -> None:
    answer = client.get("/pay/nonsense", headers={"Accept-Language": "es-ES"})
    assert answer.status_code == 404
    assert 'lang="es"' in answer.text


def test_in_production_nobody_confirms_their_own_payment(
    client: TestClient, database: str, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, _, _ = link(database, clock)
    monkeypatch.setattr(settings(), "env", "production")
    assert client.post(f"/pay/{token}").status_code == 403
    assert "<button>" not in client.get(f"/pay/{token}").text


def test_no_link_where_money_is_refused(database: str, clock: FrozenClock) -> None:
    with transaction(database) as session:
        debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
        debt = cast.debt_of(session, debtor, creditor)
        with pytest.raises(MethodNotTaken):
            payment_link(session, clock, debtor.id, [debt], Money(100), "bizum")
        with pytest.raises(Invalid):
            payment_link(session, clock, debtor.id, [debt], Money(24_731), "card")
        freeze(session, clock, debtor_id=debtor.id, kind="overindebtedness")
        with pytest.raises(DebtOnHold):
            payment_link(session, clock, debtor.id, [debt], Money(100), "card")
