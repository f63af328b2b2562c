"""`entente chat`: a debtor's chat in the terminal, over the same web channel as the widget."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import httpx
import typer

from api.commands.where import stop

LOOK_EVERY_SECONDS = 0.4
COLOURS = {"bot": typer.colors.CYAN, "agent": typer.colors.GREEN, "system": typer.colors.YELLOW}


class Talk:
    def __init__(self, client: httpx.Client, opened: dict[str, Any]) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {opened['session_token']}"}
        self._last = ""
        self._buttons: list[dict[str, str]] = []
        self._over = threading.Event()
        self.conversation_id = opened["conversation_id"]
        self._show(opened["messages"])

    def listen(self) -> None:
        """Messages are shown as they come, while the debtor types."""
        while not self._over.wait(LOOK_EVERY_SECONDS):
            try:
                answer = self._client.get("/widget/messages", params={"after": self._last}, headers=self._headers)
                answer.raise_for_status()
            except httpx.HTTPError:
                continue  # the service restarts: the next look finds what was missed
            self._show(answer.json()["messages"])

    def say(self, text: str) -> None:
        """A number presses the button of that number; anything else is said."""
        body: dict[str, Any] = {"client_message_id": uuid.uuid4().hex, "text": text}
        if text.isdigit() and 0 < int(text) <= len(self._buttons):
            button = self._buttons[int(text) - 1]
            body |= {"payload": button["payload"], "text": button["title"]}
        answer = self._client.post("/widget/messages", json=body, headers=self._headers)
        if answer.is_error:
            typer.secho(answer.json().get("detail", answer.text), fg=typer.colors.RED)

    def end(self) -> None:
        self._over.set()

    def _show(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            self._last = message["id"]
            if message["author"] == "debtor":
                continue
            typer.secho(f"{message['author_name']}: {message['text']}", fg=COLOURS.get(message["author"]))
            for file in message["attachments"]:
                typer.echo(f"  {file['name']}  {file['url']}")
            self._buttons = message["buttons"]
            for number, button in enumerate(self._buttons, 1):
                typer.echo(f"  [{number}] {button['title']}")


def chat(url: str, language: str, creditor: str | None) -> None:
    with httpx.Client(base_url=url, timeout=15) as client:
        try:
            opened = client.post(
                "/widget/sessions", json={"language": language, **({"creditor": creditor} if creditor else {})}
            )
        except httpx.TransportError:
            stop(f"No service answers at {url}. Start it (`make demo`), or give its address with --url.")
        if opened.status_code != 201:
            stop(opened.json().get("detail", opened.text))
        talk = Talk(client, opened.json())
        listening = threading.Thread(target=talk.listen, daemon=True)
        listening.start()
        try:
            while True:
                text = input().strip()
                if text:
                    talk.say(text)
        except (EOFError, KeyboardInterrupt):
            listening.join(LOOK_EVERY_SECONDS * 4)  # what is on its way is still shown
            talk.end()
