"""What was said a moment ago decides what a word means now: a sum told late, a question beside a plan, a relative's facts."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.consent.contact_wishes import ComplainContact
from actions.disputes.dispute import AddToDispute, ContestDebt
from actions.handover.trouble import Distress, Hardship, HearHardship, LegalThreat, Refusal
from actions.heard_first import says_own_file
from actions.identity.estate import ReportDeceased
from actions.identity.identify import Identify
from actions.identity.somebody_else import ThirdParty, WrongPerson
from actions.payments.follow_payment import Refund
from actions.payments.report_payment import TakePaymentFacts
from actions.plans.cannot_pay import CannotPay
from actions.plans.change_of_mind import ChangeOfMind
from actions.plans.change_plan import ChangePlan
from actions.plans.clear_yes import says_yes
from actions.plans.give_time import GiveTime
from actions.plans.plan_status import CancelPlan
from actions.plans.plan_wish import wish_so_far
from actions.plans.promise_wish import gather
from actions.plans.propose_plan import ProposePlan
from actions.turn import Turn
from recovery.clock import FrozenClock
from recovery.consent.records import Complaint
from recovery.debts.freeze import active_holds
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import disputes_of
from recovery.money import Money
from recovery.payments.records import DeclaredPayment
from recovery.session.records import Message
from tests import cast
from tests.actions.turns import euros, said, turn_of


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.lucia(session), cast.energie_du_lac(session))


def test_a_sum_told_late_completes_the_payment_declared(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "hace dos semanas", ("date", "2026-11-13"))
    TakePaymentFacts().act(turn)
    assert said(turn) == ["utter_payment_to_check"]
    assert turn.conversation.expecting == "payment_noted"
    turn.responses, turn.values = [], [{"entity": "amount", "value": {"cents": 22000, "currency": "EUR"}}]
    turn.message.text = "fueron 220"
    TakePaymentFacts().act(turn)
    assert said(turn) == ["utter_payment_facts_added"]
    (declared,) = session.scalars(select(DeclaredPayment).where(DeclaredPayment.debt_id == debt.id))
    assert (declared.amount_cents, str(declared.paid_on), declared.words) == (
        22000,
        "2026-11-13",
        "hace dos semanas\nfueron 220",
    )


@pytest.mark.parametrize(
    ("text", "leads_to"),
    [("cuando es el primero?", "action_plan_status"), ("mejor el primero", "action_promise")],
)
def test_a_question_about_the_day_moves_nothing(
    session: Session, clock: FrozenClock, debt: Debt, text: str, leads_to: str
) -> None:
    turn = turn_of(session, clock, debt, text, ("date", "2026-12-01"))
    turn.parsed = {"intent": {"name": "ask_due_date"}}
    ChangeOfMind().act(turn)
    assert turn.follow_up == leads_to


def test_a_guess_nobody_is_sure_of_changes_nothing(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "anulalo, mejor lo pago entero")
    turn.parsed = {"intent": {"name": "contact_preference"}, "doubtful": True}
    ChangeOfMind().act(turn)
    assert turn.follow_up == "action_ask_which_wish"


def test_charged_too_much_before_any_payment_contests_the_sum(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "que me habéis cobrado de más")
    Refund().act(turn)
    assert (turn.follow_up, turn.responses) == ("action_dispute", [])


def test_a_lawyer_taken_for_a_relative_is_a_representative(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "soy el abogado de Lucía y escribo en su nombre")
    ThirdParty().act(turn)
    assert (turn.follow_up, turn.responses) == ("action_representative", [])


@pytest.mark.parametrize("proof", ["su fecha es 02/07/1991", "02/07/1991"])
def test_a_relative_proves_nothing_by_the_facts_of_another(
    session: Session, clock: FrozenClock, debt: Debt, proof: str
) -> None:
    turn = _relative_with(session, clock, debt, f"{debt.reference} {proof}")
    Identify().act(turn)
    assert turn.follow_up == "action_third_party"
    assert (turn.conversation.identity, turn.conversation.claimed.get("second")) == ("unverified", None)


def test_a_relative_who_is_not_the_debtor_is_no_wrong_person(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = _relative_with(session, clock, debt, "no sé su fecha de nacimiento")
    WrongPerson().act(turn)
    assert turn.follow_up == "action_third_party"
    turn.follow_up, turn.parsed = None, {"signals": ["wrong_person"]}
    WrongPerson().act(turn)
    assert said(turn)[-1] == "utter_wrong_person"


def test_a_neighbour_who_guesses_locks_the_file(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = _relative_with(session, clock, debt, f"{debt.reference} 01/01/1980")
    for _ in range(3):
        Identify().act(turn)
    assert (turn.conversation.identity, said(turn)[-1]) == ("locked", "utter_identity_locked")


def _relative_with(session: Session, clock: FrozenClock, debt: Debt, proof: str) -> Turn:
    """A relative said whom they write for, then gives these facts."""
    turn = turn_of(session, clock, debt, "soy la hija, mi madre no entiende esto")
    ThirdParty().act(turn)
    turn.message = Message(
        conversation_id=turn.conversation.id, seq=2, author="debtor", author_name="", text=proof, language="es",
        sent_at=clock.now(),
    )  # fmt: skip
    session.add(turn.message)
    session.flush()
    return turn


def _guessed(turn: Turn, *signals: str) -> list[str]:
    turn.parsed = {"intent": {"name": "express_distress"}, "doubtful": True, "signals": list(signals)}
    Distress().act(turn)
    return said(turn)


@pytest.mark.parametrize(("words", "accepts"), [("eso es", True), ("eso es todo", False), ("claro que no", False)])
def test_what_only_looks_like_a_yes_agrees_to_nothing(
    session: Session, clock: FrozenClock, debt: Debt, words: str, accepts: bool
) -> None:
    assert says_yes(turn_of(session, clock, debt, words)) is accepts


def test_a_plan_from_a_day_of_the_month_begins_on_the_next_one(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    turn = turn_of(session, clock, debt, "50 al mes desde el 1", ("date", "2026-11-01"), ("period", "month"))
    assert str(wish_so_far(turn, Money(24730)).first) == "2026-12-01"


def test_what_is_only_guessed_beside_a_question_opens_no_other(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    turn = turn_of(
        session, clock, debt, "60 al mes", ("amount", {"cents": 6000, "currency": "EUR"}), ("period", "month")
    )
    ProposePlan().act(turn)
    shown = said(turn)
    turn.asked = False  # each action of a message has a turn of its own
    GiveTime().act(turn)
    CancelPlan().act(turn)
    assert (said(turn), turn.conversation.expecting) == (shown, "plan_acceptance")


def test_the_others_asked_about_while_one_is_paid_are_promised(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    cast.debt_of(session, debt.debtor, debt.creditor)
    turn = turn_of(session, clock, debt, "et les deux autres en décembre ?")
    turn.conversation.expecting = "payment_given"
    ChangePlan().act(turn)
    assert turn.follow_up == "action_promise"


def test_a_complaint_made_laughing_is_noted_once_it_is_meant(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "me vais a matar con tanto mensaje 😂")
    ComplainContact().act(turn)
    assert said(turn) == ["utter_contact_complaint_if_meant"]
    assert session.scalars(select(Complaint).where(Complaint.conversation_id == turn.conversation.id)).all() == []


@pytest.mark.parametrize(("words", "contested"), [("los fines de semana nunca", 0), ("no debo nada, llamad tarde", 1)])
def test_when_to_write_contests_nothing_by_itself(
    session: Session, clock: FrozenClock, debt: Debt, words: str, contested: int
) -> None:
    turn = turn_of(session, clock, debt, words)
    turn.parsed = {"intent": {"name": "contact_preference"}, "intents": [{"name": "dispute_service"}]}
    ContestDebt().act(turn)
    assert len(disputes_of(session, debt.debtor)) == contested


def test_what_is_not_theirs_said_by_the_debtor_is_contested(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "no reconozco este importe")
    WrongPerson().act(turn)
    assert (turn.follow_up, turn.responses) == ("action_dispute", [])


def test_instalments_refused_for_the_whole_sum_refuse_nothing(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "non je veux tout payer d'un coup")
    Refusal().act(turn)
    assert (turn.follow_up, turn.responses) == ("action_pay_now", [])


def test_a_mere_guess_of_distress_gets_a_calm_question(session: Session, clock: FrozenClock, debt: Debt) -> None:
    assert _guessed(turn_of(session, clock, debt, "k kereis")) == ["utter_distress_check_es"]
    heard = turn_of(session, clock, debt, "no puedo más, quiero morirme")
    assert _guessed(heard, "express_distress") == ["utter_distress_es"]
    assert "distress" in [hold.kind for hold in active_holds(session, clock, debt.debtor_id, debt.id)]


def test_hardship_is_answered_once_and_the_rest_is_heard(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "me he quedado en paro y no puedo pagar")
    turn.parsed = {"intent": {"name": "cannot_pay"}, "intents": [{"name": "cannot_pay"}, {"name": "report_hardship"}]}
    CannotPay().act(turn)
    Hardship().act(turn)
    assert said(turn) == ["utter_hardship_es"]
    turn.responses, turn.message.text = [], "tengo tres hijos"
    HearHardship().act(turn)
    assert said(turn) == ["utter_hardship_heard"]
    turn.responses, turn.values = [], [{"entity": "amount", "value": {"cents": 3000, "currency": "EUR"}}]
    HearHardship().act(turn)
    assert (said(turn), turn.follow_up) == ([], "action_propose_plan")


def test_two_halves_on_two_days_begin_on_the_first(session: Session, clock: FrozenClock, debt: Debt) -> None:
    half = ("share", {"numerator": 1, "denominator": 2})
    days = [("date", "2026-12-05"), ("date", "2027-01-05")]
    turn = turn_of(session, clock, debt, "la mitad el 5 de diciembre y la otra mitad el 5 de enero", half, *days)
    assert str(wish_so_far(turn, Money(24730)).first) == "2026-12-05"


def test_a_fraud_told_again_with_the_police_stays_a_fraud(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "han usado mi DNI, yo no firmé nada")
    turn.parsed = {"intent": {"name": "dispute_fraud"}, "intents": [{"name": "dispute_fraud"}]}
    ContestDebt().act(turn)
    turn.message.text, turn.responses = "lo denuncié en comisaría en marzo", []
    turn.parsed = {"intent": {"name": "legal_threat"}, "intents": [{"name": "legal_threat"}, {"name": "dispute_fraud"}]}
    LegalThreat().act(turn)
    ContestDebt().act(turn)
    assert said(turn) == ["utter_dispute_added"]
    assert [dispute.kind for dispute in disputes_of(session, debt.debtor)] == ["fraud"]


def test_words_said_before_the_debt_was_named_are_the_words_of_the_dispute(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    cast.debt_of(session, debt.debtor, debt.creditor, 4000)
    turn = turn_of(session, clock, debt, "una de las dos no la he pedido nunca")
    turn.parsed = {"intent": {"name": "dispute_not_owed"}}
    ContestDebt().act(turn)
    entity, value = euros(4000)
    turn.message.text, turn.values = "la de 40, yo no compro por internet", [{"entity": entity, "value": value}]
    ContestDebt().act(turn)
    [dispute] = disputes_of(session, debt.debtor)
    assert dispute.words == "una de las dos no la he pedido nunca\nla de 40, yo no compro por internet"


def test_the_other_debt_in_two_times_is_no_word_of_the_dispute(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    cast.debt_of(session, debt.debtor, debt.creditor, 4000)
    turn = turn_of(session, clock, debt, "la primera no es mía")
    turn.parsed = {"intent": {"name": "dispute_not_owed"}}
    ContestDebt().act(turn)
    turn.message.text, turn.values = "la otra en 2", [{"entity": "instalment_count", "value": 2}]
    turn.parsed = {"intent": {"name": "inform"}}
    AddToDispute().act(turn)
    assert turn.follow_up == "action_propose_plan"


def test_a_death_is_never_to_come(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "murió el 3 de diciembre", ("date", "2026-12-03"))
    ReportDeceased().act(turn)
    assert turn.context["estate"]["reported_date"] == "2025-12-03"


@pytest.mark.parametrize(
    ("text", "says"), [("c'est moi qui paie pour elle", False), ("c'est moi", True), ("soy yo quien paga", False)]
)
def test_whoever_pays_for_another_is_not_the_other(text: str, says: bool) -> None:
    assert says_own_file(text) is says


def test_no_day_of_the_month_alone_is_gone_by_in_a_promise(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "mejor el 4")
    gone = turn.today.replace(day=1)
    turn.values = [{"entity": "date", "value": gone.isoformat(), "text": f"el {gone.day}"}]
    turn.conversation.expecting = "promise_made"
    kept = gather(turn, [debt])
    assert date.fromisoformat(kept["day"]) >= turn.today
