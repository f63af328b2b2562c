"""The sentences the service itself says (the assistant's own stand in bot/domain/responses)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

_FOLDER = Path(__file__).parent / "texts"
LANGUAGES = ("fr", "es")  # what the assistant speaks
# And what the service writes: first words, reminders, confirmations, papers, pages (Codi de consum de Catalunya 128-1).
WRITTEN = (*LANGUAGES, "ca")


def text_for(key: str, language: str, **values: object) -> str:
    """The sentence in that language, its `{blanks}` filled. A language we do not speak is answered in French."""
    sentences = sentences_in(language if language in WRITTEN else WRITTEN[0])
    return sentences[key].format(**values)


@cache
def sentences_in(language: str) -> dict[str, str]:
    sentences: dict[str, str] = yaml.safe_load((_FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return {key: sentence.strip() for key, sentence in sentences.items()}
