"""Who signs a document and for whom: the mentions that the law of the creditor's country asks for."""

from __future__ import annotations

from collections.abc import Iterable

from recovery.countries.mentions import mentions_of
from recovery.debts.records import Creditor, Debt
from recovery.documents.sheet import Block, Heading, Words
from recovery.documents.words import Say
from recovery.identity.records import Debtor
from recovery.written import long_day


def issuer_lines(creditor: Creditor, say: Say) -> list[str]:
    role = [say("parties.mandated_collector")] if creditor.role == "mandated_collector" else []
    return [creditor.legal_name, *_address_lines(creditor.address), *role]


def addressee_lines(debtor: Debtor) -> list[str]:
    return [debtor.name]


def on_whose_behalf(debts: Iterable[Debt], say: Say) -> list[tuple[str, str]]:
    """The creditor behind a mandated collector, the seller of a bought debt (R124-4 2°, C. civ. 1324, CC 1527)."""
    rows = []
    for debt in debts:
        if debt.on_behalf_of:
            whole = ", ".join(part for part in (debt.on_behalf_of, debt.on_behalf_of_address) if part)
            rows.append((say("parties.creditor"), whole))
        if debt.assignor and debt.assigned_on:
            rows.append((say("parties.assignor"), debt.assignor))
    return list(dict.fromkeys(rows))


def letter_recalled(debts: Iterable[Debt], say: Say, language: str) -> list[tuple[str, str]]:
    """Reference and date of the collector's letter, in every later step (CPCEx R124-4, last paragraph)."""
    return [
        (
            say("parties.letter"),
            say("parties.letter_of", reference=debt.letter_ref, day=long_day(debt.letter_sent_on, language)),
        )
        for debt in debts
        if debt.letter_ref and debt.letter_sent_on
    ]


def mandatory_mentions(creditor: Creditor, debtor: Debtor, say: Say) -> list[Block]:
    """At the foot of what an arrangement is made of: the statutory text, the mediator, where data are explained."""
    lines: list[Block] = [
        Words(f"{m.text} ({m.source})", small=True) for m in mentions_of(creditor.country, creditor.role)
    ]
    if creditor.mediator and debtor.kind != "business":
        lines.append(Words(say("parties.mediator", mediator=creditor.mediator), small=True))
    if creditor.privacy_url:
        lines.append(Words(say("parties.privacy", url=creditor.privacy_url), small=True))
    return [Heading(say("parties.mentions")), *lines] if lines else []


def _address_lines(address: str) -> list[str]:
    return [part.strip() for part in address.split(",") if part.strip()]
