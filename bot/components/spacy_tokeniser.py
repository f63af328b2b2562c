"""Words as spaCy's blank French and Spanish cut them, with their exceptions ("aujourd'hui", "c'est", "d.")."""

from __future__ import annotations

from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.parts import LANGUAGE


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BlankSpacyTokeniser(Tokenizer):
    """One blank pipeline a language; a third language is cut by the first one."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`languages` are spaCy codes; the first serves messages in any other language.

        `cut_examples`: false where no component after this one learns from the words of the examples.
        """
        rasas = {"intent_tokenization_flag": False, "intent_split_symbol": "_"}
        return {"languages": ["fr", "es"], "cut_examples": True, **rasas}

    def __init__(self, config: dict[str, Any]) -> None:
        """Build the blank pipelines, which hold rules alone and load in milliseconds."""
        super().__init__(config)
        self._cutters = {code: spacy.blank(code).tokenizer for code in config["languages"]}
        self._default = config["languages"][0]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Cut the examples, unless nobody learns from their words."""
        return super().process_training_data(training_data) if self._config["cut_examples"] else training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Cut the text of one attribute of a message."""
        cutter = self._cutters.get(message.get(LANGUAGE), self._cutters[self._default])
        return [Token(word.text, word.idx) for word in cutter(message.get(attribute)) if not word.is_space]
