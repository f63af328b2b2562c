"""The Rasa model, trained when one of its inputs changed; its file is named by their hash."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from setup.places import BOT, BOT_PYTHON, MODELS, ROOT, VAR
from setup.progress import SetupFailed, step
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
LOG = VAR / "train.log"
_TOLD = re.compile(r"(Starting|Finished) (?:to train|training) component '(\w+)'")  # of everything Rasa writes
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
    command = [BOT_PYTHON, "serve.py", "train", "--domain", "domain", "--config", "config.yml", "--out", "models"]
    command += ["--fixed-model-name", model.name.removesuffix(".tar.gz"), "--data", *DATA]
    # `make check` validates; doing it here as well would read all the messages twice more.
    command += ["--skip-validation"]
    VAR.mkdir(exist_ok=True)
    with (
        open(LOG, "w", buffering=1) as log,
        subprocess.Popen(
            [str(word) for word in command],
            cwd=BOT,
            env={**os.environ, **QUIET},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as training,
    ):
        assert training.stdout
        for line in training.stdout:
            log.write(line)
            if told := _TOLD.search(line):
                print(f"  {told.group(1).lower()} {told.group(2)}", flush=True)
    if training.returncode or not model.exists():
        raise SetupFailed(f"Rasa did not train a model. The end of {LOG}:\n{_end_of_log()}")


def _end_of_log() -> str:
    return "\n".join(LOG.read_text(errors="replace").splitlines()[-30:])


def _forget_old(model: Path) -> None:
    others = sorted((m for m in MODELS.glob("*.tar.gz") if m != model), key=lambda m: m.stat().st_mtime, reverse=True)
    for old in others[KEPT - 1 :]:
        old.unlink()


if __name__ == "__main__":
    try:
        print(trained_model())
    except SetupFailed as error:
        sys.exit(str(error))
