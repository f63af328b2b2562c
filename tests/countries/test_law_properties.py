"""Whatever the facts: interest is never guessed nor compounded, and a debt too old never comes back to life."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from recovery.countries.claim import Claim, RatePeriod
from recovery.countries.contact import contact_rules, too_many
from recovery.countries.es import costs as spain
from recovery.countries.fr import costs as france
from recovery.countries.registry import known_countries, law_of
from recovery.debts.interest import interest_lines, total
from recovery.money import Money

DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))
PRODUCTS = st.sampled_from(
    ["energy", "telecom", "rent", "retail", "consumer_credit", "loan", "mortgage", "health", "invoice"]
)
KINDS = st.sampled_from(["consumer", "sole_trader", "business"])
COUNTRIES = st.sampled_from(known_countries())


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    due = draw(DAYS)
    maybe_day = st.one_of(st.none(), st.integers(0, 1500).map(lambda n: due + timedelta(days=n)))
    return Claim(
        debtor_kind=draw(KINDS),
        product=draw(PRODUCTS),
        issued_on=due - timedelta(days=30),
        due_on=due,
        region=draw(st.sampled_from([None, "CT", "MD"])),
        demanded_on=draw(maybe_day),
        contract_rate_bp=draw(st.one_of(st.none(), st.integers(0, 3000))),
        interest_stops_on=draw(maybe_day),
        title_on=draw(st.one_of(st.none(), maybe_day)),
        acknowledgements=tuple(
            draw(st.lists(st.integers(-100, 4000).map(lambda n: due + timedelta(days=n)), max_size=4))
        ),
    )


MOMENTS = st.lists(
    st.integers(0, 60 * 24).map(lambda hour: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)), max_size=40
)
LEVELS = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 500_000)), min_size=1, max_size=5)


def owed_cents(country: str, claim: Claim, cents: int, day: date) -> int:
    lines = interest_lines([(claim.issued_on, cents)], law_of(country).interest(claim), date.min, day, "EUR")
    return total(lines, "EUR").cents


@given(country=COUNTRIES, claim=claims())
def test_interest_runs_only_after_the_due_day_and_stops_where_it_must(country: str, claim: Claim) -> None:
    periods = law_of(country).interest(claim)
    assert all(claim.due_on < period.first <= period.last for period in periods)
    assert all(earlier.last < later.first for earlier, later in itertools.pairwise(periods))
    assert all(period.source for period in periods)
    if claim.interest_stops_on:
        assert all(period.last < claim.interest_stops_on for period in periods)


@given(country=COUNTRIES, claim=claims())
def test_a_consumer_owes_none_without_a_demand(country: str, claim: Claim) -> None:
    if claim.debtor_kind != "business" and claim.demanded_on is None:
        assert law_of(country).interest(claim) == []
    if claim.debtor_kind != "business":
        assert law_of(country).indemnity(claim) is None


@given(country=COUNTRIES, claim=claims(), rate=st.integers(0, 3000))
def test_a_consumers_default_clause_is_never_claimed(country: str, claim: Claim, rate: int) -> None:
    """Abusive above the remuneratory rate and two points in Spain (STS 265/2015), capped in France: a person's matter."""
    if claim.debtor_kind != "business":
        assert law_of(country).interest(claim) == law_of(country).interest(replace(claim, contract_rate_bp=rate))


@given(country=COUNTRIES, claim=claims())
def test_a_day_without_a_published_rate_bears_no_interest(country: str, claim: Claim) -> None:
    assume(claim.contract_rate_bp is None)
    rates = {"FR": france.RATES, "ES": spain.RATES}[country]
    known = [row for rows in rates.rows.values() for row in rows]
    for period in law_of(country).interest(claim):
        assert any(row.first <= period.first and period.last <= row.last for row in known)


@given(country=COUNTRIES, claim=claims(), cents=st.integers(1, 10_000_000), day=DAYS)
def test_interest_is_simple_never_negative_and_never_shrinks(country: str, claim: Claim, cents: int, day: date) -> None:
    today, tomorrow = (owed_cents(country, claim, cents, d) for d in (day, day + timedelta(days=1)))
    assert 0 <= today <= tomorrow
    highest = max((period.basis_points for period in law_of(country).interest(claim)), default=0)
    days = max((day - claim.due_on).days, 0)
    assert today <= cents * highest * days / (10_000 * 365) + 1  # a cent of rounding, nothing on interest itself


@given(country=COUNTRIES, claim=claims(), cents=st.integers(2, 5_000_000), day=DAYS)
def test_twice_the_principal_is_twice_the_interest(country: str, claim: Claim, cents: int, day: date) -> None:
    assert abs(owed_cents(country, claim, 2 * cents, day) - 2 * owed_cents(country, claim, cents, day)) <= 1


@given(levels=LEVELS, rate=st.integers(1, 2000), cut=st.integers(1, 899))
def test_a_period_cut_in_two_gives_the_same_interest(levels: list[tuple[int, int]], rate: int, cut: int) -> None:
    first, last = date(2025, 1, 1), date(2025, 1, 1) + timedelta(days=900)
    changes = [(first + timedelta(days=day), cents) for day, cents in levels]
    middle = first + timedelta(days=cut)
    whole = [RatePeriod(first, last, rate, "s")]
    halves = [RatePeriod(first, middle, rate, "s"), RatePeriod(middle + timedelta(days=1), last, rate, "s")]
    assert sum(line.exact_cents for line in interest_lines(changes, whole, first, last, "EUR")) == sum(
        line.exact_cents for line in interest_lines(changes, halves, first, last, "EUR")
    )


@given(country=COUNTRIES, claim=claims())
def test_the_limit_is_a_whole_number_of_years_after_the_day_it_counts_from(country: str, claim: Claim) -> None:
    limit = law_of(country).limit(claim)
    assert limit.last_day == limit.counted_from + relativedelta(years=limit.years)
    assert limit.source
    assert not limit.passed(limit.last_day)
    assert limit.passed(limit.last_day + timedelta(days=1))


@given(country=COUNTRIES, claim=claims(), late=st.integers(1, 3000))
def test_what_comes_after_the_limit_revives_nothing(country: str, claim: Claim, late: int) -> None:
    limit = law_of(country).limit(claim)
    after = limit.last_day + timedelta(days=late)
    again = law_of(country).limit(replace(claim, acknowledgements=(*claim.acknowledgements, after)))
    assert again.last_day == limit.last_day


@given(country=COUNTRIES, claim=claims(), day=DAYS)
def test_an_acknowledgement_never_shortens(country: str, claim: Claim, day: date) -> None:
    limit = law_of(country).limit(claim)
    again = law_of(country).limit(replace(claim, acknowledgements=(*claim.acknowledgements, day)))
    assert again.last_day >= limit.last_day


@given(claim=claims(), day=st.one_of(st.none(), DAYS))
def test_a_demand_never_interrupts_in_france(claim: Claim, day: date | None) -> None:
    assert law_of("FR").limit(replace(claim, demanded_on=day)).last_day == law_of("FR").limit(claim).last_day


@given(claim=claims(), days=st.lists(DAYS, max_size=3))
def test_no_acknowledgement_moves_the_forclusion_of_a_consumer_credit(claim: Claim, days: list[date]) -> None:
    credit = replace(claim, product="consumer_credit", debtor_kind="consumer", title_on=None)
    limit = law_of("FR").limit(replace(credit, acknowledgements=tuple(days)))
    assert limit.last_day == credit.due_on + relativedelta(years=2)


@given(country=COUNTRIES, sent=MOMENTS)
def test_never_more_messages_than_the_law_of_the_country_allows(country: str, sent: list[datetime]) -> None:
    """Sent whenever the rule lets it: no window of any length holds more than it may."""
    rules = contact_rules(country)
    left: list[datetime] = []
    for moment in sorted(sent):
        if too_many(moment, left, country) is None:
            left.append(moment)
    for count, span in rules.most:
        for at in left:
            assert sum(at <= other < at + span for other in left) <= count
    assert all(later - earlier >= rules.gap for earlier, later in itertools.pairwise(left))


@pytest.mark.parametrize("country", known_countries())
def test_the_fixed_sum_is_one_amount_with_its_source(country: str) -> None:
    lump = law_of(country).indemnity(Claim("business", "invoice", date(2026, 1, 1), date(2026, 2, 1)))
    assert lump is not None
    assert (lump.amount, bool(lump.source)) == (Money(40_00), True)
