"""What a channel reads from the environment, with an error that names the setting and never repeats its value."""

from __future__ import annotations

from collections.abc import Mapping

TRUE = {"1", "true", "yes", "on"}


class WrongSetting(SystemExit):
    """Ends the program: a channel half set up would lose messages without a word."""


class Given:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str, default: str = "") -> str:
        return self._environment.get(name, "").strip() or default

    def needed(self, name: str, why: str) -> str:
        """Raises WrongSetting where it is missing."""
        value = self.text(name)
        if not value:
            raise WrongSetting(f"{name} is not set: {why} (see .env.example).")
        return value

    def on(self, name: str) -> bool:
        return self.text(name).lower() in TRUE

    def number(self, name: str, default: float) -> float:
        value = self.text(name)
        try:
            return float(value) if value else default
        except ValueError:
            raise WrongSetting(f"{name} is not a number.") from None

    def words(self, name: str, default: str = "") -> tuple[str, ...]:
        """Separated by commas or spaces."""
        return tuple(self.text(name, default).replace(",", " ").split())

    def base(self, name: str, default: str) -> str:
        """An address that paths are added to."""
        return self.text(name, default).rstrip("/")

    @property
    def patience(self) -> float:
        """Seconds a provider may take to answer; then the message is tried again."""
        return self.number("ENTENTE_PROVIDER_TIMEOUT_SECONDS", 15)

    @property
    def public_url(self) -> str:
        return self.base("ENTENTE_PUBLIC_URL", "http://127.0.0.1:8000")
