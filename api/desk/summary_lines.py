"""The facts kept at the hand-over, in ten lines at most, in the agent's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.desk.formats import Formats
from api.desk.words import Words
from recovery.handover.records import Handover

MOST = 10


def summary_lines(handover: Handover, w: Words, f: Formats) -> list[str]:
    """The last line, what is expected and by when, is always there."""
    facts = handover.summary
    lines = [line for line in _lines(facts, w, f) if line]
    return [*lines[: MOST - 1], _next(handover, w, f)]


def offer_in_words(kind: str, terms: dict[str, Any], w: Words, f: Formats) -> str:
    """`échéancier 3 × 82,43 €`: what was put to the debtor."""
    currency = str(terms.get("currency", "EUR"))
    figures = ""
    if parts := terms.get("parts"):
        day, cents = parts[0]
        figures = w("offers.parts_from", count=len(parts), amount=f.money(cents, currency), day=f.day(day))
    elif terms.get("cents") is not None and terms.get("day"):
        figures = w("offers.one", amount=f.money(terms["cents"], currency), day=f.day(terms["day"]))
    elif (cents := terms.get("cents", terms.get("amount_cents"))) is not None:
        figures = f.money(cents, currency)
    return f"{w.name('offers', kind)} {figures}".strip()


def _lines(facts: dict[str, Any], w: Words, f: Formats) -> Iterator[str]:
    yield _who(facts, w)
    if facts.get("incomplete"):
        yield w("summary.incomplete")
    if "debts" in facts:
        yield _owes(facts, w, f)
        yield _holds(facts["holds"], w, f)
        yield from (_plan(plan, w, f) for plan in facts["plans"])
        yield from (_dispute(dispute, w, f) for dispute in facts["disputes"][:2])
        yield from (_promise(promise, w, f) for promise in facts["promises"][:2])
    yield _offers(facts.get("offers", []), w, f)
    yield _wishes(facts.get("turns", []), w)
    yield _extra(facts.get("extra", {}), w, f)
    if facts.get("expecting"):
        yield w("summary.asked_last", question=w.name("questions", facts["expecting"]))


def _who(facts: dict[str, Any], w: Words) -> str:
    language, channel = w.name("languages", facts["language"]), w.name("channels", facts["channel"])
    debtor = facts.get("debtor")
    if not debtor:
        return w("summary.stranger", language=language, channel=channel)
    identity = w.name("identity", facts["identity"])
    return w(
        "summary.who",
        name=debtor["name"],
        kind=w.name("kinds", debtor["kind"]),
        identity=identity,
        language=language,
        channel=channel,
    )


def _owes(facts: dict[str, Any], w: Words, f: Formats) -> str:
    debts = facts["debts"]
    if not debts:
        return w("summary.owes_nothing")
    amount = f.money(facts["due_cents"], facts["currency"])
    references = ", ".join(f"{debt['creditor']} {debt['reference']}" for debt in debts[:3]) + (
        "…" if len(debts) > 3 else ""
    )
    if len(debts) == 1:
        return w("summary.owes_one", amount=amount, references=references)
    return w("summary.owes", amount=amount, count=w("summary.debts", count=len(debts)), references=references)


def _holds(holds: list[dict[str, Any]], w: Words, f: Formats) -> str:
    def one(hold: dict[str, Any]) -> str:
        kind = w.name("holds", hold["kind"])
        return w("summary.hold_until", kind=kind, day=f.day(hold["until"])) if hold["until"] else kind

    return w("summary.hold", holds=", ".join(one(hold) for hold in holds)) if holds else ""


def _plan(plan: dict[str, Any], w: Words, f: Formats) -> str:
    paid, total = f.money(plan["paid_cents"], plan["currency"]), f.money(plan["total_cents"], plan["currency"])
    if not plan["next_on"]:
        return w("summary.plan_done", paid=paid, total=total)
    return w(
        "summary.plan",
        paid=paid,
        total=total,
        amount=f.money(plan["next_cents"], plan["currency"]),
        day=f.day(plan["next_on"]),
    )


def _promise(promise: dict[str, Any], w: Words, f: Formats) -> str:
    state = w.name("promises", promise["state"])
    return w(
        "summary.promise",
        state=state,
        amount=f.money(promise["cents"], promise["currency"]),
        day=f.day(promise["due_on"]),
    )


def _dispute(dispute: dict[str, Any], w: Words, f: Formats) -> str:
    kind = w.name("disputes", dispute["kind"])
    return w("summary.dispute", ticket=dispute["ticket"], kind=kind, day=f.day(dispute["answer_due_on"]))


def _offers(offers: list[dict[str, Any]], w: Words, f: Formats) -> str:
    made = [
        f"{offer_in_words(offer['kind'], offer['terms'], w, f)} ({w.name('offers', offer['state'])})"
        for offer in offers[-3:]
    ]
    return w("summary.offers", offers=", ".join(made)) if made else ""


def _wishes(turns: list[dict[str, Any]], w: Words) -> str:
    intents = dict.fromkeys(turn["intent"] for turn in turns if turn["intent"] and turn["intent"] != "inform")
    named = [w.name("intents", intent) for intent in intents]
    return w("summary.wishes", intents=", ".join(named[-4:])) if named else ""


def _extra(extra: dict[str, Any], w: Words, f: Formats) -> str:
    facts = [_fact(name, value, w, f) for name, value in extra.items() if value]
    return w("summary.extra", facts=", ".join(fact for fact in facts if fact)) if any(facts) else ""


def _fact(name: str, value: Any, w: Words, f: Formats) -> str:
    if name == "debtor_proposal":
        return w("extra.debtor_proposal", value=_proposal(value, w, f))
    if name.endswith("_cents"):
        value = f.money(int(value))
    if isinstance(value, dict):
        value = ", ".join(str(part) for part in value.values() if isinstance(part, str | int))
    if isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    label = w.name("extra", name)
    return (
        label.format(value=value)
        if "{value}" in label
        else (label if label != name.replace("_", " ") else f"{label} {value}")
    )


def _proposal(wish: dict[str, Any], w: Words, f: Formats) -> str:
    said = []
    if wish.get("each"):
        said.append(w("proposal.each", amount=f.money(wish["each"])))
    if wish.get("count"):
        said.append(w("proposal.count", count=wish["count"]))
    if wish.get("first"):
        said.append(w("proposal.first", day=f.day(wish["first"])))
    return " ".join(said)


def _next(handover: Handover, w: Words, f: Formats) -> str:
    what = w.name("expected", handover.reason)
    if handover.priority == 0:
        return w("summary.next", what=what)
    return w("summary.next_by", what=what, moment=f.moment(handover.answer_due_at))
