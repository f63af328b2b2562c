"""A notice on its way to its creditor: once, tried again for three days."""

from __future__ import annotations

import logging
import uuid

from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.creditors.address import signing_key
from recovery.creditors.call import call
from recovery.creditors.records import CreditorNotice
from recovery.debts.records import Creditor
from recovery.session.jobs import enqueue

log = logging.getLogger(__name__)

TRIES = 80  # with the worker's back-off (an hour at most), a little over three days


def tell_creditor(session: Session, clock: Clock, notice_id: uuid.UUID) -> None:
    """A second run finds it told. Raises TemporaryFailure while another try may help."""
    notice = session.get_one(CreditorNotice, notice_id, with_for_update=True)
    creditor = session.get_one(Creditor, notice.creditor_id)
    if notice.state != "waiting" or creditor.notify_url is None:
        return
    call(creditor.notify_url, signing_key(creditor), str(notice.id), {"id": str(notice.id), **notice.body}, clock.now())
    notice.state, notice.told_at, notice.attempts = "told", clock.now(), notice.attempts + 1
    session.flush()
    record_act(
        session, clock, "system", "creditor.told", f"notice:{notice.id}", kind=notice.kind, line=notice.line
    )  # fmt: skip


def note_failed_notice(session: Session, clock: Clock, notice_id: uuid.UUID, failure: Exception) -> bool:
    """Count a try that may be repeated. False where it was the last: the notice is dead, and counted as such in /metrics."""
    notice = session.get_one(CreditorNotice, notice_id, with_for_update=True)
    notice.attempts += 1
    notice.last_error = str(failure)[:500]
    if notice.attempts < TRIES:
        return True
    notice.state = "dead"
    session.flush()
    log.error("Notice %s could not be told: %s", notice.id, failure)
    record_act(session, clock, "system", "creditor.not_told", f"notice:{notice.id}", because=notice.last_error)
    return False


def tell_again(session: Session, clock: Clock, notice: CreditorNotice) -> None:
    """A dead notice, once the creditor's system is mended."""
    notice.state, notice.attempts = "waiting", 0
    session.flush()
    enqueue(session, "tell_creditor", None, "deliveries", notice_id=str(notice.id))
