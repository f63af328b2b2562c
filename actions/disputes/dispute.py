"""Contesting: recorded at once in the debtor's words, that debt alone held, a ticket and a day for the answer."""

from __future__ import annotations

import re
import uuid

from actions.debts.debt_lines import debt_lines
from actions.debts.debts_meant import (
    choose,
    chosen_debts,
    debts_meant,
    fold,
    negotiable,
    of_this_half,
    says_other_debts,
)
from actions.handover.beside import task_for_a_person
from actions.plans.said import holds, says
from actions.session.if_meant import ask_if_meant, only_guessed
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt
from recovery.disputes.keep_evidence import keep_evidence
from recovery.disputes.open_dispute import add_words, open_dispute, open_dispute_on
from recovery.disputes.records import Dispute

KINDS = {
    "dispute_not_owed": "not_owed",
    "dispute_amount": "amount",
    "dispute_service": "service",
    "dispute_fraud": "fraud",
}

SHORT = 6  # words
SURE_AFTER_A_HARD_TIME = 0.8


class ContestDebt(TradeAction):
    action = "action_dispute"
    comes_back = False

    def act(self, turn: Turn) -> None:
        debts = turn.debts
        if not debts:
            turn.say("utter_nothing_due")
            return
        if _only_says_when_to_write(turn):
            return
        if _belongs_to_a_hard_time(turn):
            turn.leave_the_question()
            turn.say("utter_hardship_heard")
            return
        contested = _contested(turn, debts) or (chosen_debts(turn, debts) if turn.resumed else [])
        if _only_a_guess(turn, contested):
            ask_if_meant(turn, self.action, "contest_meant")
            return
        if not contested:
            _keep_first_words(turn)
            turn.keep_wish(self.action)
            turn.context["listed"] = [str(debt.id) for debt in debts]
            turn.ask("which_debt", lines=debt_lines(turn, debts))
            return
        words = _words(turn)
        for debt in contested:
            _record(turn, debt, words)


class AddToDispute(TradeAction):
    action = "action_add_to_dispute"
    comes_back = False

    def act(self, turn: Turn) -> None:
        dispute = _current(turn)
        turn.close_question()
        if (says(turn, words_of("nothing_more")) or _bare_no(turn)) and not turn.message.attachments:
            turn.follow_up = "action_close_dispute_question"
            return
        if dispute and (other := _another_debt(turn, dispute)):
            choose(turn, other if not says_other_debts(turn) else [turn.session.get_one(Debt, dispute.debt_id)])
            turn.follow_up = "action_promise" if turn.day() else "action_propose_plan"  # "the other one in 2 times"
            return
        if _speaks_of_paying(turn):
            turn.follow_up = "action_promise"  # a sum or a day: it is the other debt they speak of now
            return
        if dispute is None:
            turn.follow_up = "action_dispute"
            return
        if turn.intent in KINDS:
            debt = turn.session.get_one(Debt, dispute.debt_id)
            open_dispute(turn.session, turn.clock, turn.conversation, debt, KINDS[turn.intent], turn.text)
        else:
            add_words(turn.session, turn.clock, dispute, turn.text)
        if dispute.kind == "amount" and turn.amounts():
            dispute.claimed_cents = turn.amounts()[-1].cents  # "sorry, 190"
        keep_evidence(turn.session, turn.clock, turn.message.attachments, dispute)
        turn.say("utter_dispute_added", ticket=dispute.ticket)
        if "promise_to_pay" in turn.wishes and negotiable(turn):
            turn.follow_up = "action_promise"  # the same message settles another debt
            return
        turn.conversation.expecting = "dispute_more"  # what is said next may belong to it too; it is not asked again


class CloseDisputeQuestion(TradeAction):
    action = "action_close_dispute_question"
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.stay_with("dispute_noted")
        turn.say("utter_dispute_enough")


def says_service_fails(turn: Turn) -> bool:
    return any(re.search(pattern, fold(turn.text.replace("\u2019", "'"))) for pattern in words_of("service_fails"))


def _only_a_guess(turn: Turn, contested: list[Debt]) -> bool:
    """No word contests anything, and nobody is sure of it; what is added to a dispute that stands is not asked about."""
    stands = bool(contested) and all(open_dispute_on(turn.session, debt) for debt in contested)
    return not stands and not _says_contests(turn) and only_guessed(turn, {*KINDS, "ask_refund"})


def _belongs_to_a_hard_time(turn: Turn) -> bool:
    """ "There are four of us, the little one is 9", right after a hardship was told: half heard as a sum that is wrong."""
    told = turn.conversation.expecting == "hardship_told" and not turn.resumed
    return told and not _says_contests(turn) and only_guessed(turn, KINDS, SURE_AFTER_A_HARD_TIME)


def _says_contests(turn: Turn) -> bool:
    return turn.has_signal("dispute_fraud") or says(turn, words_of("contests"))


def _keep_first_words(turn: Turn) -> None:
    """ "One of the two I never ordered": which one is still to be said, and these are the words of the dispute all the same."""
    turn.context["contested_in"] = turn.text


def _words(turn: Turn) -> str:
    """What was said before the debt was named, and what names it where it says more than that."""
    first = turn.context.pop("contested_in", None)
    later = turn.message.text if turn.resumed and len(turn.message.text.split()) > SHORT and first else None
    return "\n".join(dict.fromkeys(filter(None, [first, turn.text, later])))


def _bare_no(turn: Turn) -> bool:
    return fold(turn.text).strip(" .,;!?") in words_of("bare_no")


def _another_debt(turn: Turn, dispute: Dispute) -> list[Debt]:
    """The other debt, with a number of payments or a day of its own, while the first is being contested."""
    others = [debt for debt in negotiable(turn) if debt.id != dispute.debt_id]
    wishes = (turn.value("instalment_count") or 1) > 1 or turn.value("period") or turn.day()
    named = debts_meant(turn, turn.debts)
    spoken_of = says_other_debts(turn) or (bool(named) and all(debt in others for debt in named))
    if turn.intent in KINDS or not wishes or not spoken_of or (turn.day() and turn.day() <= turn.today):  # type: ignore[operator]
        return []
    return [debt for debt in named if debt in others] or (others if len(others) == 1 else [])


def _only_says_when_to_write(turn: Turn) -> bool:
    """ "Never at weekends" is a wish about messages: so few words contest nothing beside it unless they say so."""
    short = turn.intent == "contact_preference" and len(turn.text.split()) <= SHORT
    return short and not re.search(words_of("one_wish_a_debt")["contests"], fold(turn.text))


def _speaks_of_paying(turn: Turn) -> bool:
    """A day, with a sum or, where it is still to come, a word of paying."""
    to_come = turn.day() is not None and turn.day() > turn.today  # type: ignore[operator]
    told = turn.value("amount") is not None or (to_come and says(turn, words_of("paying")))
    return turn.value("date") is not None and told and turn.intent not in KINDS and bool(negotiable(turn))


def _record(turn: Turn, debt: Debt, words: str) -> None:
    standing = open_dispute_on(turn.session, debt)
    known = standing is not None
    claimed = turn.amounts()[-1] if turn.amounts() and turn.intent == "dispute_amount" else None
    kind = _kind(turn, standing)
    dispute = open_dispute(turn.session, turn.clock, turn.conversation, debt, kind, words, claimed)
    keep_evidence(turn.session, turn.clock, turn.message.attachments, dispute)
    choose(turn, [])
    turn.context["dispute"] = str(dispute.id)
    if known:
        turn.say("utter_dispute_added", ticket=dispute.ticket)
        return
    facts = {"ticket": dispute.ticket, "reference": debt.reference, "answer_due_on": dispute.answer_due_on}
    turn.say("utter_dispute_fraud_recorded" if kind == "fraud" else "utter_dispute_recorded", **facts)
    if turn.context.get("apart"):
        turn.wait_for("dispute_more")  # another debt has its turn now, and its question is enough
    else:
        turn.ask("dispute_more")
    reason = "fraud" if kind == "fraud" else "dispute"
    task_for_a_person(turn, reason, {"ticket": dispute.ticket})


def _kind(turn: Turn, standing: Dispute | None) -> str:
    """Of what was heard; else of the dispute that stands, of what the words say, or simply not owed."""
    if turn.intent == "ask_refund":
        return "amount"  # charged too much, and nothing was paid yet: a refund asked for is the sum contested
    heard = next((KINDS[wish] for wish in (turn.intent, *sorted(turn.wishes)) if wish in KINDS), None)
    return heard or (standing.kind if standing else "service" if says_service_fails(turn) else "not_owed")


def _contested(turn: Turn, debts: list[Debt]) -> list[Debt]:
    """The debts named in the part of the message that says no; the others are left alone."""
    if own := debts if len(debts) == 1 else of_this_half(turn, debts):
        return own
    said_no = [
        part
        for part in _parts(turn.text)
        if any(re.search(rf"\b{word}\b", fold(part)) for word in words_of("negations"))
    ]
    named: list[Debt] = []
    for part in said_no:
        named += [debt for debt in debts_meant(turn, debts, part) if debt not in named]
    if 0 < len(named) < len(debts):
        return named
    return _not_the_one_to_be_paid(turn, debts, said_no) or debts_meant(turn, debts)


def _not_the_one_to_be_paid(turn: Turn, debts: list[Debt], said_no: list[str]) -> list[Debt]:
    """ "That other thing I cancelled; the phone I pay tomorrow": what is paid is not what is contested."""
    affirmed = [part for part in _parts(turn.text) if part not in said_no and holds(part, words_of("paying"))]
    paid = [debt for part in affirmed for debt in debts_meant(turn, debts, part)]
    everything = debts_meant(turn, debts)
    others = [debt for debt in debts if debt not in paid]
    return others if said_no and paid and len(others) == 1 and all(debt in paid for debt in everything) else []


def _parts(text: str) -> list[str]:
    return [part for part in re.split(words_of("clauses")["split"], text) if part.strip()]


def _current(turn: Turn) -> Dispute | None:
    kept = turn.context.get("dispute")
    return turn.session.get(Dispute, uuid.UUID(kept)) if kept else None
