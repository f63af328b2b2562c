"""Reads messages on standard input through the newest trained model, with no server: one JSON a line comes out.

A line is a message, or a JSON object with `text` and, if known, `language`, `today` and `expecting`.
"""

import asyncio
import json
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
warnings.filterwarnings("ignore")

import structlog  # noqa: E402  (the settings above must come first)
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

_PRINTED = ("text", "language", "intent", "intent_ranking", "intents", "doubtful", "likeliest", "entities", "signals")


def main() -> None:
    """Parse every line of standard input."""
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    agent = Agent.load(sys.argv[1] if len(sys.argv) > 1 else "models")
    if not agent.is_ready():
        raise SystemExit("No trained model in models/: run `rasa train` first.")
    for line in _lines():
        print(json.dumps(asyncio.run(_parse(agent, line)), ensure_ascii=False, default=str), flush=True)


def _lines() -> Iterator[dict[str, Any]]:
    for line in map(str.strip, sys.stdin):
        if line:
            yield _as_object(line)


def _as_object(line: str) -> dict[str, Any]:
    """A debtor may write a brace: only an object with a text is taken as JSON."""
    try:
        read = json.loads(line)
    except ValueError:
        read = line
    return read if isinstance(read, dict) and "text" in read else {"text": line}


async def _parse(agent: Agent, line: dict[str, Any]) -> dict[str, Any]:
    known = {key: value for key, value in line.items() if key != "text"}
    parsed = await agent.processor.parse_message(UserMessage(line["text"], metadata=known))
    return {key: parsed[key] for key in _PRINTED if key in parsed}


if __name__ == "__main__":
    main()
