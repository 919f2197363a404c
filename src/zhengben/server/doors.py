"""The port the web process will listen on, tried before anything else is started."""

import socket
from contextlib import closing


class BusyPortError(OSError):
    """A port that cannot be had."""


def claim_port(host: str, port: int) -> None:
    """Bind the port once and let it go; raise BusyPortError where it is taken, forbidden or no number of a port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except (OSError, OverflowError) as error:
            raise BusyPortError(getattr(error, "strerror", None) or str(error)) from error
