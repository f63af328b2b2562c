"""Cutting a message where a second wish may begin: at sentence ends, and at words like "et", "mais", "además"."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

_JOINTS = Path(__file__).parent / "joints.yml"
_SENTENCE_END = re.compile(r"(?<=[.!?;\n])\s+|\n+")
_FEWEST_WORDS = 2
_MOST = 6


def split_clauses(text: str, language: str) -> list[str]:
    """The clauses of a message, in order; empty when it has only one."""
    pieces = [piece for sentence in _SENTENCE_END.split(text) for piece in _split_at_joints(sentence, language)]
    clauses = _join_short([piece.strip(" ,;:.-") for piece in pieces])
    return clauses[:_MOST] if len(clauses) > 1 else []


def _split_at_joints(sentence: str, language: str) -> list[str]:
    pattern = _joints().get(language)
    return pattern.split(sentence) if pattern else [sentence]


def _join_short(pieces: list[str]) -> list[str]:
    """A piece too short to be a wish ("bonjour", "por favor") stays with its neighbour."""
    joined: list[str] = []
    waiting = ""
    for piece in filter(None, pieces):
        piece = f"{waiting} {piece}".strip()
        waiting = piece if len(piece.split()) < _FEWEST_WORDS else ""
        if not waiting:
            joined.append(piece)
    if waiting and joined:
        joined[-1] = f"{joined[-1]} {waiting}"
    return joined


@lru_cache(maxsize=1)
def _joints() -> dict[str, re.Pattern]:
    listed = yaml.safe_load(_JOINTS.read_text(encoding="utf-8"))
    return {
        code: re.compile(
            r"(?:,|\s)\s*(?:" + "|".join(re.escape(joint) for joint in joints) + r")\s+|,\s+", re.IGNORECASE
        )
        for code, joints in listed.items()
    }
