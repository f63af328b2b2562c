"""The replaced steps say the same as Rasa's own, on answers right and wrong."""

import jsonschema
import numpy as np
import pytest
import scipy.sparse
from rasa.core.actions.action import RemoteAction
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.exceptions import RasaException, YamlException
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
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


def test_equal_messages_and_features_have_equal_fingerprints_and_others_not():
    def said(token: Token, **more) -> str:
        return Message({"text": "payer", "tokens": [token], **more}).fingerprint()

    assert said(Token("payer", 0, data={"a": 1}), b=[1], c={}) == said(Token("payer", 0, data={"a": 1}), c={}, b=[1])
    others = [Token("payer", 3), Token("payez", 0), Token("payer", 0, lemma="pay"), Token("payer", 0, data={"a": 2})]
    different = [*map(said, [Token("payer", 0), *others]), said(Token("payer", 0), halves=[Message({"text": "p"})])]
    assert len(set(different)) == 6
    message = Message({"text": "payer"})
    before = message.fingerprint()
    message.set("language", "fr")
    assert message.fingerprint() != before

    def features(*numbers: float) -> Features:
        return Features(scipy.sparse.csr_matrix(np.array([numbers])), "sentence", "text", "ngrams")

    assert features(1, 0, 2).fingerprint() == features(1, 0, 2).fingerprint()
    assert len({features(*said).fingerprint() for said in ((1, 0, 2), (0, 1, 2), (1, 0, 3))}) == 3


def test_messages_are_held_against_the_schema_unless_that_is_done_elsewhere(monkeypatch):
    wrong = "nlu:\n- intent: greet\n  examples:\n  - said: bonjour\n"
    stock = RasaYAMLReader.validate
    with pytest.raises(YamlException):
        RasaYAMLReader().validate(wrong)
    monkeypatch.setattr(RasaYAMLReader, "validate", stock)
    faster_rasa.apply(validated=True)
    RasaYAMLReader().validate(wrong)


def test_event_classes_are_found_as_before():
    from rasa.shared.core.events import Event, SlotSet

    assert set(common.all_subclasses(Event)) == set(faster_rasa._stock_all_subclasses(Event))
    assert isinstance(Event.from_parameters({"event": "slot", "name": "language", "value": "es"}), SlotSet)
