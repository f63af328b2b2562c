"""The whole case, for a person at the desk or the creditor: ledger, words, what the gate decided, and the chain of acts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import first_broken_line
from recovery.clock import Clock, local_day
from recovery.debts.balance import balance_on, entries_of
from recovery.debts.prescription import limit_of
from recovery.debts.records import Debt, Hold
from recovery.disputes.records import Dispute
from recovery.documents.case_talks import acts_of, talks_of
from recovery.documents.keep_document import keep_document
from recovery.documents.records import Document
from recovery.documents.sheet import Block, Facts, Grid, Heading, Sheet, Words
from recovery.documents.words import Say, named, words_of
from recovery.identity.records import ContactPoint, Debtor
from recovery.money import Money
from recovery.plans.records import Plan, Promise
from recovery.written import long_day, moment, written


def export_case(session: Session, clock: Clock, debtor: Debtor, language: str) -> Document:
    """As the records stand now; each export is a document of its own, told by its hash."""
    broken = first_broken_line(session)
    sheet = case_sheet(session, clock, debtor, language, broken)
    return keep_document(session, clock, "case_file", sheet, debtor, {"chain_broken_at": broken})


def case_sheet(session: Session, clock: Clock, debtor: Debtor, language: str, broken: int | None) -> Sheet:
    """`broken`: the first line of the audit chain that does not hold, or None."""
    say, zone = words_of(language), debtor.time_zone
    number = f"D-{clock.now():%Y%m%d-%H%M%S}-{debtor.id.hex[-6:].upper()}"
    debts = list(session.scalars(select(Debt).where(Debt.debtor_id == debtor.id).order_by(Debt.due_on, Debt.id)))
    blocks: list[Block] = [
        Words(say("case_file.lead", moment=moment(clock.now(), zone))),
        *_person(session, debtor, say, language),
        *(block for debt in debts for block in _debt(session, clock, debt, say, language)),
        *_arrangements(session, debtor, say, language),
        *_disputes_and_holds(session, debtor, say, language),
        *talks_of(session, debtor, say, language),
        *_documents(session, debtor, say),
        *acts_of(session, clock, debtor, debts, broken, say),
    ]
    return Sheet(
        language=language,
        title=say("case_file.title"),
        number=number,
        issuer=[debt.creditor.legal_name for debt in debts[:1]] or [debtor.name],
        addressee=[debtor.name, debtor.external_id],
        dated=long_day(local_day(clock, zone), language),
        made_at=clock.now(),
        foot=say("foot", title=say("case_file.title"), number=number, issuer=debtor.external_id),
        blocks=blocks,
    )


def _person(session: Session, debtor: Debtor, say: Say, language: str) -> list[Block]:
    points = session.scalars(select(ContactPoint).where(ContactPoint.debtor_id == debtor.id).order_by(ContactPoint.id))
    rows = [
        (say("case_file.name"), debtor.name),
        (say("case_file.kind"), debtor.kind),
        (say("case_file.country"), ", ".join(part for part in (debtor.country, debtor.region) if part)),
        (say("case_file.language"), debtor.language or ""),
        (say("case_file.preferences"), ", ".join(f"{name}: {value}" for name, value in debtor.preferences.items())),
        (say("case_file.representative"), ", ".join(f"{n}: {v}" for n, v in (debtor.representative or {}).items())),
        (say("case_file.hardship"), debtor.hardship_kind or ""),
    ]
    contacts = "\n".join(_contact(point, language) for point in points)
    shown = [row for row in [*rows, (say("case_file.contacts"), contacts)] if row[1]]
    return [Heading(say("case_file.person")), Facts(shown)]


def _contact(point: ContactPoint, language: str) -> str:
    closed = f" ({point.suppressed_because})" if point.suppressed_because else ""
    return f"{named(language, 'channels', point.channel)} {point.address}{closed}"


def _debt(session: Session, clock: Clock, debt: Debt, say: Say, language: str) -> list[Block]:
    today = local_day(clock, debt.debtor.time_zone)
    facts = [
        (say("case_file.creditor"), f"{debt.creditor.legal_name} ({debt.creditor.role})"),
        (say("debt.what"), f"{debt.description} ({debt.product})"),
        (say("case_file.issued"), long_day(debt.issued_on, language)),
        (say("case_file.due"), long_day(debt.due_on, language)),
        (say("case_file.state"), debt.state),
        (
            say("case_file.limit"),
            f"{long_day((limit := limit_of(session, debt)).last_day, language)} ({limit.source})",
        ),
        (say("case_file.balance"), written(balance_on(session, debt, today).due, language)),
    ]
    rows = [
        (
            str(entry.id),
            entry.effective_on.isoformat(),
            moment(entry.recorded_at, debt.debtor.time_zone),
            named(language, "entries", entry.kind),
            named(language, "parts", entry.part),
            written(Money(entry.amount_cents, entry.currency), language),
            entry.note or "",
        )
        for entry in entries_of(session, debt)
    ]
    headings = (
        "#",
        *(say(f"case_file.{name}") for name in ("day", "recorded", "what", "part")),
        say("amount"),
        say("case_file.note"),
    )
    return [
        Heading(say("case_file.debt", reference=debt.reference)),
        Facts(facts),
        Grid(headings, rows, (6, 12, 16, 13, 15, 15, 23), (5,), small=True),
    ]


def _arrangements(session: Session, debtor: Debtor, say: Say, language: str) -> list[Block]:
    zone = debtor.time_zone
    plans = session.scalars(select(Plan).where(Plan.debtor_id == debtor.id).order_by(Plan.id))
    promises = session.scalars(select(Promise).where(Promise.debtor_id == debtor.id).order_by(Promise.id))
    lines = [
        say(
            "case_file.plan",
            moment=moment(plan.accepted_at, zone),
            version=plan.version,
            state=plan.state,
            total=written(Money(plan.total_cents, plan.currency), language),
            parts=len(plan.instalments),
            words=plan.acceptance.get("words", ""),
            sha256=plan.acceptance.get("sha256", ""),
        )
        for plan in plans
    ] + [
        say(
            "case_file.promise",
            moment=moment(promise.created_at, zone),
            amount=written(Money(promise.amount_cents, promise.currency), language),
            day=long_day(promise.due_on, language),
            state=promise.state,
        )
        for promise in promises
    ]
    return _listed(say("case_file.arrangements"), lines, say)


def _disputes_and_holds(session: Session, debtor: Debtor, say: Say, language: str) -> list[Block]:
    zone = debtor.time_zone
    disputes = session.scalars(select(Dispute).where(Dispute.debtor_id == debtor.id).order_by(Dispute.id))
    told = [
        say(
            "case_file.dispute",
            ticket=dispute.ticket,
            kind=dispute.kind,
            state=dispute.state,
            day=long_day(dispute.answer_due_on, language),
            words=dispute.words,
        )
        for dispute in disputes
    ]
    holds = session.scalars(select(Hold).where(Hold.debtor_id == debtor.id).order_by(Hold.created_at, Hold.id))
    held = [
        say("case_file.hold", kind=hold.kind, moment=moment(hold.created_at, zone), end=_end(hold, zone, say, language))
        for hold in holds
    ]
    return [*_listed(say("case_file.disputes"), told, say), *_listed(say("case_file.holds"), held, say)]


def _end(hold: Hold, zone: str, say: Say, language: str) -> str:
    if hold.lifted_at:
        return say("case_file.hold_lifted", moment=moment(hold.lifted_at, zone), because=hold.lifted_because or "")
    return say("case_file.hold_until", day=long_day(hold.until, language)) if hold.until else say("case_file.hold_open")


def _documents(session: Session, debtor: Debtor, say: Say) -> list[Block]:
    given = session.scalars(select(Document).where(Document.debtor_id == debtor.id, Document.kind != "case_file"))
    lines = [
        say("case_file.document", moment=moment(one.created_at, debtor.time_zone), number=one.number, sha256=one.sha256)
        for one in given
    ]
    return _listed(say("case_file.documents"), lines, say)


def _listed(title: str, lines: list[str], say: Say) -> list[Block]:
    return [Heading(title), *(Words(line) for line in lines or [say("case_file.nothing")])]
