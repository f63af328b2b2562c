"""What nobody said in clear leaves no record: a stop, a complaint, a refusal, a distress that was only guessed."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.consent.contact_wishes import ComplainContact, DataRights, StopContact, in_the_same_half
from actions.given_back import is_given_up
from actions.handover.trouble import Distress, DistressCheckAnswer, Refusal
from actions.identity.somebody_else import WrongPerson
from actions.plans.clear_yes import says_yes
from recovery.clock import FrozenClock
from recovery.consent.records import Complaint, DataRequest, OptOut
from recovery.debts.records import Debt
from recovery.money import Money
from tests import cast
from tests.actions.turns import euros, heard, said, turn_of


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.lucia(session), cast.energie_du_lac(session))


@pytest.mark.parametrize(("sure", "signals", "stopped"), [(0.45, (), 0), (0.6, (), 1), (0.45, ("stop_contact",), 1)])
def test_a_stop_is_said_or_surely_heard(
    session: Session, clock: FrozenClock, debt: Debt, sure: float, signals: tuple[str, ...], stopped: int
) -> None:
    turn = heard(turn_of(session, clock, debt, "he visto algo vuestro"), ("stop_contact", sure), signals=signals)
    StopContact().act(turn)
    assert len(list(session.scalars(select(OptOut)))) == stopped
    assert said(turn) == (["utter_stopped"] if stopped else ["utter_stop_if_meant"])


@pytest.mark.parametrize(
    ("text", "recorded"), [("perdone, salgo del turno. en 3 veces", 0), ("tres sms hoy, basta. lo pago en 3 veces", 1)]
)
def test_a_complaint_beside_a_wish_speaks_of_our_messages(
    session: Session, clock: FrozenClock, debt: Debt, text: str, recorded: int
) -> None:
    turn = heard(turn_of(session, clock, debt, text), ("complain_contact", 0.5), ("request_instalments", 0.5))
    ComplainContact().act(turn)
    assert len(list(session.scalars(select(Complaint)))) == recorded


@pytest.mark.parametrize(("sure", "says"), [(0.66, "utter_distress_check_es"), (0.95, "utter_distress_es")])
def test_a_distress_half_heard_is_asked_about(
    session: Session, clock: FrozenClock, debt: Debt, sure: float, says: str
) -> None:
    turn = heard(turn_of(session, clock, debt, "ya lo veremos"), ("express_distress", sure))
    Distress().act(turn)
    assert said(turn) == [says]


@pytest.mark.parametrize(("text", "leads_to"), [("queria pagar lo mio", "action_pay_now"), ("no quiero pagar", None)])
def test_who_wants_to_pay_refuses_nothing(
    session: Session, clock: FrozenClock, debt: Debt, text: str, leads_to: str | None
) -> None:
    turn = turn_of(session, clock, debt, text)
    Refusal().act(turn)
    assert turn.follow_up == leads_to


def test_the_former_tenant_is_a_ground_and_no_wrong_person(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "eso lo gastó el inquilino anterior")
    heard(turn, ("dispute_amount", 0.9), signals=("wrong_person",))
    WrongPerson().act(turn)
    assert (said(turn), turn.follow_up) == ([], "action_dispute")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("¿de dónde habéis sacado mi número? quiero copia de mis datos", ["access"]),
        ("quiero acceso a mis datos y la limitación del tratamiento", ["access", "restriction"]),
        ("borrad todos mis datos", ["erasure"]),
    ],
)
def test_each_right_that_is_named(
    session: Session, clock: FrozenClock, debt: Debt, text: str, kinds: list[str]
) -> None:
    DataRights().act(turn_of(session, clock, debt, text))
    assert sorted(row.kind for row in session.scalars(select(DataRequest))) == kinds


def test_when_a_right_is_answered(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "quiero una copia de mis datos")
    DataRights().act(turn)
    turn.message.text, turn.responses = "¿y eso cuándo me llega?", []
    DataRights().act(turn)
    assert said(turn) == ["utter_data_request_es_again"]
    assert len(list(session.scalars(select(DataRequest)))) == 1


@pytest.mark.parametrize(
    ("text", "value", "given_up"),
    [
        ("que sean 90 en lugar de 75", "75", True),
        ("plutôt 90 que 75", "75", True),
        ("el 11 mejor q el 10 cobro", "el 10", True),
        ("mejor el 11", "el 11", False),
        ("digo que el 10", "el 10", False),
    ],
)
def test_what_is_said_only_to_be_given_up(text: str, value: str, given_up: bool) -> None:
    assert is_given_up(text, text.index(value)) is given_up


def test_a_sum_given_up_is_not_the_sum_said(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "mejor 90 en lugar de 75", euros(9000), euros(7500))
    for found, start in zip(turn.values, (6, 21), strict=True):
        found["start"] = start
    assert turn.amounts() == [Money(9000)]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("no, a partir de las 7", "18:00", "19:00"),
        ("a partir de las 7 de la mañana", "18:00", "07:00"),
        ("a partir de las 7", None, "07:00"),
        ("a partir de las 11", "09:00", "11:00"),
    ],
)
def test_an_hour_put_right_stays_in_its_half_of_the_day(text: str, before: str | None, after: str) -> None:
    hour = "11:00" if "11" in text else "07:00"
    assert in_the_same_half({"after": hour}, before, text) == {"after": after}


@pytest.mark.parametrize(("text", "yes"), [("c'est bien 164 euros hein", False), ("c'est bien, oui", True)])
def test_a_figure_asked_back_is_no_yes(session: Session, clock: FrozenClock, text: str, yes: bool) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    assert says_yes(turn_of(session, clock, debt, text)) is yes


@pytest.mark.parametrize(
    ("text", "intent", "leads_to"),
    [
        ("no", "deny", "action_distress"),
        ("la verdad es que no", "deny", "action_distress"),
        ("pas vraiment", "out_of_scope", "action_distress"),
        ("regular", "inform", "action_distress"),
        ("no no, estoy bien, era broma", "deny", None),
        ("non non ça va", "deny", None),
        ("oui merci", "affirm", None),
    ],
)
def test_a_no_to_are_you_well_is_taken_at_its_word(
    session: Session, clock: FrozenClock, debt: Debt, text: str, intent: str, leads_to: str | None
) -> None:
    turn = heard(turn_of(session, clock, debt, text), (intent, 0.9))
    turn.conversation.expecting = "distress_check"
    DistressCheckAnswer().act(turn)
    assert turn.follow_up == leads_to
    assert said(turn) == ([] if leads_to else ["utter_glad_you_are_well"])


def test_a_message_told_of_stops_nothing(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = heard(turn_of(session, clock, debt, "me entró un aviso vuestro y ni idea"), ("stop_contact", 0.7))
    StopContact().act(turn)
    assert said(turn) == ["utter_stop_if_meant"]
