"""The dialogue's one policy: rules by intent, answers to the open question first, and every wish of a message served in turn.

Rasa's RulePolicy answers one intent with one action. A debtor writes two wishes at once, and answers a question with a bare
figure that no intent names (docs/decisions/open-question-policy.md). The rules stay in Rasa's own format (`rules/`); what an
open question claims stands beside them (`questions/`).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from components.dialogue import Dialogue, actions_for
from components.questions import questions_in

# What the service knows and tells with each message; mirrored into slots so that responses can be chosen by them.
MIRRORED = ("language", "expecting", "form")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class OpenQuestionPolicy(Policy):
    @staticmethod
    def supported_data() -> SupportedData:
        return SupportedData.ML_AND_RULE_DATA

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"priority": 6, "questions": "questions"}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
        dialogue: Dialogue | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)
        self.dialogue = dialogue or Dialogue()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        folder = Path(config.get("questions", cls.get_default_config()["questions"]))
        return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.yml")))).hexdigest()

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        self.dialogue = Dialogue(
            rules=_rules_of(training_trackers), questions=questions_in(Path(self.config["questions"]))
        )
        self.dialogue.check(known_actions=set(domain.action_names_or_texts), known_intents=set(domain.intents))
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "dialogue.json").write_text(json.dumps(self.dialogue.as_dict()), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> OpenQuestionPolicy:
        with model_storage.read_from(resource) as folder:
            dialogue = Dialogue(**json.loads((folder / "dialogue.json").read_text(encoding="utf-8")))
        return cls(config, model_storage, resource, execution_context, dialogue=dialogue)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        done = _actions_since_the_message(tracker)
        action = next((a for a in self._wanted(tracker) if a not in done), ACTION_LISTEN_NAME)
        scores = self._default_predictions(domain)
        scores[domain.index_for_action(action)] = 1.0
        return self._prediction(scores, events=_mirrored_slots(tracker) if not done else [])

    def _wanted(self, tracker: DialogueStateTracker) -> list[str]:
        message = tracker.latest_message
        if message is None or message.parse_data is None or tracker.latest_action_name is None:
            return []
        told = message.metadata or {}
        expecting = told.get("expecting", tracker.get_slot("expecting"))
        return actions_for(self.dialogue, message.parse_data, expecting, told.get("identity", "verified"))


def _rules_of(trackers: list[TrackerWithCachedStates]) -> dict[str, str]:
    """Intent → action, read from the rules as Rasa loaded them."""
    rules: dict[str, str] = {}
    for tracker in trackers:
        intent = None
        for event in tracker.events:
            if isinstance(event, UserUttered):
                intent = event.intent_name
            elif isinstance(event, ActionExecuted) and intent and event.action_name not in (ACTION_LISTEN_NAME, "..."):
                rules.setdefault(intent, event.action_name)
                intent = None
    return rules


def _actions_since_the_message(tracker: DialogueStateTracker) -> list[str]:
    done: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name != ACTION_LISTEN_NAME:
            done.append(event.action_name)
    return done


def _mirrored_slots(tracker: DialogueStateTracker) -> list[SlotSet]:
    told = (tracker.latest_message.metadata or {}) if tracker.latest_message else {}
    return [SlotSet(name, told[name]) for name in MIRRORED if name in told]
