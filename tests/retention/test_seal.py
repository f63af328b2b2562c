"""A closed case leaves daily use after three months and is destroyed after five years; a quarrel keeps it; ledger and trail stay."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from recovery.audit import AuditLine, first_broken_line
from recovery.clock import FrozenClock
from recovery.consent.privacy import complain, note_preference, open_data_request
from recovery.consent.records import Complaint
from recovery.debts.balance import balance_on
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import open_dispute
from recovery.disputes.records import Dispute
from recovery.documents.case_file import export_case
from recovery.documents.keep_document import file_of_document
from recovery.handover.hand_over import hand_over
from recovery.identity.records import ContactPoint
from recovery.money import Money
from recovery.payments.records import Payment
from recovery.payments.take_payment import take_payment
from recovery.plans.accept_plan import accept_plan
from recovery.plans.offer import make_offer
from recovery.plans.promise import cancel_promise, make_promise
from recovery.plans.records import Plan, Promise
from recovery.retention.records import SealedCase
from recovery.retention.seal import destroy_what_is_over, seal_closed_cases
from recovery.session.attachments import file_of, keep_attachment
from recovery.session.receive import receive
from recovery.session.records import Conversation
from recovery.session.say import say
from recovery.settings import settings
from recovery.store import Record
from tests import cast

pytestmark = pytest.mark.usefixtures("surroundings")

SECRET = "mots-que-personne-ne-doit-relire"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MONTHS, YEARS = timedelta(days=93), timedelta(days=5 * 366)


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session), 20_000)


@pytest.fixture
def talk(session: Session, clock: FrozenClock, debt: Debt) -> Conversation:
    """Words everywhere words can stand, and then the debt is paid."""
    talk = cast.conversation_of(session, debt.debtor, debt.creditor)
    attachment = keep_attachment(session, clock, talk, f"{SECRET}.pdf", PDF)
    message = receive(session, clock, talk, f"bonjour {SECRET}", "m1", attachment_ids=[attachment.id])
    message.nlu, message.asked = {"entities": [{"text": SECRET}]}, {"text": SECRET, "metadata": {}}
    promise = make_promise(session, clock, talk, debt, Money(1_000), date(2026, 12, 1), message)
    cancel_promise(session, clock, promise, SECRET)
    terms = {"debt_ids": [str(debt.id)], "currency": "EUR", "parts": [["2026-12-05", 20_000]]}
    accept_plan(session, clock, talk, make_offer(session, clock, talk, "plan", terms), message)
    complain(session, clock, talk, "service", SECRET)
    note_preference(session, clock, talk, debt.debtor, {"channel": "whatsapp", "words": SECRET})
    dispute = open_dispute(session, clock, talk, debt, "amount", SECRET)
    dispute.state = "withdrawn"
    handover = hand_over(session, clock, talk, reason="dispute", words=SECRET, extra={"proposal": SECRET})
    handover.state, handover.ended_at = "resolved", clock.now()
    talk.context = {"said": SECRET}
    for hold in session.execute(text("select id from hold")).all():
        session.execute(text("update hold set lifted_at = now() where id = :id"), {"id": hold.id})
    session.expire_all()
    export_case(session, clock, debt.debtor, "fr")
    take_payment(session, clock, debt, Money(20_000), date(2026, 11, 22), "card", "P-1")
    session.flush()
    return talk


def everything(session: Session, *but: str) -> str:
    """Every row of every table, as text."""
    session.flush()
    names = [name for name in Record.metadata.tables if name not in but]
    return "\n".join(str(row) for name in names for row in session.execute(text(f'select * from "{name}"')).all())


def seal(session: Session, clock: FrozenClock) -> SealedCase:
    clock.advance(MONTHS)
    (case,) = seal_closed_cases(session, clock)
    session.flush()
    session.expire_all()
    return case


def test_nothing_is_put_away_before_its_time(session: Session, clock: FrozenClock, talk: Conversation) -> None:
    assert SECRET in everything(session)
    clock.advance(timedelta(days=88))
    assert seal_closed_cases(session, clock) == []


def test_words_are_put_away_wherever_they_stand(session: Session, clock: FrozenClock, talk: Conversation) -> None:
    file = file_of(session.get_one(Conversation, talk.id).messages[0].attachments[0])
    assert file.is_file()
    case = seal(session, clock)
    assert SECRET not in everything(session, "sealed_case")
    assert SECRET in json.dumps(case.words) and SECRET in json.dumps(case.files)
    assert not file.is_file()
    assert {(Path(settings().data_folder) / kept["path"]).is_file() for kept in case.files} == {True}
    assert {kept["table"] for kept in case.files} == {"attachment", "document"}
    assert seal_closed_cases(session, clock) == []


def test_what_is_proven_by_figures_and_hashes_stays(
    session: Session, clock: FrozenClock, talk: Conversation, debt: Debt
) -> None:
    plan = session.scalars(select(Plan)).one()
    proof, entries = plan.acceptance["sha256"], session.execute(text("select * from entry order by id")).all()
    case = seal(session, clock)
    assert session.scalars(select(Plan)).one().acceptance["sha256"] == proof
    assert session.execute(text("select * from entry order by id")).all() == entries
    assert balance_on(session, debt, date(2027, 3, 1)).paid == Money(20_000)
    assert session.scalars(select(Payment)).one().amount_cents == 20_000
    assert session.scalars(select(Promise)).one().amount_cents == 1_000
    assert first_broken_line(session) is None
    line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line is not None
    assert (line.act, line.facts["sealed_case"]) == ("case.sealed", str(case.id))
    assert (case.closed_on, case.destroy_on) == (date(2026, 11, 22), date(2031, 11, 22))
    talk = session.get_one(Conversation, talk.id)
    assert (talk.identity, talk.messages[0].text) == ("unverified", "[Ces mots ne sont plus conservés ici.]")


def test_after_five_years_it_is_destroyed_and_the_person_forgotten(
    session: Session, clock: FrozenClock, talk: Conversation, debt: Debt
) -> None:
    case = seal(session, clock)
    paths = [Path(settings().data_folder) / kept["path"] for kept in case.files]
    assert destroy_what_is_over(session, clock) == []
    clock.advance(YEARS)
    assert destroy_what_is_over(session, clock) == [case]
    assert SECRET not in everything(session)
    assert not any(path.exists() for path in paths)
    assert (debt.debtor.name, debt.debtor.birth_date) == (debt.debtor.external_id, None)
    assert session.scalars(select(ContactPoint)).all() == []
    assert balance_on(session, debt, date(2032, 3, 1)).paid == Money(20_000)
    assert first_broken_line(session) is None
    acts = select(AuditLine.act).where(AuditLine.subject == f"debtor:{debt.debtor_id}")
    assert list(session.scalars(acts.order_by(AuditLine.id)))[-2:] == ["case.sealed", "case.destroyed"]
    assert destroy_what_is_over(session, clock) == []


def keeps_dispute(session: Session, clock: FrozenClock, talk: Conversation, debt: Debt) -> None:
    session.scalars(select(Dispute)).one().state = "with_creditor"


def keeps_legal_step(session: Session, clock: FrozenClock, talk: Conversation, debt: Debt) -> None:
    freeze(session, clock, debtor_id=debt.debtor_id, kind="legal", reason="TJ Annecy 26/01234")


def keeps_data_request(session: Session, clock: FrozenClock, talk: Conversation, debt: Debt) -> None:
    open_data_request(session, clock, talk, debt.debtor, "access", "mes données")


def keeps_person(session: Session, clock: FrozenClock, talk: Conversation, debt: Debt) -> None:
    hand_over(session, clock, talk, reason="complaint")


KEEPS = [keeps_dispute, keeps_legal_step, keeps_data_request, keeps_person]


@pytest.mark.parametrize("keeps", KEEPS)
def test_a_quarrel_keeps_the_words_where_they_are(
    session: Session, clock: FrozenClock, talk: Conversation, debt: Debt, keeps: Any
) -> None:
    keeps(session, clock, talk, debt)
    session.flush()
    clock.advance(YEARS)
    assert seal_closed_cases(session, clock) == []


@pytest.mark.parametrize("keeps", KEEPS)
def test_a_quarrel_begun_since_keeps_what_is_sealed(
    session: Session, clock: FrozenClock, talk: Conversation, debt: Debt, keeps: Any
) -> None:
    case = seal(session, clock)
    keeps(session, clock, talk, debt)
    session.flush()
    clock.advance(YEARS)
    assert destroy_what_is_over(session, clock) == []
    assert case.words


def test_an_open_debt_keeps_the_case_and_not_an_old_one(
    session: Session, clock: FrozenClock, talk: Conversation, debt: Debt
) -> None:
    case = seal(session, clock)
    cast.debt_of(session, debt.debtor, debt.creditor)
    receive(session, clock, talk, f"encore {SECRET}", "m2")
    clock.advance(YEARS)
    assert seal_closed_cases(session, clock) == []
    assert destroy_what_is_over(session, clock) == [case]
    assert debt.debtor.name == "Camille Moreau"  # still owes, and is still known


def test_who_comes_back_is_put_away_again(session: Session, clock: FrozenClock, talk: Conversation) -> None:
    first = seal(session, clock)
    clock.advance(timedelta(days=10))
    receive(session, clock, talk, f"une question : {SECRET}", "m2")
    say(session, clock, talk, "Bonjour.", author="bot", solicited=True)
    second = seal(session, clock)
    assert second.id != first.id
    assert SECRET not in everything(session, "sealed_case")
    assert second.destroy_on > first.destroy_on


def test_spain_blocks_and_france_archives(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.lucia(session), cast.gimnasio_norte(session))
    talk = cast.conversation_of(session, debt.debtor)
    receive(session, clock, talk, SECRET, "m1")
    take_payment(session, clock, debt, Money(24_730), date(2026, 11, 22), "card", "P-1")
    case = seal(session, clock)
    assert "LOPDGDD 32" in case.stage
    assert session.get_one(Conversation, talk.id).messages[0].text == "[Estas palabras ya no se conservan aquí.]"


def test_a_paper_that_told_it_all_is_gone_and_a_receipt_stays(session: Session, clock: FrozenClock, debt: Debt) -> None:
    cast.conversation_of(session, debt.debtor)
    take_payment(session, clock, debt, Money(20_000), date(2026, 11, 22), "card", "P-1")
    told = export_case(session, clock, debt.debtor, "fr")
    assert file_of_document(told).is_file()
    seal(session, clock)
    assert not file_of_document(told).is_file()


def test_complaints_are_words_too(session: Session, clock: FrozenClock, talk: Conversation) -> None:
    seal(session, clock)
    assert session.scalars(select(Complaint.words)).all() == ["[Ces mots ne sont plus conservés ici.]"]
