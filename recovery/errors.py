"""Expected refusals: each is a sentence for whoever integrates with us, carries an HTTP status, and is never a 500."""

from __future__ import annotations


class Refusal(Exception):
    """A request that the trade refuses. `status` is the HTTP status, `kind` the last part of the RFC 9457 type."""

    status = 409
    kind = "refused"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Invalid(Refusal):
    status = 422
    kind = "invalid"


class NotFound(Refusal):
    status = 404
    kind = "not-found"

    def __init__(self, what: str, key: object) -> None:
        super().__init__(f"No {what} is known as {key}.")


class Forbidden(Refusal):
    status = 403
    kind = "forbidden"


class NotWholeCents(Invalid):
    kind = "not-whole-cents"

    def __init__(self, value: object) -> None:
        super().__init__(f"Money is counted in whole cents and whole parts; {value!r} is neither.")


class CurrencyMismatch(Invalid):
    kind = "currency-mismatch"

    def __init__(self, expected: str, given: str) -> None:
        super().__init__(f"This is counted in {expected}; {given} cannot be mixed with it.")


class KeyReused(Refusal):
    kind = "idempotency-key-reused"

    def __init__(self, key: str) -> None:
        super().__init__(f"Idempotency key {key} was already used with another body.")


class DebtAlreadySettled(Refusal):
    kind = "debt-already-settled"

    def __init__(self, reference: str) -> None:
        super().__init__(f"Debt {reference} is settled: nothing is due on it.")


class DebtOnHold(Refusal):
    kind = "debt-on-hold"

    def __init__(self, reference: str, hold: str) -> None:
        super().__init__(f"Debt {reference} is on hold ({hold}); no payment is asked for on it.")


class OutsideTerms(Refusal):
    """A wish that the creditor's terms do not allow. `reason` names the term, so that the dialogue can say why."""

    kind = "outside-terms"

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
