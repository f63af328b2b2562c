"""A task for a person, beside a conversation that goes on."""

from __future__ import annotations

from typing import Any

from actions.turn import Turn
from recovery.handover.hand_over import hand_over


def task_for_a_person(turn: Turn, reason: str, facts: dict[str, Any] | None = None) -> None:
    """`facts`: what only this action knows (a ticket, a file number), kept with the summary."""
    hand_over(
        turn.session, turn.clock, turn.conversation, reason=reason, words=turn.text, takes_over=False, extra=facts or None
    )  # fmt: skip
