"""A death: told once, in whatever order its facts come; nothing is asked for, nothing of the file is disclosed (ID-06)."""

from __future__ import annotations

import re
from typing import Any

from dateutil.relativedelta import relativedelta

from actions.debts.debts_meant import fold
from actions.handover.beside import task_for_a_person
from actions.identity.somebody_else import debtor_in_question
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.consent.privacy import suppress_address
from recovery.debts.freeze import freeze
from recovery.disputes.keep_evidence import keep_evidence

FEW_WORDS = 2


class ReportDeceased(TradeAction):
    """Condolences, everything stops, a person for estates. The talk stays open for what the family still wants to say or ask."""

    action = "action_report_deceased"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        if _mourns_and_cannot_pay(turn):
            turn.follow_up = "action_hardship"
            return
        told_before = "estate" in turn.context
        _keep(turn)
        if told_before:
            turn.follow_up = "action_answer_family"
            return
        turn.context.pop("wishes", None)
        suppress_address(turn.session, turn.clock, turn.conversation, "deceased")
        turn.say("utter_deceased")
        _wait_for_the_family(turn)


def _mourns_and_cannot_pay(turn: Turn) -> bool:
    """ "My father has just died and I cannot pay", said by the debtor: their own hard time, and the bill is theirs."""
    cannot = bool(turn.wishes & {"cannot_pay", "report_hardship", "request_delay"})
    own = re.search(words_of("kinship")["lost"], fold(turn.text)) is not None
    return turn.known_debtor is not None and "estate" not in turn.context and cannot and own


class AnswerFamily(TradeAction):
    """Which paper, whether anything is owed by them, a reference or a document that comes later: each in one kind line."""

    action = "action_answer_family"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        _keep(turn)
        if turn.intent == "stop_contact":
            turn.follow_up = "action_stop_contact"
            return
        said = fold(turn.text)
        asked = {name for name, words in words_of("estate").items() if any(word in said for word in words)}
        if keep_evidence(turn.session, turn.clock, turn.message.attachments):
            turn.say("utter_estate_document_received")
        elif "papers" in asked:
            turn.say("utter_estate_papers")
        elif "money" in asked:
            turn.say("utter_estate_money")
        else:
            only_agrees = turn.intent in ("affirm", "thank") and len(turn.text.split()) <= FEW_WORDS
            turn.say("utter_answer_thanks" if "thanks" in asked or only_agrees else "utter_estate_noted")
        _wait_for_the_family(turn)


def _wait_for_the_family(turn: Turn) -> None:
    turn.close_question()
    turn.conversation.expecting = "estate"


def _keep(turn: Turn) -> None:
    """The hold as soon as the file is known, and all that was told, for the people who settle estates."""
    told: dict[str, Any] = {"document_awaited": "death_certificate", **turn.context.get("estate", {})}
    told |= {"reported_date": day} if "reported_date" not in told and (day := _day_of_death(turn)) else {}
    told |= {"reported_by": by} if (by := _reported_by(turn.text)) else {}
    turn.context["estate"] = told
    if debtor := debtor_in_question(turn):
        told |= {"debtor": str(debtor.id)}
        reason = told.get("reported_date")
        freeze(
            turn.session, turn.clock, debtor_id=debtor.id, kind="deceased", reason=reason, conversation_id=turn.conversation.id
        )  # fmt: skip
    task_for_a_person(turn, "deceased", told)


def _day_of_death(turn: Turn) -> str | None:
    """The day, as it is written in the records: "on 30 October" is never one to come."""
    day = turn.day()
    return (day if day <= turn.today else day - relativedelta(years=1)).isoformat() if day else None


def _reported_by(text: str) -> str | None:
    """What they are to the one who died: as they say it, else from whom they lost."""
    words, said = words_of("kinship"), fold(text)
    if found := re.search(words["themselves"], said):
        return str(found[1])
    lost = re.search(words["lost"], said)
    return next((kin for kin, whom in words["of"].items() if lost and lost[1] in whom), None)
