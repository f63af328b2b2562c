"""A wish and the facts that prove identity in one message: the wish is put aside, then taken up and answered, once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.debts.tell_balance import TellBalance
from actions.identity.identify import Identify
from actions.trade_action import TradeAction
from recovery.clock import FrozenClock
from recovery.session.receive import receive
from recovery.session.records import Conversation
from recovery.settings import settings
from recovery.store import transaction
from tests import cast
from tests.fakes.surroundings import surround


@pytest.fixture(autouse=True)
def surroundings(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    surround(monkeypatch, database, tmp_path)
    yield
    settings.cache_clear()


def test_a_wish_said_with_its_proof_is_answered_once(database: str, clock: FrozenClock) -> None:
    with transaction(database) as session:
        lucia = cast.lucia(session)
        debt = cast.debt_of(session, lucia, cast.energie_du_lac(session))
        talk = cast.conversation_of(session, None, debt.creditor, language="es")
        proof = f"cuánto debo? {debt.reference} {lucia.birth_date:%d/%m/%Y}"
        message = receive(session, clock, session.get_one(Conversation, talk.id), proof, uuid.uuid4().hex)
        told = {"conversation_id": str(talk.id), "message_id": str(message.id)}
        entities = [{"entity": "birth_date", "value": lucia.birth_date.isoformat()}]
    heard = {"text": proof, "intent": {"name": "ask_balance"}, "entities": entities, "metadata": told}
    first = _taken(heard)
    assert first == ["utter_verified", "utter_balance_one", "utter_what_can_be_done"]
    assert _taken(heard) == first  # the turn taken again finds the answers kept, and does nothing twice


def _taken(heard: dict[str, Any]) -> list[str]:
    """What is said from the wish to the last action that follows, as the dialogue would run them."""
    actions: dict[str, TradeAction] = {"action_tell_balance": TellBalance(), "action_identify": Identify()}
    said, follows, runs = [], "action_tell_balance", 0
    ran: list[dict[str, Any]] = [{"event": "action", "name": "action_tell_balance"}, {"event": "user"}]
    while follows and runs < 6:
        runs += 1
        dispatcher = CollectingDispatcher()
        tracker = Tracker("a-debtor", {}, heard, ran, False, None, {}, "action_listen")
        events = actions[follows].run(dispatcher, tracker, {})
        ran.append({"event": "action", "name": follows})
        said += [response["response"] for response in dispatcher.messages]
        follows = next((event["name"] for event in events if event["event"] == "followup"), "")
    return said
