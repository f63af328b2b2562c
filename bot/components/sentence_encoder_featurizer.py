"""Dense features: the sentence encoder on the text as typed and on the text spelled out, side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.encoders import load_encoder
from components.parts import SPELLED_OUT, parts

_BATCH = 256


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """`encoder` is `use` or a local folder that holds an ONNX encoder."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The encoder of the lock."""
        return {**DenseFeaturizer.get_default_config(), "encoder": "use"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        """Raises EncoderMissing when the encoder is not there."""
        return cls(execution_context.node_name, config)

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        """Load the encoder once."""
        super().__init__(name, config)
        self._encoder = load_encoder(config["encoder"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode every part of the messages in as few calls as possible."""
        whole = parts(messages)
        for start in range(0, len(whole), _BATCH):
            self._encode(whole[start : start + _BATCH])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the examples."""
        self.process(training_data.training_examples)
        return training_data

    def _encode(self, batch: list[Message]) -> None:
        rows = self._encoder.encode([part.get(TEXT) for part in batch] + [part.get(SPELLED_OUT) for part in batch])
        for part, typed, spelled in zip(batch, rows[: len(batch)], rows[len(batch) :], strict=True):
            row = np.concatenate([typed, spelled])[None, :]
            part.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing beyond the encoder's presence, which loading checks."""
