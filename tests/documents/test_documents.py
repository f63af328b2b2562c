"""Papers of ours: what they say is what the ledger says, they are kept once, and none is given that is not true."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.records import Debt
from recovery.documents.case_file import case_sheet, export_case
from recovery.documents.keep_document import attach, file_of_document
from recovery.documents.nothing_owed import SomethingOwed, certify_nothing_owed, owes_nothing_to
from recovery.documents.plan_agreement import agreement_sheet, write_agreement
from recovery.documents.printed import print_sheet
from recovery.documents.receipt import PaymentTakenBack, make_receipt, receipt_sheet
from recovery.documents.records import Document
from recovery.documents.sheet import Sheet, Words
from recovery.money import Money
from recovery.payments.record_payment import record_payment
from recovery.payments.records import Payment
from recovery.payments.reverse_payment import reverse_payment
from recovery.plans.accept_plan import accept_plan
from recovery.plans.offer import make_offer
from recovery.plans.records import Plan
from recovery.session.attachments import file_of
from recovery.session.receive import receive
from recovery.session.records import Attachment
from recovery.session.say import say
from tests import cast
from tests.documents.reading import words_in

pytestmark = pytest.mark.usefixtures("surroundings")

LANGUAGES = ("fr", "es")


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session), 24_730)


def paid(session: Session, clock: FrozenClock, debt: Debt, cents: int, ref: str = "SEPA-1") -> Payment:
    return record_payment(session, clock, debt, Money(cents), date(2026, 11, 20), "transfer", ref)


def accepted(session: Session, clock: FrozenClock, debt: Debt, words: str = "oui, d'accord") -> Plan:
    talk = cast.conversation_of(session, debt.debtor, debt.creditor)
    terms = {
        "debt_ids": [str(debt.id)],
        "currency": "EUR",
        "parts": [["2026-12-05", 8_243], ["2027-01-05", 8_243], ["2027-02-05", 8_244]],
    }
    offer = make_offer(session, clock, talk, "plan", terms)
    return accept_plan(session, clock, talk, offer, receive(session, clock, talk, words, "m1"))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", ("10,00 €", "237,30 €", "quittance", "virement")),
        ("es", ("10,00 €", "237,30 €", "acredita", "transferencia")),
    ],
)
def test_a_receipt_says_what_was_paid_and_what_is_left(
    session: Session, clock: FrozenClock, debt: Debt, language: str, told: tuple[str, ...]
) -> None:
    payment = paid(session, clock, debt, 1_000)
    words = words_in(receipt_sheet(session, debt, payment, language))
    assert all(part in words for part in (*told, debt.reference, "Énergie du Lac SA", "SEPA-1"))


def test_a_receipt_stays_the_same_whatever_is_paid_later(session: Session, clock: FrozenClock, debt: Debt) -> None:
    payment = paid(session, clock, debt, 1_000)
    first = make_receipt(session, clock, payment, "fr")
    clock.advance(timedelta(days=1))
    paid(session, clock, debt, 2_000, "SEPA-2")
    again = make_receipt(session, clock, payment, "fr")
    assert again.id == first.id
    content = file_of_document(first).read_bytes()
    assert content.startswith(b"%PDF-")
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (first.sha256, first.size)


def test_a_payment_the_bank_took_back_has_no_receipt(session: Session, clock: FrozenClock, debt: Debt) -> None:
    payment = paid(session, clock, debt, 1_000)
    reverse_payment(session, clock, payment, "returned")
    with pytest.raises(PaymentTakenBack):
        make_receipt(session, clock, payment, "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_owed_is_certified_only_while_it_is_true(
    session: Session, clock: FrozenClock, debt: Debt, language: str
) -> None:
    with pytest.raises(SomethingOwed):
        certify_nothing_owed(session, clock, debt.debtor, debt.creditor, language)
    payment = paid(session, clock, debt, 24_730)
    assert owes_nothing_to(session, clock, debt.debtor) == [debt.creditor]
    certificate = certify_nothing_owed(session, clock, debt.debtor, debt.creditor, language)
    assert certify_nothing_owed(session, clock, debt.debtor, debt.creditor, language).id == certificate.id
    reverse_payment(session, clock, payment, "returned")
    with pytest.raises(SomethingOwed):
        certify_nothing_owed(session, clock, debt.debtor, debt.creditor, language)


def test_a_debt_too_old_to_claim_is_not_a_debt_paid(session: Session, clock: FrozenClock, debt: Debt) -> None:
    debt.state = "time_barred"
    with pytest.raises(SomethingOwed):
        certify_nothing_owed(session, clock, debt.debtor, debt.creditor, "fr")


def test_who_never_owed_gets_no_certificate(session: Session, clock: FrozenClock, debt: Debt) -> None:
    with pytest.raises(SomethingOwed):
        certify_nothing_owed(session, clock, debt.debtor, cast.gimnasio_norte(session), "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agreement_shows_every_day_and_how_it_was_accepted(
    session: Session, clock: FrozenClock, debt: Debt, language: str
) -> None:
    plan = accepted(session, clock, debt)
    words = words_in(agreement_sheet(session, plan, language))
    figures = ("82,43 €", "82,44 €", "247,30 €", "2026", "2027")
    proof = ("oui, d'accord", plan.acceptance["sha256"], plan.acceptance["message_id"])
    assert all(part in words for part in (*figures, *proof))
    assert "2240" in words
    assert write_agreement(session, clock, plan, language).id == write_agreement(session, clock, plan, language).id


def test_a_mandated_collectors_agreement_carries_what_the_law_asks(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(
        session,
        cast.camille(session),
        cast.cabinet_berthier(session, mediator="Médiation des services"),
        24_730,
        letter_ref="L-1",
        letter_sent_on=date(2026, 10, 1),
        on_behalf_of="Maison Ferrand SAS",
        on_behalf_of_address="Bordeaux",
    )
    words = words_in(agreement_sheet(session, accepted(session, clock, debt), "fr"))
    asked = (
        "Exerce une activité de recouvrement amiable",
        "12 rue des Tonneliers",
        "Maison Ferrand SAS, Bordeaux",
        "réf. L-1 du 1er octobre 2026",
        "restent à la charge du créancier",
        "débiteur de mauvaise foi",
        "Médiation des services",
    )
    assert [part for part in asked if part not in words] == []


@pytest.mark.parametrize(("language", "judge"), [("fr", "1343-5 du code civil"), ("es", "1343-5 del Código Civil")])
def test_an_agreement_tells_the_rights_that_stay(
    session: Session, clock: FrozenClock, debt: Debt, language: str, judge: str
) -> None:
    words = words_in(agreement_sheet(session, accepted(session, clock, debt), language))
    assert judge in words
    assert "Points conseil budget" in words


def test_interest_that_goes_on_is_said(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.garage_morel(session), cast.energie_du_lac(session), 24_730)
    words = words_in(agreement_sheet(session, accepted(session, clock, debt), "fr"))
    assert "continuent de courir" in words
    assert "n'ajoute ni frais, ni intérêts" not in words


def test_a_case_file_tells_ledger_words_gate_and_chain(session: Session, clock: FrozenClock, debt: Debt) -> None:
    paid(session, clock, debt, 1_000)
    plan = accepted(session, clock, debt, "oui je confirme")
    talk = cast.conversation_of(session, debt.debtor, debt.creditor)
    say(session, clock, talk, "Bonjour, voici votre dossier.", author="system", solicited=True)
    words = words_in(case_sheet(session, clock, debt.debtor, "fr", None))
    expected = ("-10,00 €", "oui je confirme", "voici votre dossier", "permise", "plan.accepted", f"plan:{plan.id}")
    assert [part for part in expected if part not in words] == []
    exported = export_case(session, clock, debt.debtor, "es")
    assert exported.facts == {"chain_broken_at": None}


def test_a_document_goes_with_a_message(session: Session, clock: FrozenClock, debt: Debt) -> None:
    receipt = make_receipt(session, clock, paid(session, clock, debt, 1_000), "fr")
    talk = cast.conversation_of(session, debt.debtor, debt.creditor)
    key = attach(session, clock, talk, receipt)
    message = say(session, clock, talk, "Voici votre reçu.", author="system", solicited=True, attachments=[key])
    given = session.get_one(Attachment, key)
    session.refresh(given)
    assert given.message_id == message.id
    assert file_of(given).read_bytes() == file_of_document(receipt).read_bytes()


def test_the_same_sheet_gives_the_same_bytes_and_loses_no_letter(clock: FrozenClock) -> None:
    sheet = Sheet(
        "fr",
        "Ñandú",
        "N-1",
        ["Łódź Énergie"],
        ["Zoë Ångström"],
        "ce jour",
        clock.now(),
        "Œuf",
        [Words("€ — « ça » 😀")],
    )
    assert print_sheet(sheet) == print_sheet(sheet)


def test_each_document_is_an_act(session: Session, clock: FrozenClock, debt: Debt) -> None:
    make_receipt(session, clock, paid(session, clock, debt, 1_000), "fr")
    assert session.scalar(select(func.count()).select_from(Document)) == 1
    assert "document.made" in words_in(case_sheet(session, clock, debt.debtor, "fr", None))
