"""The channels of this installation: every folder here that finds what it needs in the environment."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

import channels
from channels.contract import Channel


class Channels:
    """By the name conversations use, and by the address webhooks use."""

    def __init__(self, opened: Iterable[Channel]) -> None:
        self._all = list(opened)

    def __iter__(self) -> Iterator[Channel]:
        return iter(self._all)

    def named(self, name: str) -> Channel | None:
        return next((channel for channel in self._all if channel.name == name), None)

    def at(self, source: str) -> Channel | None:
        return next((channel for channel in self._all if channel.source == source), None)


def open_channels(environment: Mapping[str, str]) -> Channels:
    """A folder without `build` (the web) needs no provider; one that lacks its settings is left out."""
    built = (_build(folder.name, environment) for folder in pkgutil.iter_modules(channels.__path__) if folder.ispkg)
    return Channels(channel for channel in built if channel)


def _build(folder: str, environment: Mapping[str, str]) -> Channel | None:
    build = getattr(importlib.import_module(f"channels.{folder}"), "build", None)
    return cast("Channel | None", build(environment)) if build else None
