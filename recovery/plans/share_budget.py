"""One affordable sum a month, shared between creditors in proportion to what is owed to each. Pure: the same facts, the same shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from recovery.money import Money
from recovery.plans.propose_plan import Proposal, Wish, least_each, propose_plan
from recovery.plans.terms import Terms


@dataclass(frozen=True)
class Claimed:
    """What one creditor is owed and allows."""

    due: Money
    terms: Terms


def pro_rata(budget: Money, dues: Sequence[Money]) -> list[Money]:
    """Shares that sum to the budget, or to all that is due where it is less; none above its own due, none below zero.

    Odd cents go to the largest remainders, the first of equals.
    """
    owed = sum(due.cents for due in dues)
    spent = min(budget.cents, owed)
    if spent <= 0:
        return [Money(0, due.currency) for due in dues]
    exact = [Fraction(spent * due.cents, owed) for due in dues]
    cents = [int(share) for share in exact]
    by_remainder = sorted(range(len(dues)), key=lambda n: (cents[n] - exact[n], n))
    for n in by_remainder[: spent - sum(cents)]:
        cents[n] += 1
    return [Money(share, due.currency) for share, due in zip(cents, dues, strict=True)]


def share_budget(
    budget: Money, claims: Sequence[Claimed], first: date | None, today: date
) -> tuple[list[Proposal], Money | None]:
    """A plan for each creditor, by its own terms; and the least budget that suits them all, where this one is below it."""
    least = least_budget(claims)
    if budget < least:
        return [_plan(claim, least_each(claim.due, claim.terms), first, today) for claim in claims], least
    shares = _at_least(budget, claims)
    return [_plan(claim, share, first, today) for claim, share in zip(claims, shares, strict=True)], None


def least_budget(claims: Sequence[Claimed]) -> Money:
    return sum((least_each(c.due, c.terms) for c in claims[1:]), least_each(claims[0].due, claims[0].terms))


def _at_least(budget: Money, claims: Sequence[Claimed]) -> list[Money]:
    """Pro rata; a creditor whose share would fall below its minimum gets that minimum, and the others share what is left."""
    shares = pro_rata(budget, [claim.due for claim in claims])
    floors = [least_each(claim.due, claim.terms) for claim in claims]
    short = [n for n, share in enumerate(shares) if share < floors[n]]
    if not short:
        return shares
    left = Money(budget.cents - sum(floors[n].cents for n in short), budget.currency)
    others = [n for n in range(len(claims)) if n not in short]
    rest = _at_least(left, [claims[n] for n in others]) if others else []
    found = {**{n: floors[n] for n in short}, **dict(zip(others, rest, strict=True))}
    return [found[n] for n in range(len(claims))]


def _plan(claim: Claimed, each: Money, first: date | None, today: date) -> Proposal:
    each = min(each, claim.due)
    wish = Wish(count=1, first=first) if each == claim.due else Wish(each=each, first=first)
    return propose_plan(claim.due, wish, claim.terms, today)
