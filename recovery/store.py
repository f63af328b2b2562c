"""Where records live: one PostgreSQL, one declarative base, one transaction a request. Rooms never commit."""

from __future__ import annotations

import secrets
import select
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, DateTime, Engine, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker


class Record(DeclarativeBase):
    """Every table. A `datetime` is an aware moment, a `dict` or `list` is JSONB."""

    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way to configure a base
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        list[str]: JSONB,
    }


def time_ordered_id() -> uuid.UUID:
    """A version 7 identifier (RFC 9562): later ones sort after, so that paging by id is paging by age and indexes stay compact."""
    millisecond, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    return uuid.UUID(int=millisecond << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | secrets.randbits(62))


class Identified:
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=time_ordered_id)


def psycopg_url(url: str) -> str:
    """SQLAlchemy's form of an ordinary `postgresql://` address, with the psycopg 3 driver."""
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else url


@lru_cache(maxsize=4)
def engine_for(url: str) -> Engine:
    engine = create_engine(psycopg_url(url), pool_size=10, max_overflow=20)
    event.listen(engine, "checkout", _refuse_a_dead_connection)
    return engine


@lru_cache(maxsize=4)
def _sessions(url: str) -> sessionmaker[Session]:
    return sessionmaker(engine_for(url), expire_on_commit=False)


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """For a single query: no transaction around it, one round trip."""
    with engine_for(url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


@contextmanager
def transaction(url: str) -> Iterator[Session]:
    """One unit of work: commits at the end, rolls back on any error."""
    with _sessions(url).begin() as session:
        yield session


def _refuse_a_dead_connection(connection: Any, *_: Any) -> None:
    """A restarted PostgreSQL is met here, not by a failed request: the pool then opens another connection.

    An idle connection has nothing to say. One that can be read from was closed by the server: seen without asking it
    (a ping would cost every transaction a round trip).
    """
    if select.select([connection.fileno()], [], [], 0)[0]:
        raise DisconnectionError("closed by the server")
