"""Lists, newest first, by keyset: the cursor is the last record seen, so that page 10 000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from recovery.debts.records import Debt

Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    items: list[Item]
    next_cursor: UUID | None = Field(None, description="Give it as `cursor` to read on; null on the last page")


Cursor = Annotated[UUID | None, Query(description="`next_cursor` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200, description="Records a page")]
DebtorId = Annotated[UUID | None, Query(description="Records of this debtor")]
DebtId = Annotated[UUID | None, Query(description="Records of this debt")]
ConversationId = Annotated[UUID | None, Query(description="Records made in this conversation")]
State = Annotated[str | None, Query(max_length=40, description="Records in this state")]


def page_of(
    session: Session,
    wanted: Select[Any],
    identity: Any,
    filters: Sequence[ColumnElement[bool] | None],
    shown: Callable[[Sequence[Any]], list[Any]],
    cursor: UUID | None,
    limit: int,
) -> dict[str, Any]:
    """`identity`: the id column, in order of age. `filters`: conditions, None where the caller asked for none."""
    wanted = wanted.where(*(condition for condition in filters if condition is not None))
    if cursor is not None:
        wanted = wanted.where(identity < cursor)
    found = session.scalars(wanted.order_by(identity.desc()).limit(limit + 1)).unique().all()
    here = found[:limit]
    return {"items": shown(here), "next_cursor": here[-1].id if len(found) > limit else None}


def equal(column: Any, value: Any) -> ColumnElement[bool] | None:
    return None if value is None else column == value


def owing(debtor_id: Any, debt_id: UUID | None) -> ColumnElement[bool] | None:
    """Records of whoever owes this debt, where a record itself names no debt."""
    return None if debt_id is None else debtor_id.in_(select(Debt.debtor_id).where(Debt.id == debt_id))


def owed(creditor_id: Any, debtor_id: UUID | None, debt_id: UUID | None) -> ColumnElement[bool] | None:
    """Creditors to whom this debtor, or this debt, owes something."""
    asked = [
        condition for condition in (equal(Debt.debtor_id, debtor_id), equal(Debt.id, debt_id)) if condition is not None
    ]
    return creditor_id.in_(select(Debt.creditor_id).where(*asked)) if asked else None
