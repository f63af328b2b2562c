"""Help, doubt, and a bare yes, no or value when no question is open."""

from actions.debts.debts_meant import choose, debts_meant, negotiable, says_other_debts
from actions.debts.nothing_asked import nothing_asked_until
from actions.disputes.dispute import says_service_fails
from actions.identity.facts_given import facts_given
from actions.plans.said import all_at_once, day_said, says
from actions.session.courtesies import says_courtesy
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.freeze import active_holds
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import disputes_of
from recovery.handover.hand_over import hand_over
from recovery.plans.offer import open_offer

# Two misunderstandings in a row hand over (HU-04).
QUESTION_TAG = 2  # words
MOST_MISUNDERSTOOD = 2
OFFERED = 3
# Something was agreed a moment ago: said again, it is its days and sums.
AGREED = ("plan_made", "promise_made")
NOTED = (
    *AGREED,
    "delay_given",
    "dispute_noted",
    "dispute_more",
    "payment_noted",
    "data_request_noted",
    "hardship_told",
)
ABOUT_WHAT_WAS_AGREED = {"ask_balance", "ask_plan_status", "ask_due_date", "repeat"}
ABOUT_THE_WAIT = {
    "ask_due_date",
    "complain_contact",
    "stop_contact",
    "ask_dispute_status",
    "ask_consequences",
    "ask_payment_status",
}

ABOUT_MONEY = {"cannot_pay", "request_delay", "pay_now", "ask_balance", "ask_due_date", "refuse_to_pay", "deny"}


class Help(TradeAction):
    action = "action_help"
    needs_identity = False
    gives_way = True

    def act(self, turn: Turn) -> None:
        if turn.context.get("third_party") and not turn.known_debtor and len(turn.wishes) > 1:
            turn.leave_the_question()  # what a relative asks is answered beside, and opens no file
            return
        if turn.conversation.expecting == "hardship_told" and (until := nothing_asked_until(turn, turn.debts)):
            turn.say("utter_what_a_pause_means", day=until)  # "and what now?"
            return
        turn.say("utter_help_known" if turn.known_debtor else "utter_help")


class Repeat(TradeAction):
    """The open question in shorter words; what was agreed a moment ago; otherwise what can be done here."""

    action = "action_repeat"
    needs_identity = False
    gives_way = True
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.conversation.expecting and turn.context.get("asked"):
            turn.ask_again()
        elif turn.conversation.expecting in AGREED:
            turn.follow_up = "action_plan_status"
        elif turn.known_debtor and (until := nothing_asked_until(turn, turn.debts)):
            turn.say("utter_what_a_pause_means", day=until)
        else:
            turn.say("utter_say_it_simply_known" if turn.known_debtor else "utter_say_it_simply")


class TakeYes(TradeAction):
    action = "action_take_yes"
    needs_identity = False
    gives_way = True

    def act(self, turn: Turn) -> None:
        if turn.known_debtor and says(turn, words_of("how_much")):
            turn.follow_up = "action_tell_balance"
            return
        if turn.known_debtor and open_offer(turn.session, turn.conversation, "plan"):
            turn.follow_up = "action_propose_plan"  # the plan shown before a detour: a yes to it is asked for in clear
            return
        if turn.conversation.expecting == "payment_given":
            turn.say("utter_payment_awaited")
            return
        if turn.conversation.expecting in NOTED or (turn.known_debtor and turn.context.get("representative")):
            turn.say("utter_all_noted")
            return
        if turn.known_debtor and not turn.debts:
            turn.say("utter_answer_thanks")  # nothing is asked of them, nor waits for a yes
            return
        if not turn.known_debtor and (turn.context.get("wrong_person") or turn.context.get("third_party")):
            turn.say("utter_answer_thanks")
            return
        turn.say("utter_yes_to_what_known" if turn.known_debtor else "utter_yes_to_what")


class TakeNo(TradeAction):
    action = "action_take_no"
    needs_identity = False
    gives_way = True

    def act(self, turn: Turn) -> None:
        if (turn.conversation.expecting or "").startswith("identity_"):
            turn.say("utter_identity_as_you_like")
            turn.asked = True  # it was just asked: whoever will not say is not pressed
            return
        if (
            turn.known_debtor
            and turn.conversation.expecting == "payment_given"
            and len(debts_meant(turn, turn.debts)) == 1
        ):
            turn.follow_up = "action_pay_now"  # "no, only the first"
            return
        if turn.known_debtor and turn.conversation.expecting is None and (only := _only_one(turn)):
            choose(turn, only)
            turn.say("utter_what_can_be_done")  # "no, just the electricity", of several that were listed
            return
        if "?" in turn.text and len(turn.text.split()) > QUESTION_TAG:
            turn.follow_up = "action_ask_which_wish"  # "that is forbidden, isn't it?" says no to nothing
            return
        if turn.value("channel") and "contact_preference" in _guesses(turn) | turn.wishes:
            turn.follow_up = "action_note_preference"  # "oh and no, leave the SMS"
            return
        if turn.wishes - {"deny", "affirm"}:
            return  # "ah no, leave the SMS": what they wish for instead is answered
        if turn.conversation.expecting in ("payment_noted", "dispute_noted", "data_request_noted"):
            turn.say("utter_all_noted")
            return
        turn.say("utter_no_to_what")


class TakeValue(TradeAction):
    """A bare value that no open question asked for: identity facts are weighed, a document is kept, figures start a plan."""

    action = "action_take_value"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        if turn.context.get("representative") and (turn.value("email") or turn.value("phone")):
            turn.follow_up = "action_representative"  # "sorry, there is a dot in it"
        elif not turn.known_debtor:
            turn.follow_up = "action_identify"
        elif turn.value("amount") and turn.value("date"):
            turn.follow_up = "action_promise"
        elif turn.value("instalment_count") or turn.value("period"):
            turn.follow_up = "action_propose_plan"
        elif turn.value("reference") and facts_given(turn).references:
            turn.follow_up = "action_explain_debt"
        elif turn.value("birth_date") or turn.value("postcode"):
            turn.say("utter_already_verified")
        elif len(turn.debts) > 1 and (meant := negotiable(turn, debts_meant(turn, turn.debts))):
            choose(turn, meant)
            turn.say("utter_what_can_be_done")  # "both", to "which of these would you like to speak of?"
        elif not turn.message.attachments:
            turn.say("utter_what_about_value")


class AskWhichWish(TradeAction):
    """Doubt is told: the two or three likeliest wishes as buttons, and a person after two in a row."""

    action = "action_ask_which_wish"
    needs_identity = False
    gives_way = True
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.message.attachments and turn.known_debtor:
            return  # the document speaks: it is kept, and its arrival told
        if says_courtesy(turn):
            turn.say("utter_answer_thanks")
            return
        if _waits_for_an_answer(turn):
            turn.follow_up = "action_dispute_status"
            return
        if not turn.known_debtor and turn.context.get("third_party"):
            turn.say("utter_third_party")
            return
        if not turn.known_debtor and turn.context.get("wrong_person"):
            turn.say("utter_nothing_to_do_for_others")
            return
        if _asks_whether_we_write(turn):
            turn.say("utter_no_reminders")
            return
        if turn.known_debtor and turn.debts and not negotiable(turn) and _about_money(turn):
            turn.say("utter_all_on_hold")
            return
        if told := _told_by_words(turn):
            turn.follow_up = told
            return
        misunderstood = turn.context.get("misunderstood", 0) + 1
        turn.context["misunderstood"] = misunderstood
        if misunderstood > MOST_MISUNDERSTOOD:
            turn.say("utter_person_after_misunderstanding")
            hand_over(turn.session, turn.clock, turn.conversation, reason="misunderstood", words=turn.text)
            return
        if turn.known_debtor or turn.conversation.expecting == "identity_reference":
            turn.say(f"utter_which_wish{'_again' if misunderstood > 1 else ''}", _likeliest(turn))
        else:
            turn.say("utter_which_wish_before_identity")
            turn.conversation.expecting = turn.conversation.expecting or "identity_reference"


def _waits_for_an_answer(turn: Turn) -> bool:
    """All they have is being examined: a doubtful question about being written to is about that."""
    guesses = _guesses(turn)
    held = turn.known_debtor and turn.debts and not negotiable(turn) and disputes_of(turn.session, turn.debtor)
    return bool(held and (guesses & ABOUT_THE_WAIT or says(turn, words_of("answer_awaited"))))


def _only_one(turn: Turn) -> list[Debt]:
    """The one debt that is named, of several, by whoever wants to speak of it alone."""
    named = negotiable(turn, debts_meant(turn, turn.debts)) if len(turn.debts) > 1 else []
    return named if len(named) == 1 and says(turn, words_of("only")) else []


def _guesses(turn: Turn) -> set[str]:
    return {str(guess["name"]) for guess in (turn.parsed.get("intent_ranking") or [])[:OFFERED]}


def _asks_whether_we_write(turn: Turn) -> bool:
    """ "You won't write to me until then?", where something holds the reminders of every debt back."""
    if not turn.known_debtor or not says(turn, words_of("reminders")):
        return False
    held = [active_holds(turn.session, turn.clock, turn.debtor.id, debt.id) for debt in turn.debts]
    return bool(held) and all(held)


def _about_money(turn: Turn) -> bool:
    return bool(_guesses(turn) & ABOUT_MONEY)


def _told_by_words(turn: Turn) -> str | None:
    """What a doubtful message says beside the model's guess: a day to come, a payday, payments made, one debt among several."""
    if not turn.known_debtor or not turn.debts:
        return None
    guesses = _guesses(turn)
    if turn.conversation.expecting in AGREED and guesses & ABOUT_WHAT_WAS_AGREED:
        return "action_plan_status"
    if turn.value("instalment_count"):
        return "action_propose_plan"
    if turn.value("channel") and "contact_preference" in guesses:
        return "action_note_preference"
    if "ask_balance" in guesses and says(turn, words_of("how_much")):
        return "action_tell_balance"
    if all_at_once(turn):
        return "action_pay_now"
    if turn.conversation.expecting == "payment_given" and says_other_debts(turn):
        return "action_promise"  # one is being paid: "and the two others?" asks for another day
    if says(turn, words_of("still_here")):
        return "action_distress"  # no net knows it, and it is asked about: "if I am still there by then"
    if "dispute_service" in guesses and says_service_fails(turn):
        return "action_dispute"
    day = day_said(turn)
    if (day and day > turn.today) or says(turn, words_of("paydays")):
        return "action_promise"
    if says(turn, words_of("payments_made")):
        return "action_payment_status"
    if says(turn, words_of("more_time")):
        return "action_give_time"
    if says(turn, words_of("since_when")):
        return "action_tell_due_date"
    likeliest = [str(guess["name"]) for guess in turn.parsed.get("intent_ranking") or []][:1]
    contests = any(name.startswith("dispute") for name in likeliest)
    meant = debts_meant(turn, turn.debts)
    if len(turn.debts) > 1 and len(meant) == 1 and turn.conversation.expecting == "payment_given":
        return "action_pay_now"  # "no wait, only the first"
    if len(meant) > 1 and "pay_now" in guesses:
        return "action_pay_now"  # "the two, then, and have done with it"
    only_one = len(turn.debts) > 1 and len(meant) == 1
    return "action_explain_debt" if only_one and (not contests or says(turn, words_of("only"))) else None


def _likeliest(turn: Turn) -> list[dict[str, str]]:
    """Buttons for the likeliest wishes that have a wording (courtesies have none)."""
    titles = words_of("wishes")[turn.language]
    names = [guess["name"] for guess in turn.parsed.get("intent_ranking") or [] if guess["name"] in titles]
    return [{"title": titles[name], "payload": f"/{name}"} for name in names[:OFFERED]]
