"""The demo portfolio, taken in through the same rooms as a creditor's own files. Loading it again changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.portfolio.stories import tell_story
from recovery.clock import Clock, FrozenClock, local_day
from recovery.countries.registry import law_of
from recovery.debts.find import creditor_by_key
from recovery.debts.prescription import bar_if_too_old
from recovery.debts.register_creditor import NewCreditor, register_creditor
from recovery.debts.register_debt import NewDebt, register_debt
from recovery.identity.records import Debtor
from recovery.identity.register_debtor import NewDebtor, register_debtor
from recovery.money import Money
from recovery.payments.follow_arrangements import break_overdue_promises
from recovery.store import transaction

DATA = Path(__file__).parents[2] / "data" / "portfolio"
COUNTRIES = {"france.yml": ("FR", "fr"), "spain.yml": ("ES", "es")}


def load_portfolio(url: str, clock: Clock) -> list[dict[str, Any]]:
    """The debtors, as `var/demo.json` shows them. A debtor already there is left as they are."""
    with transaction(url) as session:
        for creditor in _read("creditors.yml"):
            if creditor_by_key(session, creditor["key"]) is None:
                register_creditor(session, clock, NewCreditor(**creditor))
    shown = []
    for name, (country, language) in COUNTRIES.items():
        for person in _read(name):
            with transaction(url) as session:
                if session.scalar(select(Debtor.id).where(Debtor.external_id == person["external_id"])) is None:
                    _take_in(session, clock, person, country, language)
            shown.append(_shown(person, country, language))
    with transaction(url) as session:
        break_overdue_promises(session, clock)
    return shown


def _take_in(session: Session, clock: Clock, person: dict[str, Any], country: str, language: str) -> None:
    points = [(channel, person[channel]) for channel in ("sms", "email") if channel in person]
    names = ("external_id", "name", "birth_date", "postcode", "tax_id", "region")
    facts = {name: person[name] for name in names if name in person}
    facts["birth_date"] = (
        date.fromisoformat(facts["birth_date"]) if isinstance(facts.get("birth_date"), str) else facts.get("birth_date")
    )
    zone = law_of(country).time_zone(person.get("postcode"), person.get("region"))
    today = local_day(clock, zone)
    kind = person.get("kind", "consumer")
    oldest = _ago(clock, max(debt["issued"] for debt in person["debts"]))
    debtor = register_debtor(
        session, oldest, NewDebtor(**facts, kind=kind, country=country, language=language, contact_points=points)
    )
    debts = {debt["reference"]: _debt(session, clock, debtor, debt, today) for debt in person["debts"]}
    tell_story(session, clock, debtor, debts, person.get("then", []))
    for debt in debts.values():
        bar_if_too_old(session, clock, debt)


def _debt(session: Session, clock: Clock, debtor: Debtor, debt: dict[str, Any], today: date) -> Any:
    creditor = creditor_by_key(session, debt["creditor"])
    assert creditor is not None, debt["creditor"]

    def day(name: str, place: dict[str, Any] = debt) -> date | None:
        return today - timedelta(days=place[name]) if name in place else None

    letter = debt.get("letter", {})
    new = NewDebt(
        reference=debt["reference"],
        product=debt["product"],
        description=debt["description"],
        principal=Money(debt["cents"]),
        issued_on=today - timedelta(days=debt["issued"]),
        due_on=today - timedelta(days=debt["due"]),
        letter_ref=letter.get("ref"),
        letter_sent_on=day("sent", letter),
        demanded_on=day("demanded"),
        assignor=debt.get("assignor"),
        assigned_on=day("assigned"),
        assignment_notified_on=day("notified"),
        on_behalf_of=debt.get("behalf", {}).get("name"),
        on_behalf_of_address=debt.get("behalf", {}).get("address"),
    )
    return register_debt(session, _ago(clock, debt["issued"]), creditor, debtor, new)


def _shown(person: dict[str, Any], country: str, language: str) -> dict[str, Any]:
    birth_date = person.get("birth_date")
    return {
        "name": person["name"],
        "language": language,
        "country": country,
        "reference": person["debts"][0]["reference"],
        "birth_date": str(birth_date) if birth_date else None,
        "postcode": person.get("postcode"),
        "channel_addresses": {channel: person[channel] for channel in ("sms", "email") if channel in person},
        **({"tax_id": person["tax_id"]} if "tax_id" in person else {}),
    }


def _read(name: str) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text())
    return people


def _ago(clock: Clock, days: int) -> Clock:
    return FrozenClock(clock.now() - timedelta(days=days))
