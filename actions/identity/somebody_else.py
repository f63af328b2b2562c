"""Somebody else is writing, or must be written to: the wrong person, a relative, a new address."""

import re
import uuid

from actions.debts.debts_meant import fold
from actions.handover.beside import task_for_a_person
from actions.identity.another_writes import writes_as_another
from actions.identity.facts_given import facts_given
from actions.plans.said import says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.audit import record_act
from recovery.consent.privacy import suppress_address
from recovery.identity.records import Debtor
from recovery.identity.verify import debtor_at_address, debtor_behind

CONTESTS = {"dispute_not_owed", "dispute_amount", "dispute_service", "dispute_fraud"}
# Spouses' papers and errands are spoken of by many a debtor: heard with less than this, they say so themselves.
SURE, SURE_ONCE_KNOWN = 0.8, 0.98


class WrongPerson(TradeAction):
    """An apology, the address closed for ever, nothing disclosed, a person told (ID-06)."""

    action = "action_wrong_person"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        if "estate" in turn.context:
            turn.follow_up = "action_answer_family"  # "I am no heir of his": said after a death was told
            return
        if turn.context.get("third_party") and not turn.has_signal("wrong_person"):
            if turn.context["third_party"] != str(turn.message.id):
                turn.follow_up = "action_third_party"  # "I am not her, but": whom they write for was told already
            return
        if turn.known_debtor and turn.debts and not turn.has_signal("wrong_person"):
            turn.follow_up = "action_dispute"  # identity was proven here: it is the sum or the debt that is not theirs
            return
        if turn.known_debtor and turn.debts and (_contests(turn) or says(turn, words_of("before_them"))):
            turn.follow_up = (
                "action_add_to_dispute" if turn.conversation.expecting == "dispute_more" else "action_dispute"
            )
            return
        turn.close_question()
        turn.context["wrong_person"] = True
        suppress_address(turn.session, turn.clock, turn.conversation, "wrong_person")
        turn.say("utter_wrong_person")
        task_for_a_person(turn, "wrong_person")


def _contests(turn: Turn) -> bool:
    """ "That is the former tenant's", said of a bill one contests: who was here before is a ground, and nobody is the wrong person."""
    return bool(turn.wishes & CONTESTS) and turn.intent in CONTESTS


class ThirdParty(TradeAction):
    action = "action_third_party"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        if "report_deceased" in turn.wishes:
            turn.leave_the_question()  # whom they write for has died: told as that, and answered as that
            return
        if "estate" in turn.context:
            turn.follow_up = "action_answer_family"
            return
        if _only_a_guess(turn):
            _hear_it_of_themselves(turn)
            return
        if turn.known_debtor:  # identity was proven here: somebody else may be holding the phone now
            turn.conversation.identity, turn.conversation.verified_at = "unverified", None
        turn.close_question()
        if re.search(words_of("representatives")["themselves"], fold(turn.text)):
            turn.follow_up = "action_representative"
            return
        told_before = turn.context.get("third_party")
        turn.context["third_party"] = str(turn.message.id)
        papers = told_before and any(re.search(asked, fold(turn.text)) for asked in words_of("which_mandate"))
        turn.say("utter_third_party_papers" if papers else "utter_third_party")
        task_for_a_person(turn, "third_party")


class UpdateContact(TradeAction):
    """A new address is checked by a person before it is used: it may be a try at turning a file aside."""

    action = "action_update_contact"

    def act(self, turn: Turn) -> None:
        if turn.context.get("representative") and (turn.value("email") or turn.value("phone")):
            turn.follow_up = "action_representative"
            return
        given = {entity: turn.value(entity) for entity in ("phone", "email", "postcode") if turn.value(entity)}
        record_act(
            turn.session, turn.clock, "debtor", "contact.update_asked", f"debtor:{turn.debtor.id}", kinds=sorted(given)
        )
        task_for_a_person(turn, "other", {"new_contact": given})
        turn.say("utter_contact_updated" if given else "utter_ask_new_contact")


def _only_a_guess(turn: Turn) -> bool:
    """No word says that another than the debtor writes, and nobody is sure of it. A proof of identity is not lost to a guess."""
    if turn.message.pressed or turn.resumed or turn.context.get("third_party") or writes_as_another(turn.text):
        return False
    if re.search(words_of("another_writes")["spouses_file"], fold(turn.text)):
        return False  # "my husband's bill": the one who owes is not the one who writes
    sure = next((w["confidence"] for w in turn.parsed.get("intents") or [] if w["name"] == "third_party"), 1.0)
    if turn.known_debtor:
        own = re.search(words_of("another_writes")["spouse"], fold(turn.text)) is not None  # "my husband sees to that"
        return own or bool(sure < SURE_ONCE_KNOWN)
    return bool(sure < SURE) and not re.search(words_of("another_writes")["of_another"], fold(turn.text))


def _hear_it_of_themselves(turn: Turn) -> None:
    """ "My husband keeps the papers": of somebody else, and said by the debtor."""
    if turn.wishes - {"third_party", "affirm", "deny", "thank", "goodbye"}:
        turn.leave_the_question()  # what they wish for beside it is answered
    else:
        turn.follow_up = "action_wait" if turn.known_debtor else "action_ask_which_wish"


def writes_for_a_relative(turn: Turn) -> bool:
    """ "My mother got a message of yours": it is hers, and told to nobody else. What was told of oneself to her is a complaint."""
    words, text = words_of("relative_received"), fold(turn.text)
    return any(re.search(said, text) for said in words["says"]) and not re.search(words["of_oneself"], text)


def debtor_in_question(turn: Turn) -> Debtor | None:
    """The debtor this talk is about: verified, named by a reference now or before, or alone at this address. Enough to stop,
    never to tell.
    """
    if turn.conversation.debtor_id:
        return turn.debtor
    named = [*facts_given(turn).references, *(turn.conversation.claimed.get("reference") or [])]
    found = next((one for name in named if (one := debtor_behind(turn.session, [name]))), None)
    if found is None and (before := turn.context.get("in_question")):
        return turn.session.get(Debtor, uuid.UUID(before))
    found = found or debtor_at_address(turn.session, turn.conversation)
    if found:
        turn.context["in_question"] = str(found.id)
    return found
