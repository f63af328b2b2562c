"""The website. It has no provider: api/widget takes its messages, and gives them from the database as they are said."""

from channels.contract import Capabilities

CAPABILITIES = Capabilities(
    buttons=10,
    media=frozenset({"image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"}),
    longest=20_000,
    window_hours=None,
    templates=False,
    cost_unit="none",
    starts=False,
)
