"""From what is affordable to what the terms allow: figures of the shared scenarios, and laws that hold for any figures."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recovery.money import Money
from recovery.plans.propose_plan import Wish, propose_plan
from recovery.plans.terms import Terms

TODAY = date(2026, 11, 22)
TERMS = Terms(min_instalment_cents=2000, max_months=12, max_first_payment_days=30)


def cents(proposal):
    return [amount.cents for _, amount in proposal.parts]


def days(proposal):
    return [day.isoformat() for day, _ in proposal.parts]


def test_three_times_from_the_fifth():
    proposal = propose_plan(Money(36000), Wish(count=3, first=date(2026, 12, 5)), TERMS, TODAY)
    assert (cents(proposal), days(proposal)) == ([12000] * 3, ["2026-12-05", "2027-01-05", "2027-02-05"])
    assert proposal.reason is None


def test_the_odd_cent_sits_on_the_last():
    assert cents(propose_plan(Money(25000), Wish(count=3), TERMS, TODAY)) == [8333, 8333, 8334]


def test_below_the_minimum_names_it_and_gives_the_nearest_plan():
    terms = Terms(min_instalment_cents=3000, max_months=12)
    proposal = propose_plan(Money(24000), Wish(each=Money(500)), terms, TODAY)
    assert (proposal.reason, proposal.limit, cents(proposal)) == ("below_minimum", Money(3000), [3000] * 8)


def test_five_of_fifty_does_not_make_three_hundred():
    proposal = propose_plan(Money(30000), Wish(count=5, each=Money(5000)), TERMS, TODAY)
    assert (proposal.reason, proposal.limit, cents(proposal)) == ("does_not_add_up", Money(25000), [5000] * 6)


def test_too_many_months_are_spread_over_the_longest():
    proposal = propose_plan(Money(120000), Wish(each=Money(5000)), TERMS, TODAY)
    assert (proposal.reason, len(proposal.parts)) == ("too_long", 12)


def test_a_sum_above_the_debt_is_no_plan():
    assert propose_plan(Money(5000), Wish(each=Money(9000)), TERMS, TODAY).reason == "more_than_due"


def test_a_first_day_too_late_comes_forward_to_the_limit():
    proposal = propose_plan(Money(9000), Wish(count=3, first=date(2027, 3, 1)), TERMS, TODAY)
    assert (proposal.reason, days(proposal)[0]) == ("first_too_late", "2026-12-22")


def test_the_thirty_first_comes_back_after_a_short_month():
    proposal = propose_plan(
        Money(9000), Wish(count=4, first=date(2027, 1, 31)), Terms(max_first_payment_days=90), TODAY
    )
    assert days(proposal) == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]


@given(
    due=st.integers(100, 5_000_000),
    count=st.none() | st.integers(1, 60),
    each=st.none() | st.integers(1, 500_000),
    least=st.integers(100, 20_000),
    months=st.integers(1, 36),
    period=st.sampled_from(["week", "fortnight", "month", "quarter"]),
    first=st.none() | st.integers(-30, 400),
)
def test_any_wish_gets_a_plan_that_sums_to_the_cent(due, count, each, least, months, period, first):
    terms = Terms(min_instalment_cents=least, max_months=months)
    wish = Wish(
        count, Money(each) if each else None, period, TODAY + timedelta(days=first) if first is not None else None
    )
    proposal = propose_plan(Money(due), wish, terms, TODAY)
    assert proposal.total == Money(due)
    assert all(amount.cents > 0 for _, amount in proposal.parts)
    assert [day for day, _ in proposal.parts] == sorted(day for day, _ in proposal.parts)
    assert TODAY <= proposal.parts[0][0] <= TODAY + timedelta(days=terms.max_first_payment_days)
    assert proposal == propose_plan(Money(due), wish, terms, TODAY)


@given(due=st.integers(1, 10_000_000), parts=st.integers(1, 120))
def test_a_split_loses_no_cent(due, parts):
    split = Money(due).split(parts)
    assert sum(part.cents for part in split) == due
    assert max(split) - min(split) <= Money(1)
