"""Word lists that catch what must never be missed."""


def signals(text: str, language: str) -> list[str]:
    """The nets that fire on a message, by intent name, then the moods."""
    return []
