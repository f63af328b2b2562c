"""Nothing is said in the same words twice in a row: a response has `_again` and `_once_more` beside it, in other words."""

from __future__ import annotations

from collections.abc import Collection

OTHERWISE = ("", "_again", "_once_more")


def worded(response: str, just_said: Collection[str], known: Collection[str], *, shorter: bool = False) -> str:
    """The wording that was not said a moment ago; `shorter`: the second wording first. The response itself where it has no other."""
    bare = response.removesuffix("_again")
    order = [*OTHERWISE[1:], OTHERWISE[0]] if shorter or response != bare else OTHERWISE
    wordings = [bare + ending for ending in order if bare + ending in known]
    return next((wording for wording in wordings if wording not in just_said), wordings[0] if wordings else response)
