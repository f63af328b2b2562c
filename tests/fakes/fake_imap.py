"""A mailbox on loopback that speaks the IMAP a reader needs, and refuses to be changed."""

from __future__ import annotations

import re
import socketserver
import threading
from dataclasses import dataclass, field
from typing import Self

USER, PASSWORD = "contact@entente.example", "mailbox-password"


@dataclass
class FakeImap:
    """`mails`: by number. `validity`: another one means that the mailbox was made anew. `down`: nobody gets in."""

    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 1
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        mailbox = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                mailbox.talk(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def put(self, content: bytes) -> int:
        number = max(self.mails, default=0) + 1
        self.mails[number] = content
        return number

    def talk(self, caller: socketserver.StreamRequestHandler) -> None:
        caller.wfile.write(b"* OK ready\r\n")
        for line in caller.rfile:
            tag, _, words = line.decode().strip().partition(" ")
            self.asked.append(words)
            told, end = self._answer(words)
            caller.wfile.write(told + f"{tag} {end}\r\n".encode())
            if words.upper().startswith("LOGOUT"):
                return

    def _answer(self, words: str) -> tuple[bytes, str]:
        command = words.upper()
        if command.startswith("CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1\r\n", "OK done"
        if command.startswith("LOGIN"):
            good = not self.down and USER in words and PASSWORD in words
            return b"", "OK welcome" if good else "NO [AUTHENTICATIONFAILED] who are you?"
        if command.startswith("STATUS"):
            following = max(self.mails, default=0) + 1
            return f'* STATUS "INBOX" (UIDVALIDITY {self.validity} UIDNEXT {following})\r\n'.encode(), "OK done"
        if command.startswith("EXAMINE"):
            return (
                f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}]\r\n".encode(),
                "OK [READ-ONLY] done",
            )
        if command.startswith("UID SEARCH"):
            return self._search(words), "OK done"
        if command.startswith("UID FETCH"):
            return self._fetch(words), "OK done"
        if command.startswith("LOGOUT"):
            return b"* BYE\r\n", "OK bye"
        return b"", "BAD this mailbox may be read, and nothing else"

    def _search(self, words: str) -> bytes:
        asked = re.search(r"UID (\d+):\*", words)
        first = int(asked[1]) if asked else 0
        found = [number for number in self.mails if number >= first]
        if asked and not found and self.mails:
            found = [max(self.mails)]  # RFC 3501: `*` is always there, whatever stands before it
        return f"* SEARCH {' '.join(map(str, found))}\r\n".encode()

    def _fetch(self, words: str) -> bytes:
        number = int(words.split()[2])
        content = self.mails.get(number)
        if content is None:
            return b""
        if "RFC822.SIZE" in words:
            return f"* 1 FETCH (UID {number} RFC822.SIZE {len(content)})\r\n".encode()
        return f"* 1 FETCH (UID {number} BODY[] {{{len(content)}}}\r\n".encode() + content + b")\r\n"
