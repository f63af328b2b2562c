"""Hardship, distress, complaint, refusal: no pressure, the right record, a person."""

from __future__ import annotations

import re
from datetime import timedelta

from actions.debts.debts_meant import fold, negotiable
from actions.handover.beside import task_for_a_person
from actions.identity.somebody_else import debtor_in_question
from actions.plans.plan_wish import says_figures
from actions.plans.said import all_at_once, laughing, says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.audit import record_act
from recovery.consent.privacy import complain
from recovery.countries.forbearance import forbearance_of
from recovery.debts.freeze import freeze
from recovery.disputes.open_dispute import disputes_of
from recovery.handover.hand_over import hand_over, open_handover

# In tests/nlu/dev, distress that no net knows is heard with more, and what only looks like it with less.
DISTRESS_SURE = 0.8
COURTESIES = {"affirm", "deny", "thank", "greet", "goodbye", "frustration", "out_of_scope"}
HARDSHIP_PAUSE = timedelta(days=30)  # VU-05: vuln_pause_days


class CallAPerson(TradeAction):
    """At any turn, in one message, no "try again" (HU-01)."""

    action = "action_call_a_person"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        given = hand_over(turn.session, turn.clock, turn.conversation, reason="human_asked", words=turn.text)
        wait = given.answer_due_at - turn.clock.now()
        turn.say(
            "utter_person_soon" if wait < timedelta(hours=1) else "utter_person_later", day=given.answer_due_at.date()
        )


class Hardship(TradeAction):
    """The kind alone is kept, never its story (ID-14); nothing is asked about health."""

    action = "action_hardship"
    comes_back = False

    def act(self, turn: Turn) -> None:
        again = turn.conversation.expecting == "hardship_told"
        turn.close_question()
        turn.debtor.hardship_kind = turn.value("hardship_kind") or turn.debtor.hardship_kind or _kind_told(turn)
        until = turn.today + HARDSHIP_PAUSE
        freeze(
            turn.session,
            turn.clock,
            debtor_id=turn.debtor.id,
            kind="hardship",
            until=until,
            conversation_id=turn.conversation.id,
        )
        record_act(
            turn.session,
            turn.clock,
            "debtor",
            "hardship.told",
            f"debtor:{turn.debtor.id}",
            kind=turn.debtor.hardship_kind,
        )
        turn.context["hardship_told_in"] = str(turn.message.id)
        if again:
            turn.say("utter_hardship_heard")
        else:
            turn.say(f"utter_hardship_{turn.debtor.country.lower()}", until=until)
        menu = next(filter(None, (forbearance_of(turn.debtor.country, debt.product) for debt in turn.debts)), None)
        if menu and not again:  # consumer credit: measures before anything else (C. conso. L312-35-1; IN-04, IN-05)
            turn.say("utter_forbearance")
        task_for_a_person(turn, "hardship", {"measures": list(menu.measures)} if menu else None)
        turn.stay_with("hardship_told")


def _kind_told(turn: Turn) -> str:
    return "low_income" if tells_of_little_income(turn) else "other"


def tells_of_little_income(turn: Turn) -> bool:
    """So little a month, and who lives on it: a hardship told, not only "I cannot pay"."""
    return any(re.search(pattern, fold(turn.text)) for pattern in words_of("little_income"))


class HearHardship(TradeAction):
    """More of what happened, right after: heard, and not kept (ID-14); a figure is what they could pay all the same."""

    action = "action_hear_hardship"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if says_figures(turn):
            turn.follow_up = "action_propose_plan"
            return
        turn.say("utter_hardship_heard")


class Distress(TradeAction):
    """A fixed caring text, everything held, a person alerted at once. A figure of speech, or a guess, gets a calm question instead."""

    action = "action_distress"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        country = _country(turn)
        debtor = debtor_in_question(turn)
        if _only_a_manner_of_speaking(turn) or _only_a_guess(turn):
            turn.say(f"utter_distress_check_{country}")
            turn.conversation.expecting = "distress_check"
            task_for_a_person(turn, "distress")
            return
        turn.close_question()
        turn.context.pop("wishes", None)
        if debtor:
            freeze(turn.session, turn.clock, debtor_id=debtor.id, kind="distress", conversation_id=turn.conversation.id)
        turn.say(f"utter_distress_{country}")
        hand_over(turn.session, turn.clock, turn.conversation, reason="distress", words=turn.text)


class DistressCheckAnswer(TradeAction):
    action = "action_distress_check_answer"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        if _is_not_well(turn):
            turn.follow_up = "action_distress"
            return
        turn.close_question()
        if turn.values:
            turn.follow_up = "action_take_value"  # a reference, a sum: they go on with what they came for
            return
        turn.say("utter_glad_you_are_well")


class DebtAdvice(TradeAction):
    action = "action_debt_advice"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        turn.say(f"utter_debt_advice_{_country(turn)}")


class ComplainService(TradeAction):
    action = "action_complain_service"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        if says(turn, words_of("apologies")) and turn.wishes - {"complain_service", *COURTESIES}:
            return  # "sorry, twelve hours at the wheel. in 2 times": an excuse beside a wish complains of nothing
        if turn.conversation.expecting == "hardship_told" and says(turn, words_of("other_services")):
            turn.follow_up = "action_hear_hardship"  # "and the job centre never answers": it is not of us
            return
        complain(turn.session, turn.clock, turn.conversation, "service", turn.text)
        turn.say("utter_service_complaint_noted")
        _name_the_mediator(turn)
        task_for_a_person(turn, "complaint")


class LegalThreat(TradeAction):
    action = "action_legal_threat"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        if open_handover(turn.session, turn.conversation, "complaint") and says(turn, words_of("own_complaint")):
            turn.follow_up = "action_dispute_status"  # "I want my complaint noted": it is, and its day is told
            return
        if _reported_fraud(turn) and ("?" in turn.text or says(turn, words_of("to_the_police"))):
            _speak_of_the_police(turn)
            return
        turn.say(f"utter_legal_threat_{_country(turn)}")
        task_for_a_person(turn, "legal_threat")


class Refusal(TradeAction):
    """A refusal is heard without argument; the ground, if there is one, is asked for once, and a person decides (ID-10)."""

    action = "action_refusal"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if says(turn, words_of("will_pay")["says"]) and not says(turn, words_of("will_pay")["denies"]):
            turn.follow_up = "action_promise"  # "I'll pay in March" refuses nothing
            return
        if says(turn, words_of("wants_to_pay")) and not says(turn, words_of("will_pay")["denies"]):
            turn.follow_up = "action_pay_now"  # "I wanted to pay what is mine"
            return
        if turn.debts and not negotiable(turn):
            turn.leave_the_question()
            turn.say("utter_all_on_hold")  # "so I pay nothing, then": nothing is asked, and nobody refuses
            return
        if turn.debts and all_at_once(turn):
            turn.follow_up = "action_pay_now"  # "no, I'd rather pay it all": it is the instalments that are refused
            return
        turn.close_question()
        turn.say("utter_refusal_heard")
        task_for_a_person(turn, "refusal")


def _speak_of_the_police(turn: Turn) -> None:
    """ "Must I go to the police?", "I went on 3 March": it is about the fraud, and threatens nobody."""
    if "?" in turn.text:
        turn.say(f"utter_report_to_police_{_country(turn)}")
    elif "dispute_fraud" in turn.wishes:
        turn.leave_the_question()  # added to the dispute by what was heard beside
    else:
        turn.follow_up = "action_add_to_dispute"


def _reported_fraud(turn: Turn) -> bool:
    return turn.known_debtor is not None and any(d.kind == "fraud" for d in disputes_of(turn.session, turn.debtor))


def _name_the_mediator(turn: Turn) -> None:
    """A consumer's free right, with its address, whenever a complaint is not settled (C. conso. L612-1, L616-1; DI-14)."""
    if turn.known_debtor and turn.debtor.kind != "business" and not turn.context.get("mediator_named"):
        turn.context["mediator_named"] = True
        for creditor in dict.fromkeys(debt.creditor for debt in turn.debts if debt.creditor.mediator):
            turn.say("utter_mediator", creditor=creditor.name, mediator=creditor.mediator)


def _country(turn: Turn) -> str:
    if known := turn.known_debtor:
        return known.country.lower()
    site = turn.site_creditor
    return site.country.lower() if site else turn.language


def _only_a_manner_of_speaking(turn: Turn) -> bool:
    """Laughter beside the words; a second such message is taken at its word."""
    return laughing(turn) and turn.conversation.expecting != "distress_check"


def _only_a_guess(turn: Turn) -> bool:
    """No word of distress was read, and nobody is sure of the wish; a second such message is taken at its word."""
    heard = "express_distress" in (turn.parsed.get("signals") or [])
    first = turn.conversation.expecting != "distress_check"
    sure = max(
        (w["confidence"] for w in turn.parsed.get("intents") or [] if w["name"] == "express_distress"), default=1.0
    )
    return (bool(turn.parsed.get("doubtful")) or sure < DISTRESS_SURE) and not heard and first


def _is_not_well(turn: Turn) -> bool:
    """Asked whether they are well: a no, or half a no, is taken at its word; "no, it was a joke, all is well" is a yes."""
    text, words = fold(turn.text.replace("\u2019", "'")), words_of("how_one_is")
    if re.search(words["not_well"], text):
        return True
    return turn.intent == "deny" and not re.search(words["well"], text) and not turn.values
