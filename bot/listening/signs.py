"""Letters, endings and words said together by which a language is known whatever its words are."""

import re

from .folding import fold
from .third_languages import their_own
from .vocabulary import SPOKEN

_SCRIPTS = [
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
]
_HINTS = [
    ("es", re.compile(r"[ñ¿¡íóúá]")),
    ("ca", re.compile(r"[íóúèòç]")),
    ("fr", re.compile(r"[œêèùûîçâ]")),
    ("pt", re.compile(r"[íóúáç]")),
    ("de", re.compile(r"[äöü]")),
    # Spanish has no elision.
    ("fr", re.compile(r"\b(?:[cdjlmnst]|qu)['’](?=[aeiouyhâàéèêîô])")),
    ("ca", re.compile(r"\b(?:[dlmnst])['’](?=[aeiouhàèéíòóú])")),
    ("it", re.compile(r"\b(?:[cdlmnst]|un|dell|all|nell)['’](?=[aeiouhàèéìòù])")),
]

# Words that another language also says, but not together; letters and endings that no other writes.
_SAYINGS = {
    "ca": re.compile(
        r"\bbon dia\b|\bbona (?:tarda|nit)\b|\bsi us plau\b|^d['’]acord\b|\bno puc\b|"
        r"\b(?:català|valencià|és|sóc|són|què|això|perquè|gràcies|vostès?)\b|"
        # French has "m'a", "-moi", "-y": never an h, nor these pronouns.
        r"\b[mtsn]['’]h(?:a|as|an|e|em|eu|o|i)\b|\b[mtsln]['’]en[vt]\w|l·l|\w{3,}-(?:me|ho|hi|ne|vos)\b"
    ),
    # "fin de mes droits" is French, "fin de mes" is not.
    "es": re.compile(
        r"\bfin de mes\W*$|\b(?:ke|k|q) dise[ns]?\b|"
        r"\d *(?:€|euros?)? */ *mes\b|[ñ¿¡]|\w{2,}ón\b|\w(?:ándo|iéndo|yéndo)(?:me|te|se|nos|os|l[oae]s?)\b"
    ),
    "fr": re.compile(
        r"œ|\bj['’](?:ai|av|en|y|ét|ar|at|es)|\bc['’]est\b|\bqu['’](?:ils?|elles?|on)\b|"
        # The creoles of the islands are answered in French.
        r"\bm?an ja\b|\bmwen\b|\bmi vé\b"
    ),
    "pt": re.compile(r"[ãõ]|\b(?:português|já|você)\b|\w{3,}-(?:me|lhes?)\b"),
    "ro": re.compile(r"[ășțşţ]"),
    "en": re.compile(r"\benglish\b"),
}
# Letters that neither French nor Spanish has; in a word with a capital they may be a name.
_LETTERS = {
    "tr": "ğışİ",
    "pl": "ąćęłńśźż",
    "cs": "čďěňřšťůž",
    "hu": "őű",
    "da": "åø",
    "de": "ß",
    "wo": "ŋ",
}
_WORD = re.compile(r"[^\W\d_]+")


def foreign_script(text: str) -> str | None:
    """The language of the letters that most of a text is written in, where they are not Latin."""
    letters = sum(mark.isalpha() for mark in text)
    for code, pattern in _SCRIPTS:
        if letters and len(pattern.findall(text)) > letters / 2:
            return code
    return None


def sayings_in(text: str) -> set[str]:
    """The languages that say something here which no other does."""
    written = text.lower()
    # "teño" has a letter of Spanish, and is none of its words.
    ours = _WORD.sub(lambda word: "" if their_own(fold(word.group())) else word.group(), written)
    common = "".join(word for word in _WORD.findall(text) if not word[0].isupper())
    said = {code for code, pattern in _SAYINGS.items() if pattern.search(ours if code in SPOKEN else written)}
    return said | {code for code, letters in _LETTERS.items() if not set(letters).isdisjoint(common)}


def hints_in(text: str) -> list[str]:
    """The languages that use letters or elisions of this text, one for each sign of theirs."""
    written = text.lower()
    return [code for code, pattern in _HINTS if pattern.search(written)]
