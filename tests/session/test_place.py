"""Who comes by a link goes on from where they stood, once they have proven who they are, and only then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.identity.records import Debtor
from recovery.plans.offer import make_offer, open_offer
from recovery.session.place import BY_LINK, arrive_by_link, take_up_place
from recovery.session.records import Conversation
from recovery.session.tokens import NotYours, read_link, start_token
from tests import cast

ASKED = {"question": "plan_acceptance", "values": {}}


@pytest.fixture
def debtor(session: Session) -> Debtor:
    return cast.camille(session)


def left(session: Session, clock: FrozenClock, debtor: Debtor, **changes: Any) -> Conversation:
    facts = {
        "channel": "sms", "address": "+33639981201", "expecting": "plan_acceptance", "last_inbound_at": clock.now(),
        "context": {"asked": ASKED, "plan_wish": {"count": 3}, "resuming": {"action": "x"}},
    }  # fmt: skip
    return cast.conversation_of(session, debtor, **{**facts, **changes})


def offered(session: Session, clock: FrozenClock, there: Conversation, first: date) -> None:
    parts = [[first.isoformat(), 10000], [date(2027, 1, 5).isoformat(), 10000]]
    make_offer(session, clock, there, "plan", {"parts": parts, "debt_ids": [], "currency": "EUR"})


def test_the_question_moves_with_what_was_offered(session: Session, clock: FrozenClock, debtor: Debtor) -> None:
    there = left(session, clock, debtor)
    offered(session, clock, there, date(2026, 12, 5))
    here = cast.conversation_of(session, debtor)
    place = take_up_place(session, clock, here)
    session.flush()
    assert place and place.expecting == "plan_acceptance"
    assert place.context == {"asked": ASKED, "plan_wish": {"count": 3}}
    assert open_offer(session, here, "plan") and not open_offer(session, there)
    assert there.expecting is None, "a yes over there agrees to nothing any more"
    assert take_up_place(session, clock, cast.conversation_of(session, debtor)) is None


@pytest.mark.parametrize(
    "changes",
    [{"expecting": None}, {"expecting": "identity_second_fact"}, {"mode": "human"}, {"last_inbound_at": None}],
)
def test_where_no_question_of_ours_is_open_none_moves(
    session: Session, clock: FrozenClock, debtor: Debtor, changes: dict[str, Any]
) -> None:
    left(session, clock, debtor, **changes)
    assert take_up_place(session, clock, cast.conversation_of(session, debtor)) is None


def test_a_question_whose_days_have_passed_is_asked_anew(session: Session, clock: FrozenClock, debtor: Debtor) -> None:
    there = left(session, clock, debtor)
    offered(session, clock, there, date(2026, 11, 21))
    assert take_up_place(session, clock, cast.conversation_of(session, debtor)) is None
    clock.advance(timedelta(days=31))
    assert take_up_place(session, clock, cast.conversation_of(session, debtor)) is None


def test_nobody_goes_on_with_somebody_elses_talk(session: Session, clock: FrozenClock, debtor: Debtor) -> None:
    left(session, clock, debtor)
    assert take_up_place(session, clock, cast.conversation_of(session, cast.lucia(session))) is None


def test_the_link_alone_moves_nothing(session: Session, clock: FrozenClock, debtor: Debtor) -> None:
    there, here = left(session, clock, debtor), cast.conversation_of(session)
    token = start_token(clock, debtor.id)
    arrive_by_link(session, clock, here, read_link(clock, token))
    assert (here.identity, here.expecting, here.context) == ("unverified", None, {BY_LINK: True})
    assert there.expecting == "plan_acceptance"
    with pytest.raises(AssertionError):
        take_up_place(session, clock, here)
    with pytest.raises(NotYours):
        arrive_by_link(session, clock, cast.conversation_of(session), read_link(clock, token))
