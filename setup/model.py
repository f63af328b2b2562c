"""The Rasa model, trained when one of its inputs changed; its file is named by their hash."""

from __future__ import annotations

import sys
from pathlib import Path

from setup.places import BOT, BOT_PYTHON, MODELS, ROOT
from setup.progress import SetupFailed, run, step
from setup.stamp import hash_of

# The order is the command line's: what is said (nlu), what follows (rules).
DATA = (ROOT / "data" / "nlu", BOT / "rules")
INPUTS = (
    *DATA,
    BOT / "config.yml",
    BOT / "domain",
    BOT / "questions",
    BOT / "components",
    BOT / "listening",
    BOT / "requirements.lock",
)
KEPT = 3
# Two cores: one thread of linear algebra each leaves the other process its core.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}


def model_file() -> Path:
    return MODELS / f"{hash_of(INPUTS)}.tar.gz"


def trained_model() -> Path:
    """The model of these inputs, trained now if there is none yet."""
    model = model_file()
    if not model.exists():
        with step("Training the assistant (a few minutes, once for these inputs)"):
            _train(model)
        _forget_old(model)
    return model


def _train(model: Path) -> None:
    command = [BOT_PYTHON, "-m", "rasa", "train", "--domain", "domain", "--config", "config.yml", "--out", "models"]
    run([*command, "--fixed-model-name", model.name.removesuffix(".tar.gz"), "--data", *DATA], cwd=BOT, env=QUIET)
    if not model.exists():
        raise SetupFailed("Rasa ended without an error and without a model; its own words are above.")


def _forget_old(model: Path) -> None:
    others = sorted((m for m in MODELS.glob("*.tar.gz") if m != model), key=lambda m: m.stat().st_mtime, reverse=True)
    for old in others[KEPT - 1 :]:
        old.unlink()


if __name__ == "__main__":
    try:
        print(trained_model())
    except SetupFailed as error:
        sys.exit(str(error))
