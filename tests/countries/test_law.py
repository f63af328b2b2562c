"""What the law of each country answers: every folder of countries answers the same questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from recovery.countries.claim import Claim, Rescheduling
from recovery.countries.rates import rates_of
from recovery.countries.registry import UnknownCountry, known_countries, law_of

CLAIM = Claim(debtor_kind="consumer", product="energy", issued_on=date(2024, 8, 20), due_on=date(2024, 9, 20))
FOLDERS = [Path("recovery/countries") / code.lower() for code in known_countries()]


@pytest.mark.parametrize("code", known_countries())
def test_every_country_answers(code: str) -> None:
    law = law_of(code)
    assert law.interest(CLAIM) == []
    assert law.indemnity(CLAIM) is None
    assert law.limit(CLAIM).last_day > CLAIM.due_on
    assert law.limit(CLAIM).source
    assert law.time_zone(None, None)
    business = replace(CLAIM, debtor_kind="business")
    lump = law.indemnity(business)
    assert lump is not None
    assert lump.amount.cents == 4000
    assert lump.owed_from == CLAIM.due_on + timedelta(days=1)


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(UnknownCountry):
        law_of("DE")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_rate_has_its_source_and_no_day_has_two(folder: Path) -> None:
    rows = yaml.safe_load((folder / "rates.yml").read_text())
    assert all(row["source"] and row["mark"] in {"published", "derived", "unverified"} for row in rows)
    assert rates_of(folder.resolve()).rows  # raises where two rows overlap


def test_an_unverified_rate_is_not_used() -> None:
    assert law_of("ES").interest(replace(CLAIM, demanded_on=date(2026, 1, 10))) == []


@pytest.mark.parametrize(
    ("country", "facts", "last_day"),
    [
        ("FR", {}, date(2026, 9, 20)),
        ("FR", {"product": "telecom"}, date(2025, 9, 20)),
        ("FR", {"product": "rent"}, date(2027, 9, 20)),
        ("FR", {"debtor_kind": "business"}, date(2029, 9, 20)),
        ("FR", {"demanded_on": date(2026, 1, 1)}, date(2026, 9, 20)),  # a mise en demeure interrupts nothing
        ("FR", {"acknowledgements": (date(2026, 1, 1),)}, date(2028, 1, 1)),
        ("FR", {"acknowledgements": (date(2027, 1, 1),)}, date(2026, 9, 20)),  # too late: nothing is revived
        ("FR", {"product": "consumer_credit", "acknowledgements": (date(2026, 1, 1),)}, date(2026, 9, 20)),
        # A first rescheduling moves it to the first payment of the new schedule that was missed (R312-35) ...
        (
            "FR",
            {"product": "consumer_credit", "rescheduled": Rescheduling(date(2025, 3, 1), date(2025, 6, 5))},
            date(2027, 6, 5),
        ),
        # ... unless it came too late, or for another product.
        (
            "FR",
            {"product": "consumer_credit", "rescheduled": Rescheduling(date(2026, 10, 1), date(2026, 11, 5))},
            date(2026, 9, 20),
        ),
        ("FR", {"rescheduled": Rescheduling(date(2025, 3, 1), date(2025, 6, 5))}, date(2026, 9, 20)),
        ("ES", {"rescheduled": Rescheduling(date(2025, 3, 1), date(2025, 6, 5))}, date(2029, 9, 20)),
        ("FR", {"title_on": date(2025, 1, 1)}, date(2035, 1, 1)),
        ("ES", {}, date(2029, 9, 20)),
        ("ES", {"product": "retail"}, date(2027, 9, 20)),
        ("ES", {"demanded_on": date(2026, 1, 1)}, date(2031, 1, 1)),  # a demand that reached the debtor interrupts
        ("ES", {"region": "CT"}, date(2027, 9, 20)),
        ("ES", {"region": "CT", "product": "loan"}, date(2034, 9, 20)),
    ],
)
def test_time_bar(country: str, facts: dict[str, object], last_day: date) -> None:
    assert law_of(country).limit(replace(CLAIM, **facts)).last_day == last_day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("country", "postcode", "zone"),
    [
        ("FR", "75011", "Europe/Paris"),
        ("FR", "97411", "Indian/Reunion"),
        ("ES", "28013", "Europe/Madrid"),
        ("ES", "35010", "Atlantic/Canary"),
    ],
)
def test_a_debtors_own_day(country: str, postcode: str, zone: str) -> None:
    assert law_of(country).time_zone(postcode, None) == zone
