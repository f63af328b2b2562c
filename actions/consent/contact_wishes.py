"""Stop, another channel or hour, too many messages, data rights: each has its effect at once."""

from __future__ import annotations

import re
from typing import Any

from actions.consent.times_wished import times_wished
from actions.debts.debts_meant import debts_meant, fold
from actions.handover.beside import task_for_a_person
from actions.plans.said import laughing, says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.consent.opt_out import opt_out
from recovery.consent.privacy import complain, note_preference, open_data_request
from recovery.session.links import link_to

# Said beside a wish, they ask for nothing.
_COURTESIES = {"affirm", "deny", "thank", "goodbye"}


class StopContact(TradeAction):
    """Immediate, one confirmation, then silence; "never again" means every channel (OO-04). No identity is asked for."""

    action = "action_stop_contact"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        everywhere = any(word in fold(turn.text) for word in words_of("everywhere"))
        opt_out(
            turn.session, turn.clock, turn.conversation, None if everywhere else turn.conversation.channel, turn.text
        )
        turn.say("utter_stopped_everywhere" if everywhere else "utter_stopped")


class NotePreference(TradeAction):
    action = "action_note_preference"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        if says(turn, words_of("sending_us")):
            if len(turn.wishes - _COURTESIES) < 2:  # beside another wish, that one is answered
                turn.follow_up = "action_add_to_dispute" if turn.context.get("dispute") else "action_take_value"
            return
        about_money = turn.value("amount") is not None  # "180 on Wednesday" is no day for our messages
        wish: dict[str, Any] = {**({} if about_money else times_wished(turn.text)), **_channel_wished(turn)}
        if any(word in fold(turn.text) for word in words_of("at_work")):
            wish["never_at_work"] = True
        if not wish and (elsewhere := _about_something_else(turn)):
            _close_own_question(turn)
            turn.follow_up = elsewhere
            return
        if not wish and turn.conversation.expecting != "preference":
            turn.ask("preference")
            return
        _close_own_question(turn)
        wish["words"] = turn.text
        if known := turn.known_debtor:
            note_preference(turn.session, turn.clock, turn.conversation, known, wish)
        else:
            # Taken up at the moment identity is verified.
            turn.context["preference"] = {**turn.context.get("preference", {}), **wish}
        turn.say("utter_preference_noted", wish=_said_back(wish, turn.language))
        _give_link(turn, str(wish.get("channel", "")))


def _give_link(turn: Turn, channel: str) -> None:
    """Where a link leads to the channel wished for, the talk goes on there from where it stands."""
    known = turn.known_debtor if channel != turn.conversation.channel else None
    link = link_to(turn.clock, known.id, channel) if known else None
    if link:
        turn.say("utter_go_on_elsewhere", link=link)


def _close_own_question(turn: Turn) -> None:
    """Another question that is open (a plan to accept) stays so."""
    if turn.conversation.expecting == "preference":
        turn.close_question()


def _about_something_else(turn: Turn) -> str | None:
    """“Only the telephone” names a debt among several, a sum and a day are no hours: neither is a wish about messages."""
    if turn.value("amount") is not None:
        return "action_take_value"
    debts = turn.debts if turn.known_debtor else []
    return "action_choose_debt" if len(debts) > 1 and debts_meant(turn, debts) else None


def _channel_wished(turn: Turn) -> dict[str, str]:
    """The channel asked for: not one that is refused ("e-mail rather than SMS", "no SMS")."""
    refused = re.compile(words_of("refused_before")["channel"])
    asked = [
        str(found["value"])
        for found in turn.values
        if found["entity"] == "channel" and not refused.search(fold(turn.text[: found.get("start") or 0]))
    ]
    return {"channel": asked[0]} if asked else {}


def _said_back(wish: dict[str, Any], language: str) -> str:
    """What was understood, in the debtor's words for it."""
    words = words_of("wishes_said")[language]
    days = wish.get("days") or []
    told = [
        words["channel"].format(words["channels"].get(wish["channel"], wish["channel"])) if "channel" in wish else "",
        words["after"].format(_hour(wish["after"], words)) if "after" in wish else "",
        words["before"].format(_hour(wish["before"], words)) if "before" in wish else "",
        words["days"].format(", ".join(words["weekdays"][day] for day in days)) if days else "",
        words["never_at_work"] if wish.get("never_at_work") else "",
    ]
    return ", ".join(part for part in told if part) or words["as_said"]


def _hour(written: str, words: dict[str, str]) -> str:
    """18:30 as each language writes it."""
    hour, minute = written.split(":")
    return words["sharp" if minute == "00" else "hour"].format(h=int(hour), m=minute)


class ComplainContact(TradeAction):
    action = "action_complain_contact"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        if says(turn, words_of("received")["says"]) and not says(turn, words_of("received")["complains"]):
            turn.follow_up = "action_greet"  # "I got a text from you" complains of nothing
            return
        if laughing(turn):
            turn.say("utter_contact_complaint_if_meant")  # noted once they say so in earnest
            return
        complain(turn.session, turn.clock, turn.conversation, "contact", turn.text)
        turn.say("utter_contact_complaint_noted")
        task_for_a_person(turn, "complaint")


class DataRights(TradeAction):
    action = "action_data_request"

    def act(self, turn: Turn) -> None:
        said = fold(turn.text)
        kind = next(
            (kind for kind, words in words_of("data_rights").items() if any(word in said for word in words)), "access"
        )
        request = open_data_request(turn.session, turn.clock, turn.conversation, turn.debtor, kind, turn.text)
        turn.say(f"utter_data_request_{turn.debtor.country.lower()}", due_on=request.due_on)
        task_for_a_person(turn, "data_rights", {"request": str(request.id)})
