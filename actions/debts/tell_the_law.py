"""What may happen, credit files, letters, age of a debt, proof: only what is true for this debt in this country (CO-01)."""

from actions.debts.debts_meant import negotiable
from actions.debts.settle_on import settle_on
from actions.handover.beside import task_for_a_person
from actions.plans.said import says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.find import unsettled_debts
from recovery.debts.prescription import bar_if_too_old


class TellConsequences(TradeAction):
    action = "action_tell_consequences"

    def act(self, turn: Turn) -> None:
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
        debts = settle_on(turn, self.action, among=turn.debts)
        if debts:
            turn.say("utter_proof_asked", references=", ".join(debt.reference for debt in debts))
            task_for_a_person(turn, "other", {"proof_for": [debt.reference for debt in debts]})
