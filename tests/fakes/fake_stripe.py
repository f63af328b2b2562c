"""Stripe's Checkout Sessions on loopback: the key, the version and the fields it needs, one session a key of idempotency."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.http_double import Answer, Asked, HttpDouble

KEY = "sk_test_of_the_tests"
NEEDED = {
    "mode",
    "client_reference_id",
    "success_url",
    "line_items[0][quantity]",
    "line_items[0][price_data][unit_amount]",
}


@dataclass(frozen=True)
class Session:
    id: str
    url: str
    form: dict[str, str]
    account: str | None


class FakeStripe(HttpDouble):
    def __init__(self) -> None:
        super().__init__()
        self.sessions: dict[str, Session] = {}  # by idempotency key

    def take(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return _error(401, "Invalid API Key provided")
        if (asked.method, asked.path) != ("POST", "/v1/checkout/sessions") or not asked.headers.get("stripe-version"):
            return _error(404, "Unrecognized request URL")
        form = dict(asked.form())
        if missing := NEEDED - set(form):
            return _error(400, f"Missing required param: {sorted(missing)[0]}.")
        if int(form["line_items[0][price_data][unit_amount]"]) < 50:
            return _error(400, "The Checkout Session's total amount due must add up to at least €0.50 eur")
        key = asked.headers["idempotency-key"]
        known = self.sessions.get(key)
        if known and known.form != form:
            return _error(400, "Keys for idempotent requests can only be used with the same parameters")
        number = f"cs_test_{len(self.sessions)}"
        made = known or Session(
            number, f"https://checkout.stripe.com/c/pay/{number}", form, asked.headers.get("stripe-account")
        )
        self.sessions[key] = made
        return Answer(200, {"id": made.id, "object": "checkout.session", "url": made.url, "status": "open"})

    def failed(self, answer: Answer) -> Answer:
        return Answer(answer.status, {"error": {"type": "api_error", "message": "trouble"}}, answer.headers)


def _error(status: int, message: str) -> Answer:
    return Answer(status, {"error": {"type": "invalid_request_error", "message": message}})
