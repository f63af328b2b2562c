"""One budget for several creditors: shares in proportion, to the cent, each plan inside its own creditor's terms."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recovery.money import Money
from recovery.plans.propose_plan import least_each
from recovery.plans.share_budget import Claimed, least_budget, pro_rata, share_budget
from recovery.plans.terms import Terms

TODAY = date(2026, 11, 22)
CLAIMS = st.lists(
    st.builds(
        Claimed,
        st.integers(100, 2_000_000).map(Money),
        st.builds(Terms, min_instalment_cents=st.integers(100, 20_000), max_months=st.integers(1, 36)),
    ),
    min_size=2,
    max_size=5,
)


def test_two_thirds_and_one_third() -> None:
    assert pro_rata(Money(9_000), [Money(40_000), Money(20_000)]) == [Money(6_000), Money(3_000)]


def test_a_share_below_its_minimum_gets_the_minimum_and_the_other_what_is_left() -> None:
    claims = [Claimed(Money(90_000), Terms(max_months=24)), Claimed(Money(10_000), Terms(min_instalment_cents=2_000))]
    proposals, least = share_budget(Money(8_000), claims, None, TODAY)
    assert least is None
    assert [proposal.parts[0][1] for proposal in proposals] == [Money(6_000), Money(2_000)]


def test_a_budget_below_all_minimums_says_the_least_that_would_do() -> None:
    claims = [
        Claimed(Money(60_000), Terms(min_instalment_cents=5_000)),
        Claimed(Money(30_000), Terms(min_instalment_cents=3_000)),
    ]
    proposals, least = share_budget(Money(4_000), claims, None, TODAY)
    assert least == Money(8_000)
    assert [proposal.parts[0][1] for proposal in proposals] == [Money(5_000), Money(3_000)]


@given(budget=st.integers(0, 3_000_000), dues=st.lists(st.integers(1, 1_000_000), min_size=1, max_size=6))
def test_shares_sum_to_the_budget_and_none_is_more_than_its_due(budget: int, dues: list[int]) -> None:
    shares = pro_rata(Money(budget), [Money(due) for due in dues])
    assert sum(share.cents for share in shares) == min(budget, sum(dues))
    assert all(0 <= share.cents <= due for share, due in zip(shares, dues, strict=True))
    # In proportion: nobody is more than a cent away from their exact part.
    assert all(
        abs(share.cents * sum(dues) - min(budget, sum(dues)) * due) < sum(dues)
        for share, due in zip(shares, dues, strict=True)
    )


@given(claims=CLAIMS, budget=st.integers(1, 500_000), first=st.none() | st.integers(0, 60))
def test_every_plan_sums_to_what_is_due_inside_its_terms(claims: list[Claimed], budget: int, first: int | None) -> None:
    day = TODAY + timedelta(days=first) if first is not None else None
    proposals, least = share_budget(Money(budget), claims, day, TODAY)
    assert (least is not None) == (Money(budget) < least_budget(claims))
    for claim, proposal in zip(claims, proposals, strict=True):
        assert proposal.total == claim.due
        assert len(proposal.parts) <= claim.terms.max_months
        assert all(amount.cents > 0 for _, amount in proposal.parts)
    if least is None:
        assert sum(proposal.parts[0][1].cents for proposal in proposals) <= budget + len(claims)
    assert (proposals, least) == share_budget(Money(budget), claims, day, TODAY)


@given(due=st.integers(1, 2_000_000), least=st.integers(100, 30_000), months=st.integers(1, 60))
def test_the_least_that_is_told_is_a_plan_that_is_taken(due: int, least: int, months: int) -> None:
    """The figure told as the minimum is never refused when the debtor then says it."""
    terms = Terms(min_instalment_cents=least, max_months=months)
    told = least_each(Money(due), terms)
    claims = [Claimed(Money(due), terms)]
    (proposal,), short = share_budget(told, claims, None, TODAY)
    assert short is None
    assert proposal.reason in (None, "first_too_late")
    assert len(proposal.parts) <= months
