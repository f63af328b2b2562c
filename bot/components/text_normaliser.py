"""Reads each message as typed, spelled out, and by ear; and cuts it where a second wish may begin."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.made_of import hash_of
from components.misspelling import with_slips
from components.parts import AS_TYPED, BY_EAR, HALVES, LANGUAGE, SLIPPED, SPELLED_OUT, parts
from listening.clauses import cuts
from listening.folding import spell_out
from listening.language import SPOKEN
from listening.mending import mended
from listening.sounds import by_ear

_NO_WORD = "qzxwvk"

_MADE_OF = (
    "components/misspelling.py",
    "listening/clauses.py",
    "listening/folding.py",
    "listening/joints.yml",
    "listening/known_words.py",
    "listening/mending.py",
    "listening/near_words.py",
    "listening/slips.py",
    "listening/sounds.py",
    "listening/spelling",
    "listening/abbreviations",
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class TextNormaliser(GraphComponent):
    """Keeps the original text; the other readings stand beside it for the featurizers."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Trained again when one of the files it works with changed."""
        return hash_of(*_MADE_OF)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextNormaliser:
        """Nothing is trained: the short forms and the known words are data files."""
        for language in SPOKEN:
            mended(_NO_WORD, language)  # the lists are read now, and not while a debtor waits
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Cut in two, then spell every part out."""
        for message in messages:
            if message.get(TEXT):
                message.set(HALVES, _halves(message))
        self._respell(messages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are read whole: half an example has no label of its own. Each is met with slips of the keyboard too."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        for example, text in zip(examples, with_slips([example.get(TEXT) for example in examples]), strict=True):
            example.set(SLIPPED, [Message({TEXT: text, LANGUAGE: example.get(LANGUAGE)})])
        self._respell(training_data.training_examples)
        return training_data

    def _respell(self, messages: list[Message]) -> None:
        for part in parts(messages):
            full, changed = mended(spell_out(part.get(TEXT), part.get(LANGUAGE)), part.get(LANGUAGE))
            part.set(SPELLED_OUT, full)
            # What nobody writes tells the readers nothing: where slips were undone, the text as typed is left aside.
            part.set(AS_TYPED, full if changed else part.get(TEXT).lower())
            part.set(BY_EAR, by_ear(full, part.get(LANGUAGE)))


def _halves(message: Message) -> list[Message]:
    texts = [half for cut in cuts(message.get(TEXT), message.get(LANGUAGE)) for half in cut]
    return [Message({TEXT: text, LANGUAGE: message.get(LANGUAGE)}) for text in texts]
