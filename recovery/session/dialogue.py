"""The one place that speaks to Rasa: a message and what is known about it go in, what to say comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx


class Unreachable(Exception):
    """Rasa or its actions did not answer; the message waits and is asked again."""


@dataclass(frozen=True)
class Reply:
    text: str
    buttons: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


class Dialogue(Protocol):
    def ask(self, sender: str, text: str, metadata: dict[str, Any]) -> list[Reply]:
        """What to say to this. Raises Unreachable."""


class RasaDialogue:
    """One per process: connections stay open between messages."""

    def __init__(self, rasa_url: str, actions_url: str) -> None:
        self._webhook = f"{rasa_url.rstrip('/')}/webhooks/rest/webhook"
        self._actions_health = f"{actions_url.rstrip('/').removesuffix('/webhook')}/health"
        # Sanic closes an idle connection after 5 s: ours are given up before, so that none is met half closed.
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=4)
        self._http = httpx.Client(timeout=httpx.Timeout(30, connect=2), limits=limits, trust_env=False)

    def ask(self, sender: str, text: str, metadata: dict[str, Any]) -> list[Reply]:
        try:
            answer = self._http.post(self._webhook, json={"sender": sender, "message": text, "metadata": metadata})
            answer.raise_for_status()
            replies = _with_their_files([reply for said in answer.json() if (reply := _reply(said))])
        except (httpx.HTTPError, ValueError) as error:
            raise Unreachable(f"Rasa: {error!r}") from error
        if not replies and not self._actions_answer():
            raise Unreachable("the action server does not answer")
        return replies

    def _actions_answer(self) -> bool:
        """Rasa keeps the failure of an action to itself and says nothing: nothing said and nobody there is a
        failure.
        """
        try:
            return self._http.get(self._actions_health, timeout=2).is_success
        except httpx.HTTPError:
            return False


def _reply(said: dict[str, Any]) -> Reply | None:
    custom = said.get("custom") or {}
    attachment = custom.get("attachment_id")
    text = (said.get("text") or "").strip()
    if not text and not attachment:
        return None
    return Reply(text, list(said.get("buttons") or []), [str(attachment)] if attachment else [])


def _with_their_files(replies: list[Reply]) -> list[Reply]:
    """Rasa gives a file after the words it goes with: they leave as one message."""
    joined: list[Reply] = []
    for reply in replies:
        if joined and not reply.text:
            before = joined[-1]
            joined[-1] = Reply(before.text, before.buttons, [*before.attachments, *reply.attachments])
        else:
            joined.append(reply)
    return joined
