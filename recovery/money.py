"""Money: whole cents of one currency. Refuses floats and mixed currencies, and splits without losing a cent."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from recovery.errors import CurrencyMismatch, NotWholeCents


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer cents (100 = one euro) and its ISO 4217 currency. May be negative (a reversal, a credit)."""

    cents: int
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if isinstance(self.cents, bool) or not isinstance(self.cents, int):
            raise NotWholeCents(self.cents)

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + self._same(other).cents, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - self._same(other).cents, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.cents, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.cents < self._same(other).cents

    def __le__(self, other: Money) -> bool:
        return self.cents <= self._same(other).cents

    def __gt__(self, other: Money) -> bool:
        return self.cents > self._same(other).cents

    def __ge__(self, other: Money) -> bool:
        return self.cents >= self._same(other).cents

    def __bool__(self) -> bool:
        return self.cents != 0

    def share(self, numerator: int, denominator: int) -> Money:
        """The given fraction of the amount, rounded half to even to the cent."""
        return Money(round(Fraction(self.cents * numerator, denominator)), self.currency)

    def split(self, parts: int) -> list[Money]:
        """`parts` amounts that differ by at most one cent and sum exactly; the odd cents sit on the last ones."""
        if parts < 1:
            raise NotWholeCents(parts)
        base, odd = divmod(self.cents, parts)
        return [Money(base + (1 if i >= parts - odd else 0), self.currency) for i in range(parts)]

    def by_steps_of(self, step: Money) -> list[Money]:
        """Equal steps until the amount is reached; the last one is what remains (never more than a step)."""
        if self._same(step).cents <= 0:
            raise NotWholeCents(step.cents)
        full, rest = divmod(self.cents, step.cents)
        return [step] * full + ([Money(rest, self.currency)] if rest else [])

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other
