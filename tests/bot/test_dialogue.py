"""Which actions a message calls for, without Rasa: the choice is plain Python."""

import importlib.util
from pathlib import Path

import pytest
import yaml

BOT = Path(__file__).parents[2] / "bot"


def load(name):
    spec = importlib.util.spec_from_file_location(name, BOT / "components" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


dialogue = load("dialogue")


def rules():
    found = {}
    for path in (BOT / "rules").glob("*.yml"):
        for rule in yaml.safe_load(path.read_text())["rules"]:
            intent, action = (step for step in rule["steps"])
            found[intent["intent"]] = action["action"]
    return found


def questions():
    found = {}
    for path in (BOT / "questions").glob("*.yml"):
        found.update(yaml.safe_load(path.read_text()))
    return found


TALK = dialogue.Dialogue(rules(), questions())


def heard(intent, confidence=0.9, entities=(), signals=(), also=(), doubtful=False, ranking=()):
    return {
        "intent": {"name": intent, "confidence": confidence},
        "intents": [{"name": name} for name in (intent, *also)],
        "entities": [{"entity": name} for name in entities],
        "signals": list(signals),
        "doubtful": doubtful,
        "intent_ranking": [{"name": name} for name in (intent, *ranking)],
    }


@pytest.mark.parametrize(
    ("message", "expecting", "actions"),
    [
        (heard("ask_balance"), None, ["action_tell_balance"]),
        (heard("report_payment", also=["stop_contact"]), None, ["action_report_payment", "action_stop_contact"]),
        (heard("affirm"), "plan_acceptance", ["action_accept_plan"]),
        # A yes and what goes with it both count, whichever was heard first; a yes and a condition are no yes.
        (
            heard("ask_bank_details", also=["affirm"]),
            "plan_acceptance",
            ["action_accept_plan", "action_give_bank_details"],
        ),
        (
            heard("affirm", also=["ask_bank_details"]),
            "plan_acceptance",
            ["action_accept_plan", "action_give_bank_details"],
        ),
        (heard("change_plan", also=["affirm"]), "plan_acceptance", ["action_propose_plan"]),
        # Another figure, another wish, a word of refusal: the yes is not taken.
        (
            heard("ask_bank_details", also=["affirm"], entities=["amount"]),
            "plan_acceptance",
            ["action_propose_plan"],
        ),
        (
            heard("ask_bank_details", also=["affirm", "dispute_not_owed"]),
            "plan_acceptance",
            ["action_give_bank_details", "action_dispute"],
        ),
        (
            {**heard("ask_bank_details", also=["affirm"]), "text": "d'accord, laissez tomber, le RIB ?"},
            "plan_acceptance",
            ["action_refuse_plan"],
        ),
        # Who asks what happens without paying does not refuse to.
        (heard("ask_consequences", also=["refuse_to_pay"]), None, ["action_tell_consequences"]),
        (heard("ask_bank_details", also=["affirm"]), None, ["action_give_bank_details"]),
        (heard("ask_human", also=["deny"]), "plan_acceptance", ["action_call_a_person"]),
        (heard("stop_contact", also=["goodbye"]), None, ["action_stop_contact"]),
        (heard("affirm"), "promise_confirmation", ["action_confirm_promise"]),
        (heard("affirm"), None, ["action_take_yes"]),
        (heard("inform", entities=["amount"]), "plan_wish", ["action_propose_plan"]),
        (heard("thank", 0.3, entities=["amount"]), "plan_wish", ["action_propose_plan"]),
        (heard("stop_contact", entities=["date"]), "promise_facts", ["action_stop_contact"]),
        (heard("inform", signals=["stop_contact"]), "plan_acceptance", ["action_stop_contact", "action_propose_plan"]),
        (heard("affirm", signals=["express_distress"]), "plan_acceptance", ["action_distress"]),
        (heard("express_distress", also=["pay_now"]), None, ["action_distress"]),
        (heard("ask_human", 0.4, signals=["complain_contact"], doubtful=True), None, ["action_complain_contact"]),
        (heard("request_delay", 0.3, doubtful=True), None, ["action_ask_which_wish"]),
        (
            heard("request_instalments", 0.3, entities=["amount", "period"], doubtful=True, ranking=["propose_plan"]),
            None, ["action_propose_plan"],
        ),
        (heard("contact_preference", 0.6, entities=["date"]), "promise_made", ["action_change_of_mind"]),
        (heard("inform", entities=["date"]), "plan_made", ["action_change_of_mind"]),
        (heard("report_payment", entities=["date"]), "promise_made", ["action_report_payment"]),
        (heard("thank"), "plan_made", ["action_answer_thanks"]),
        (heard("greet", also=["ask_balance"]), None, ["action_tell_balance"]),
        (heard("has_representative", also=["ask_human"]), None, ["action_representative"]),
        (
            heard("has_representative", signals=["ask_human"]), None,
            ["action_call_a_person", "action_representative"],
        ),
        (heard("ask_payment_status", 0.3, doubtful=True), "dispute_more", ["action_add_to_dispute"]),
        (heard("ask_balance"), "dispute_more", ["action_tell_balance"]),
        # A bare means of payment is how one would pay.
        (
            heard("ask_payment_methods", also=["report_payment"], entities=["payment_method"]), None,
            ["action_tell_payment_methods"],
        ),
        (
            heard("request_instalments", 0.5, entities=["payment_method"], doubtful=True, ranking=["ask_payment_methods"]),
            None, ["action_tell_payment_methods"],
        ),
        (
            heard("report_payment", also=["ask_payment_methods"], entities=["payment_method"]), None,
            ["action_report_payment", "action_tell_payment_methods"],
        ),
        (
            heard("ask_payment_methods", also=["report_payment"], entities=["payment_method", "date"]), None,
            ["action_tell_payment_methods", "action_report_payment"],
        ),
        # A net that the open question waits for is its answer; another right is not.
        (heard("dispute_not_owed", signals=["wrong_person"]), "estate", ["action_answer_family"]),
        (heard("inform", signals=["ask_human"]), "estate", ["action_call_a_person"]),
        # A plain yes, and something nobody is sure of: the yes; with a figure, a condition or a right it is not.
        (
            {**heard("cancel_plan", 0.4, doubtful=True), "text": "Sí, y así se queda"},
            "change_plan_confirmation", ["action_confirm_change_plan"],
        ),
        (
            {**heard("stop_contact", 0.8), "text": "Sí, y así se queda"}, "change_plan_confirmation",
            ["action_confirm_change_plan", "action_stop_contact"],
        ),
        ({**heard("ask_human", 0.8), "text": "Sí, y luego una persona"}, "change_plan_confirmation", ["action_call_a_person"]),
        (
            {**heard("cancel_plan", 0.4, doubtful=True), "text": "sí, y mejor menos"},
            "change_plan_confirmation", ["action_ask_which_wish"],
        ),
        (
            {**heard("cancel_plan", 0.4, doubtful=True, entities=["date"]), "text": "oui, et le 10"},
            "change_plan_confirmation", ["action_change_plan"],
        ),
        (
            {**heard("cancel_plan", 0.4, doubtful=True, signals=["stop_contact"]), "text": "oui, et plus un sms"},
            "change_plan_confirmation", ["action_stop_contact"],
        ),
        (heard("affirm"), "contest_meant", ["action_take_as_meant"]),
        (heard("deny"), "payment_meant", ["action_leave_as_not_meant"]),
        (heard("ask_fees"), "plan_acceptance", ["action_explain_fees"]),
        (heard("report_payment", entities=["amount"]), "plan_acceptance", ["action_report_payment"]),
    ],
)  # fmt: skip
def test_actions(message, expecting, actions):
    assert dialogue.actions_for(TALK, message, expecting) == actions


def test_a_reference_beside_a_courtesy_identifies():
    assert dialogue.actions_for(TALK, heard("greet", entities=["reference"]), None, "unverified") == ["action_identify"]


def test_every_intent_of_the_domain_has_a_rule():
    known = [
        intent
        for path in (BOT / "domain").glob("*.yml")
        for intent in yaml.safe_load(path.read_text()).get("intents") or []
    ]
    assert len(known) == 66
    assert set(known) == set(TALK.rules)


def test_a_question_that_names_an_unknown_action_is_refused():
    broken = dialogue.Dialogue({}, {"q": {"answers": {"affirm": "action_nowhere"}}})
    with pytest.raises(ValueError, match="action_nowhere"):
        broken.check(known_actions={"action_listen"}, known_intents={"affirm"})
