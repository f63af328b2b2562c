"""Stopping: at once, for ever, on one channel or on all, until the debtor themselves reopen (OO-03, OO-04)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import yaml
from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.consent.folded import folded
from recovery.consent.records import OptOut
from recovery.session.records import Conversation
from recovery.store import time_ordered_id

_WORDS = Path(__file__).parent / "words" / "agreed.yml"
_NOT_WORDS = re.compile(r"[^\w' ]+")


def agreed_word(text: str) -> str | None:
    """`stop_here`, `stop_everywhere`, `reopen`, `person` or `catalan` where the whole message is one of the agreed words, else
    None.
    """
    return _agreed_words().get(_bare(text))


def opt_out(session: Session, clock: Clock, conversation: Conversation, channel: str | None, words: str) -> OptOut:
    """No more messages on this channel (None: on any). The same wish twice is one opt-out."""
    standing = _standing(session, conversation, channel)
    if standing:
        return standing
    wish = OptOut(
        id=time_ordered_id(),
        debtor_id=conversation.debtor_id,
        channel=channel,
        address=conversation.address,
        conversation_id=conversation.id,
        words=words,
        created_at=clock.now(),
    )
    session.add(wish)
    record_act(session, clock, "debtor", "contact.stopped", f"conversation:{conversation.id}", channel=channel or "all")
    return wish


def reopen(session: Session, clock: Clock, conversation: Conversation) -> bool:
    """Lifts what this conversation or its address had stopped. False where nothing was."""
    here = update(OptOut).where(OptOut.reopened_at.is_(None), _of_this_talk(conversation))
    lifted = session.execute(here.values(reopened_at=clock.now()).returning(OptOut.id)).all()
    if lifted:
        record_act(session, clock, "debtor", "contact.reopened", f"conversation:{conversation.id}")
    return bool(lifted)


def silenced(session: Session, conversation: Conversation) -> bool:
    """Whether the debtor asked for silence in this very conversation, or at this very address."""
    return session.scalar(select(silence_asked_for(conversation))) or False


def silence_asked_for(conversation: Conversation | type[Conversation]) -> ColumnElement[bool]:
    """The same as a condition, for one conversation or within a query over them."""
    return exists().where(OptOut.reopened_at.is_(None), _of_this_talk(conversation))


def opt_out_in_force(session: Session, conversation: Conversation) -> OptOut | None:
    """What forbids us to write first: an opt-out of this address, or of this person on this channel or on all."""
    whose = [_of_this_talk(conversation)]
    if conversation.debtor_id:
        on_this = or_(OptOut.channel.is_(None), OptOut.channel == conversation.channel)
        whose.append(and_(OptOut.debtor_id == conversation.debtor_id, on_this))
    return session.scalar(select(OptOut).where(OptOut.reopened_at.is_(None), or_(*whose)).limit(1))


def opted_out(session: Session, debtor_id: UUID, channel: str) -> bool:
    """Whether this person asked for silence on this channel or on all, wherever they asked."""
    theirs = and_(OptOut.debtor_id == debtor_id, or_(OptOut.channel.is_(None), OptOut.channel == channel))
    return session.scalar(select(exists().where(OptOut.reopened_at.is_(None), theirs))) or False


def _of_this_talk(conversation: Conversation | type[Conversation]) -> ColumnElement[bool]:
    same_address = and_(
        OptOut.address == conversation.address,
        or_(OptOut.channel == conversation.channel, OptOut.channel.is_(None)),
    )
    return or_(OptOut.conversation_id == conversation.id, same_address)


def _standing(session: Session, conversation: Conversation, channel: str | None) -> OptOut | None:
    same = OptOut.channel.is_(None) if channel is None else OptOut.channel == channel
    return session.scalar(
        select(OptOut).where(OptOut.reopened_at.is_(None), _of_this_talk(conversation), same).limit(1)
    )


def _bare(text: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", folded(text)).split())


@lru_cache(maxsize=1)
def _agreed_words() -> dict[str, str]:
    lists: dict[str, list[str]] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {_bare(words): meaning for meaning, listed in lists.items() for words in listed}
