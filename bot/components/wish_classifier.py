"""What the debtor wants: ranks the intents, finds a second wish, and says when the first guess is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import joblib
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.made_of import hash_of
from components.marked_parts import wishes_of
from components.parts import AS_TYPED, DENIED, HALVES, LANGUAGE, MENDED, SLIPPED, SPELLED_OUT, WISH, parts
from components.wish_model import WishModel
from components.wish_texts import Texts
from components.wishes import Reading, read_wishes

_FILE = "wishes.joblib"

_MADE_OF = (
    "components/halved_weights.py",
    "components/kinds_of_wish.py",
    "components/letters.py",
    "components/marked_parts.py",
    "components/misspelling.py",
    "components/network.py",
    "components/pieces.py",
    "components/tuning.py",
    "components/views.py",
    "components/wish_model.py",
    "components/wish_texts.py",
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class WishClassifier(IntentClassifier, GraphComponent):
    """A linear model over dense and sparse features, with the decisions that follow from its confidences."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Any featurizer will do; dense and sparse together do best."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Thresholds are on calibrated confidences; `ranking_length` is how many intents come out."""
        return {
            "ranking_length": 10,
            "doubt_below": 0.45,
            "doubt_margin": 0.12,
            "second_above": 0.55,
            "tuning_visits": 80_000,
            "temperature": 0.62,
            "out_of_scope_bonus": 3.0,
            "out_of_scope_bonus_mended": 1.7,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: WishModel) -> None:
        """Hold a model, empty before training."""
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> WishClassifier:
        """A classifier that knows no intent yet."""
        return cls(config, model_storage, resource, WishModel(config))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Trained again when one of the files it works with changed."""
        return hash_of(*_MADE_OF)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example that has an intent, and on the parts marked in some."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        copies = [(at, copy) for at, example in enumerate(examples) for copy in example.get(SLIPPED, [])]
        halves = [half for example in examples for half in example.get(HALVES, [])]
        wished = [*map(wishes_of, examples), *((half.get(WISH),) for half in halves)]
        copied, slipped = zip(*copies, strict=True)
        self._model.fit(_texts([*examples, *halves]), wished, _texts(slipped), copied, len(examples))
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> WishClassifier:
        """Read the model back."""
        with model_storage.read_from(resource) as folder:
            model = joblib.load(folder / _FILE)
        model.settings = config
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking, wishes and doubt on each message."""
        for message in messages:
            if message.get(TEXT):
                _write(message, self._read(message), self._config["ranking_length"])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples already have their intent."""
        return training_data

    def _read(self, message: Message) -> Reading:
        chances = self._model.chances(_texts(parts([message])))
        return read_wishes(self._model.names, chances[0], chances[1:], self._config)


def _write(message: Message, reading: Reading, length: int) -> None:
    message.set(INTENT, reading.ranking[0], add_to_output=True)
    message.set("intent_ranking", reading.ranking[:length], add_to_output=True)
    message.set("intents", reading.wishes, add_to_output=True)
    message.set("doubtful", reading.doubtful, add_to_output=True)
    message.set("likeliest", reading.likeliest, add_to_output=True)
    message.set(DENIED, reading.denied)


def _texts(messages: Sequence[Message]) -> Texts:
    features = scipy.sparse.vstack([_features(message) for message in messages], format="csr")
    keys = (TEXT, SPELLED_OUT, LANGUAGE, MENDED)
    sent, spelled, languages, mended = ([message.get(key) for message in messages] for key in keys)
    return Texts(sent, [_typed(message) for message in messages], spelled, languages, mended, features)


def _typed(message: Message) -> str:
    """A half of a message is read once, spelled out: reading it as typed too would double what it costs."""
    return message.get(AS_TYPED) if HALVES in message.data or INTENT in message.data else message.get(SPELLED_OUT)


def _features(message: Message) -> scipy.sparse.csr_matrix:
    """Whatever the featurizers before this component gave: sparse alone, or dense beside it."""
    given = [message.get_sparse_features(TEXT)[1], message.get_dense_features(TEXT)[1]]
    blocks = [scipy.sparse.csr_matrix(block.features) for block in given if block]
    # Joining one block to nothing takes longer than all else here, for a hundred thousand texts.
    return blocks[0] if len(blocks) == 1 else scipy.sparse.hstack(blocks, format="csr")
