"""The replaced steps say the same as Rasa's own, on answers right and wrong."""

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException
from rasa.shared.utils import common

from components import faster_rasa

STOCK = RemoteAction._validate_action_result
RIGHT = [
    {"events": [], "responses": []},
    {
        "events": [{"event": "slot", "name": "language", "value": "fr", "timestamp": None}],
        "responses": [{"response": "utter_greet"}],
    },
    {
        "events": [{"event": "followup", "name": "action_identify", "timestamp": None}],
        "responses": [{"text": "hola", "buttons": []}],
    },
]
WRONG = [{"events": "none"}, {"events": [], "responses": ["text"]}, {"events": [{"event": "slot", "name": 3}]}]


@pytest.fixture(autouse=True)
def applied():
    faster_rasa.apply()


@pytest.mark.parametrize("answer", RIGHT)
def test_what_rasa_takes_is_taken(answer):
    action = RemoteAction("action_greet", None)
    assert STOCK(action, answer) is True
    assert action._validate_action_result(answer) is True


@pytest.mark.parametrize("answer", WRONG)
def test_what_rasa_refuses_is_refused(answer):
    action = RemoteAction("action_greet", None)
    with pytest.raises(jsonschema.ValidationError):
        STOCK(action, answer)
    with pytest.raises(RasaException, match="action_greet"):
        action._validate_action_result(answer)


def test_event_classes_are_found_as_before():
    from rasa.shared.core.events import Event, SlotSet

    assert set(common.all_subclasses(Event)) == set(faster_rasa._stock_all_subclasses(Event))
    assert isinstance(Event.from_parameters({"event": "slot", "name": "language", "value": "es"}), SlotSet)
