"""`/debtors/{id}/links`: a personal link that goes on with a conversation, for a letter or a message of the creditor's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.ledger.needs import Writing
from api.ledger.values import Body, Shown
from recovery.audit import record_act
from recovery.errors import NotFound
from recovery.identity.records import Debtor
from recovery.session.links import link_wanted
from recovery.session.tokens import LINK_HOURS

router = APIRouter(prefix="/debtors", tags=["debtors"])


class LinkIn(Body):
    channel: Literal["web", "telegram"] = "web"


class LinkShown(Shown):
    url: str
    until: datetime


@router.post("/{debtor_id}/links", status_code=201, response_model=LinkShown, summary="A link that goes on with a talk")
def link(debtor_id: UUID, body: LinkIn, write: Writing) -> JSONResponse:
    """It works once, and is one fact of identity: send it to an address of theirs that is known."""
    return write.once(body, lambda: _link(write, debtor_id, body.channel))


def _link(write: Writing, debtor_id: UUID, channel: str) -> LinkShown:
    if write.session.get(Debtor, debtor_id) is None:
        raise NotFound("debtor", debtor_id)
    url = link_wanted(write.clock, debtor_id, channel)
    record_act(write.session, write.clock, "api", "link.given", f"debtor:{debtor_id}", channel=channel)
    return LinkShown(url=url, until=write.clock.now() + timedelta(hours=LINK_HOURS))
