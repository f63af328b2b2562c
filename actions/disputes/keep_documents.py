"""Whatever a verified debtor sends is kept with the dispute it belongs to, whichever words came with it."""

from __future__ import annotations

from actions.turn import Turn
from recovery.disputes.keep_evidence import keep_evidence
from recovery.disputes.open_dispute import OPEN_STATES, disputes_of


def keep_documents(turn: Turn) -> None:
    """Tie the message's attachments to the latest open dispute, else to the one debt there is; say so once."""
    disputes = [dispute for dispute in disputes_of(turn.session, turn.debtor) if dispute.state in OPEN_STATES]
    debts = turn.debts
    debt = debts[0] if len(debts) == 1 else None
    if keep_evidence(turn.session, turn.clock, turn.message.attachments, disputes[0] if disputes else None, debt):
        turn.say("utter_document_received")
