"""A contestant that is a whole Rasa pipeline, trained and asked through Rasa itself."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import yaml

from bakeoff.messages import Row

_HERE = Path(__file__).parent


class RasaPipeline:
    """`config` is a file beside this one."""

    def __init__(self, config: str) -> None:
        """Nothing is loaded before learning."""
        self._config, self._processor, self._kept = _HERE / config, None, b""
        self.names: list[str] = []

    def learn(self, rows: list[Row]) -> None:
        """Write the rows as Rasa's training data, and train."""
        from parse import load_processor
        from rasa.model_training import train_nlu

        self.names = sorted({row.intent for row in rows})
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "nlu.yml"
            data.write_text(yaml.safe_dump(_as_rasa(rows), allow_unicode=True, width=10_000), encoding="utf-8")
            # Not the bot's own: what Rasa remembers of an earlier training would cost nothing here.
            os.environ["RASA_CACHE_DIRECTORY"] = f"{folder}/cache"
            # Rasa says on standard output where it has put the model.
            with contextlib.redirect_stdout(sys.stderr):
                model = train_nlu(str(self._config), str(data), folder)
            self._processor, self._kept = load_processor(model), Path(model).read_bytes()

    def rank(self, rows: list[Row]) -> np.ndarray:
        """Confidences of Rasa's ranking; what it leaves out counts nothing."""
        return asyncio.run(self._ask(rows))

    async def _ask(self, rows: list[Row]) -> np.ndarray:
        from rasa.core.channels.channel import UserMessage

        scores = np.zeros((len(rows), len(self.names)))
        for at, row in enumerate(rows):
            parsed = await self._processor.parse_message(UserMessage(row.text))
            for guess in parsed["intent_ranking"]:
                scores[at, self.names.index(guess["name"])] = guess["confidence"]
        return scores

    def __getstate__(self) -> dict:
        """The model as Rasa keeps it: a compressed archive."""
        return {"names": self.names, "kept": self._kept}


def _as_rasa(rows: list[Row]) -> dict:
    said = defaultdict(list)
    for row in rows:
        said[row.intent].append(f"- {row.text}\n")
    return {"version": "3.1", "nlu": [{"intent": name, "examples": "".join(lines)} for name, lines in said.items()]}
