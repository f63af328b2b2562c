"""Ask for the two facts, weigh them, and go back to what the debtor wanted."""

from dataclasses import replace

from actions.identity.facts_given import facts_given
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.consent.privacy import note_preference
from recovery.handover.hand_over import hand_over
from recovery.identity.verify import Facts, Outcome, debtor_behind, offer_facts
from recovery.session.place import BY_LINK, take_up_place

# A message this short, after we asked for the reference, is the reference even where it has no usual shape.
BARE_WORDS = 2


class Identify(TradeAction):
    action = "action_identify"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.known_debtor:
            turn.close_question()
            turn.take_up_wish() or turn.say("utter_already_verified")
            return
        if turn.context.get("representative_writes"):
            turn.follow_up = "action_representative"  # a file they name is held; no birth date is asked of a lawyer
            return
        turn.resumed = None  # facts stand in the message itself, not in the wish put aside
        turn.values = turn.parsed.get("entities") or []
        another = bool(turn.context.get("third_party"))
        outcome = offer_facts(turn.session, turn.clock, turn.conversation, _facts(turn), by_another=another)
        if not another or outcome in ("failed", "locked"):
            _answer(turn, outcome)
        elif turn.context["third_party"] != str(turn.message.id):  # told already in this turn
            turn.follow_up = "action_third_party"  # the facts of another prove nothing, and none is asked for


def _facts(turn: Turn) -> Facts:
    """References that name nobody count only where one was asked for or read: an ordinary number is not a failed attempt."""
    facts = facts_given(turn)
    known = [reference for reference in facts.references if debtor_behind(turn.session, [reference])]
    short = len(turn.text.split()) <= BARE_WORDS and turn.conversation.expecting == "identity_reference"
    asked = (short or turn.value("reference") is not None) and not facts.second()
    references = known[:1] or (list(facts.references[:1]) if asked else [])
    owner = debtor_behind(turn.session, references or turn.conversation.claimed.get("reference") or [])
    return replace(facts, references=tuple(references), tax_id=facts.tax_id if owner and owner.tax_id else None)


def _answer(turn: Turn, outcome: Outcome) -> None:
    match outcome:
        case "verified":
            _welcome(turn)
        case "needs_reference":
            turn.ask("identity_reference")
        case "needs_second_fact":
            turn.ask("identity_second_fact")
        case "failed":
            turn.say("utter_identity_failed")
            turn.conversation.expecting = (
                "identity_second_fact" if turn.conversation.claimed.get("reference") else "identity_reference"
            )
            turn.context.pop("asked", None)
        case "locked":
            _lock(turn)


def _welcome(turn: Turn) -> None:
    turn.close_question()
    turn.say("utter_verified")
    if wish := turn.context.pop("preference", None):
        note_preference(turn.session, turn.clock, turn.conversation, turn.debtor, wish)
    if not turn.take_up_wish() and not _go_on_from_elsewhere(turn):
        turn.follow_up = "action_tell_balance"


def _go_on_from_elsewhere(turn: Turn) -> bool:
    """They came by a link of ours: the question left open on the other channel is asked again here."""
    place = turn.context.pop(BY_LINK, None) and take_up_place(turn.session, turn.clock, turn.conversation)
    if not place:
        return False
    turn.context.update(place.context)
    turn.conversation.expecting = place.expecting
    turn.say("utter_place_kept")
    turn.ask_again(in_full=True)  # another screen: the figures are shown whole before any yes
    turn.asked = True
    return True


def _lock(turn: Turn) -> None:
    turn.close_question()
    if not turn.context.get("told_locked"):
        turn.context["told_locked"] = True
        turn.say("utter_identity_locked")
    hand_over(turn.session, turn.clock, turn.conversation, reason="identity_locked", words=None)
