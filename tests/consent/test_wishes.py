"""What debtors asked of our messages is obeyed by every text we send of our own accord, and by none that answers them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.consent.wishes import against_their_wishes
from recovery.identity.records import ContactPoint
from recovery.session.say import MayNotBeSaid, say
from tests import cast

pytestmark = pytest.mark.usefixtures("surroundings")

FRIDAY_NOON = FrozenClock(datetime(2026, 11, 27, 11, tzinfo=UTC))  # 12:00 in Paris


@pytest.mark.parametrize(
    "wished", [{"after": "18:00"}, {"before": "11:30"}, {"days": [0, 1]}, {"channel": "email"}], ids=str
)
def test_nothing_is_sent_against_a_wish(session: Session, wished: dict[str, Any]) -> None:
    debtor = cast.camille(session, preferences=wished)
    debtor.contact_points.append(ContactPoint(channel="email", address="camille@example.org"))
    talk = cast.conversation_of(session, debtor, channel="sms", address="+33639981201")
    with pytest.raises(MayNotBeSaid) as refused:
        say(session, FRIDAY_NOON, talk, "Bonjour", author="campaign")
    assert "CT-12 wish" in [rule["rule"] for rule in refused.value.rules]


@pytest.mark.parametrize("wished", [{"after": "11:00"}, {"before": "18:00", "days": [4]}, {"channel": "sms"}], ids=str)
def test_what_agrees_with_a_wish_leaves(session: Session, wished: dict[str, Any]) -> None:
    talk = cast.conversation_of(
        session, cast.camille(session, preferences=wished), channel="sms", address="+33639981201"
    )
    assert against_their_wishes(session, FRIDAY_NOON, talk) is None


def test_a_channel_we_have_no_address_for_silences_no_other(session: Session) -> None:
    debtor = cast.camille(session, preferences={"channel": "whatsapp"})
    talk = cast.conversation_of(session, debtor, channel="sms", address="+33639981201")
    assert against_their_wishes(session, FRIDAY_NOON, talk) is None


def test_an_answer_is_given_at_any_hour(session: Session) -> None:
    talk = cast.conversation_of(session, cast.camille(session, preferences={"after": "18:00"}))
    assert say(session, FRIDAY_NOON, talk, "Bonjour", author="campaign", solicited=True).id


def test_a_represented_debtor_is_not_written_to_even_before_identity(session: Session) -> None:
    cast.camille(session, representative={"role": "lawyer", "name": "Me Roux"})
    talk = cast.conversation_of(session, channel="sms", address="+33639981201")
    with pytest.raises(MayNotBeSaid) as refused:
        say(session, FRIDAY_NOON, talk, "Bonjour", author="campaign")
    assert "OO-07 representative" in [rule["rule"] for rule in refused.value.rules]
