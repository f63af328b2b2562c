"""Who is writing, for whom, and how to make sure of it without us."""

from __future__ import annotations

from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.records import Creditor
from recovery.identity.case_code import case_code
from recovery.settings import settings


class SayWho(TradeAction):
    """Before identity the creditor is named only on its own site (ID-03); afterwards the legal name and address are (DI-06)."""

    action = "action_say_who"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        debts = turn.debts if turn.known_debtor else []
        site = turn.site_creditor
        operator = site.name if site else settings().operator_name
        if debts:
            creditor = debts[0].creditor
            turn.say("utter_who_after", operator=operator, creditor=creditor.legal_name, address=creditor.address)
        else:
            turn.say("utter_who_before", operator=operator)


class ProveGenuine(TradeAction):
    action = "action_prove_genuine"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        creditor = _creditor(turn)
        published = creditor.attestations if creditor else {}
        code = case_code(turn.conversation)
        if published.get("site") and published.get("phone"):
            turn.say("utter_genuine_published", site=published["site"], phone=published["phone"], code=code)
        else:
            turn.say("utter_genuine", code=code)
        turn.conversation.expecting = (
            turn.conversation.expecting or "genuine_told"
        )  # asked again, it is still about that


def _creditor(turn: Turn) -> Creditor | None:
    """Whose site this is; once identity is verified, whose debt it is (before, its name would say too much)."""
    debts = turn.debts if turn.known_debtor else []
    return debts[0].creditor if debts else turn.site_creditor
