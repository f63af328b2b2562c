"""The gate's refusal, for whoever wrote the text: which rule, and which words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from api.desk.words import Words


@dataclass(frozen=True)
class Why:
    explanation: str
    rule: str
    words: list[str]


def why_refused(rules: list[dict[str, Any]], w: Words) -> list[Why]:
    return [_why(rule["rule"], rule["detail"], w) for rule in rules]


def marked(text: str, words: list[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is at fault. Accents and capitals of the words do not matter."""
    plain, places = _plain(text)
    faults = sorted(
        (plain.find(_plain(word)[0]), len(_plain(word)[0])) for word in words if word and _plain(word)[0] in plain
    )
    pieces, at = [], 0
    for start, length in faults:
        first, end = places[start], places[start + length - 1] + 1
        if first >= at:
            pieces += [(text[at:first], False), (text[first:end], True)]
            at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _why(rule: str, detail: str, w: Words) -> Why:
    number = rule.split(" ")[0]
    if "disclosure" in rule:
        said = detail.removeprefix("says ").partition(" before identity")[0]
        return Why(w("refused.disclosure"), number, [word.strip() for word in said.split(", ")])
    if rule.startswith("OO-04"):
        return Why(w("refused.contact"), number, [])
    if rule.startswith("ID-06"):
        return Why(w("refused.suppressed"), number, [])
    meaning, _, words = detail.partition(": “")
    return Why(w.name("never_said", meaning), rule.removesuffix(" never said"), [words.rstrip("”")] if words else [])


def _plain(text: str) -> tuple[str, list[int]]:
    """Lower case without accents, and where each letter stood."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFD", "'" if letter == "’" else letter.lower()):
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places
