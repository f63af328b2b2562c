"""What every call of the ledger API comes with: the service token, a transaction, the clock, and on a POST its
idempotency key.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.orm import Session

from recovery.clock import Clock, clock_from
from recovery.errors import Refusal
from recovery.idempotency import earlier_answer, keep_answer
from recovery.settings import settings
from recovery.store import transaction

bearer = HTTPBearer(auto_error=False, scheme_name="Service token")


class Unauthorised(Refusal):
    status = 401
    kind = "unauthorised"

    def __init__(self) -> None:
        super().__init__("The ledger API needs its service token: `Authorization: Bearer ...`.")


def service_token(given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
    """Compared in constant time. Raises Unauthorised."""
    if given is None or not hmac.compare_digest(given.credentials.encode(), settings().api_token.encode()):
        raise Unauthorised


def clock() -> Clock:
    return clock_from(settings().clock)


def work() -> Iterator[Session]:
    with transaction(settings().database_url) as session:
        yield session


# Committed before the answer leaves: whoever reads 201 can read the record.
Work = Annotated[Session, Depends(work, scope="function")]
Now = Annotated[Clock, Depends(clock)]
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


@dataclass
class Write:
    """One POST: done once for its key, however often it is asked for."""

    session: Session
    clock: Clock
    key: str
    path: str

    def once(self, body: BaseModel, do: Callable[[], BaseModel], status: int = 201) -> JSONResponse:
        """The answer of `do`, kept; the kept answer where the key and the body came before. Raises KeyReused."""
        request = {"path": self.path, "body": body.model_dump(mode="json")}
        # The same key twice at the same moment: the second waits here, then finds the first one's answer.
        self.session.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": self.key})
        kept = earlier_answer(self.session, self.key, request)
        if kept is not None:
            return JSONResponse(kept.answer, kept.status)
        answer: dict[str, Any] = do().model_dump(mode="json")
        keep_answer(self.session, self.clock, self.key, request, status, answer)
        return JSONResponse(answer, status)


def write(session: Work, clock: Now, key: Key, request: Request) -> Write:
    return Write(session, clock, key, request.url.path)


Writing = Annotated[Write, Depends(write)]
