"""One thing said is one thing done: no second page, no plan of one sum, no channel of whoever stops us, no refusal of nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.consent.contact_wishes import ComplainContact, DataRights, NotePreference, StopContact
from actions.handover.trouble import ComplainService, Refusal
from actions.payments.follow_payment import GiveReceipt
from actions.payments.pay import PayPart, TellPaymentMethods
from actions.plans.clear_yes import says_yes
from actions.plans.promise import DropPromise
from actions.plans.propose_plan import ProposePlan
from actions.session.find_the_way import TakeNo
from recovery.clock import FrozenClock
from recovery.consent.records import Complaint, DataRequest, OptOut
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.handover.records import Handover
from tests import cast
from tests.actions.turns import euros, heard, said, turn_of


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.lucia(session), cast.energie_du_lac(session))


@pytest.mark.parametrize(
    ("text", "values", "leads_to"),
    [
        ("os puedo dar 150 el 30 de noviembre", [euros(15000), ("date", "2026-11-30")], "action_promise"),
        ("os puedo dar 50 el 30", [euros(5000), ("date", "2026-11-30")], None),
        ("50 a partir del 30 de noviembre", [euros(5000), ("date", "2026-11-30")], None),
        ("50 al mes el 30 de noviembre", [euros(5000), ("date", "2026-11-30"), ("period", "month")], None),
    ],
)
def test_one_sum_on_one_day_is_no_plan(
    session: Session, clock: FrozenClock, debt: Debt, text: str, values: list[Any], leads_to: str | None
) -> None:
    turn = heard(turn_of(session, clock, debt, text, *values), ("propose_plan", 0.5))
    ProposePlan().act(turn)
    assert turn.follow_up == leads_to


def test_a_way_to_pay_is_given_once_a_message(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "pago los 150 ya, con tarjeta", euros(15000), ("payment_method", "card"))
    PayPart().act(turn)
    before = said(turn)
    TellPaymentMethods().act(turn)
    assert (said(turn), turn.follow_up) == (before, None)


def test_who_stops_us_everywhere_prefers_no_channel(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "ni por sms ni por correo, nunca más", ("channel", "sms"))
    NotePreference().act(heard(turn, ("stop_contact", 0.9), ("contact_preference", 0.7), signals=("stop_contact",)))
    assert (said(turn), debt.debtor.preferences) == ([], {})


@pytest.mark.parametrize(
    ("text", "complaints"),
    [("los domingos no me escriban, por favor", 0), ("me llamáis los domingos, no me llaméis en domingo", 1)],
)
def test_a_wish_for_later_complains_of_nothing(
    session: Session, clock: FrozenClock, debt: Debt, text: str, complaints: int
) -> None:
    turn = heard(turn_of(session, clock, debt, text), ("contact_preference", 0.95), signals=("complain_contact",))
    turn.parsed["intents"].append({"name": "complain_contact", "confidence": 0.01})
    ComplainContact().act(turn)
    assert len(session.scalars(select(Complaint)).all()) == complaints


@pytest.mark.parametrize(("wish", "action"), [("stop_contact", StopContact), ("complain_contact", ComplainContact)])
def test_the_wrong_person_asks_whether_we_write_again(
    session: Session, clock: FrozenClock, debt: Debt, wish: str, action: type[StopContact] | type[ComplainContact]
) -> None:
    turn = heard(turn_of(session, clock, debt, "¿y me volverán a escribir?"), (wish, 0.99))
    turn.conversation.identity, turn.context["wrong_person"] = "unverified", True
    action().act(turn)
    assert said(turn) == ["utter_nothing_to_do_for_others"]
    assert session.scalars(select(OptOut)).all() == session.scalars(select(Complaint)).all() == []


def test_no_just_one_of_those_listed(session: Session, clock: FrozenClock, debt: Debt) -> None:
    other = cast.debt_of(session, debt.debtor, debt.creditor, 6600, reference="F2026-00999", product="gym")
    turn = heard(turn_of(session, clock, debt, "ah no, solo la del gimnasio"), ("deny", 0.8))
    TakeNo().act(turn)
    assert (said(turn), turn.context["chosen"]) == (["utter_what_can_be_done"], [str(other.id)])


@pytest.mark.parametrize(
    ("text", "wish", "values", "stopped"),
    [
        ("de noche no me escribáis, que madrugo", "contact_preference", [], 0),
        ("no me escribáis nunca más de noche ni de día", "contact_preference", [], 1),
        ("de noche no me escribáis", "stop_contact", [], 1),
        ("ah no, al final seguid por sms", "deny", [("channel", "sms")], 0),
        ("no quiero más sms", "deny", [("channel", "sms")], 1),
        ("sí, y ya lo dejo quieto", "stop_contact", [], 0),
        ("sí, y no más mensajes", "stop_contact", [], 1),
    ],
)
def test_a_time_or_a_channel_kept_stops_nothing(
    session: Session, clock: FrozenClock, debt: Debt, text: str, wish: str, values: list[Any], stopped: int
) -> None:
    signals = ("stop_contact",) if "no me" in text else ()
    turn = heard(turn_of(session, clock, debt, text, *values), (wish, 0.67), ("stop_contact", 0.91), signals=signals)
    StopContact().act(turn)
    assert len(session.scalars(select(OptOut)).all()) == stopped


@pytest.mark.parametrize("held", [True, False])
def test_so_i_pay_nothing_then(session: Session, clock: FrozenClock, debt: Debt, held: bool) -> None:
    if held:
        freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind="dispute")
    turn = turn_of(session, clock, debt, "entonces no pago, ¿eh?")
    Refusal().act(turn)
    assert said(turn) == ["utter_all_on_hold" if held else "utter_refusal_heard"]
    assert len(session.scalars(select(Handover)).all()) == (not held)


@pytest.mark.parametrize(("text", "complaints"), [("y el SEPE no me contesta", 0), ("y ustedes no me contestan", 1)])
def test_who_else_leaves_them_without_an_answer(
    session: Session, clock: FrozenClock, debt: Debt, text: str, complaints: int
) -> None:
    turn = heard(turn_of(session, clock, debt, text), ("complain_service", 0.74))
    turn.conversation.expecting = "hardship_told"
    ComplainService().act(turn)
    assert len(session.scalars(select(Complaint)).all()) == complaints


def test_a_receipt_is_asked_for_before_paying(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "¿me dan un recibo una vez pagado?")
    GiveReceipt().act(turn)
    assert said(turn) == ["utter_receipt_to_come"]


def test_the_bill_does_not_go_with_the_data(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "¿y la deuda se borra con eso?")
    turn.conversation.expecting = "data_request_noted"
    DataRights().act(turn)
    assert said(turn) == ["utter_data_request_keeps_the_bill"]
    assert session.scalars(select(DataRequest)).all() == []


@pytest.mark.parametrize(("text", "yes"), [("siiii", True), ("noooo", False)])
def test_a_yes_drawn_out(session: Session, clock: FrozenClock, debt: Debt, text: str, yes: bool) -> None:
    assert says_yes(turn_of(session, clock, debt, text)) is yes


def test_nothing_to_add_here_and_a_yes_there(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "de lo otro nada que añadir. y sí, el 5")
    DropPromise().act(turn)
    assert turn.follow_up == "action_confirm_promise"
