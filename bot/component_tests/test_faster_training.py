"""Examples are read, put together, told apart and packed as by Rasa itself."""

import copy
import io
import os
import tarfile

import numpy as np
import pytest
import scipy.sparse
from rasa.engine.storage.local_model_storage import TarSafe
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.exceptions import RasaException, YamlException
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_yaml
from ruamel.yaml.resolver import VersionedResolver

from components import faster_training

_YAML = """
told: ["oui", oui, 12, 1.5, true, null, ~, "", no]
env: ${ENTENTE_TEST_WORD} oui
lines: |
  - le 5
  - 12,50
"""


@pytest.fixture(autouse=True)
def applied():
    faster_training.apply()


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
    faster_training.apply(validated=True)
    RasaYAMLReader().validate(wrong)


def test_equal_messages_stay_equal_and_others_apart():
    said = {"text": "bonjour", "intent": "greet"}
    assert len({Message(said), Message(dict(said)), Message({**said, "text": "salut"})}) == 2
    assert hash(Message(said)) == hash(Message(dict(said)))
    assert Message(said) != Message({**said, "entities": [{"entity": "date"}]})


def test_a_copy_of_a_message_is_its_own():
    message = Message({"text": "le 5", "entities": [{"entity": "date"}]})
    copied = copy.deepcopy(message)
    copied.get("entities").append({"entity": "amount"})
    assert copied != message
    assert message.get("entities") == [{"entity": "date"}]


def test_yaml_is_read_as_before(monkeypatch):
    monkeypatch.setenv("ENTENTE_TEST_WORD", "dit")
    read = read_yaml(_YAML)
    monkeypatch.setattr(VersionedResolver, "versioned_resolver", faster_training._stock_tags)
    assert read == read_yaml(_YAML)
    assert read["told"] == ["oui", "oui", 12, 1.5, True, None, None, "", "no"]
    assert read["env"] == "dit oui"


def test_a_word_of_the_environment_that_is_not_there_is_still_told():
    assert "ENTENTE_NO_SUCH_WORD" not in os.environ
    with pytest.raises(RasaException, match="ENTENTE_NO_SUCH_WORD"):
        read_yaml("told: ${ENTENTE_NO_SUCH_WORD}")


def test_examples_are_put_together_as_before():
    def data(text: str, synonym: str) -> TrainingData:
        return TrainingData(
            [Message({"text": text, "intent": " greet "}), Message({"text": "salut"})],
            {synonym: "une fois"},
            [{"name": "zip", "pattern": synonym}],
            responses={f"faq/{synonym}": [{"text": synonym}]},
        )

    one, other = data("bonjour", "1x"), data("bonsoir", "une")
    ours, stock = one.merge(None, other), faster_training._stock_merge(one, None, other)
    assert ours.training_examples == stock.training_examples
    assert [example.get("text") for example in ours.training_examples] == ["bonjour", "salut", "bonsoir"]
    for part in ("entity_synonyms", "regex_features", "lookup_tables", "responses"):
        assert getattr(ours, part) == getattr(stock, part)
    assert len(one.training_examples) == len(other.training_examples) == 2


def test_a_model_is_packed_and_read_back(tmp_path):
    content = os.urandom(1000) + bytes(100_000)
    with TarSafe.open(tmp_path / "m.tar.gz", "w:gz") as packed:
        about = tarfile.TarInfo("m")
        about.size = len(content)
        packed.addfile(about, io.BytesIO(content))
    assert (tmp_path / "m.tar.gz").stat().st_size < 3000
    with TarSafe.open(tmp_path / "m.tar.gz", "r:gz") as packed:
        assert packed.extractfile("m").read() == content
