"""What every action of the trade shares: one transaction, identity first, and one effect however often the turn is taken."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from datetime import timedelta
from itertools import takewhile
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.debts.one_wish_a_debt import goes_on, takes_apart, waits_for_nothing
from actions.debts.too_old import answered_by_its_age
from actions.disputes.keep_documents import keep_documents
from actions.heard_first import meant_for_a_machine, says_minor, says_own_file
from actions.identity.another_writes import writes_as_another
from actions.identity.facts_given import names_a_file
from actions.plans.imposed import answered_by_measures
from actions.session.plain_words import answers_plain_words
from actions.turn import Turn
from recovery.clock import Clock, clock_from
from recovery.session.records import ActionRun, Conversation, Message
from recovery.settings import settings
from recovery.store import transaction

# A child, too, may stop us, ask for a person, or be in danger.
HEARD_FROM_A_CHILD = {
    "action_minor",
    "action_identify",
    "action_distress",
    "action_call_a_person",
    "action_stop_contact",
}

# "Here is the statement", sent with it, asks for no statement: the document is kept, and its arrival told.
SAID_OF_A_DOCUMENT = {"action_give_proof", "action_give_receipt", "action_dispute_status", "action_payment_status"}

TAKEN_UP = " taken up"


class TradeAction(Action, ABC):
    """Subclasses give `act`. `action` is the Rasa name; `needs_identity` keeps the wish until the debtor is verified."""

    action: ClassVar[str]
    needs_identity: ClassVar[bool] = True
    comes_back: ClassVar[bool] = True  # an open question is asked again after this answer
    gives_way: ClassVar[bool] = False  # a courtesy: a reference of ours in the message is what the message is about

    def name(self) -> str:
        return self.action

    @abstractmethod
    def act(self, turn: Turn) -> None:
        """Answer the turn: call recovery, then `turn.say` and `turn.ask`."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        parsed = dict(tracker.latest_message or {})
        wordings = frozenset((domain or {}).get("responses") or ())
        answer = self._answer_once(parsed, clock_from(settings().clock), wordings, self._run_in(tracker))
        dispatcher.messages.extend(_as_rasa_wants(response) for response in answer["responses"])
        events: list[dict[str, Any]] = [
            SlotSet("expecting", answer["expecting"]),
            SlotSet("language", answer["language"]),
        ]
        return [*events, FollowupAction(answer["follow_up"])] if answer["follow_up"] else events

    def _answer_once(self, parsed: dict[str, Any], clock: Clock, wordings: frozenset[str], run: str) -> dict[str, Any]:
        told = parsed.get("metadata") or {}
        message_id = uuid.UUID(told["message_id"])
        with transaction(settings().database_url) as session:
            conversation = session.get_one(Conversation, uuid.UUID(told["conversation_id"]), with_for_update=True)
            earlier = session.get(ActionRun, (message_id, run))
            if earlier:
                return earlier.answer
            open_before = conversation.expecting
            turn = _open_turn(session, clock, conversation, session.get_one(Message, message_id), parsed)
            turn.wordings = wordings
            self._act_or_ask_identity(turn)
            if (
                self.comes_back
                and open_before
                and conversation.expecting == open_before
                and not (turn.asked or turn.follow_up)
            ):
                turn.ask_again()
            if waits_for_nothing(turn, self.action):
                goes_on(turn)
            return _close_turn(turn, self.action, run)

    def _run_in(self, tracker: Tracker) -> str:
        """The name this run is kept under: a wish put aside and taken up within one message is a run of its own."""
        since_the_message = list(takewhile(lambda event: event.get("event") != "user", reversed(tracker.events or [])))
        ran = sum(event.get("event") == "action" and event.get("name") == self.action for event in since_the_message)
        return self.action + TAKEN_UP * ran

    def _act_or_ask_identity(self, turn: Turn) -> None:
        if self.action not in HEARD_FROM_A_CHILD and not turn.resumed and says_minor(turn.text):
            self._leave_to_a_person(turn)
            return
        if self.action not in HEARD_FROM_A_CHILD and not turn.resumed and meant_for_a_machine(turn.text):
            self._stay_on_topic(turn)
            return
        if turn.context.get("third_party") and says_own_file(turn.text):
            turn.context.pop("third_party")
            if self.action not in HEARD_FROM_A_CHILD:
                turn.follow_up = "action_identify"  # whatever it was heard as: they prove it as anybody does
                return
        if self.gives_way and names_a_file(turn):
            turn.follow_up = "action_identify"
            return
        if answers_plain_words(turn, self.action):
            return
        if self.needs_identity and not _verified_lately(turn):
            if writes_as_another(turn.text) and not turn.context.get("third_party"):
                turn.follow_up = "action_third_party"  # "I am his former wife: what does he owe?"
                return
            turn.keep_wish(self.action)
            turn.follow_up = "action_identify"
            return
        if turn.message.attachments and turn.known_debtor and self.action in SAID_OF_A_DOCUMENT:
            keep_documents(turn)
            return
        if takes_apart(turn, self.action) or answered_by_measures(turn, self.action):
            return
        if answered_by_its_age(turn, self.action):
            return
        self.act(turn)
        if turn.message.attachments and turn.known_debtor:
            keep_documents(turn)

    def _stay_on_topic(self, turn: Turn) -> None:
        """Code and orders to a program have no effect, whatever they were read as; a reference in them still opens the file."""
        if names_a_file(turn):
            turn.follow_up = "action_identify"
        elif turn.context.get("machine") != str(turn.message.id):
            turn.context["machine"] = str(turn.message.id)
            turn.say("utter_stay_on_topic")

    def _leave_to_a_person(self, turn: Turn) -> None:
        """A child is concerned: said once, whatever else the message holds."""
        if turn.context.get("minor") != str(turn.message.id):
            turn.context["minor"] = str(turn.message.id)
            turn.follow_up = "action_minor"


def _open_turn(
    session: Session, clock: Clock, conversation: Conversation, message: Message, parsed: dict[str, Any]
) -> Turn:
    if message.nlu is None:
        message.nlu = {key: parsed.get(key) for key in ("intent", "intents", "entities", "signals", "language")}
    context = dict(conversation.context)
    resumed = context.pop("resuming", None)
    values = resumed["values"] if resumed else parsed.get("entities") or []
    return Turn(session, clock, conversation, message, parsed, values, context, resumed=resumed)


def _close_turn(turn: Turn, action: str, run: str) -> dict[str, Any]:
    answer = {
        "responses": turn.responses,
        "expecting": turn.conversation.expecting,
        "language": turn.conversation.language,
        "follow_up": turn.follow_up,
    }
    if turn.follow_up and turn.resumed and "resuming" not in turn.context:
        turn.context["resuming"] = turn.resumed  # the next action reads the same words
    if action != "action_ask_which_wish":
        turn.context.pop("misunderstood", None)
    turn.conversation.context = turn.context
    turn.session.add(ActionRun(message_id=turn.message.id, action=run, answer=answer, at=turn.clock.now()))
    return answer


def _verified_lately(turn: Turn) -> bool:
    """Verified state lasts a set time in one conversation on one address (ID-01, session_ttl_h)."""
    conversation = turn.conversation
    if conversation.identity != "verified" or conversation.verified_at is None:
        return False
    if turn.clock.now() - conversation.verified_at > timedelta(hours=settings().identity_session_hours):
        conversation.identity = "unverified"
        conversation.claimed = {}
        return False
    return True


def _as_rasa_wants(response: dict[str, Any]) -> dict[str, Any]:
    blank = {
        "text": None,
        "buttons": [],
        "elements": [],
        "custom": {},
        "template": None,
        "image": None,
        "attachment": None,
    }
    return {**blank, **response}
