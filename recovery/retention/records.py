"""Words put away once a case is closed: read by no page and no route, shown to an authority alone, destroyed when their time is over."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from recovery.store import Identified, Record


class SealedCase(Identified, Record):
    __tablename__ = "sealed_case"

    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    closed_on: Mapped[date]
    destroy_on: Mapped[date]
    stage: Mapped[str]  # what the law calls it meanwhile, with its source
    words: Mapped[list[Any]] = mapped_column(default=list)  # [{"table","id","column","value"}]; empty once destroyed
    files: Mapped[list[Any]] = mapped_column(
        default=list
    )  # [{"table","id","name","sha256","path"}], under the data folder
    sealed_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]
