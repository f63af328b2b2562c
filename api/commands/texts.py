"""`entente texts`: what a text would cost, before anything is written to anybody."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.where import stop
from channels.contract import PermanentFailure
from channels.messages import Outbound
from channels.sms import build
from channels.sms.channel import SmsChannel
from recovery.settings import surroundings

app = typer.Typer(no_args_is_help=True, help="Texts (SMS).")


@app.command()
def estimate(
    number: Annotated[str, typer.Argument(help="Where it would go: +33612345678")],
    words: Annotated[str, typer.Argument(help="The text")],
    language: Annotated[str, typer.Option(help="fr or es: which words may be written in plain letters")] = "fr",
) -> None:
    """Segments and price of a text, written as it would leave."""
    channel = build(surroundings())
    if not isinstance(channel, SmsChannel):
        stop("No texts are set up here (docs/channels/sms.md).")
    try:
        found = channel.estimate(Outbound(number, words, "estimate", language))
    except PermanentFailure as refused:
        stop(str(refused))
    typer.echo(f"{found.segments} × {found.encoding}: {found.thousandths / 1000:.3f} €")
