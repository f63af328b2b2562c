"""What the law asks to be told, at the moment it matters."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.debts.explain_fees import ExplainFees
from actions.debts.tell_the_law import GiveProof
from actions.handover.trouble import ComplainService, Hardship
from actions.plans.propose_plan import ProposePlan
from recovery.clock import FrozenClock
from recovery.handover.records import Handover
from tests import cast
from tests.actions.turns import said, turn_of


def test_a_consumer_hears_of_the_mediator(session: Session, clock: FrozenClock) -> None:
    creditor = cast.energie_du_lac(session, mediator="Médiateur de l'énergie, mediateur.example")
    debt = cast.debt_of(session, cast.camille(session), creditor)
    turn = turn_of(session, clock, debt, "votre service est lamentable")
    ComplainService().act(turn)
    assert said(turn) == ["utter_service_complaint_noted", "utter_mediator"]
    firm = turn_of(session, clock, cast.debt_of(session, cast.garage_morel(session), creditor), "lamentable")
    ComplainService().act(firm)
    assert said(firm) == ["utter_service_complaint_noted"]


def test_half_way_it_is_said_before_a_yes(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    fresh = turn_of(session, clock, debt, "en trois fois", ("instalment_count", 3))
    ProposePlan().act(fresh)
    assert "utter_acknowledging" not in said(fresh)
    old = cast.debt_of(
        session, cast.lucia(session, country="FR"), debt.creditor, issued_on=date(2025, 1, 1), due_on=date(2025, 2, 1)
    )
    turn = turn_of(session, clock, old, "en trois fois", ("instalment_count", 3))
    ProposePlan().act(turn)
    assert said(turn)[-2:] == ["utter_acknowledging", "utter_ask_plan_acceptance"]


def test_the_debtor_is_told_since_when_no_interest_is_counted(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.garage_morel(session), cast.energie_du_lac(session), due_on=date(2026, 5, 1),
                        issued_on=date(2026, 4, 1))  # fmt: skip
    turn = turn_of(session, clock, debt, "pourquoi des intérêts ?")
    ExplainFees().act(turn)
    assert said(turn)[0] == "utter_interest_not_counted"
    assert turn.responses[0]["day"] == "1er juillet 2026"


def test_a_borrower_in_difficulty_hears_of_the_measures(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session), product="consumer_credit")
    turn = turn_of(session, clock, debt, "j'ai perdu mon travail", ("hardship_kind", "job_loss"))
    Hardship().act(turn)
    assert said(turn) == ["utter_hardship_fr", "utter_forbearance"]


def test_proof_is_sent_for_by_a_person(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session), reference="EL-77")
    turn = turn_of(session, clock, debt, "prouvez-le")
    GiveProof().act(turn)
    assert said(turn) == ["utter_proof_asked"]
    asked = session.scalars(select(Handover).where(Handover.conversation_id == turn.conversation.id)).one()
    assert asked.summary["extra"]["proof_for"] == ["EL-77"]


def test_a_mortgage_is_a_persons_matter(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session), product="mortgage")
    turn = turn_of(session, clock, debt, "en trois fois", ("instalment_count", 3))
    ProposePlan().act(turn)
    assert (said(turn), turn.follow_up) == ([], "action_call_a_person")


def test_what_is_told_later_hides_no_kind_told_before(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    Hardship().act(turn_of(session, clock, debt, "j'ai perdu mon travail", ("hardship_kind", "job_loss")))
    Hardship().act(turn_of(session, clock, debt, "et j'ai trois enfants et un loyer"))
    assert debt.debtor.hardship_kind == "job_loss"
