"""What a creditor allows. Everything offered to a debtor comes from here and from the ledger, never from who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recovery.money import Money


@dataclass(frozen=True)
class Terms:
    """Cents, months, days and whole percents. Defaults are the strict ones of IN-02 (24 months is the judge's limit, C.civ 1343-5)."""

    min_instalment_cents: int = 1000
    max_months: int = 24
    max_first_payment_days: int = 30
    max_promise_days: int = 30
    settlement_discount_percent: int = 0
    early_payment_discount_percent: int = 0
    plan_pause_days: int = 30

    @property
    def least(self) -> Money:
        return Money(self.min_instalment_cents)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Terms:
        known = {name: kept[name] for name in cls.__dataclass_fields__ if kept.get(name) is not None}
        return cls(**known)
