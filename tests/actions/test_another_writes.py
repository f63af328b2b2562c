"""Others than the debtor, and what is told of them: who writes, who helps, who died, who lived there before."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.debts.tell_balance import TellBalance
from actions.disputes.dispute import ContestDebt
from actions.identity.another_writes import writes_as_another
from actions.identity.estate import ReportDeceased
from actions.identity.represented import Representative
from actions.identity.somebody_else import ThirdParty, UpdateContact, WrongPerson
from actions.plans.cannot_pay import CannotPay
from actions.session.find_the_way import TakeNo, TakeValue
from actions.turn import Turn
from recovery.clock import FrozenClock
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import disputes_of
from recovery.handover.records import Handover
from tests import cast
from tests.actions.turns import said, turn_of


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.lucia(session), cast.energie_du_lac(session))


def heard(turn: Turn, wish: str, sure: float, *others: str) -> Turn:
    ranking = [{"name": wish, "confidence": sure}, *({"name": other, "confidence": 0.1} for other in others)]
    turn.parsed = {"intent": ranking[0], "intents": ranking[:1], "intent_ranking": ranking}
    return turn


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("Soy la exmujer de Javier Olmedo y quiero saber cuánto debe", True),
        ("je suis sa fille", True),
        ("c'est sa mère qui vous parle", True),
        ("je vous écris pour mon père", True),
        ("soy madre de dos hijos", False),
        ("je suis veuve", False),
        ("c'est mon mari qui garde les papiers", False),
        ("je suis la locataire", False),
    ],
)
def test_the_writer_says_that_they_are_another(text: str, another: bool) -> None:
    assert writes_as_another(text) is another


@pytest.mark.parametrize(
    ("text", "sure", "identity", "leads_to"),
    [
        ("c'est mon mari qui garde les papiers", 0.94, "verified", "action_wait"),
        ("je suis sa fille, il dort", 0.9, "unverified", None),
        ("c'est mon mari qui s'occupe de ça", 0.99, "verified", "action_wait"),
        ("es la cuenta de mi padre, yo le ayudo", 0.99, "unverified", None),
        ("mon mari travaille, c'est pour la facture de mon mari", 0.94, "unverified", None),
        ("mi marido no está, ¿cuánto os debe?", 0.9, "unverified", None),
        ("mon mari est en mer, combien doit-il ?", 0.99, "unverified", None),
    ],
)
def test_a_proof_of_identity_is_not_lost_to_a_guess(
    session: Session, clock: FrozenClock, debt: Debt, text: str, sure: float, identity: str, leads_to: str | None
) -> None:
    turn = heard(turn_of(session, clock, debt, text), "third_party", sure)
    turn.conversation.identity = "verified"
    ThirdParty().act(turn)
    assert (turn.conversation.identity, turn.follow_up) == (identity, leads_to)


@pytest.mark.parametrize(("text", "recorded"), [("yo", 0), ("c'est pour ma mère", 1)])
def test_a_word_alone_is_no_relative(
    session: Session, clock: FrozenClock, debt: Debt, text: str, recorded: int
) -> None:
    turn = heard(turn_of(session, clock, debt, text), "third_party", 0.66)
    turn.conversation.identity, turn.conversation.debtor_id = "unverified", None
    ThirdParty().act(turn)
    assert len(session.scalars(select(Handover)).all()) == recorded
    assert turn.follow_up == (None if recorded else "action_ask_which_wish")


def test_who_asks_for_figures_of_another_opens_no_file(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "Soy la vecina de Lucía, ¿cuánto debe?")
    turn.conversation.identity, turn.conversation.debtor_id = "unverified", None
    TellBalance()._act_or_ask_identity(turn)
    assert (said(turn), turn.follow_up) == ([], "action_third_party")


def test_no_heir_of_theirs_is_no_wrong_person(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "yo no soy heredera")
    turn.context["estate"] = {}
    WrongPerson().act(turn)
    assert (said(turn), turn.follow_up) == ([], "action_answer_family")


@pytest.mark.parametrize("action", [TakeValue, UpdateContact])
def test_the_address_of_a_representative_is_put_right(
    session: Session, clock: FrozenClock, debt: Debt, action: type[TakeValue] | type[UpdateContact]
) -> None:
    turn = turn_of(session, clock, debt, "perdón, lleva un punto", ("email", "s.rey@ejemplo.es"))
    turn.context["representative"] = {"email": "srey@ejemplo.es"}
    action().act(turn)
    assert turn.follow_up == "action_representative"


@pytest.mark.parametrize(
    ("others", "leads_to"), [(("stop_contact", "contact_preference"), "action_note_preference"), ((), None)]
)
def test_a_no_that_names_a_channel_is_about_it(
    session: Session, clock: FrozenClock, debt: Debt, others: tuple[str, ...], leads_to: str | None
) -> None:
    turn = heard(turn_of(session, clock, debt, "ah no, deje el SMS", ("channel", "sms")), "deny", 0.58, *others)
    TakeNo().act(turn)
    assert turn.follow_up == leads_to


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("eso lo lleva mi marido", "utter_a_relative_helps"),
        ("mi hija tiene poderes notariales, me representa ella", "utter_representative"),
        ("eso lo lleva mi abogada", "utter_representative"),
    ],
)
def test_a_relative_who_helps_is_no_representative(
    session: Session, clock: FrozenClock, debt: Debt, text: str, says: str
) -> None:
    turn = heard(turn_of(session, clock, debt, text), "has_representative", 0.8)
    Representative().act(turn)
    assert said(turn)[0] == says
    assert bool(debt.debtor.representative) == (says == "utter_representative")


def test_the_former_tenant_is_contested_and_closes_no_address(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = heard(turn_of(session, clock, debt, "eso es del inquilino anterior"), "wrong_person", 0.9)
    turn.parsed["signals"] = ["wrong_person"]
    WrongPerson().act(turn)
    assert (said(turn), turn.follow_up) == ([], "action_dispute")


@pytest.mark.parametrize(
    ("text", "others", "leads_to"),
    [
        ("mi padre acaba de fallecer y no puedo pagar", ("cannot_pay",), "action_hardship"),
        ("mi padre ha fallecido, era el titular", (), None),
    ],
)
def test_ones_own_mourning_is_a_hard_time(
    session: Session, clock: FrozenClock, debt: Debt, text: str, others: tuple[str, ...], leads_to: str | None
) -> None:
    turn = heard(turn_of(session, clock, debt, text), "report_deceased", 0.6)
    turn.parsed["intents"] += [{"name": other, "confidence": 0.8} for other in others]
    ReportDeceased().act(turn)
    assert turn.follow_up == leads_to


def test_what_is_paid_is_not_what_is_contested(session: Session, clock: FrozenClock, debt: Debt) -> None:
    gym = cast.debt_of(session, debt.debtor, debt.creditor, 6600, reference="F2026-00999", product="gym")
    turn = turn_of(session, clock, debt, "lo otro lo anulé y no lo debo. el gimnasio lo pago mañana")
    ContestDebt().act(heard(turn, "dispute_not_owed", 0.9))
    (dispute,) = disputes_of(session, debt.debtor)
    assert dispute.debt_id == debt.id != gym.id


def test_a_life_event_beside_i_cannot_pay(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "murió mi madre, no puedo pagar", ("hardship_kind", "bereavement"))
    CannotPay().act(turn)
    assert turn.follow_up == "action_hardship"
