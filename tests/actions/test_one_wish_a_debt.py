"""Two debts, two wishes, one message: each is recorded on the debt that it names, after its own yes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.consent.contact_wishes import StopContact
from actions.debts.choose_debt import ChooseDebt
from actions.debts.cut_by_debt import halves_of
from actions.debts.left_alone import AskOfTheOther
from actions.payments.pay import PayNow
from actions.plans.accept_plan import AcceptPlan
from actions.plans.change_plan import ChangePlan, ConfirmChangePlan
from actions.plans.plan_status import PlanStatus
from actions.plans.promise import ConfirmPromise, TakePromise
from actions.plans.propose_plan import ProposePlan
from actions.turn import Turn
from bot.listening.values import read_values
from recovery.clock import FrozenClock
from recovery.debts.records import Debt
from recovery.payments.records import PaymentIntent
from recovery.plans.records import Plan, Promise
from recovery.session.receive import receive
from recovery.session.records import Conversation
from recovery.settings import settings
from recovery.store import transaction
from tests import cast
from tests.actions.turns import turn_of
from tests.fakes.surroundings import surround

SUNDAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def surroundings(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    surround(monkeypatch, database, tmp_path)
    yield
    settings.cache_clear()


def read(text: str, language: str) -> list[dict[str, Any]]:
    found = read_values(text, language, SUNDAY, None)
    return [{"entity": f.entity, "value": f.value, "start": f.start, "end": f.end, "text": f.text} for f in found]


def two_debts(session: Session) -> list[Debt]:
    """80.00 and 240.00 euros, the older one first."""
    debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
    first = cast.debt_of(session, debtor, creditor, 8000, due_on=date(2026, 8, 1))
    return [first, cast.debt_of(session, debtor, creditor, 24000, due_on=date(2026, 9, 1))]


def heard(session: Session, clock: FrozenClock, debts: list[Debt], text: str, *wishes: str) -> Turn:
    turn = turn_of(session, clock, debts[0], text)
    turn.values = read(text, "es" if {"la", "y", "el"} & set(text.split()) - {"la"} else "fr")
    turn.parsed = {"intent": {"name": wishes[0] if wishes else ""}, "intents": [{"name": wish} for wish in wishes]}
    return turn


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("la de 80 ya y la otra en 3 pagos", ("pay_now", 0), ("request_instalments", 1)),
        ("celle de 80 tout de suite et l'autre en 3 fois", ("pay_now", 0), ("request_instalments", 1)),
        ("la segunda el 15 y la primera en 2 veces", ("promise_to_pay", 1), ("request_instalments", 0)),
        ("la deuxième le 15, et la première en 2 fois", ("promise_to_pay", 1), ("request_instalments", 0)),
        ("la première je la paie et la 2 le 15", ("pay_now", 0), ("promise_to_pay", 1)),
        ("l'autre en 3 fois mais celle de 80 maintenant", ("request_instalments", 1), ("pay_now", 0)),
        ("30 de la primera y 50 de la segunda", ("pay_part", 0), ("pay_part", 1)),
        ("la grosse en 3 fois et la petite maintenant", ("request_instalments", 1), ("pay_now", 0)),
        ("la más antigua la pago hoy, la nueva en 4 plazos", ("pay_now", 0), ("request_instalments", 1)),
        ("80 le 5 et 240 le 20", ("promise_to_pay", 0), ("promise_to_pay", 1)),
        (
            "pour la première je paie le 5, pour la deuxième en quatre fois",
            ("promise_to_pay", 0),
            ("request_instalments", 1),
        ),
        ("je règle la première aujourd'hui et l'autre le 20 décembre", ("pay_now", 0), ("promise_to_pay", 1)),
        (
            "la primera la pago mañana con tarjeta; para la segunda necesito más tiempo",
            ("promise_to_pay", 0),
            ("request_delay", 1),
        ),
        ("el primero el viernes. el segundo en tres veces porfa", ("promise_to_pay", 0), ("request_instalments", 1)),
        ("pago ya la primera y la otra a plazos", ("pay_now", 0), ("request_instalments", 1)),
        ("l'autre en 3 fois, et celle de 80 je paye par carte", ("request_instalments", 1), ("pay_now", 0)),
        ("una el 15 y la otra a plazos", ("promise_to_pay", None), ("request_instalments", None)),
        ("la primera el 5 y la segunda, a partir del 10, 60 al mes", ("promise_to_pay", 0), ("request_instalments", 1)),
    ],
)
def test_each_half_keeps_to_the_debt_it_names(
    session: Session, clock: FrozenClock, words: str, first: tuple[str, int | None], second: tuple[str, int | None]
) -> None:
    debts = two_debts(session)
    halves = halves_of(heard(session, clock, debts, words), debts)
    at = {str(debt.id): n for n, debt in enumerate(debts)}
    assert [(half.intent, at[half.debts[0]] if half.debts else None) for half in halves] == [first, second]


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("la primera y la segunda el 15", ["promise_to_pay"]),
        ("je paie la première et la deuxième en 3 fois", ["request_instalments"]),
        ("200 maintenant et le reste en 10 fois", ["pay_part", "request_instalments"]),
        ("les deux en 3 fois, le premier paiement le 5", ["request_instalments"]),
        ("la première date du 5 août 2026 et la deuxième du 20 septembre 2026", ["ask_due_date"]),
        ("en 3 fois, le premier le 5 et le deuxième le 20", ["request_instalments"]),
        ("la primera el 15 y la segunda también el mismo día", ["promise_to_pay"]),
        ("la première le 15 et la deuxième aussi si possible", ["promise_to_pay"]),
        ("la première je ne peux pas et la deuxième non plus", ["cannot_pay"]),
    ],
)
def test_one_wish_over_both_is_left_whole(session: Session, clock: FrozenClock, words: str, wishes: list[str]) -> None:
    debts = two_debts(session)
    assert halves_of(heard(session, clock, debts, words, *wishes), debts) == []


def test_contested_and_promised_in_one_breath(session: Session, clock: FrozenClock) -> None:
    debts = two_debts(session)
    turn = heard(session, clock, debts, "la primera no la debo y la otra el 15", "dispute_not_owed", "promise_to_pay")
    wishes = [(half.intent, half.debts) for half in halves_of(turn, debts)]
    assert wishes == [("dispute_not_owed", [str(debts[0].id)]), ("promise_to_pay", [str(debts[1].id)])]


@pytest.mark.parametrize(
    ("words", "intents"),
    [
        ("la primera no es mia, la segunda la pago el 15", ["dispute_not_owed", "promise_to_pay"]),
        ("la première je ne la dois pas et la deuxième en 3 fois", ["dispute_not_owed", "request_instalments"]),
        ("no reconozco la primera, y la otra a plazos de 60 al mes", ["dispute_not_owed", "request_instalments"]),
        ("la primera no puedo, la segunda el 15", ["left_alone", "promise_to_pay"]),
        ("la première pas maintenant, l'autre en 3 fois", ["left_alone", "request_instalments"]),
        ("la de 80 ya y la de 240 en 3 meses", ["pay_now", "request_instalments"]),
        ("celle de 80 tout de suite et celle de 240 en trois mois", ["pay_now", "request_instalments"]),
        ("la primera el 15 y la segunda en 3 meses", ["promise_to_pay", "request_instalments"]),
        ("la primera el 15 y la segunda ya lo veremos más adelante", ["promise_to_pay", "left_alone"]),
        ("la première le 15, la deuxième je ne sais pas encore", ["promise_to_pay", "left_alone"]),
        ("la premiere en 2 fois et la deuxieme en 4", ["request_instalments", "request_instalments"]),
        ("la primera la pago el viernes y mejor solo la segunda en 4", ["promise_to_pay", "request_instalments"]),
    ],
)
def test_what_is_said_of_one_debt_is_never_put_on_the_other(
    session: Session, clock: FrozenClock, words: str, intents: list[str]
) -> None:
    debts = two_debts(session)
    halves = halves_of(heard(session, clock, debts, words, "promise_to_pay"), debts)
    assert [half.intent for half in halves] == intents
    assert halves[-1].debts == [str(debts[1].id)]


class Talk:
    """One debtor of two debts, her messages answered by the actions as the dialogue would run them."""

    ACTIONS = (
        PayNow,
        TakePromise,
        ConfirmPromise,
        ProposePlan,
        AcceptPlan,
        ChooseDebt,
        StopContact,
        ChangePlan,
        ConfirmChangePlan,
        PlanStatus,
        AskOfTheOther,
    )

    def __init__(self, database: str, clock: FrozenClock) -> None:
        self.database, self.clock = database, clock
        self.actions = {action.action: action() for action in self.ACTIONS}
        with transaction(database) as session:
            debts = two_debts(session)
            self.debts = [debt.id for debt in debts]
            self.conversation = cast.conversation_of(
                session, debts[0].debtor, debts[0].creditor, verified_at=clock.now()
            ).id

    def say(self, text: str, *actions: str) -> list[str]:
        """What is said to it; `actions`: those that the message is heard as."""
        with transaction(self.database) as session:
            there = session.get_one(Conversation, self.conversation)
            message = receive(session, self.clock, there, text, uuid.uuid4().hex)
            told = {"conversation_id": str(self.conversation), "message_id": str(message.id)}
        parsed = {"text": text, "intent": {"name": "inform"}, "entities": read(text, "es"), "metadata": told}
        ran: list[dict[str, Any]] = [{"event": "user"}]
        said: list[str] = []
        for action in actions:
            follows = action if {"event": "action", "name": action} not in ran else ""
            while follows:
                dispatcher = CollectingDispatcher()
                events = self.actions[follows].run(
                    dispatcher, Tracker("x", {}, parsed, ran, False, None, {}, "action_listen"), {}
                )
                ran.append({"event": "action", "name": follows})
                said += [response["response"] for response in dispatcher.messages]
                follows = next((event["name"] for event in events if event["event"] == "followup"), "")
                assert len(ran) < 10
        return said

    def records(self) -> tuple[list[tuple[int, int]], list[tuple[list[int], int]], list[tuple[list[int], int]]]:
        """Open promises (debt, cents), active plans (debts, payments), ways to pay given (debts, cents)."""
        with transaction(self.database) as session:
            at = {debt: n for n, debt in enumerate(self.debts)}
            promises = session.scalars(select(Promise).where(Promise.state == "open", Promise.debt_id.in_(self.debts)))
            mine = Plan.debtor_id == session.get_one(Debt, self.debts[0]).debtor_id
            plans = session.scalars(select(Plan).where(mine, Plan.state == "active"))
            links = session.scalars(select(PaymentIntent).where(PaymentIntent.conversation_id == self.conversation))
            return (
                [(at[p.debt_id], p.amount_cents) for p in promises],
                [([at[uuid.UUID(key)] for key in plan.debt_ids], len(plan.instalments)) for plan in plans],
                [([at[uuid.UUID(key)] for key in link.debt_ids], link.amount_cents) for link in links],
            )


@pytest.mark.parametrize("words", ["la de 80 ya y la otra en 3 pagos", "la otra en 3 pagos y la de 80 ya"])
@pytest.mark.parametrize("heard_as", [("action_pay_now", "action_propose_plan"), ("action_propose_plan",)])
def test_one_now_and_the_other_in_three(
    database: str, clock: FrozenClock, heard_as: tuple[str, ...], words: str
) -> None:
    talk = Talk(database, clock)
    said = talk.say(words, *heard_as)
    assert said[:2] == ["utter_one_debt_first", "utter_payment_link"]
    assert said[-2:] == ["utter_next_debt", "utter_ask_plan_acceptance"]
    assert talk.records() == ([], [], [([0], 8000)])
    talk.say("sí", "action_accept_plan")
    assert talk.records() == ([], [([1], 3)], [([0], 8000)])


@pytest.mark.parametrize("heard_as", [("action_promise", "action_propose_plan"), ("action_propose_plan",)])
def test_one_on_a_day_and_the_other_in_two(database: str, clock: FrozenClock, heard_as: tuple[str, ...]) -> None:
    talk = Talk(database, clock)
    said = talk.say("la segunda el 15 y la primera en 2 veces", *heard_as)
    assert said == ["utter_one_debt_first", "utter_ask_promise_confirmation"]
    said = talk.say("sí", "action_confirm_promise")
    assert said[0].startswith("utter_promise_recorded")
    assert said[1:] == ["utter_next_debt", "utter_ask_plan_acceptance"]
    assert talk.records() == ([(1, 24000)], [], [])
    talk.say("sí, de acuerdo", "action_accept_plan")
    assert talk.records() == ([(1, 24000)], [([0], 2)], [])


def test_two_promises(database: str, clock: FrozenClock) -> None:
    talk = Talk(database, clock)
    talk.say("la primera el 5 y la segunda el 15", "action_promise")
    said = talk.say("sí", "action_confirm_promise")
    assert said[1:] == ["utter_next_debt", "utter_ask_promise_confirmation"]
    talk.say("sí", "action_confirm_promise")
    assert talk.records() == ([(0, 8000), (1, 24000)], [], [])


def test_a_day_still_to_be_found_is_asked_for_last(database: str, clock: FrozenClock) -> None:
    talk = Talk(database, clock)
    said = talk.say("la deuxième j'attends mon salaire, la première en 2 fois", "action_promise")
    assert said == ["utter_one_debt_first", "utter_ask_plan_acceptance"]


def test_which_is_asked_where_it_was_not_said(database: str, clock: FrozenClock) -> None:
    talk = Talk(database, clock)
    assert talk.say("una el 15 y la otra en 3 pagos", "action_promise") == ["utter_ask_which_debt"]
    assert talk.say("la primera", "action_choose_debt") == ["utter_ask_promise_confirmation"]
    said = talk.say("sí", "action_confirm_promise")
    assert said[1:] == ["utter_next_debt", "utter_ask_plan_acceptance"]
    talk.say("sí", "action_accept_plan")
    assert talk.records() == ([(0, 8000)], [([1], 3)], [])


def test_who_stops_us_meanwhile_is_not_asked_about_the_other(database: str, clock: FrozenClock) -> None:
    talk = Talk(database, clock)
    talk.say("la primera el 5 y la segunda el 15", "action_promise")
    assert not {"utter_next_debt", "utter_ask_promise_confirmation"} & set(talk.say("BAJA", "action_stop_contact"))


def test_two_plans_are_both_told_and_which_to_move_is_asked(database: str, clock: FrozenClock) -> None:
    talk = Talk(database, clock)
    talk.say("la primera en 2 veces y la segunda en 4", "action_propose_plan")
    talk.say("sí", "action_accept_plan")
    talk.say("sí", "action_accept_plan")
    assert talk.records()[1] == [([0], 2), ([1], 4)]
    assert talk.say("cómo van mis planes", "action_plan_status").count("utter_plan_status_unpaid") == 2
    with transaction(database) as session:
        session.get_one(Conversation, talk.conversation).expecting = None
    assert talk.say("quiero cambiar la fecha al 20", "action_change_plan") == ["utter_ask_which_debt"]
    assert talk.say("la primera", "action_choose_debt")[-1] == "utter_ask_change_plan_confirmation"
    talk.say("sí", "action_confirm_change_plan")
    with transaction(database) as session:
        moved = session.scalars(select(Plan).where(Plan.state == "active", Plan.version == 2)).one()
        assert (moved.debt_ids, moved.instalments[0].due_on) == ([str(talk.debts[0])], date(2026, 12, 20))


@pytest.mark.parametrize(
    ("words", "noted"),
    [
        ("la primera el 15 y la segunda ya lo veremos más adelante", 0),
        ("la primera no puedo, la segunda el 15", 1),
    ],
)
def test_what_is_not_clear_of_one_is_said_and_asked_at_the_end(
    database: str, clock: FrozenClock, words: str, noted: int
) -> None:
    talk = Talk(database, clock)
    assert talk.say(words, "action_promise") == ["utter_one_debt_first", "utter_ask_promise_confirmation"]
    said = talk.say("sí", "action_confirm_promise")
    assert said[-1] == "utter_nothing_noted_of"
    assert "utter_next_debt" not in said
    assert talk.records() == ([(noted, (8000, 24000)[noted])], [], [])


def test_a_number_of_months_beside_a_debt_is_a_plan(database: str, clock: FrozenClock) -> None:
    talk = Talk(database, clock)
    assert talk.say("la de 240 en 3 meses", "action_promise")[-1] == "utter_ask_plan_acceptance"
    talk.say("sí", "action_accept_plan")
    assert talk.records() == ([], [([1], 3)], [])
