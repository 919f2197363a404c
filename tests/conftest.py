"""House rules for tests: no sockets unless marked, loopback only where marked, and no silent skip under CI."""

import os
import socket
from collections.abc import Generator, Iterator
from ipaddress import ip_address

import pytest
from django.test.utils import override_settings
from hypothesis import HealthCheck, is_hypothesis_test, settings
from pytest_socket import disable_socket, enable_socket

# the same examples every time, so that a gate of 100 % never hangs on luck; the long form looks for new ones
settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("long" if os.environ.get("ZHENGBEN_LONG") else "default")

os.environ.setdefault("ZHENGBEN_CACHE", "")  # no test leaves compiled packs in the cache of whoever runs it

OUTSIDE = ("sockets", "browser", "postgresql")

# Django stretches a password with a million rounds, half a second of CPU for every person a test makes. Here passwords
# guard nothing; that the product itself keeps the slow way is held by tests/server/test_passwords.py.
QUICK = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])


def _loopback(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket
    host = str(address[0])
    return host in {"localhost", ""} or ip_address(host).is_loopback


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Let tests make people fast."""
    with QUICK:
        yield


class OutsideTrafficError(RuntimeError):
    """A test tried to leave the machine."""


@pytest.fixture(autouse=True)
def _sockets(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close the network; open loopback for tests that say they need it."""
    if not any(request.node.get_closest_marker(name) for name in OUTSIDE):
        disable_socket(allow_unix_socket=True)
        yield
        enable_socket()
        return
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if not _loopback(address):
            raise OutsideTrafficError(f"a test tried to reach {address!r}")
        connect(self, address)  # type: ignore[arg-type]  # whatever the caller gave

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let all browsers run first and one after the other, while other processes do what needs the cores.

    A browser test mostly waits; two at once slow each other down until an honest page meets a time limit.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
        # Counting lines makes a test of a hundred examples twice as slow, and a gate must not hang on which examples
        # came up: what is covered is what the tests with examples of their own reach. The confusion model alone has
        # branches that only chance leads to.
        if is_hypothesis_test(getattr(item, "obj", None)) and "names" not in item.path.parts:
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI a skip of ours is a failure: what should run there must run there."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI, which counts as a failure: {report.longrepr}"
    return report
