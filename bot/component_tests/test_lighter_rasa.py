"""An answering process holds TensorFlow when its model needs it, and only then; the answers are those of stock Rasa."""

import json
import subprocess
import sys
from pathlib import Path

import yaml

_BOT = Path(__file__).resolve().parent.parent
_SAID = {"greet": ["bonjour", "bonjour à vous", "salut"], "pay": ["je paye", "je veux payer", "payer ma dette"]}
_NLU = {"version": "3.1", "nlu": [{"intent": i, "examples": "".join(f"- {t}\n" for t in s)} for i, s in _SAID.items()]}
_RULES = {
    "version": "3.1",
    "stories": [{"story": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]} for intent in _SAID],
}
_DOMAIN = {
    "version": "3.1",
    "intents": list(_SAID),
    "responses": {f"utter_{intent}": [{"text": intent}] for intent in _SAID},
}
_WORDS = [{"name": "WhitespaceTokenizer"}, {"name": "CountVectorsFeaturizer"}]
_DIET = {"name": "DIETClassifier", "epochs": 2, "random_seed": 1, "entity_recognition": False}
# What our own pipeline asks of Rasa: an extractor, a classifier over scikit-learn, and a policy of rules.
LIGHT = {
    "pipeline": [
        {"name": "components.language_identifier.LanguageIdentifier"},
        *_WORDS,
        {"name": "LogisticRegressionClassifier"},
        {"name": "components.value_reader.ValueReader"},
    ],
    "policies": [{"name": "MemoizationPolicy"}],
}
HEAVY = {
    "pipeline": [*_WORDS, _DIET],
    "policies": [{"name": "TEDPolicy", "epochs": 1, "random_seed": 1, "split_entities_by_comma": True}],
}
_ANSWER = """
import asyncio, json, sys
if sys.argv[2] == "lighter":
    from components import lighter_rasa
    lighter_rasa.apply()
from rasa.core.agent import Agent
agent = Agent.load(sys.argv[1])
read = asyncio.run(agent.parse_message("je veux payer 50 euros"))
said = asyncio.run(agent.handle_text("bonjour"))
print(json.dumps({
    "tensorflow": "tensorflow" in sys.modules,
    "intent": read["intent"]["name"],
    "confidence": round(read["intent"]["confidence"], 4),
    "entities": [entity["value"] for entity in read["entities"]],
    "said": said,
}))
"""


def _train(folder: Path, config: dict) -> str:
    for name, content in (("nlu", _NLU), ("stories", _RULES), ("domain", _DOMAIN)):
        (folder / f"{name}.yml").write_text(yaml.safe_dump(content, allow_unicode=True))
    whole = {"recipe": "default.v1", "language": "fr", "assistant_id": "tiny", **config}
    (folder / "config.yml").write_text(yaml.safe_dump(whole))
    told = ["--domain", "domain.yml", "--config", "config.yml", "--data", "nlu.yml", "stories.yml", "--out", "models"]
    _run(["-m", "rasa", "train", "--fixed-model-name", "tiny", *told], folder)
    return str(folder / "models" / "tiny.tar.gz")


def _ask(model: str, rasa: str, folder: Path) -> dict:
    return json.loads(_run(["-c", _ANSWER, model, rasa], folder).splitlines()[-1])


def _run(command: list[str], folder: Path) -> str:
    env = {"PYTHONPATH": str(_BOT), "PATH": "/usr/bin:/bin", "HOME": str(folder), "RASA_TELEMETRY_ENABLED": "false"}
    done = subprocess.run([sys.executable, *command], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_our_own_kind_of_model_answers_without_tensorflow(tmp_path):
    answer = _ask(_train(tmp_path, LIGHT), "lighter", tmp_path)
    assert not answer["tensorflow"]
    assert (answer["intent"], answer["entities"]) == ("pay", [{"cents": 5000, "currency": "EUR"}])
    assert [said["text"] for said in answer["said"]] == ["greet"]


def test_a_model_over_tensorflow_answers_as_ever(tmp_path):
    model = _train(tmp_path, HEAVY)
    stock, lighter = _ask(model, "stock", tmp_path), _ask(model, "lighter", tmp_path)
    assert lighter["tensorflow"]
    assert lighter == stock


def test_training_tools_are_loaded_when_called_and_not_when_looked_over(tmp_path):
    """In a process of its own: this one may have loaded them already."""
    asked = """
import sys
from components import lighter_rasa
lighter_rasa.apply()
lighter_rasa.apply()
import rasa.utils.train_utils as tools
assert not hasattr(tools, "__wrapped__") and not hasattr(tools, "of_no_module")
assert "tensorflow" not in sys.modules
print(tools.init_split_entities({"city": True}, default_split_entity=False))
assert "tensorflow" in sys.modules
"""
    assert "city" in _run(["-c", asked], tmp_path)
