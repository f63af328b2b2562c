"""Somebody else is writing, or must be written to: wrong person, a death, a relative, a representative, a new address."""

from actions.identity.facts_given import facts_given
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.audit import record_act
from recovery.consent.opt_out import opt_out
from recovery.consent.privacy import suppress_address
from recovery.debts.freeze import freeze
from recovery.handover.hand_over import hand_over
from recovery.identity.records import Debtor
from recovery.identity.verify import debtor_behind


class WrongPerson(TradeAction):
    """An apology, the address closed for ever, nothing disclosed, a person told (ID-06)."""

    action = "action_wrong_person"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        suppress_address(turn.session, turn.clock, turn.conversation, "wrong_person")
        turn.say("utter_wrong_person")
        hand_over(turn.session, turn.clock, turn.conversation, reason="wrong_person", words=turn.text, takes_over=False)


class ReportDeceased(TradeAction):
    """Condolences, everything stops, a person for estates. Whoever writes learns nothing of the file."""

    action = "action_report_deceased"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        turn.context.pop("wishes", None)
        debtor = debtor_in_question(turn)
        if debtor:
            freeze(
                turn.session,
                turn.clock,
                debtor_id=debtor.id,
                kind="deceased",
                reason=turn.value("date"),
                conversation_id=turn.conversation.id,
            )
        opt_out(turn.session, turn.clock, turn.conversation, turn.conversation.channel, turn.text)
        turn.say("utter_deceased")
        extra = {"reported_date": turn.value("date"), "document_awaited": "death_certificate"}
        hand_over(
            turn.session,
            turn.clock,
            turn.conversation,
            reason="deceased",
            words=turn.text,
            takes_over=False,
            extra=extra,
        )


class ThirdParty(TradeAction):
    action = "action_third_party"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.known_debtor:  # identity was proven here: somebody else may be holding the phone now
            turn.conversation.identity, turn.conversation.verified_at = "unverified", None
        turn.close_question()
        turn.say("utter_third_party")
        hand_over(turn.session, turn.clock, turn.conversation, reason="third_party", words=turn.text, takes_over=False)


class Representative(TradeAction):
    """From now on the representative alone is spoken to (OO-07)."""

    action = "action_representative"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        debtor = debtor_in_question(turn)
        if debtor:
            contact = {"words": turn.text, "phone": turn.value("phone"), "email": turn.value("email")}
            debtor.representative = {key: value for key, value in contact.items() if value}
            freeze(
                turn.session, turn.clock, debtor_id=debtor.id, kind="represented", conversation_id=turn.conversation.id
            )
        turn.say("utter_representative")
        hand_over(turn.session, turn.clock, turn.conversation, reason="represented", words=turn.text, takes_over=False)


class UpdateContact(TradeAction):
    """A new address is checked by a person before it is used: it may be a try at turning a file aside."""

    action = "action_update_contact"

    def act(self, turn: Turn) -> None:
        given = {entity: turn.value(entity) for entity in ("phone", "email", "postcode") if turn.value(entity)}
        record_act(
            turn.session, turn.clock, "debtor", "contact.update_asked", f"debtor:{turn.debtor.id}", kinds=sorted(given)
        )
        hand_over(
            turn.session,
            turn.clock,
            turn.conversation,
            reason="other",
            words=turn.text,
            takes_over=False,
            extra={"new_contact": given},
        )
        turn.say("utter_contact_updated" if given else "utter_ask_new_contact")


def debtor_in_question(turn: Turn) -> Debtor | None:
    """The debtor this talk is about, verified or only named by a reference: enough to stop, never to tell."""
    if turn.conversation.debtor_id:
        return turn.debtor
    named = [*facts_given(turn).references, *(turn.conversation.claimed.get("reference") or [])]
    return debtor_behind(turn.session, named)
