"""A representative: who they are, how they are reached, and from now on nobody else is written to (OO-07)."""

from __future__ import annotations

import re

from actions.debts.debts_meant import fold
from actions.handover.beside import task_for_a_person
from actions.identity.somebody_else import debtor_in_question
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.audit import record_act
from recovery.debts.freeze import freeze

# A name as people write it: capital letters, small words between.
NAME = r"((?:[A-ZÀ-Ý][\w'’.-]+)(?:\s(?:de|del|la|du|des|y|et|&|[A-ZÀ-Ý][\w'’.&-]*)){0,4})"


class Representative(TradeAction):
    """Told in one message or in several; what is missing is asked for once."""

    action = "action_representative"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.context.get("represented_in") == str(turn.message.id):
            turn.leave_the_question()  # heard twice in one message
            return
        turn.context["represented_in"] = str(turn.message.id)
        if _only_helped_by_a_relative(turn):
            turn.leave_the_question()
            turn.say("utter_a_relative_helps")
            return
        told_before = "representative" in turn.context
        known = {**turn.context.get("representative", {}), **_told(turn)}
        known["words"] = "\n".join(filter(None, [turn.context.get("representative", {}).get("words"), turn.text]))
        turn.context["representative"] = known
        turn.context.pop("wishes", None)
        _keep(turn, known)
        first = turn.conversation.expecting != "representative_contact" and not (told_before and _reached_by(turn))
        turn.close_question()
        if re.search(words_of("representatives")["themselves"], fold(turn.text)) or turn.context.get(
            "representative_writes"
        ):
            turn.context["representative_writes"] = True
            only_me = turn.intent == "stop_contact"
            turn.say("utter_representative_only_you" if only_me else "utter_representative_writes")
            turn.conversation.expecting = (
                "representative_contact"  # how they are reached, and what they send, belong to it
            )
            return
        turn.say("utter_representative" if first else "utter_representative_noted")
        if first and not known.keys() & {"phone", "email"}:
            turn.ask("representative_contact")


def _only_helped_by_a_relative(turn: Turn) -> bool:
    """ "My husband sees to that", said by the debtor: no mandate, and the talk goes on with the debtor."""
    words = words_of("representatives")
    told = _told(turn)
    begun = "representative" in turn.context or turn.conversation.expecting == "representative_contact"
    signed = turn.has_signal("has_representative") or re.search(words["mandate"], fold(turn.text))
    return bool(turn.known_debtor) and told.keys() == {"role"} and told["role"] == "relative" and not (begun or signed)


def _reached_by(turn: Turn) -> bool:
    return turn.value("email") is not None or turn.value("phone") is not None


class LeaveRepresentative(TradeAction):
    """They have no address at hand: a person finds it."""

    action = "action_leave_representative"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        if turn.context.get("representative_writes"):
            turn.say(
                "utter_answer_thanks"
            )  # they are the one who writes: a thank or a no leaves nobody to be looked for
            return
        turn.say("utter_representative_later")


def _keep(turn: Turn, known: dict[str, str]) -> None:
    if debtor := debtor_in_question(turn):
        debtor.representative = known
        freeze(
            turn.session, turn.clock, debtor_id=debtor.id, kind="represented", conversation_id=turn.conversation.id
        )  # fmt: skip
        record_act(
            turn.session, turn.clock, "debtor", "representative.named", f"debtor:{debtor.id}", facts=sorted(known)
        )  # fmt: skip
    task_for_a_person(turn, "represented", {"representative": known})


def _told(turn: Turn) -> dict[str, str]:
    """Role, name or organisation, telephone, e-mail: as far as the message gives them."""
    words = words_of("representatives")
    role = next((role for role, said in words["roles"].items() if re.search(rf"\b(?:{said})", fold(turn.text))), None)
    name = re.search(rf"\b(?i:{words['before_name']})\s+{NAME}", turn.text)
    facts = {
        "role": role,
        "name": name[1] if name else None,
        "phone": turn.value("phone"),
        "email": turn.value("email"),
    }
    return {fact: str(value) for fact, value in facts.items() if value}
