"""Which addresses the product never goes to: everything that is not the public internet.

A page chooses where we connect: it redirects, embeds and resolves as it likes. So the decision is taken on the
numeric address that will be dialled, after every spelling of it (decimal, hex, octal, short, IPv6-mapped, 6to4,
Teredo, NAT64) has been reduced to the one thing it means. Registries: IANA IPv4 and IPv6 Special-Purpose Address
Registries; RFC 6052 (NAT64), RFC 3056 (6to4), RFC 5214 (ISATAP).
"""

import ipaddress
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Public-looking addresses that answer only the machines of one cloud with that machine's secrets.
_METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "169.254.169.254", "100.100.100.200", "192.0.0.192")))
_NAT64 = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48")))
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_REFUSED_6 = tuple(map(ipaddress.IPv6Network, ("fec0::/10", "5f00::/16", "2001::/23", "100::/64", "3fff::/20")))
_REFUSED_4 = tuple(map(ipaddress.IPv4Network, ("0.0.0.0/8", "192.88.99.0/24", "240.0.0.0/4", "192.0.0.0/24")))
_ISATAP = (0x00005EFE, 0x02005EFE)

# Ports of services that would act on what a web client writes to them: mail, databases, shells, name servers.
REFUSED_PORTS = frozenset({
    0, 7, 9, 19, 21, 22, 23, 25, 53, 69, 110, 111, 119, 123, 135, 137, 139, 143, 161, 389, 445, 465, 512, 513, 514, 515,
    587, 636, 873, 993, 995, 1433, 1521, 2049, 2375, 3306, 3389, 5432, 5900, 5984, 6379, 9200, 10250, 11211, 27017,
})  # fmt: skip


class RefusedAddressError(OSError):
    """The guard will not go there: the address is not public, or the port is no web server's."""


def numeric(host: str) -> Address | None:
    """Give the address a host spells in any form a system library would accept, or None for a name.

    >>> numeric("2130706433"), numeric("0x7f.1"), numeric("[::1]"), numeric("example.org")
    (IPv4Address('127.0.0.1'), IPv4Address('127.0.0.1'), IPv6Address('::1'), None)
    """
    bare = host.strip("[]").partition("%")[0].rstrip(".")
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    if not bare or bare.split(".")[-1][:1] not in "0123456789":
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(bare))
    except (OSError, ValueError, UnicodeError):
        return None


def embedded(address: Address) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address that an IPv6 address stands for, or None.

    >>> embedded(ipaddress.ip_address("64:ff9b::7f00:1"))
    IPv4Address('127.0.0.1')
    """
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if _in_low_bits(address) else None


def _in_low_bits(address: ipaddress.IPv6Address) -> bool:
    """Tell whether an IPv4 address stands in the last 32 bits."""
    return (
        any(address in network for network in _NAT64)
        or (address in _COMPATIBLE and int(address) > 1)  # ::0 and ::1 are addresses of their own
        or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP
    )


def refused(address: Address) -> str:
    """Give why an address may not be dialled, as a short word, or an empty string for a public one.

    >>> refused(ipaddress.ip_address("10.0.0.1")), refused(ipaddress.ip_address("1.1.1.1"))
    ('private', '')
    """
    inner = embedded(address)
    if inner is not None:
        return refused(inner) or ("tunnelled" if not address.is_global else "")
    if address in _METADATA:
        return "metadata"
    return _special(address)


def _special(address: Address) -> str:
    kinds = (
        ("loopback", address.is_loopback),
        ("link_local", address.is_link_local),
        ("multicast", address.is_multicast),
        ("unspecified", address.is_unspecified),
        ("private", address.is_private or not address.is_global),
        ("reserved", address.is_reserved or _listed(address)),
    )
    return next((word for word, holds in kinds if holds), "")


def _listed(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return any(address in network for network in _REFUSED_4)
    return any(address in network for network in _REFUSED_6)
