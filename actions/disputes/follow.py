"""Following what was contested, or complained of: stage, who has it, what is awaited, by when."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from actions.disputes.dispute import KINDS
from actions.handover.beside import task_for_a_person
from actions.plans.said import says
from actions.trade_action import TradeAction
from actions.turn import DEFAULT_ZONE, Turn
from actions.words import words_of
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import add_words, disputes_of
from recovery.disputes.records import Dispute
from recovery.handover.hand_over import open_handover
from recovery.handover.hold import first_name
from recovery.handover.records import DeskUser, Handover


class DisputeStatus(TradeAction):
    """Stage, who has it, what is awaited, by when; where nothing is contested, the complaint that was made here."""

    action = "action_dispute_status"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        if turn.intent in KINDS:
            return  # heard beside a dispute that this very message opens: its ticket and day are told there
        disputes = disputes_of(turn.session, turn.debtor) if turn.known_debtor else []
        complaint = open_handover(turn.session, turn.conversation, "complaint")
        if not disputes and complaint:
            turn.say("utter_complaint_status", day=local_day_of(turn, complaint.answer_due_at))
            return
        if not turn.known_debtor:
            turn.keep_wish(self.action)
            turn.follow_up = "action_identify"
            return
        if not disputes:
            turn.say("utter_no_dispute")
            return
        if says(turn, words_of("withdrawal")):
            _pass_on_withdrawal(turn, disputes[0])
            return
        for dispute in disputes[:3]:
            debt = turn.session.get_one(Debt, dispute.debt_id)
            words = words_of("stages")[turn.language]
            turn.say(
                "utter_dispute_status",
                ticket=dispute.ticket,
                reference=debt.reference,
                stage=words[dispute.state],
                who=_who_has_it(turn, dispute) or words["team"],
                awaited=words["awaited"].get(dispute.state, words["nothing_awaited"]),
                answer_due_on=dispute.answer_due_on,
            )
            if dispute.evidence:
                turn.say("utter_dispute_documents", count=len(dispute.evidence))


def _pass_on_withdrawal(turn: Turn, dispute: Dispute) -> None:
    """A right that was invoked is given up before a person alone; until then nothing is asked for."""
    add_words(turn.session, turn.clock, dispute, turn.text)
    turn.say("utter_dispute_withdrawal", ticket=dispute.ticket)
    task_for_a_person(turn, "dispute")


def _who_has_it(turn: Turn, dispute: Dispute) -> str | None:
    """The first name of whoever took it at the desk."""
    taken = select(DeskUser).join(Handover, Handover.agent_id == DeskUser.id).where(
        Handover.conversation_id == dispute.conversation_id, Handover.queue == "disputes", Handover.state == "taken"
    )  # fmt: skip
    agent = turn.session.scalars(taken.limit(1)).first()
    return first_name(agent) if agent else None


def local_day_of(turn: Turn, moment: datetime) -> date:
    """The day of a moment on the debtor's own calendar."""
    return moment.astimezone(
        ZoneInfo(turn.debtor.time_zone if turn.known_debtor else DEFAULT_ZONE[turn.language])
    ).date()
