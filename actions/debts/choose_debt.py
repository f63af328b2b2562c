"""The debtor picks among several debts, and the wish that was waiting goes on."""

from actions.debts.debt_lines import debt_lines
from actions.debts.debts_meant import choose, debts_meant, negotiable
from actions.trade_action import TradeAction
from actions.turn import Turn


class ChooseDebt(TradeAction):
    action = "action_choose_debt"
    comes_back = False

    def act(self, turn: Turn) -> None:
        debts = turn.debts
        picked = debts_meant(turn, debts)
        if not picked:
            turn.ask("which_debt", lines=debt_lines(turn, negotiable(turn) or debts))
            return
        choose(turn, picked)
        turn.close_question()
        if not turn.take_up_wish():
            turn.follow_up = "action_explain_debt"
