"""Writes each message's language on it, first of all: spelling, tokens and values depend on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.parts import LANGUAGE, LANGUAGE_SURE, context, parts
from components.side_by_side import side_by_side
from listening.language import Language, identify_language


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LanguageIdentifier(GraphComponent):
    """Adds `language` and `language_sure` to the parse output."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        """Nothing is trained: the word lists are data files."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Identify the language, staying in `metadata.language` when the message alone does not tell."""
        whole = parts(messages)
        _write(whole, map(identify_language, *_as_said(whole)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the examples."""
        whole = parts(training_data.training_examples)
        _write(whole, side_by_side(identify_language, *_as_said(whole)))
        return training_data


def _as_said(messages: list[Message]) -> tuple[Iterator[str], Iterator[str | None]]:
    return (message.get(TEXT) for message in messages), (context(message).get("language") for message in messages)


def _write(messages: list[Message], languages: Iterable[Language]) -> None:
    for message, language in zip(messages, languages, strict=True):
        message.set(LANGUAGE, language.code, add_to_output=True)
        message.set(LANGUAGE_SURE, language.sure, add_to_output=True)
