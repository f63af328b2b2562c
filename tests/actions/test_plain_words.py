"""What a message plainly says is answered as that, whatever it was read as; and only where it says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from actions.session.plain_words import answers_plain_words
from actions.turn import Turn
from recovery.clock import FrozenClock
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.handover.hand_over import open_handover
from tests import cast
from tests.actions.turns import euros, said, turn_of


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.lucia(session), cast.energie_du_lac(session))


def told(turn: Turn, action: str, *signals: str) -> list[str]:
    turn.parsed = {"signals": list(signals)}
    answered = answers_plain_words(turn, action)
    assert answered == bool(turn.responses)
    return said(turn)


@pytest.mark.parametrize(
    ("text", "action", "says"),
    [
        ("désolée pour tout à l'heure", "action_distress", ["utter_no_harm_done"]),
        ("perdone el tono, he tenido un mal día", "action_calm", ["utter_no_harm_done"]),
        ("excusez-moi, ce n'est pas contre vous", "action_ask_which_wish", ["utter_no_harm_done"]),
        ("lo siento, ustedes no tienen la culpa", "action_complain_contact", ["utter_no_harm_done"]),
        ("pardon, je n'ai pas compris", "action_ask_which_wish", []),
        ("perdone, no puedo pagar", "action_ask_which_wish", []),
        ("désolé mais je conteste", "action_ask_which_wish", []),
        ("pardon ?", "action_ask_which_wish", []),
        ("je vais y réfléchir", "action_tell_consequences", ["utter_take_your_time"]),
        ("lo hablo antes con mi marido", "action_distress", ["utter_take_your_time"]),
        ("me lo pienso", "action_dispute_status", ["utter_take_your_time"]),
        ("je reviens vers vous demain", "action_ask_which_wish", ["utter_take_your_time"]),
        ("mon mari est malade", "action_hardship", []),
    ],
)
def test_sorry_and_thinking_it_over(
    session: Session, clock: FrozenClock, debt: Debt, text: str, action: str, says: list[str]
) -> None:
    assert told(turn_of(session, clock, debt, text), action) == says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Et d'ici là, vous ne m'écrivez pas, d'accord ?", ["utter_no_reminders_until"]),
        ("mientras tanto no me vais a llamar, ¿no?", ["utter_no_reminders_until"]),
        ("vous ne m'écrivez pas, d'accord ?", []),
    ],
)
def test_whether_we_write_meanwhile(
    session: Session, clock: FrozenClock, debt: Debt, text: str, says: list[str]
) -> None:
    until = clock.now().date() + timedelta(days=20)
    freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind="delay", until=until)
    assert told(turn_of(session, clock, debt, text), "action_stop_contact") == says


@pytest.mark.parametrize("signal", ["express_distress", "report_deceased", "stop_contact", "ask_human"])
def test_a_net_is_never_taken_for_an_apology(session: Session, clock: FrozenClock, debt: Debt, signal: str) -> None:
    assert told(turn_of(session, clock, debt, "pardon pour tout à l'heure"), "action_distress", signal) == []


def test_a_sum_beside_an_apology_is_heard(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "perdone el tono. puedo 30", euros(3000))
    assert told(turn, "action_ask_which_wish") == []


@pytest.mark.parametrize(
    ("text", "expecting", "says"),
    [
        ("pourquoi vous demandez mon code postal ?", "identity_second_fact", "utter_identity_as_you_like"),
        ("¿para qué necesitáis mi fecha de nacimiento?", "identity_reference", "utter_identity_as_you_like"),
        ("pk vous voulez son mail", "representative_contact", "utter_representative_why"),
        ("¿y el número para qué?", "overindebtedness_facts", "utter_overindebtedness_why"),
    ],
)
def test_why_we_ask_is_no_request_on_ones_data(
    session: Session, clock: FrozenClock, debt: Debt, text: str, expecting: str, says: str
) -> None:
    turn = turn_of(session, clock, debt, text)
    turn.conversation.expecting = expecting
    turn.conversation.identity = "unverified" if expecting.startswith("identity") else "verified"
    assert told(turn, "action_data_request") == [says]


@pytest.mark.parametrize("text", ["pourquoi vous avez mon numéro ?", "quiero saber qué datos tenéis de mí"])
def test_where_we_have_it_from_is_one(session: Session, clock: FrozenClock, debt: Debt, text: str) -> None:
    turn = turn_of(session, clock, debt, text)
    turn.conversation.identity = "unverified"
    assert told(turn, "action_data_request") == []


@pytest.mark.parametrize(
    ("text", "signals", "paused", "says"),
    [
        ("vous ne m'écrirez plus d'ici là ?", ("stop_contact",), True, ["utter_no_reminders_until"]),
        ("¿y mientras ya no me escribís más?", (), True, ["utter_no_reminders_until"]),
        ("vous ne m'écrirez plus d'ici là ?", ("stop_contact",), False, []),
        ("vous pouvez arrêter de m'écrire, plus de messages ?", ("stop_contact",), True, []),
        ("ne m'écrivez plus d'ici là", ("stop_contact",), True, []),
    ],
)
def test_asking_whether_we_write_stops_nothing_while_a_pause_runs(
    session: Session, clock: FrozenClock, debt: Debt, text: str, signals: tuple[str, ...], paused: bool, says: list[str]
) -> None:
    turn = turn_of(session, clock, debt, text)
    if paused:
        freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind="delay", until=turn.today + timedelta(9))
    assert told(turn, "action_stop_contact", *signals) == says


@pytest.mark.parametrize(("noted", "says"), [(True, ["utter_still_stands"]), (False, [])])
def test_whether_a_request_stands_contests_nothing(
    session: Session, clock: FrozenClock, debt: Debt, noted: bool, says: list[str]
) -> None:
    turn = turn_of(session, clock, debt, "¿eso no anula mi solicitud, verdad?")
    turn.context = {"data_answer_due": "2026-12-22"} if noted else {}
    assert told(turn, "action_dispute") == says


def test_two_wishes_heard_in_one_message_are_answered_once(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "lo hablo antes con mi marido")
    assert told(turn, "action_distress") == ["utter_take_your_time"]
    assert answers_plain_words(turn, "action_tell_consequences") and said(turn) == ["utter_take_your_time"]


@pytest.mark.parametrize(
    "text",
    [
        "je demande pardon à mes enfants, demain tout sera fini",
        "perdone, usted no tiene la culpa, ya no aguanto",
        "cojo el coche y busco un muro, lo pienso en serio",
        "disculpe el tono, pero no puedo más con esto",
    ],
)
def test_distress_is_never_taken_for_a_courtesy(session: Session, clock: FrozenClock, debt: Debt, text: str) -> None:
    assert told(turn_of(session, clock, debt, text), "action_distress") == []


def test_what_may_be_distress_is_met_with_no_courtesy(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "perdone, usted no tiene la culpa de nada")
    turn.parsed = {"signals": [], "intent_ranking": [{"name": "out_of_scope"}, {"name": "express_distress"}]}
    assert not answers_plain_words(turn, "action_ask_which_wish")


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("d'où vous avez mon numéro ?", []),
        ("effacez mon numéro de vos fichiers", ["erasure"]),
        ("borren mis datos", ["erasure"]),
    ],
)
def test_a_wrong_persons_right_goes_to_a_person(
    session: Session, clock: FrozenClock, debt: Debt, text: str, rights: list[str]
) -> None:
    turn = turn_of(session, clock, debt, text)
    turn.conversation.identity = "unverified"
    turn.context["wrong_person"] = True
    assert told(turn, "action_data_request") == ["utter_where_from"]
    handover = open_handover(session, turn.conversation, "data_rights")
    assert (handover.summary["extra"]["rights"] if handover else []) == rights
