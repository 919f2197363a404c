"""The server itself: it listens once, says little about itself, and stops."""

import socket

import pytest

from zhengben.takedown.smtp_door import SmtpDoor

pytestmark = pytest.mark.sockets


def test_it_listens_greets_and_stops() -> None:
    door = SmtpDoor(object(), ("127.0.0.1", 0))
    with socket.create_connection(door.address, timeout=10) as link:
        greeting = link.recv(200)
    door.stop()
    assert greeting.startswith(b"220 inbox")
    assert b"aiosmtpd" not in greeting
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(door.address, timeout=1)


def test_a_taken_port_raises_and_leaves_nothing_open() -> None:
    door = SmtpDoor(object(), ("127.0.0.1", 0))
    with pytest.raises(OSError, match="in use"):
        SmtpDoor(object(), door.address)
    door.stop()
