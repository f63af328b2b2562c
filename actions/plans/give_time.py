"""More time for the whole sum, inside the creditor's terms; and what to say to somebody who cannot pay at all."""

from __future__ import annotations

from actions.debts.settle_on import settle_on
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.freeze import freeze
from recovery.plans.promise import promise_limit


class GiveTime(TradeAction):
    action = "action_give_time"
    comes_back = False

    def act(self, turn: Turn) -> None:
        debts = settle_on(turn, self.action)
        if not debts:
            return
        limit, day = promise_limit(debts[0], turn.today), turn.day()
        if day is None:
            turn.ask("delay_date", limit=limit)
        elif day > limit:
            turn.say("utter_delay_too_long", limit=limit)
            turn.conversation.expecting = "delay_date"
            turn.context.pop("asked", None)
        else:
            for debt in debts:
                freeze(
                    turn.session, turn.clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind="delay", reason="asked by the debtor",
                    until=day, conversation_id=turn.conversation.id,
                )  # fmt: skip
            turn.close_question()
            turn.say("utter_delay_given", day=day)


class CannotPay(TradeAction):
    action = "action_cannot_pay"

    def act(self, turn: Turn) -> None:
        turn.say(f"utter_cannot_pay_{'es' if turn.debtor.country == 'ES' else 'fr'}")
