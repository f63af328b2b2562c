"""When somebody wants to hear from us, read from their words: hours of the day and days of the week (CT-12)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from actions.debts.debts_meant import fold
from actions.words import words_of

LAST_HOUR, NOON = "23:59", "12:00"
AFTERNOON = ("tarde", "noche", "soir", "midi", "pm")


def times_wished(text: str) -> dict[str, Any]:
    """{"after", "before", "days": [0 is Monday]}, each only where it was said; hours as the debtor's own clock shows them."""
    said = fold(text)
    hours = _hours(said) or _part_of_the_day(said)
    days = _days(said)
    return {**hours, **({"days": days} if days else {})}


def in_the_same_half(times: dict[str, Any], before: str | None, text: str) -> dict[str, Any]:
    """ "After 6 in the afternoon", then "no, from 7": the afternoon still, unless the morning is said."""
    hour = times.get("after")
    morning = any(word in fold(text) for word in words_of("contact_times")["morning"])
    if before is None or hour is None or morning or not (before >= NOON > hour):
        return times
    return {**times, "after": f"{int(hour[:2]) + 12:02d}{hour[2:]}"}


def _hours(said: str) -> dict[str, str]:
    for pattern in _hour_patterns():
        if found := pattern.search(said):
            given = {end: _written(found, end) for end in ("after", "before") if f"{end}h" in pattern.groupindex}
            return _put_right({end: hour for end, hour in given.items() if hour}, said[found.end() :])
    return {}


def _put_right(given: dict[str, str], rest: str) -> dict[str, str]:
    """ "Not before 5. No, 6": the hour said last is the one that is meant."""
    found = re.match(words_of("contact_times")["put_right"], rest)
    if not found or len(given) != 1:
        return given
    end, before = next(iter(given.items()))
    hour = int(found["h"]) + (12 if before >= NOON > f"{int(found['h']):02d}:00" else 0)
    return {end: f"{hour:02d}:{int(found['m'] or 0):02d}"}


def _part_of_the_day(said: str) -> dict[str, str]:
    """“Not in the morning” leaves what comes after it; “in the morning” is the morning, unless it is where they cannot."""
    words = words_of("contact_times")
    refused: dict[str, str] = {}
    for found in _part_pattern().finditer(said):
        begins, ends = words["parts"][found["part"]]
        if re.search(words["works_before"], said[: found.end()].removesuffix(found["part"])):
            continue  # "I work at night" is no wish
        if not _refused(found, said):
            return {"after": begins, "before": ends}
        refused = {"after": ends} if begins < "12:00" else {"before": begins}
    return refused


def _days(said: str) -> list[int]:
    named, wanted, refused = words_of("contact_times")["named"], set[int](), set[int]()
    for found in _day_pattern().finditer(said):
        name = next(name for name, words in named.items() if found["day"] in words)
        days = words_of("contact_times")["days"].get(name) or [int(name)]
        (refused if _refused(found, said) else wanted).update(days)
    return sorted((wanted or set(range(7))) - refused) if wanted or refused else []


def _refused(found: re.Match[str], said: str) -> bool:
    """A word of refusal before ("not on Sundays"), or right after ("Sundays never")."""
    return bool(found["no"]) or bool(re.match(words_of("contact_times")["refused_after"], said[found.end() :]))


def _written(found: re.Match[str], end: str) -> str | None:
    hour, minute, part = int(found[f"{end}h"]), int(found[f"{end}m"] or 0), found[f"{end}p"] or ""
    if hour < 12 and any(word in part for word in AFTERNOON):
        hour += 12
    return LAST_HOUR if hour > 23 else f"{hour:02d}:{minute:02d}"


@lru_cache(maxsize=1)
def _hour_patterns() -> list[re.Pattern[str]]:
    words = words_of("contact_times")
    ends = {end: words["hour"].replace("{n}", end) for end in ("after", "before")} | {"unit": words["unit"]}
    return [re.compile(r"\b" + _filled(pattern, ends)) for pattern in words["patterns"]]


@lru_cache(maxsize=1)
def _part_pattern() -> re.Pattern[str]:
    words = words_of("contact_times")
    return re.compile(_filled(words["part_said"], {"parts": _any_of(words["parts"])}))


@lru_cache(maxsize=1)
def _day_pattern() -> re.Pattern[str]:
    words = words_of("contact_times")
    return re.compile(
        _filled(words["day_said"], {"days": _any_of([w for all_ in words["named"].values() for w in all_])})
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", part)
    return pattern


def _any_of(words: Any) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
