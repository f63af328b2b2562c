"""How much is owed: split and dated, debt by debt, from the ledger alone (DI-15)."""

from actions.debts.debt_lines import debt_lines, sum_due
from actions.debts.debts_meant import blocking_holds, debts_meant
from actions.debts.nothing_asked import nothing_asked_until
from actions.plans.arrangement import plan_of, promises_of, remaining, tell_promises
from actions.plans.imposed import tell_measures, under_measures
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.balance import balance_on
from recovery.debts.find import unsettled_debts
from recovery.debts.records import Debt
from recovery.plans.records import Plan


class TellBalance(TradeAction):
    action = "action_tell_balance"

    def act(self, turn: Turn) -> None:
        if "ask_discount" in turn.wishes and turn.asks_already:
            turn.leave_the_question()  # "how much less if I pay it all?": the offer says both sums
            return
        measured = under_measures(turn)
        for debt in measured:
            tell_measures(turn, debt)
        debts = [debt for debt in turn.debts if debt not in measured]
        if measured and not debts:
            return
        named = debts_meant(turn, debts) if len(debts) > 1 and turn.intent == "ask_balance" else []
        held = [debt for debt in debts if blocking_holds(turn, debt)]
        if not debts:
            say_nothing_is_asked(turn)
        elif (plan := plan_of(turn)) and _all_in(plan, named or debts):
            _tell_plan(turn, plan, named or debts)
        elif len(named or debts) == 1:
            tell_one(turn, (named or debts)[0])
        else:
            _tell_all(turn, [debt for debt in debts if debt not in held], held)


def _all_in(plan: Plan, debts: list[Debt]) -> bool:
    return all(str(debt.id) in plan.debt_ids for debt in debts)


def _tell_plan(turn: Turn, plan: Plan, debts: list[Debt]) -> None:
    """What is agreed is not opened again: what is left, and the next day."""
    to_come = remaining(plan)
    facts = {
        "amount": sum_due(turn, debts),
        "creditor": debts[0].creditor.legal_name,
        "references": ", ".join(debt.reference for debt in debts),
    }
    if to_come:
        (day, each), last = to_come[0], to_come[-1][0]
        turn.say(
            f"utter_balance_on_plan{'' if len(to_come) > 1 else '_last'}",
            count=len(to_come),
            day=day,
            each=each,
            last=last,
            **facts,
        )
    else:
        tell_one(turn, debts[0])


def say_nothing_is_asked(turn: Turn) -> None:
    barred = [debt for debt in unsettled_debts(turn.session, turn.debtor.id) if debt.state == "time_barred"]
    if not barred:
        turn.say("utter_nothing_due")
    for debt in barred:
        turn.say("utter_time_barred", reference=debt.reference)


def tell_one(turn: Turn, debt: Debt) -> None:
    balance = balance_on(turn.session, debt, turn.today)
    facts = {"creditor": debt.creditor.legal_name, "description": debt.description, "reference": debt.reference}
    if blocking_holds(turn, debt):
        turn.say("utter_balance_on_hold", amount=balance.due, **facts)
        return
    turn.say("utter_balance_one", amount=balance.due, due_on=debt.due_on, **facts)
    if balance.interest or balance.indemnity or balance.paid:
        turn.say(
            "utter_balance_split",
            principal=balance.principal,
            interest=balance.interest,
            indemnity=balance.indemnity,
            paid=balance.paid,
        )
    if _tell_promises(turn, [debt]):
        return
    if until := nothing_asked_until(turn, [debt]):
        turn.say("utter_nothing_asked_until", day=until)
    else:
        turn.say("utter_what_can_be_done")


def _tell_promises(turn: Turn, debts: list[Debt]) -> bool:
    promised = [promise for promise in promises_of(turn) if promise.debt_id in {debt.id for debt in debts}]
    tell_promises(turn, promised)
    return bool(promised)


def _tell_all(turn: Turn, debts: list[Debt], held: list[Debt]) -> None:
    turn.context["listed"] = [str(debt.id) for debt in debts]
    if len(debts) == 1:
        tell_one(turn, debts[0])
    elif debts:
        turn.say("utter_balance_many", count=len(debts), lines=debt_lines(turn, debts), total=sum_due(turn, debts))
    if held:
        turn.say("utter_balance_held", lines=debt_lines(turn, held))
