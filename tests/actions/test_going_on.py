"""Who asks for another channel is given a link that goes on there; who comes by one is asked again what was left open."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.consent.contact_wishes import NotePreference
from actions.identity.identify import Identify
from actions.session.find_the_way import AskWhichWish
from actions.trade_action import TradeAction
from recovery.clock import FrozenClock
from recovery.identity.records import Debtor
from recovery.plans.offer import make_offer, open_offer
from recovery.session.place import BY_LINK
from recovery.session.receive import receive
from recovery.session.records import Conversation
from recovery.settings import settings
from recovery.store import transaction
from tests import cast
from tests.fakes.surroundings import surround

ASKED = {"question": "plan_acceptance", "values": {}}


@pytest.fixture(autouse=True)
def surroundings(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    surround(monkeypatch, database, tmp_path, telegram_bot_name="EntenteBot")
    yield
    settings.cache_clear()


@pytest.fixture
def debtor(database: str, clock: FrozenClock) -> Debtor:
    """Camille, asked by text whether a plan suits her."""
    with transaction(database) as session:
        camille = cast.camille(session)
        cast.debt_of(session, camille, cast.energie_du_lac(session))
        there = cast.conversation_of(
            session, camille, channel="sms", address="+33639981201", expecting="plan_acceptance", last_inbound_at=clock.now(),
            verified_at=clock.now(),
            context={"asked": ASKED, "plan_wish": {"count": 3}},
        )  # fmt: skip
        parts = [["2026-12-05", 12365], ["2027-01-05", 12365]]
        make_offer(session, clock, there, "plan", {"parts": parts, "debt_ids": [], "currency": "EUR"})
        return camille


def answered(
    database: str, clock: FrozenClock, action: TradeAction, conversation: uuid.UUID, text: str, **values: str
) -> list[dict[str, Any]]:
    """What the action says to this message."""
    with transaction(database) as session:
        message = receive(session, clock, session.get_one(Conversation, conversation), text, uuid.uuid4().hex)
        told = {"conversation_id": str(conversation), "message_id": str(message.id)}
    entities = [{"entity": name, "value": value} for name, value in values.items()]
    parsed = {"metadata": told, "intent": {"name": "inform"}, "entities": entities}
    said = CollectingDispatcher()
    action.run(said, Tracker(str(conversation), {}, parsed, [], False, None, {}, "action_listen"), {})
    return list(said.messages)


@pytest.mark.parametrize(
    ("channel", "begins"),
    [
        ("web", "http://127.0.0.1:8000/c/"),
        ("telegram", "https://t.me/EntenteBot?start="),
        ("email", None),
        ("sms", None),
    ],
)
def test_a_link_to_the_channel_wished_for(
    database: str, clock: FrozenClock, debtor: Debtor, channel: str, begins: str | None
) -> None:
    with transaction(database) as session:
        there = session.query(Conversation).filter_by(channel="sms").one().id
    said = answered(database, clock, NotePreference(), there, f"plutôt par {channel}", channel=channel)
    links = [response["link"] for response in said if response["response"] == "utter_go_on_elsewhere"]
    assert [link.startswith(begins) for link in links] == ([True] if begins else [])
    assert said[-1]["response"] == "utter_ask_plan_acceptance_again", "the question stays open here meanwhile"


@pytest.mark.parametrize("by_link", [True, False])
def test_who_comes_by_a_link_goes_on_and_others_begin(
    database: str, clock: FrozenClock, debtor: Debtor, by_link: bool
) -> None:
    with transaction(database) as session:
        reference = cast.debt_of(session, debtor, cast.energie_du_lac(session)).reference
        link = {"claimed": {"link": str(debtor.id)}, "context": {BY_LINK: True}} if by_link else {}
        here = cast.conversation_of(session, **link).id
    if not by_link:
        answered(database, clock, Identify(), here, reference, reference=reference)
    said = answered(database, clock, Identify(), here, "12/03/1984", birth_date="1984-03-12")
    spoken = [response["response"] for response in said]
    with transaction(database) as session:
        talk = session.get_one(Conversation, here)
        there = session.query(Conversation).filter_by(channel="sms").one()
        assert talk.identity == "verified"
        assert bool(open_offer(session, talk, "plan")) is by_link
        if by_link:
            assert spoken == ["utter_verified", "utter_place_kept", "utter_ask_plan_acceptance"]
            assert (talk.expecting, talk.context["plan_wish"]) == ("plan_acceptance", {"count": 3})
            assert BY_LINK not in talk.context and there.expecting is None
        else:
            assert "utter_place_kept" not in spoken and there.expecting == "plan_acceptance"


def test_who_says_that_the_file_is_their_own_proves_it_as_anybody(
    database: str, clock: FrozenClock, debtor: Debtor
) -> None:
    with transaction(database) as session:
        here = cast.conversation_of(session, context={"third_party": "a message before"}).id
        reference = cast.debt_of(session, debtor, cast.energie_du_lac(session)).reference
    answered(database, clock, Identify(), here, reference, reference=reference)
    answered(database, clock, Identify(), here, "12/03/1984", birth_date="1984-03-12")
    with transaction(database) as session:
        assert session.get_one(Conversation, here).identity == "unverified"
    answered(database, clock, AskWhichWish(), here, "c'est moi, Camille")
    answered(database, clock, Identify(), here, "12/03/1984", birth_date="1984-03-12")
    with transaction(database) as session:
        assert session.get_one(Conversation, here).identity == "verified"
