"""A pause on one of two debts is not told as a pause on both; and a time-barred debt is answered by its age."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from actions.debts.tell_balance import tell_one
from actions.debts.too_old import answered_by_its_age
from actions.session.find_the_way import AskWhichWish, Repeat
from actions.wording import written_value
from recovery.clock import FrozenClock
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from tests import cast
from tests.actions.turns import said, turn_of


@pytest.fixture
def two(session: Session) -> list[Debt]:
    debtor, creditor = cast.lucia(session), cast.energie_du_lac(session)
    return [cast.debt_of(session, debtor, creditor, 9600), cast.debt_of(session, debtor, creditor, 4000)]


@pytest.mark.parametrize(
    ("held", "repeated", "asked"),
    [
        ([0], "utter_say_it_simply_known", "utter_which_wish"),
        ([0, 1], "utter_what_a_pause_means", "utter_no_reminders"),
    ],
)
def test_a_pause_is_told_where_every_debt_is_held(
    session: Session, clock: FrozenClock, two: list[Debt], held: list[int], repeated: str, asked: str
) -> None:
    turn = turn_of(session, clock, two[0], "¿me vais a escribir?")
    for n in held:
        freeze(
            session, clock, debtor_id=two[n].debtor_id, debt_id=two[n].id, kind="delay",
            until=turn.today + timedelta(9 + n),
        )  # fmt: skip
    Repeat().act(turn)
    AskWhichWish().act(turn)
    assert said(turn) == [repeated, asked]
    if len(held) == 2:  # the earlier of the two ends: from then on one of them may be asked for
        assert turn.responses[0]["day"] == written_value(turn.today + timedelta(9), "es")


@pytest.mark.parametrize(("which", "ends"), [(0, "utter_nothing_asked_until"), (1, "utter_what_can_be_done")])
def test_the_balance_of_each_debt_ends_by_its_own_pause(
    session: Session, clock: FrozenClock, two: list[Debt], which: int, ends: str
) -> None:
    turn = turn_of(session, clock, two[0], "¿cuánto es?")
    freeze(session, clock, debtor_id=two[0].debtor_id, debt_id=two[0].id, kind="delay", until=turn.today + timedelta(9))
    tell_one(turn, two[which])
    assert said(turn)[-1] == ends


@pytest.mark.parametrize("action", ["action_help", "action_repeat", "action_tell_consequences", "action_explain_debt"])
def test_a_time_barred_debt_is_never_said_to_be_nothing_nor_to_go_to_court(
    session: Session, clock: FrozenClock, two: list[Debt], action: str
) -> None:
    turn = turn_of(session, clock, two[0], "¿y entonces qué?")
    assert not answered_by_its_age(turn, action)
    for debt in two:
        debt.state = "time_barred"
    session.flush()
    assert answered_by_its_age(turn, action)
    assert {name.removesuffix("_again") for name in said(turn)} <= {"utter_time_barred_means", "utter_time_barred_debt"}
    assert len(said(turn)) == 2
