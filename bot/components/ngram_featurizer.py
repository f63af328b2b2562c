"""Sparse features: words, word pairs and words by ear, weighted by how rare they are in the training data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import joblib
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.made_of import hash_of
from components.ngrams import Ngrams, Readings
from components.parts import BY_EAR, SPELLED_OUT, WAYS, parts
from components.side_by_side import side_by_side

_FILE = "ngrams.joblib"
_BATCH = 512

_MADE_OF = ("components/ngrams.py",)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """Learns its vocabulary from the examples."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Words come from a tokeniser."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to choose."""
        return SparseFeaturizer.get_default_config()

    def __init__(
        self, name: str, config: dict[str, Any], storage: ModelStorage, resource: Resource, ngrams: Ngrams
    ) -> None:
        """Hold a vocabulary, empty before training."""
        super().__init__(name, config)
        self._storage, self._resource, self._ngrams = storage, resource, ngrams

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        """A featurizer that knows no word yet."""
        return cls(execution_context.node_name, config, model_storage, resource, Ngrams())

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Trained again when one of the files it works with changed."""
        return hash_of(*_MADE_OF)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabulary and its weights."""
        self._ngrams.learn([_readings(example) for example in training_data.training_examples if example.get(TEXT)])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._ngrams, folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        """Read the vocabulary back."""
        with model_storage.read_from(resource) as folder:
            ngrams = joblib.load(folder / _FILE)
        return cls(execution_context.node_name, config, model_storage, resource, ngrams)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add one sparse row to every part of the messages."""
        batches = _batches(messages)
        self._add(batches, (self._ngrams.weigh_ways([_ways(part) for part in batch]) for batch in batches))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the examples."""
        batches = _batches(training_data.training_examples)
        readings = ([_readings(part) for part in batch] for batch in batches)
        self._add(batches, side_by_side(self._ngrams.weigh, readings, chunk=1))
        return training_data

    def _add(self, batches: list[list[Message]], weighed: Iterable[scipy.sparse.csr_matrix]) -> None:
        for batch, rows in zip(batches, weighed, strict=True):
            for at, part in enumerate(batch):
                part.add_features(Features(rows[at], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check."""


def _readings(part: Message) -> Readings:
    return {"spelled": part.get(SPELLED_OUT), "heard": part.get(BY_EAR)}


def _ways(part: Message) -> list[tuple[Readings, float]]:
    return [({"spelled": way.full, "heard": way.sound}, way.share) for way in part.get(WAYS)]


def _batches(messages: list[Message]) -> list[list[Message]]:
    whole = parts(messages)
    return [whole[start : start + _BATCH] for start in range(0, len(whole), _BATCH)]
