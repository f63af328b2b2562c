"""What a conversation left in the ledger, in the short words of `expect`; and what differs from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.journeys.creditor import CreditorSystem

# What is not named in `expect` must be as it was: nothing agreed, nothing held, nobody called.
NOTHING_ELSE: dict[str, Any] = {
    "identity": "verified", "mode": "bot", "plan": None, "plans": 0, "promises": [], "disputes": [], "holds": [],
    "handovers": [], "opt_outs": [], "data_requests": [], "complaints": [], "preferences": {}, "representative": None,
    "hardship": None, "locked": False,
}  # fmt: skip
# Compared as far as named: the rest of what they hold (words, addresses) is free.
IN_PART = ("preferences", "representative")


def records_left(creditor: CreditorSystem, conversation_id: str, owing: dict[str, Any]) -> dict[str, Any]:
    """Kinds, sums and days by name; a debt is told by its place among the person's debts."""
    talk = creditor.get(f"/conversations/{conversation_id}")
    debtor = creditor.get(f"/debtors/{owing['debtor_id']}")
    place = {debt["id"]: n for n, debt in enumerate(owing["debts"])}
    of = {
        name: creditor.items(f"/{name}?debtor_id={owing['debtor_id']}&limit=200")
        for name in ("plans", "promises", "disputes", "holds")
    }
    # These may come before identity is proven: they are the conversation's.
    said = {
        name: creditor.items(f"/{name}?conversation_id={conversation_id}&limit=200")
        for name in ("opt-outs", "data-requests", "complaints", "handovers")
    }
    active = [plan for plan in of["plans"] if plan["state"] == "active"]
    return {
        **{name: talk[name] for name in ("identity", "mode", "language")},
        "plan": _schedule(active[0]) if active else None,
        "active": sorted(_schedule(plan) for plan in active),
        "plans": len(of["plans"]),
        "promises": [_promise(row, place) for row in of["promises"] if row["state"] == "open"],
        "disputes": [_dispute(row, place) for row in of["disputes"]],
        "holds": sorted(_hold(row, place) for row in of["holds"] if not row["lifted_at"]),
        "handovers": sorted({row["reason"] for row in said["handovers"]}),
        "opt_outs": sorted(row["channel"] or "all" for row in said["opt-outs"] if not row["reopened_at"]),
        "data_requests": sorted(row["kind"] for row in said["data-requests"]),
        "complaints": sorted(row["kind"] for row in said["complaints"]),
        "preferences": debtor["preferences"],
        "representative": debtor["representative"],
        "hardship": debtor["hardship_kind"],
        "locked": debtor["locked_until"] is not None,
        "handed": said["handovers"],
        "messages": talk["messages"],
    }


def what_differs(expect: dict[str, Any], left: dict[str, Any]) -> Iterator[str]:
    """A sentence for each record that is not as expected."""
    plans = {"plans": 1} if expect.get("plan") else {}
    for name, wanted in {**NOTHING_ELSE, **plans, **expect}.items():
        if name == "summary":
            yield from _not_told(wanted, left["handed"])
        elif not _same(name, wanted, left[name]):
            yield f"{name}: {wanted} expected, {left[name]} found"


def transcript(left: dict[str, Any]) -> list[str]:
    lines = []
    for message in left["messages"]:
        heard = message.get("nlu") or {}
        intents = [wish["name"] for wish in heard.get("intents") or []]
        label = f"   <{' + '.join(intents)} {heard.get('signals') or ''}>" if heard else ""
        lines.append(f"{message['author'][:6]:7}{message['text']}{label}")
    return lines


def _same(name: str, wanted: Any, found: Any) -> bool:
    if name in IN_PART and wanted and found:
        return _holds_all(wanted, found)
    if name == "disputes":
        return len(wanted) == len(found) and all(map(_holds_all, wanted, found))
    return (
        sorted(wanted) == sorted(found)
        if name in ("holds", "handovers", "opt_outs", "promises")
        else bool(wanted == found)
    )


def _holds_all(wanted: dict[str, Any], found: dict[str, Any]) -> bool:
    """Texts are looked for as patterns, everything else must be equal."""
    return all(
        bool(re.search(value, str(found.get(name)), re.S | re.I))
        if isinstance(value, str)
        else found.get(name) == value
        for name, value in wanted.items()
    )


def _not_told(wanted: dict[str, Any], handed: list[dict[str, Any]]) -> Iterator[str]:
    """`summary: {reason: {extra's name: value}}`."""
    for reason, facts in wanted.items():
        extra = next((row["summary"].get("extra") or {} for row in handed if row["reason"] == reason), {})
        if not _holds_all(facts, extra):
            yield f"summary of {reason}: {facts} expected, {extra} found"


def _schedule(plan: dict[str, Any]) -> list[str]:
    """`2026-12-05 12000` an instalment."""
    return [f"{part['due_on']} {part['amount_cents']}" for part in plan["instalments"]]


def _promise(row: dict[str, Any], place: dict[str, int]) -> str:
    """`2026-12-01 7260 @1`."""
    return f"{row['due_on']} {row['amount_cents']} @{place[row['debt_id']]}"


def _dispute(row: dict[str, Any], place: dict[str, int]) -> dict[str, Any]:
    facts = {name: row[name] for name in ("kind", "words", "state", "claimed_cents", "answer_due_on")}
    return {**facts, "debt": place[row["debt_id"]], "documents": len(row["evidence"])}


def _hold(row: dict[str, Any], place: dict[str, int]) -> str:
    """`dispute @0` on one debt, `hardship` on the person."""
    return f"{row['kind']} @{place[row['debt_id']]}" if row["debt_id"] else str(row["kind"])
