"""Text from outside, made safe to keep and safe to pass on. Nothing is lost that a person meant to say."""

from __future__ import annotations

import re

LONGEST_KEPT = 20_000  # characters; more than that is not a message
LONGEST_UNDERSTOOD = 1_000  # what the model is given; longer messages say what matters at one end or the other

# C0 and C1 controls except tab and line feed, lone surrogates, and the marks that reverse the direction of a line.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n?")
_MARKUP_START = re.compile(r"^[\s/]+")


def clean(text: str) -> str:
    """What is kept: no control characters, one kind of line end. HTML stays as typed; whoever shows it escapes it."""
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)).strip()


def for_the_model(text: str) -> str:
    """What Rasa is given: never a payload (those begin with a slash), never longer than it can use."""
    bare = _MARKUP_START.sub("", text)
    if len(bare) > LONGEST_UNDERSTOOD:
        half = LONGEST_UNDERSTOOD // 2
        bare = f"{bare[:half]} {bare[-half:]}"
    return bare or "..."
