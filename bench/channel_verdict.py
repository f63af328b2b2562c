"""What became of each message of the traffic: asked of the database, and of the providers' doubles."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

import psycopg

from bench.channel_traffic import MARK, Talk
from bench.trouble import ANSWERS_OUT_OF_ORDER, UNANSWERED, WITH_A_PERSON, one
from tests.journeys.providers import Providers

TELL_RECEIPTS = ("sms", "whatsapp")

_CONVERSATIONS = "select id from conversation where channel = %s and (address = %s or id::text = %s)"
_KEPT = "select text from message where conversation_id = any(%s) and author = 'debtor' order by seq"
_OURS = "select count(*) from message where conversation_id = any(%s) and author <> 'debtor'"
_BUSY = """
select exists (select from external_event where handled_at is null)
    or exists (select from message where conversation_id = any(%(ids)s) and author = 'debtor' and handled_at is null)
    or exists (select from delivery where conversation_id = any(%(ids)s) and state = 'waiting')
"""
_STATES = """
select delivery.channel, delivery.state, count(*), sum(attempts) from delivery
where conversation_id = any(%s) group by 1, 2
"""
_SAID_TWICE = """
select count(*) from (select 1 from message where conversation_id = any(%s) and answers is not null
group by answers, text having count(*) > 1) as twice
"""
_FORGED = """
select (select count(*) from external_event where body::text like %(mark)s)
     + (select count(*) from message where text like %(mark)s)
"""


@dataclass(frozen=True)
class Verdict:
    figures: dict[str, Any]
    wrong: dict[str, int]


def busy(database: psycopg.Connection, spoken: list[Talk]) -> bool:
    """Something still waits: to be taken in, to be answered, to be delivered."""
    ids = [key for talk in spoken for key in _conversations(database, talk)]
    return database.execute(_BUSY, {"ids": ids}).fetchone() != (False,)


def verdict(database_url: str, providers: Providers, spoken: list[Talk]) -> Verdict:
    with psycopg.connect(database_url, autocommit=True) as database:
        ids = {id(talk): _conversations(database, talk) for talk in spoken}
        every = [key for found in ids.values() for key in found]
        wrong: Counter[str] = Counter()
        for talk in spoken:
            wrong.update(_of_one(database, providers, talk, ids[id(talk)]))
        states = database.execute(_STATES, [every]).fetchall()
        wrong["unanswered"] = one(database, UNANSWERED, every)
        wrong["answered twice"] = one(database, _SAID_TWICE, every)
        wrong["answers out of order"] = one(database, ANSWERS_OUT_OF_ORDER, every)
        wrong["forged kept"] = database.execute(_FORGED, {"mark": f"%{MARK}%"}).fetchone()[0]  # type: ignore[index]
        wrong["undelivered"] = sum(n for channel, state, n, _ in states if not _arrived(channel, state))
        with_a_person = one(database, WITH_A_PERSON, every)
    figures = {
        "delivered": {f"{channel} {state}": n for channel, state, n, _ in sorted(states)},
        "tried again": int(sum(attempts for *_, attempts in states)),
        "with a person in the end": with_a_person,
    }
    return Verdict(figures, dict(wrong))


def _of_one(database: psycopg.Connection, providers: Providers, talk: Talk, ids: list[uuid.UUID]) -> dict[str, int]:
    kept = [text for (text,) in database.execute(_KEPT, [ids])]
    posted, found = Counter(talk.acknowledged), Counter(kept)
    left = _left(providers, talk)
    ours = one(database, _OURS, ids)
    return {
        "conversations doubled": len(ids) != 1,
        "lost": sum((posted - found).values()),
        "doubled": sum((found - posted).values()),
        "out of order": found == posted and kept != talk.acknowledged,
        "never left": max(0, ours - left) if left is not None else 0,
        "left twice": max(0, left - ours) if left is not None else 0,
    }


def _conversations(database: psycopg.Connection, talk: Talk) -> list[uuid.UUID]:
    return [key for (key,) in database.execute(_CONVERSATIONS, [talk.channel, talk.address, talk.address])]


def _left(providers: Providers, talk: Talk) -> int | None:
    """How many messages the debtor's device has got; the website reads them where they are kept."""
    reached: dict[str, list[str]] = {
        "sms": [said["To"] for said in providers.twilio.sent.values()],
        "whatsapp": [said.get("to", "") for said in providers.graph.sent.values() if said["type"] != "document"],
        "telegram": [str(said["chat_id"]) for said in providers.telegram.sent if "text" in said],
        "email": [str(mail["To"]) for mail in providers.smtp.mails],
    }
    return reached[talk.channel].count(talk.address) if talk.channel in reached else None


def _arrived(channel: str, state: str) -> bool:
    """Where receipts are told, the last of them must have been believed, in whatever order they came."""
    return state in ({"sms": ("delivered",), "whatsapp": ("read",)}.get(channel) or ("sent",))
