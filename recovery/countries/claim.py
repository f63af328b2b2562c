"""What the law of a country asks about a debt, and what it answers. Plain values: no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from recovery.money import Money


@dataclass(frozen=True)
class Rescheduling:
    """The first new schedule agreed on (or imposed) for what was unpaid. `first_unpaid_on`: the first day of it that payments have
    not covered, which may still be to come.
    """

    agreed_on: date
    first_unpaid_on: date


@dataclass(frozen=True)
class Claim:
    """The facts of one debt that decide interest, indemnity and prescription."""

    debtor_kind: str  # consumer | sole_trader | business
    product: str
    issued_on: date
    due_on: date
    region: str | None = None
    demanded_on: date | None = None  # formal demand that reached the debtor
    contract_rate_bp: int | None = None
    interest_stops_on: date | None = None
    title_on: date | None = None
    acknowledgements: Sequence[date] = ()  # accepted plans, signed letters, part payments
    rescheduled: Rescheduling | None = None


@dataclass(frozen=True)
class RatePeriod:
    """One yearly rate in force from `first` to `last`, both included; 100 basis points are one percent."""

    first: date
    last: date
    basis_points: int
    source: str


@dataclass(frozen=True)
class LumpSum:
    amount: Money
    owed_from: date
    source: str


@dataclass(frozen=True)
class Limit:
    """The last day on which the debt can be claimed before a judge, and the text it comes from."""

    last_day: date
    years: int
    counted_from: date
    source: str

    def passed(self, day: date) -> bool:
        return day > self.last_day


class Law(Protocol):
    """What each `recovery/countries/<cc>/law.py` answers, as `LAW`."""

    def interest(self, claim: Claim) -> Sequence[RatePeriod]:
        """Every period in which late interest runs, in order. A period whose rate is unknown is absent: nothing is
        claimed for it.
        """

    def interest_from(self, claim: Claim) -> date | None:
        """The first day on which the law lets late interest run, whether its rate is known or not; None where it never does."""

    def indemnity(self, claim: Claim) -> LumpSum | None:
        """The fixed sum owed for a late payment, or None where the law gives none."""

    def limit(self, claim: Claim) -> Limit:
        """When the debt becomes time-barred."""

    def time_zone(self, postcode: str | None, region: str | None) -> str:
        """The debtor's IANA zone."""
