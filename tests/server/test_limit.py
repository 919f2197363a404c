"""The limit on askers, and which addresses count as one."""

from zhengben.server.limit import REMEMBERED, Limiter, neighbourhood


def test_a_burst_is_allowed_then_one_a_second() -> None:
    limiter = Limiter(burst=3, per_minute=60)
    assert [limiter.allows("a", 0.0) for _ in range(5)] == [True, True, True, False, False]
    assert limiter.allows("b", 0.0)
    assert [limiter.allows("a", t) for t in (1.0, 1.1, 2.0)] == [True, False, True]


def test_a_house_with_many_ipv6_addresses_is_one_asker() -> None:
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:1")
    assert neighbourhood("2001:db8:0:1::1") != neighbourhood("2001:db8:0:2::1")
    assert neighbourhood("not an address") == "unknown"


def test_memory_of_askers_is_bounded() -> None:
    limiter = Limiter(burst=1, per_minute=1)
    for n in range(REMEMBERED + 500):
        limiter.allows(str(n), float(n))
    assert len(limiter._level) == REMEMBERED
