"""Stop, another channel or hour, too many messages, data rights: each has its effect at once."""

from __future__ import annotations

from typing import Any

from actions.debts.debts_meant import fold
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.consent.opt_out import opt_out
from recovery.consent.privacy import complain, note_preference, open_data_request
from recovery.handover.hand_over import hand_over
from recovery.session.links import link_to


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
        wish: dict[str, Any] = {"words": turn.text}
        if turn.value("channel"):
            wish["channel"] = turn.value("channel")
        if any(word in fold(turn.text) for word in words_of("at_work")):
            wish["never_at_work"] = True
        if known := turn.known_debtor:
            note_preference(turn.session, turn.clock, turn.conversation, known, wish)
        else:
            turn.context["preference"] = wish  # taken up at the moment identity is verified
        turn.say("utter_preference_noted")
        _give_link(turn, str(wish.get("channel", "")))


def _give_link(turn: Turn, channel: str) -> None:
    """Where a link leads to the channel wished for, the talk goes on there from where it stands."""
    known = turn.known_debtor if channel != turn.conversation.channel else None
    link = link_to(turn.clock, known.id, channel) if known else None
    if link:
        turn.say("utter_go_on_elsewhere", link=link)


class ComplainContact(TradeAction):
    action = "action_complain_contact"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        complain(turn.session, turn.clock, turn.conversation, "contact", turn.text)
        turn.say("utter_contact_complaint_noted")
        hand_over(turn.session, turn.clock, turn.conversation, reason="complaint", words=turn.text, takes_over=False)


class DataRights(TradeAction):
    action = "action_data_request"

    def act(self, turn: Turn) -> None:
        said = fold(turn.text)
        kind = next(
            (kind for kind, words in words_of("data_rights").items() if any(word in said for word in words)), "access"
        )
        request = open_data_request(turn.session, turn.clock, turn.conversation, turn.debtor, kind, turn.text)
        turn.say("utter_data_request", due_on=request.due_on)
        hand_over(
            turn.session,
            turn.clock,
            turn.conversation,
            reason="data_rights",
            words=turn.text,
            takes_over=False,
            extra={"request": str(request.id)},
        )
