"""A rough spelling by ear, so that "kel some jdoi", "debolber" and their clean forms share word features.

It only has to send what people confuse to one form; it is no phonetic transcription.
"""

import re

from .folding import fold

_FRENCH = [
    (r"\bqu?'|\bk'", "k "),
    # Verb endings are what people confuse most: payer, payé, payez, paye, paié all end in nothing.
    (r"(?<=\w{2})(?:aient|ai[stx]?|er|ez|ees?|es?|ent)\b", ""),
    (r"eaux?|aux?|ots?\b|os\b", "o"),
    (r"ai|ei|ay", "e"),
    (r"oi[stxe]?\b|oi|oy|wa", "wa"),
    (r"qu|q|ck|c(?=[aouklrt]|\b)|ch(?=[rl])", "k"),
    (r"ph", "f"),
    (r"ss|sc(?=[ei])|c(?=[eiy])|ti(?=on)", "s"),
    (r"z|(?<=[aeiou])s(?=[aeiou])", "z"),
    (r"ge(?=[ao])|g(?=[eiy])", "j"),
    (r"gu(?=[ei])", "g"),
    (r"em|en|am", "an"),
    (r"im|ain|ein|un(?=\b)", "in"),
    (r"om(?=[bp])", "on"),
    (r"ou", "u"),
    (r"y", "i"),
    (r"h", ""),
    (r"(?<=\w)(?:e|s|t|x|d)+\b", ""),
]
_SPANISH = [
    (r"ch", "x"),
    (r"qu(?=[ei])|c(?=[aoulrkt]|\b)|q", "k"),
    (r"c(?=[ei])|z", "s"),
    (r"g(?=[ei])", "j"),
    (r"gu(?=[ei])", "g"),
    (r"v|w(?=[aeiou])", "b"),
    (r"ll|i(?=[aeo])", "y"),
    (r"h", ""),
    (r"ado\b", "ao"),
    (r"ada\b", "a"),
    (r"nn|ny", "n"),
]
_RULES = {
    "fr": [(re.compile(pattern), by) for pattern, by in _FRENCH],
    "es": [(re.compile(pattern), by) for pattern, by in _SPANISH],
}
_DOUBLED = re.compile(r"([a-z])\1")


def by_ear(text: str, language: str) -> str:
    """The text respelled by ear in French or Spanish, only folded in any other language."""
    heard = fold(text)
    for pattern, by in _RULES.get(language, []):
        heard = pattern.sub(by, heard)
    return _DOUBLED.sub(r"\1", heard)
