"""Paying through Stripe: a Checkout Session for what is due and nothing more, the money believed on the webhook's word alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from recovery.clock import FrozenClock
from recovery.debts.balance import balance_on
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.payments.checkout import NoCheckout, checkout_page
from recovery.payments.intent import payment_link, shares_of
from recovery.payments.records import PaymentIntent
from recovery.payments.take_payment import take_payment
from recovery.settings import settings
from recovery.store import transaction
from tests import cast
from tests.fakes.fake_stripe import KEY, FakeStripe
from tests.fakes.surroundings import surround
from tests.payments.test_stripe import SECRET, signed


@pytest.fixture
def stripe() -> Iterator[FakeStripe]:
    with FakeStripe() as running:
        yield running


@pytest.fixture
def client(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stripe: FakeStripe) -> Iterator[TestClient]:
    surround(
        monkeypatch, database, tmp_path, stripe_secret_key=KEY, stripe_api_url=stripe.url, stripe_webhook_secret=SECRET,
        public_url="https://entente.example/",
    )  # fmt: skip
    yield TestClient(create_app(), raise_server_exceptions=False, follow_redirects=False)
    settings.cache_clear()


@pytest.fixture
def link(client: TestClient, database: str, clock: FrozenClock) -> PaymentIntent:
    return given(database, clock)


def given(
    database: str, clock: FrozenClock, cents: int = 10_000, method: str = "card", **creditor: Any
) -> PaymentIntent:
    with transaction(database) as session:
        debtor = cast.camille(session)
        firm = cast.energie_du_lac(
            session, payment_methods=["card", "transfer", "paypal", "bizum", "direct_debit"], **creditor
        )
        talk = cast.conversation_of(session, debtor, firm)
        debt = cast.debt_of(session, debtor, firm, reference="EL-77")
        return payment_link(session, clock, debtor.id, [debt], Money(cents), method, talk.id)


def webhook(client: TestClient, clock: FrozenClock, link: PaymentIntent, cents: int) -> Response:
    about = {
        "id": "cs_test_0", "client_reference_id": link.token, "payment_intent": "pi_1", "amount_total": cents, "currency": "eur",
        "payment_status": "paid",
    }  # fmt: skip
    told = json.dumps({"id": "evt_1", "type": "checkout.session.completed", "data": {"object": about}}).encode()
    signature = signed(told, int(clock.now().timestamp()))
    return client.post("/webhooks/payments/stripe", content=told, headers={"Stripe-Signature": signature})


def test_the_button_leads_to_stripes_page(client: TestClient, link: PaymentIntent, stripe: FakeStripe) -> None:
    page = client.get(f"/pay/{link.token}")
    assert "<button>" in page.text and "Stripe" in page.text
    assert "form-action 'self' https://checkout.stripe.com;" in page.headers["content-security-policy"]
    pressed = client.post(f"/pay/{link.token}")
    (session,) = stripe.sessions.values()
    assert (pressed.status_code, pressed.headers["location"]) == (303, session.url)
    assert session.form == {
        "mode": "payment",
        "client_reference_id": link.token,
        "metadata[token]": link.token,
        "payment_method_types[0]": "card",
        "locale": "fr",
        "success_url": f"https://entente.example/pay/{link.token}/done",
        "cancel_url": f"https://entente.example/pay/{link.token}",
        "expires_at": "1795345200",  # two hours after nine, the full hour in UTC
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": "10000",
        "line_items[0][price_data][product_data][name]": "Énergie du Lac · EL-77",
    }


def test_pressed_twice_it_is_the_same_session(client: TestClient, link: PaymentIntent, stripe: FakeStripe) -> None:
    assert (
        client.post(f"/pay/{link.token}").headers["location"] == client.post(f"/pay/{link.token}").headers["location"]
    )
    assert len(stripe.sessions) == 1


def test_coming_back_proves_nothing_and_the_webhook_does(
    client: TestClient, link: PaymentIntent, database: str, clock: FrozenClock
) -> None:
    client.post(f"/pay/{link.token}")
    back = client.get(f"/pay/{link.token}/done")
    assert back.status_code == 200 and "confirme" in back.text
    with transaction(database) as session:
        debt = session.query(Debt).one()
        assert balance_on(session, debt, clock.now().date()).due == Money(24_730)
    call = webhook(client, clock, link, 10_000)
    assert call.status_code == 200
    with transaction(database) as session:
        assert balance_on(session, session.query(Debt).one(), clock.now().date()).due == Money(14_730)
    assert "100,00" in client.get(f"/pay/{link.token}/done").text
    assert client.post(f"/pay/{link.token}").status_code == 410


@pytest.mark.parametrize("status", [500, 429, 402, 400])
def test_when_stripe_is_in_trouble_the_page_stays_and_says_so(
    client: TestClient, link: PaymentIntent, stripe: FakeStripe, status: int
) -> None:
    stripe.fail(status)
    answer = client.post(f"/pay/{link.token}")
    assert answer.status_code == 503
    assert "rien n&#39;a été débité" in answer.text and "<button>" in answer.text
    assert client.post(f"/pay/{link.token}").status_code == 303  # a moment later


def test_when_stripe_hangs_up_too(client: TestClient, link: PaymentIntent, stripe: FakeStripe) -> None:
    stripe.down = True
    assert client.post(f"/pay/{link.token}").status_code == 503


def test_a_wrong_key_is_never_written_down(
    client: TestClient,
    link: PaymentIntent,
    stripe: FakeStripe,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(settings(), "stripe_secret_key", "sk_live_wrong")
    assert client.post(f"/pay/{link.token}").status_code == 503
    assert "sk_live_wrong" not in caplog.text and link.token not in caplog.text


def test_only_what_is_due_today_is_asked(
    client: TestClient, link: PaymentIntent, database: str, clock: FrozenClock, stripe: FakeStripe
) -> None:
    with transaction(database) as session:
        take_payment(session, clock, session.query(Debt).one(), Money(20_000), clock.now().date(), "transfer", "T-1")
    client.post(f"/pay/{link.token}")
    (session_,) = stripe.sessions.values()
    assert session_.form["line_items[0][price_data][unit_amount]"] == "4730"
    assert webhook(client, clock, link, 4_730).status_code == 200
    with transaction(database) as session:
        assert balance_on(session, session.query(Debt).one(), clock.now().date()).due == Money(0)


def test_what_was_forbidden_since_is_not_taken(
    client: TestClient, link: PaymentIntent, database: str, clock: FrozenClock, stripe: FakeStripe
) -> None:
    with transaction(database) as session:
        debt = session.query(Debt).one()
        freeze(session, clock, debtor_id=debt.debtor_id, kind="overindebtedness")
    assert client.post(f"/pay/{link.token}").status_code == 410
    assert stripe.sessions == {}


@pytest.mark.parametrize(("method", "named"), [("paypal", "paypal"), ("direct_debit", "sepa_debit")])
def test_each_method_by_stripes_own_name(
    client: TestClient, database: str, clock: FrozenClock, stripe: FakeStripe, method: str, named: str
) -> None:
    link = given(database, clock, method=method, attestations={"stripe_account": "acct_1"})
    assert client.post(f"/pay/{link.token}").status_code == 303
    (session,) = stripe.sessions.values()
    assert (session.form["payment_method_types[0]"], session.account) == (named, "acct_1")


def test_what_stripe_does_not_take_is_no_link_of_its(
    client: TestClient, database: str, clock: FrozenClock, stripe: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = given(database, clock, method="bizum")
    monkeypatch.setattr(settings(), "env", "production")
    page = client.get(f"/pay/{link.token}")
    assert "<button>" not in page.text and "autre moyen" in page.text
    assert client.post(f"/pay/{link.token}").status_code == 403
    assert client.post("/pay/nonsense").status_code == 404
    assert client.get("/pay/nonsense/done").status_code == 404
    assert stripe.sessions == {}


def test_without_a_key_there_is_no_page(
    client: TestClient, link: PaymentIntent, database: str, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "stripe_secret_key", None)
    with transaction(database) as session:
        intent = session.get_one(PaymentIntent, link.id)
        with pytest.raises(NoCheckout):
            checkout_page(intent, shares_of(session, clock, intent), "fr", "https://x", clock.now())
    assert "checkout.stripe.com" not in client.get(f"/pay/{link.token}").headers["content-security-policy"]


def test_an_hour_later_it_is_another_session(
    client: TestClient, link: PaymentIntent, database: str, clock: FrozenClock, stripe: FakeStripe
) -> None:
    with transaction(database) as session:
        intent = session.get_one(PaymentIntent, link.id)
        for _ in range(2):
            checkout_page(intent, shares_of(session, clock, intent), "es", "https://x", clock.now())
            clock.advance(timedelta(hours=1))
    assert len(stripe.sessions) == 2
