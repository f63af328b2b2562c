"""A message that could not leave: its debtor is told on another channel that something waits.

What is said there is neutral, with a link that goes on once identity is proven: another channel may be read by others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.contract import Channel
from recovery.clock import Clock
from recovery.consent.gate import AGENT_ANSWERS_WITHIN
from recovery.consent.records import GateDecision
from recovery.identity.records import ContactPoint, Debtor
from recovery.session.links import link_wanted
from recovery.session.open_conversation import open_conversation
from recovery.session.records import Conversation, Message
from recovery.session.say import MayNotBeSaid, say
from recovery.session.take_message import latest_at
from recovery.settings import settings
from recovery.texts import text_for

INSTEAD_OF = "instead_of"  # in the gate's record: the message that could not leave

ChannelNamed = Callable[[str], Channel | None]


def tell_elsewhere(
    session: Session, clock: Clock, channel_named: ChannelNamed, conversation: Conversation, message: Message
) -> bool:
    """False where nobody could be told: then a person has it."""
    debtor = session.get(Debtor, conversation.debtor_id) if conversation.debtor_id else None
    if not debtor or _tells_of_another(session, message):
        return False
    # What answers them may be told at once; what begins a talk passes the whole send gate, as any first word does.
    last = conversation.last_inbound_at
    author = "system" if last and clock.now() - last <= AGENT_ANSWERS_WITHIN else "campaign"
    ways = ways_to(session, debtor, channel_named, but=conversation.channel)
    return any(_told(session, clock, debtor, point, message, author) for point in ways)


def ways_to(session: Session, debtor: Debtor, channel_named: ChannelNamed, but: str) -> Iterator[ContactPoint]:
    """Addresses of theirs that we may write to first: the channel they prefer, then those they have proven to own."""
    points = session.scalars(
        select(ContactPoint).where(
            ContactPoint.debtor_id == debtor.id, ContactPoint.channel != but, ContactPoint.suppressed_at.is_(None)
        )
    )
    preferred = debtor.preferences.get("channel")
    best_first = sorted(
        points, key=lambda point: (point.channel != preferred, point.owned_since is None, str(point.id))
    )
    for point in best_first:
        channel = channel_named(point.channel)
        if channel and channel.capabilities.starts and (point.opt_in or not channel.capabilities.templates):
            yield point


def _told(session: Session, clock: Clock, debtor: Debtor, point: ContactPoint, message: Message, author: str) -> bool:
    """False where the gate refuses: they asked for silence there, or the hour is wrong."""
    language = debtor.language or "fr"
    text = text_for("message_waits", language, name=settings().operator_name, link=link_wanted(clock, debtor.id, "web"))
    with suppress(MayNotBeSaid), session.begin_nested():
        here = _conversation_at(session, clock, point, language)
        said = say(session, clock, here, text, author=author, language=language)
        session.flush()
        decision = session.scalars(select(GateDecision).where(GateDecision.message_id == said.id)).one()
        decision.extra = {**decision.extra, INSTEAD_OF: str(message.id)}
        return True
    return False


def _tells_of_another(session: Session, message: Message) -> bool:
    """It was itself said in place of another: two channels must not send each other's failures back and forth."""
    kept = session.scalar(select(GateDecision.extra).where(GateDecision.message_id == message.id))
    return bool(kept and INSTEAD_OF in kept)


def _conversation_at(session: Session, clock: Clock, point: ContactPoint, language: str) -> Conversation:
    known = latest_at(session, point.channel, point.address)
    return known or open_conversation(session, clock, point.channel, point.address, None, language)
