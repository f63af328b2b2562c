"""Where a person's words stand, table by table, and what is left in their place. The ledger, sums, days and hashes are no words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from recovery.consent.records import Complaint, DataRequest, OptOut
from recovery.disputes.records import Dispute
from recovery.handover.records import Handover, Note
from recovery.identity.records import ContactPoint, Debtor
from recovery.payments.records import DeclaredPayment
from recovery.plans.records import Offer, Plan, Promise
from recovery.session.records import ActionRun, Conversation, Message
from recovery.store import Record

SUMMARY_KEPT = ("at", "channel", "language", "identity")


@dataclass(frozen=True)
class Words:
    """One column that holds words. `left`: what stands there afterwards, from what stood there and the sentence that says so."""

    table: type[Any]
    column: str
    left: Callable[[Any, str], Any]


def _nothing(_: Any, __: str) -> None:
    return None


def _said(_: Any, marker: str) -> str:
    return marker


def _empty(kept: Any, _: str) -> Any:
    return type(kept)()


def _accepted(kept: dict[str, Any], marker: str) -> dict[str, Any]:
    """The hash of what was shown, the moment and the channel stay: an agreement is proven by them, its words by what is sealed."""
    return {**kept, "words": marker} if "words" in kept else kept


def _offered(kept: dict[str, Any], marker: str) -> dict[str, Any]:
    return {**kept, "acceptance": _accepted(kept["acceptance"], marker)} if "acceptance" in kept else kept


def _summed_up(kept: dict[str, Any], _: str) -> dict[str, Any]:
    return {**{name: kept[name] for name in SUMMARY_KEPT if name in kept}, "incomplete": True}


def _staged(kept: list[Any], _: str) -> list[Any]:
    return [{**stage, "note": None} for stage in kept]


def _agreed(kept: dict[str, Any], marker: str) -> dict[str, Any]:
    return {**kept, "text": marker} if "text" in kept else kept


def _wished(kept: dict[str, Any], _: str) -> dict[str, Any]:
    """Hours, days and channel protect the debtor, and stay."""
    return {name: value for name, value in kept.items() if name != "words"}


IN_A_TALK = (
    Words(Message, "text", _said),
    Words(Message, "nlu", _nothing),
    Words(Message, "asked", _nothing),
    Words(Message, "buttons", _empty),
    Words(Message, "pressed", _nothing),
    Words(Note, "text", _said),
    Words(Handover, "words", _nothing),
    Words(Handover, "summary", _summed_up),
    Words(Offer, "terms", _offered),
    Words(OptOut, "words", _nothing),
    Words(Complaint, "words", _said),
    Words(Conversation, "context", _empty),
    Words(Conversation, "claimed", _empty),
)
OF_A_DEBTOR = (
    Words(Dispute, "words", _said),
    Words(Dispute, "stages", _staged),
    Words(Promise, "words", _nothing),
    Words(Plan, "acceptance", _accepted),
    Words(DeclaredPayment, "words", _nothing),
    Words(DataRequest, "words", _said),
    Words(ContactPoint, "opt_in", _agreed),
    Words(Debtor, "preferences", _wished),
)


def take_words(
    session: Session, talks: Sequence[Conversation], debtor_id: uuid.UUID | None, marker: Callable[[Any], str]
) -> list[dict[str, Any]]:
    """What stood there, [{"table","id","column","value"}], now replaced. `marker`: the sentence left, in the record's language."""
    ids = [talk.id for talk in talks]
    taken: list[dict[str, Any]] = []
    for words in IN_A_TALK:
        taken += _take(session, words, _of_talks(words.table, ids), marker)
    for words in OF_A_DEBTOR if debtor_id else ():
        owner = words.table.id if words.table is Debtor else words.table.debtor_id
        taken += _take(session, words, owner == debtor_id, marker)
    _forget_answers(session, ids)
    return taken


def _of_talks(table: type[Any], ids: list[uuid.UUID]) -> ColumnElement[bool]:
    column: ColumnElement[bool] = (table.id if table is Conversation else table.conversation_id).in_(ids)
    return column


def _take(
    session: Session, words: Words, of_them: ColumnElement[bool], marker: Callable[[Any], str]
) -> Iterator[dict[str, Any]]:
    for record in session.scalars(select(words.table).where(of_them)):
        stood = getattr(record, words.column)
        left = words.left(stood, marker(record)) if stood else stood
        if left != stood:
            setattr(record, words.column, left)
            yield {"table": _name(words.table), "id": str(record.id), "column": words.column, "value": stood}


def _forget_answers(session: Session, ids: list[uuid.UUID]) -> None:
    """What an action answered is the assistant's message again: nothing to keep twice."""
    messages = select(Message.id).where(Message.conversation_id.in_(ids))
    for run in session.scalars(select(ActionRun).where(ActionRun.message_id.in_(messages))):
        run.answer = {}


def _name(table: type[Record]) -> str:
    return str(table.__tablename__)
