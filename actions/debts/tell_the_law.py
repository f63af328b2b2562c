"""What may happen, credit files, letters, age of a debt, proof: only what is true for this debt in this country (CO-01)."""

from actions.debts.debts_meant import negotiable
from actions.debts.settle_on import settle_on
from actions.handover.beside import task_for_a_person
from actions.plans.arrangement import plan_of
from actions.plans.plan_wish import says_figures
from actions.plans.said import says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.find import unsettled_debts
from recovery.debts.prescription import bar_if_too_old

# What answers "and what would it be then?" by itself.
SHOWN = {"request_instalments", "propose_plan", "ask_discount"}


class TellConsequences(TradeAction):
    action = "action_tell_consequences"

    def act(self, turn: Turn) -> None:
        if (day := turn.day()) and day > turn.today and plan_of(turn) and says(turn, words_of("moved_to")):
            turn.follow_up = (
                "action_change_plan"  # "can it pass to the 18th?" asks what may be moved, not what may come
            )
            return
        if turn.conversation.expecting == "reduction_acceptance":
            turn.say("utter_reduction_if_not_taken")  # "and if I do not take it?" is about the offer
            turn.leave_the_question()
            return
        if turn.asks_already and turn.wishes & SHOWN and says_figures(turn):
            turn.leave_the_question()  # "and in four times, what would it be?": it was just shown
            return
        if turn.debts and not negotiable(turn):
            turn.say("utter_consequences_on_hold")
        else:
            turn.say(f"utter_consequences_{turn.debtor.country.lower()}")


class ExplainLegalStep(TradeAction):
    """A letter from a court or a bailiff is read by a person: the assistant gives no legal advice (CO-14)."""

    action = "action_explain_legal_step"

    def act(self, turn: Turn) -> None:
        if says(turn, words_of("will_you")["asks"]) and not says(turn, words_of("will_you")["came"]):
            turn.follow_up = "action_tell_consequences"  # "will you send a bailiff?": no letter came, none is read
            return
        turn.say(f"utter_legal_step_{turn.debtor.country.lower()}")
        task_for_a_person(turn, "other")


class ExplainCreditFile(TradeAction):
    action = "action_explain_credit_file"

    def act(self, turn: Turn) -> None:
        turn.say(f"utter_credit_file_{turn.debtor.country.lower()}")


class ExplainPrescription(TradeAction):
    """Told truthfully, never with a push to pay (PR-05); a time-barred debt is held."""

    action = "action_explain_prescription"

    def act(self, turn: Turn) -> None:
        for debt in settle_on(turn, self.action, among=unsettled_debts(turn.session, turn.debtor.id)):
            if bar_if_too_old(turn.session, turn.clock, debt) or debt.state == "time_barred":
                turn.say("utter_time_barred", reference=debt.reference)
                task_for_a_person(turn, "other")
            else:
                turn.say("utter_not_time_barred", reference=debt.reference, due_on=debt.due_on)


class GiveProof(TradeAction):
    """Proof on request: the documents are the creditor's, a person sends them (DP-02)."""

    action = "action_give_proof"

    def act(self, turn: Turn) -> None:
        if _asks_for_no_proof(turn):
            turn.leave_the_question()
            return
        debts = settle_on(turn, self.action, among=turn.debts)
        if debts:
            turn.say("utter_proof_asked", references=", ".join(debt.reference for debt in debts))
            task_for_a_person(turn, "other", {"proof_for": [debt.reference for debt in debts]})


def _asks_for_no_proof(turn: Turn) -> bool:
    """Heard beside a copy of one's data, or beside a payment that is promised, with no word of a paper: that is answered alone."""
    if turn.intent == "ask_proof":
        return False
    pays = turn.wishes & {"promise_to_pay", "pay_now", "pay_part", "propose_plan"}
    return "ask_data_rights" in turn.wishes or (bool(pays) and not says(turn, words_of("proofs")))
