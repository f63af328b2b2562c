"""What the debtor has agreed to and is still running: a plan, a promise."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from actions.debts.debt_lines import debt_lines
from actions.debts.debts_meant import chosen_debts, debts_meant, of_this_half
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.plans.accept_plan import running_plan
from recovery.plans.records import Plan, Promise

# A plan is spoken of: what follows is about that one.
OF_ONE_PLAN = ("plan_made", "change_plan_wish", "change_plan_confirmation", "cancel_plan_confirmation")


def plan_of(turn: Turn, debts: list[Debt] | None = None) -> Plan | None:
    """The plan that runs on these debts; where none are given, on those that are spoken of before any other."""
    if debts or (debts := of_this_half(turn, turn.debts)):
        return running_plan(turn.session, {debt.id for debt in debts})
    for spoken_of in (_named(turn), chosen_debts(turn, turn.debts), turn.debts):
        if plan := running_plan(turn.session, {debt.id for debt in spoken_of}):
            return plan
    return None


def plans_of(turn: Turn) -> list[Plan]:
    """Each plan that runs, in the order of the debts."""
    found = [running_plan(turn.session, {debt.id}) for debt in turn.debts]
    return list({plan.id: plan for plan in found if plan}.values())


def asks_which_plan(turn: Turn, action: str) -> bool:
    """Several plans run, and it was not said which is to be changed: asked, and the wish is kept."""
    plans = plans_of(turn)
    told = _named(turn) or turn.resumed or turn.conversation.expecting in OF_ONE_PLAN
    if len(plans) < 2 or told:
        return False
    debts = [debt for debt in turn.debts if any(str(debt.id) in plan.debt_ids for plan in plans)]
    turn.keep_wish(action)
    turn.context["listed"] = [str(debt.id) for debt in debts]
    turn.ask("which_debt", lines=debt_lines(turn, debts))
    return True


def _named(turn: Turn) -> list[Debt]:
    return debts_meant(turn, turn.debts) if len(turn.debts) > 1 else []


def promises_of(turn: Turn) -> list[Promise]:
    """Open promises, the next day first."""
    mine = select(Promise).where(Promise.debtor_id == turn.debtor.id, Promise.state == "open")
    return list(turn.session.scalars(mine.order_by(Promise.due_on, Promise.id)))


def open_promise(turn: Turn) -> Promise | None:
    return next(iter(promises_of(turn)), None)


def remaining(plan: Plan) -> list[tuple[date, Money]]:
    """Day and sum of each payment that is still to come, less what was paid of it."""
    return [
        (part.due_on, Money(part.amount_cents - part.paid_cents, plan.currency))
        for part in plan.instalments
        if part.paid_cents < part.amount_cents
    ]


def tell_promises(turn: Turn, promises: list[Promise]) -> None:
    """One in a sentence, several as a list."""
    told = [(promise.due_on, Money(promise.amount_cents, promise.currency)) for promise in promises]
    if len(told) == 1:
        turn.say("utter_promise_status", amount=told[0][1], day=told[0][0])
    elif told:
        turn.say("utter_promises_status", schedule=told)
