"""A debtor taken in from a creditor's system: checked, their addresses normalised, their own time zone found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import phonenumbers
from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.countries.registry import law_of
from recovery.debts.freeze import freeze
from recovery.errors import Invalid, Refusal
from recovery.identity.records import ContactPoint, Debtor

KINDS = ("consumer", "sole_trader", "business")
CHANNELS = ("sms", "whatsapp", "telegram", "email", "web", "post")
BY_TELEPHONE = {"sms", "whatsapp"}
FULL_AGE = 18  # C. civ. 414, Constitución art. 12: nothing is asked of a minor (VU-09)


class DebtorAlreadyKnown(Refusal):
    kind = "debtor-already-known"

    def __init__(self, external_id: str) -> None:
        super().__init__(f"A debtor with external_id {external_id} is already known.")


class BadAddress(Invalid):
    kind = "bad-address"

    def __init__(self, channel: str, address: str) -> None:
        super().__init__(f"{address!r} is not an address on {channel}.")


@dataclass(frozen=True)
class NewDebtor:
    external_id: str
    kind: str
    name: str
    country: str
    birth_date: date | None = None
    postcode: str | None = None
    tax_id: str | None = None
    region: str | None = None
    language: str | None = None
    contact_points: Sequence[tuple[str, str]] = ()  # (channel, address)


def register_debtor(session: Session, clock: Clock, new: NewDebtor) -> Debtor:
    debtor = add_debtor(session, clock, new)
    record_act(
        session, clock, "api", "debtor.registered", f"debtor:{debtor.id}", external_id=new.external_id, kind=new.kind
    )
    return debtor


def add_debtor(session: Session, clock: Clock, new: NewDebtor) -> Debtor:
    """The debtor without a line of their own in the audit trail: an import writes one for the whole file."""
    _check(clock, new)
    if session.scalar(select(Debtor.id).where(Debtor.external_id == new.external_id)):
        raise DebtorAlreadyKnown(new.external_id)
    debtor = Debtor(
        external_id=new.external_id,
        kind=new.kind,
        name=" ".join(new.name.split()),
        birth_date=new.birth_date,
        postcode=_compact(new.postcode),
        tax_id=_compact(new.tax_id),
        country=new.country,
        region=new.region,
        time_zone=law_of(new.country).time_zone(_compact(new.postcode), new.region),
        language=new.language,
        preferences={},
        created_at=clock.now(),
    )
    addresses = dict.fromkeys(
        (channel, normalised(channel, address, new.country)) for channel, address in new.contact_points
    )
    debtor.contact_points = [ContactPoint(channel=channel, address=address) for channel, address in addresses]
    session.add(debtor)
    session.flush()
    if new.birth_date and new.birth_date + relativedelta(years=FULL_AGE) > clock.now().date():
        freeze(session, clock, debtor_id=debtor.id, kind="minor", reason="birth_date")
    return debtor


def normalised(channel: str, address: str, country: str) -> str:
    """E.164 for a telephone, lower case for an e-mail; what providers and look-ups both use."""
    address = address.strip()
    if channel in BY_TELEPHONE:
        return _telephone(channel, address, country)
    if channel == "email":
        if address.count("@") != 1 or "." not in address.rpartition("@")[2] or " " in address:
            raise BadAddress(channel, address)
        return address.lower()
    if not address:
        raise BadAddress(channel, address)
    return address


def _telephone(channel: str, address: str, country: str) -> str:
    try:
        number = phonenumbers.parse(address, country)
    except phonenumbers.NumberParseException as error:
        raise BadAddress(channel, address) from error
    if not phonenumbers.is_possible_number(number):
        raise BadAddress(channel, address)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _check(clock: Clock, new: NewDebtor) -> None:
    law_of(new.country)  # refuses a country whose law is not known here
    if new.kind not in KINDS:
        raise Invalid(f"kind is one of {', '.join(KINDS)}; {new.kind!r} is not.")
    if not new.name.strip() or not new.external_id.strip():
        raise Invalid("A debtor needs a name and an external_id.")
    if new.birth_date and not date(1900, 1, 1) <= new.birth_date <= clock.now().date():
        raise Invalid(f"{new.birth_date} is no birth date of a living person.")
    if new.language not in {None, "fr", "es"} and (new.language, new.country) != ("ca", "ES"):
        raise Invalid(f"language is fr or es, or ca in Spain; {new.language!r} is not.")
    unknown = {channel for channel, _ in new.contact_points} - set(CHANNELS)
    if unknown:
        raise Invalid(f"channel is one of {', '.join(CHANNELS)}; {', '.join(sorted(unknown))} is not.")


def _compact(text: str | None) -> str | None:
    return "".join(text.split()).upper() or None if text else None
