"""People of `people/*.yml`, played through the trained model and every process; their records say what they should."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.journeys.creditor import PEOPLE, TERMS, CreditorSystem
from tests.journeys.debtor import DebtorChat
from tests.journeys.demo_process import DemoProcess

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
CAST = [
    (file.stem, person)
    for file in sorted((Path(__file__).parent / "people").glob("*.yml"))
    for person in yaml.safe_load(file.read_text())
]

pytestmark = pytest.mark.journey


# A model understands most people, not all: this share must end in the right records, and nobody may hear what they must not.
RIGHT_RECORDS = 0.85
AT_ONCE = 3


def test_people_end_in_the_right_records(running_demo: DemoProcess) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = list(pool.map(lambda played: play(running_demo.facts, *played), CAST))
    heard_wrongly = [line for wrong, _ in told for line in wrong if line.startswith("never")]
    assert not heard_wrongly, heard_wrongly
    failed = ["\n".join([*wrong, *transcript]) for wrong, transcript in told if wrong]
    print(f"{len(CAST) - len(failed)} of {len(CAST)} people end in the right records")
    assert len(failed) <= (1 - RIGHT_RECORDS) * len(CAST), "\n\n".join(failed)


def play(facts: dict[str, Any], language: str, person: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What differs from what is expected (empty where nothing does), and the transcript."""
    with CreditorSystem(facts) as creditor:
        owing = owe(creditor, language, person)
        chat = DebtorChat(facts["api_url"], owing["creditor"], language)
        said = "\n".join(say(chat, turn, owing, creditor) for turn in person["turns"])
        all_heard = "\n".join([*(m["text"] for m in chat.heard if m["author"] != "debtor"), said])
        wrong = [f"never: {words}" for words in person.get("never", []) if re.search(words, all_heard, re.I)]
        wrong += [f"not said: {words}" for words in person.get("said", []) if not re.search(words, all_heard)]
        wrong += list(what_differs(person["expect"], creditor, chat.conversation_id, owing))
        name = f"{language}: {person['name']}"
        return ([f"{line} ({name})" for line in wrong], transcript(creditor, chat.conversation_id))


def owe(creditor: CreditorSystem, language: str, person: dict[str, Any]) -> dict[str, Any]:
    """A creditor, a debtor and their debts, made for this person alone."""
    tag = uuid.uuid4().hex[:8]
    who = PEOPLE[language]
    creditor.post("/creditors", {
        "key": f"c{tag}", "name": f"Atlas {tag}", "legal_name": f"Atlas {tag} SA", "address": "1 rue de la Paix, 75002 Paris",
        "country": who["country"], "role": "own_creditor", "terms": {**TERMS, **person.get("terms", {})},
        "payment_methods": ["card", "transfer", "direct_debit"], "iban": "FR7630006000011234567890189", "bic": "AGRIFRPP",
    })  # fmt: skip
    debtor = creditor.post(
        "/debtors", {**who, "external_id": f"d{tag}", "kind": "consumer", "language": language, "contact_points": []}
    )
    debts = [
        creditor.post("/debts", {
            "creditor": f"c{tag}", "debtor_id": debtor["id"], "reference": f"F{tag.upper()}{n}",
            "product": person.get("products", ["energy"] * 9)[n], "description": f"N {n}", "currency": "EUR",
            "principal_cents": cents, "issued_on": "2026-08-20", "due_on": "2026-09-20",
        })
        for n, cents in enumerate(person["cents"])
    ]  # fmt: skip
    return {"creditor": f"c{tag}", "debtor_id": debtor["id"], "debts": debts, **who}


def say(chat: DebtorChat, turn: str, owing: dict[str, Any], creditor: CreditorSystem) -> str:
    birth = "/".join(reversed(owing["birth_date"].split("-")))
    facts = {"REF": owing["debts"][0]["reference"], "BIRTH": birth, "CP": owing["postcode"]}
    if turn == "[ID]":
        for fact in facts.values():
            if creditor.get(f"/conversations/{chat.conversation_id}")["identity"] != "verified":
                chat.say(fact)
        return ""
    text = re.sub(r"\{(\w+)\}", lambda found: facts.get(found[1], found[0]), turn)
    if text.startswith("[PDF]"):
        return chat.send_document("preuve.pdf", PDF, text.removeprefix("[PDF] "))
    return chat.say(text, within=6)


def what_differs(expect: dict[str, Any], creditor: CreditorSystem, conversation_id: str, owing: dict[str, Any]):  # type: ignore[no-untyped-def]
    """A sentence for each record that is not as expected."""
    record = creditor.get(f"/conversations/{conversation_id}")
    of = {
        name: creditor.items(f"/{name}?debtor_id={owing['debtor_id']}")
        for name in ("plans", "promises", "disputes", "holds", "handovers")
    }
    active = [plan for plan in of["plans"] if plan["state"] == "active"]
    open_promises = [promise for promise in of["promises"] if promise["state"] == "open"]
    debt_ids = [debt["id"] for debt in owing["debts"]]
    seen = {
        **{name: record[name] for name in ("identity", "mode", "language")},
        "plan": [part["amount_cents"] for part in active[0]["instalments"]] if active else None,
        "plan_day": int(active[0]["instalments"][0]["due_on"][-2:]) if active else None,
        "plans": len(of["plans"]),
        "promises": len(of["promises"]),
        "promise": open_promises[0]["amount_cents"] if open_promises else None,
        "promise_on": debt_ids.index(open_promises[0]["debt_id"]) if open_promises else None,
        "disputes": len(of["disputes"]),
        "dispute": of["disputes"][0]["kind"] if of["disputes"] else None,
        "dispute_on": debt_ids.index(of["disputes"][0]["debt_id"]) if of["disputes"] else None,
        "held": sorted({debt_ids.index(hold["debt_id"]) for hold in of["holds"] if hold["debt_id"]}),
        "opt_out": bool(creditor.items(f"/opt-outs?debtor_id={owing['debtor_id']}")),
    }
    for name, wanted in expect.items():
        if name in ("holds", "handovers"):
            kinds = {row["kind" if name == "holds" else "reason"] for row in of[name]}
            if not set(wanted) <= kinds:
                yield f"{name}: {wanted} expected, {sorted(kinds)} found"
        elif seen[name] != wanted:
            yield f"{name}: {wanted} expected, {seen[name]} found"


def transcript(creditor: CreditorSystem, conversation_id: str) -> list[str]:
    record = creditor.get(f"/conversations/{conversation_id}")
    lines = []
    for message in record["messages"]:
        heard = message.get("nlu") or {}
        label = f"   <{(heard.get('intent') or {}).get('name')} {heard.get('signals') or ''}>" if heard else ""
        lines.append(f"{message['author'][:6]:7}{message['text']}{label}")
    return lines
