"""When we may write first to somebody of this country, and how often: `<cc>/contact.yml`. Plain values: no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from recovery.countries.public_holidays import is_holiday, is_holiday_somewhere
from recovery.countries.registry import known_countries

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class ContactRules:
    """`most`: how many messages nobody asked for, in how long."""

    windows: tuple[tuple[time, time], ...]
    most: tuple[tuple[int, timedelta], ...]
    gap: timedelta
    after_conversation: timedelta
    source: str


@dataclass(frozen=True)
class Whereabouts:
    """What is known of where a debtor lives."""

    country: str
    time_zone: str
    postcode: str | None = None
    region: str | None = None


def may_write_at(now: datetime, where: Whereabouts) -> bool:
    """A decent hour of a working day on the debtor's own clock (CT-10, CT-11)."""
    here = now.astimezone(ZoneInfo(where.time_zone))
    if here.weekday() >= 5 or _is_holiday_there(here, where):
        return False
    return any(opens <= here.time() < closes for opens, closes in contact_rules(where.country).windows)


def too_many(now: datetime, sent: list[datetime], country: str) -> str | None:
    """Why one more message would be one too many, or None. `sent`: when earlier ones that nobody asked for left."""
    rules = contact_rules(country)
    if sent and now - max(sent) < rules.gap:
        return f"another one left less than {rules.gap.total_seconds() / 3600:.0f} hours ago"
    for count, span in rules.most:
        if sum(now - at < span for at in sent) >= count:
            return f"{count} in {span.days} days already"
    return None


@cache
def contact_rules(country: str) -> ContactRules:
    code = country if country in known_countries() else "FR"
    kept = yaml.safe_load((_HERE / code.lower() / "contact.yml").read_text(encoding="utf-8"))
    return ContactRules(
        windows=tuple((time.fromisoformat(w["from"]), time.fromisoformat(w["to"])) for w in kept["windows"]),
        most=tuple((most["count"], timedelta(hours=most["hours"])) for most in kept["most"]),
        gap=timedelta(hours=kept["gap_hours"]),
        after_conversation=timedelta(hours=kept["after_conversation_hours"]),
        source=kept["source"],
    )


def _is_holiday_there(here: datetime, where: Whereabouts) -> bool:
    if not (where.postcode or where.region):
        return is_holiday_somewhere(here.date(), where.country)
    return is_holiday(here.date(), where.country, where.postcode, where.region)
