"""A closed case leaves daily use: its words and files are put away (France: intermediate archive; Spain: blocked, LOPDGDD 32), and
destroyed once nothing can be claimed any more. The ledger and the audit trail, which hold no words, stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.countries.retention import retention_of
from recovery.debts.records import Debt
from recovery.identity.records import ContactPoint, Debtor
from recovery.retention.closed import closed_on, kept_because, talks_of
from recovery.retention.files import destroy_files, take_files
from recovery.retention.records import SealedCase
from recovery.retention.words import take_words
from recovery.session.records import Conversation
from recovery.texts import text_for

AT_A_TIME = 200  # cases a night: the first night of an old database is not one long transaction


def seal_closed_cases(session: Session, clock: Clock) -> list[SealedCase]:
    """For the timetable: the cases closed long enough ago whose words are still in use."""
    sealed = []
    for debtor in _with_words(session):
        day = closed_on(session, debtor)
        if day is None or kept_because(session, clock, debtor):
            continue
        if retention_of(debtor.country).sealed_from(day) <= local_day(clock, debtor.time_zone):
            sealed.append(_seal(session, clock, debtor))
        if len(sealed) >= AT_A_TIME:
            break
    return sealed


def destroy_what_is_over(session: Session, clock: Clock) -> list[SealedCase]:
    """For the timetable: what was sealed and may no longer be needed by anybody. A quarrel begun since keeps it."""
    due = select(SealedCase, Debtor).join(Debtor, Debtor.id == SealedCase.debtor_id)
    due = due.where(SealedCase.destroyed_at.is_(None), SealedCase.destroy_on <= clock.now().date())
    destroyed = []
    for case, debtor in session.execute(due.order_by(SealedCase.destroy_on).limit(AT_A_TIME)).all():
        if _quarrelled_over(session, clock, debtor):
            continue
        _destroy(session, clock, case, debtor)
        destroyed.append(case)
    return destroyed


def _with_words(session: Session) -> Iterator[Debtor]:
    """Debtors with nothing open and a conversation that was not put away, or has gone on since."""
    said_since: ColumnElement[bool] = or_(
        Conversation.sealed_at.is_(None), Conversation.last_inbound_at > Conversation.sealed_at
    )
    wanted = select(Debtor).where(
        exists().where(Conversation.debtor_id == Debtor.id, said_since),
        ~exists().where(Debt.debtor_id == Debtor.id, Debt.state == "open"),
    )
    yield from session.scalars(wanted.order_by(Debtor.id)).all()


def _seal(session: Session, clock: Clock, debtor: Debtor) -> SealedCase:
    day = closed_on(session, debtor)
    assert day is not None
    kept, talks = retention_of(debtor.country), talks_of(session, debtor.id)
    marker = _marker(talks)
    case = SealedCase(
        debtor_id=debtor.id, closed_on=day, destroy_on=kept.destroyed_from(day), stage=kept.stage, sealed_at=clock.now(),
        words=take_words(session, talks, debtor.id, marker), files=take_files(session, talks, debtor.id),
    )  # fmt: skip
    for talk in talks:
        talk.sealed_at, talk.expecting = clock.now(), None
        if talk.identity == "verified":
            talk.identity, talk.verified_at = "unverified", None
    debtor.hardship_kind = None  # kept while the case is open (ID-14)
    session.add(case)
    session.flush()
    record_act(
        session, clock, "system", "case.sealed", f"debtor:{debtor.id}",
        sealed_case=str(case.id), closed_on=day.isoformat(), destroy_on=case.destroy_on.isoformat(), stage=kept.stage,
        words=len(case.words), files=len(case.files), conversations=[str(talk.id) for talk in talks],
    )  # fmt: skip
    return case


def _marker(talks: list[Conversation]) -> Any:
    """The sentence left in the place of words, in the language they were said in."""
    language = talks[-1].language if talks else "fr"
    return lambda record: text_for("no_longer_kept", getattr(record, "language", None) or language)


def _quarrelled_over(session: Session, clock: Clock, debtor: Debtor) -> bool:
    """Another debt that is open says nothing against it: that case is its own."""
    because = kept_because(session, clock, debtor)
    return because is not None and because != "a debt is open"


def _destroy(session: Session, clock: Clock, case: SealedCase, debtor: Debtor) -> None:
    counts = {"words": len(case.words), "files": len(case.files)}
    destroy_files(case.files)
    case.words, case.files, case.destroyed_at = [], [], clock.now()
    forgotten = _nothing_left(session, debtor, case)
    if forgotten:
        _forget(session, debtor)
    session.flush()
    record_act(
        session, clock, "system", "case.destroyed", f"debtor:{debtor.id}",
        sealed_case=str(case.id), closed_on=case.closed_on.isoformat(), because=case.stage, forgotten=forgotten, **counts,
    )  # fmt: skip


def _nothing_left(session: Session, debtor: Debtor, case: SealedCase) -> bool:
    other = select(SealedCase.id).where(
        SealedCase.debtor_id == debtor.id, SealedCase.id != case.id, SealedCase.destroyed_at.is_(None)
    )
    owing = select(Debt.id).where(Debt.debtor_id == debtor.id, Debt.state == "open")
    return session.scalar(other.limit(1)) is None and session.scalar(owing.limit(1)) is None


def _forget(session: Session, debtor: Debtor) -> None:
    """What is left is a number beside sums. An address nobody may be written to at stays: it protects whoever asked."""
    debtor.name, debtor.birth_date, debtor.postcode, debtor.tax_id = debtor.external_id, None, None, None
    debtor.preferences, debtor.representative, debtor.hardship_kind = {}, None, None
    points = select(ContactPoint).where(ContactPoint.debtor_id == debtor.id, ContactPoint.suppressed_at.is_(None))
    for point in session.scalars(points):
        session.delete(point)
