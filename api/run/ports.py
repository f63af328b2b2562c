"""Ports are settings; a taken one is told by its number and its setting."""

from __future__ import annotations

import socket
from collections.abc import Mapping

from api.run.supervisor import CannotStart


def port_from(settings: Mapping[str, str], name: str, host: str) -> int:
    """The port a setting names, checked to be free; any free one for 0. Raises CannotStart."""
    try:
        wanted = int(settings[name])
    except ValueError:
        raise CannotStart(f"{name}={settings[name]} is not a port number.") from None
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OverflowError:
            raise CannotStart(f"{name}={wanted} is not a port number.") from None
        except OSError as error:
            raise CannotStart(
                f"Port {wanted} is taken ({error.strerror}). Free it, or choose another: {name}={wanted + 1} make demo"
            ) from None
        return int(probe.getsockname()[1])
