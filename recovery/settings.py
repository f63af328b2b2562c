"""Settings come from the environment (or `.env`), prefix `ENTENTE_`. A secret has no default: its absence is told by name."""

from __future__ import annotations

import os
from functools import lru_cache

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 32


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="ENTENTE_", env_file=".env", extra="ignore", populate_by_name=True, env_ignore_empty=True
    )

    env: str = "development"
    clock: str | None = None  # freezes the clock, refused in production
    database_url: str = Field(validation_alias=AliasChoices("DATABASE_URL", "ENTENTE_DATABASE_URL"))

    secret_key: str  # signs widget sessions, desk sessions and links
    api_token: str  # the ledger API's service token

    public_url: str = "http://127.0.0.1:8000"
    rasa_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055/webhook"
    operator_name: str = "Entente"  # the trade name told to a debtor before identity is verified
    trusted_proxies: str = "127.0.0.1"  # who may say which address a visitor calls from; networks too, by commas
    telegram_bot_name: str = ""  # for links to it: t.me/<name>
    stripe_secret_key: str | None = (
        None  # `sk_…` or `rk_…` (Checkout Sessions: write); without it nobody pays by card here
    )
    stripe_api_url: str = "https://api.stripe.com"
    stripe_checkout_origin: str = "https://checkout.stripe.com"  # another one where Checkout has its own domain
    stripe_webhook_secret: str | None = None  # `whsec_…`; without it every call of Stripe's is refused
    data_folder: str = "var"  # attachments and generated documents

    identity_max_failures: int = 3
    identity_lock_hours: int = 24
    identity_session_hours: int = 24
    session_token_days: int = 30
    rate_limit_per_minute: int = 60
    rate_limit_address_per_minute: int = 300  # messages and files from one address: an office shares one
    rate_limit_sessions_per_minute: int = 20  # new conversations from one address
    worker_concurrency: int = 8  # conversations one worker process answers at the same time
    tell_waiting_after_seconds: float = 3.0  # the assistant is away: the debtor is told their message has arrived
    handover_when_rasa_down_minutes: float = 10
    desk_give_back_after_minutes: float = 10  # a conversation its holder leaves unanswered goes back to the queue

    @model_validator(mode="after")
    def _safe_in_production(self) -> Settings:
        if self.env == "production" and self.clock:
            raise ValueError("ENTENTE_CLOCK is refused when ENTENTE_ENV=production")
        if self.env == "production" and min(len(self.secret_key), len(self.api_token)) < SHORTEST_SECRET:
            raise ValueError(
                f"ENTENTE_SECRET_KEY and ENTENTE_API_TOKEN need {SHORTEST_SECRET} characters in production"
            )
        return self


def surroundings() -> dict[str, str]:
    """Everything that is set, in the environment or in `.env`: for what reads its own settings (channels)."""
    kept = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return {**kept, **os.environ}


class BadSettings(SystemExit):
    """Ends the program: nothing of the service can run without its settings, and a traceback would hide which one."""


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Raises BadSettings, which names every setting that is missing or wrong."""
    try:
        return Settings()  # type: ignore[call-arg]  # filled from the environment
    except ValidationError as error:
        raise BadSettings("\n".join(map(_told, error.errors()))) from None


def _told(error: ErrorDetails) -> str:
    """By the name one sets it by. A wrong value is not repeated: it may be a secret."""
    field = str(error["loc"][0]) if error["loc"] else ""
    name = field if field.isupper() else f"ENTENTE_{field.upper()}"
    if error["type"] == "missing":
        return f"{name} is not set: give it in the environment or in .env (see .env.example)."
    return f"{name}: {error['msg']}" if field else error["msg"]
