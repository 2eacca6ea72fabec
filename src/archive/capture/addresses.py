"""Which addresses may be connected to: those of the public internet.

A page can name any host and redirect to any, so without this a capture could be made to read
what only this machine or its network may see: loopback, private networks (RFC 1918, RFC 4193),
shared carrier space (RFC 6598), link-local (with the clouds' metadata service 169.254.169.254),
multicast, unspecified and reserved addresses, and one public address that means a cloud's own
host. An IPv6 address that carries an IPv4 address (mapped, RFC 4291; NAT64, RFC 6052; 6to4,
RFC 3056) is judged by that one; one of ISATAP (RFC 5214) has to be public itself as well.
"""

from __future__ import annotations

import ipaddress

__all__ = ["is_public", "names_private"]

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_ALSO: tuple[_Network, ...] = (  # what some versions of ipaddress call global
    ipaddress.IPv4Network("192.0.0.0/24"),  # protocol assignments, RFC 6890
    ipaddress.IPv4Network("192.88.99.0/24"),  # relays of 6to4, given up, RFC 7526
    ipaddress.IPv4Network("168.63.129.16/32"),  # what Azure's machines reach their host by
    ipaddress.IPv6Network("fec0::/10"),  # site-local, RFC 3879
    ipaddress.IPv6Network("3fff::/20"),  # documentation, RFC 9637
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)  # the upper half of such an interface's identifier


def is_public(address: str) -> bool:
    """Whether an IP address, as a connection names it, belongs to the public internet.

    Args:
        address: in dotted or colon notation, with or without a zone (``%eth0``); anything else
            is not public.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    tunnel = _tunnelled(found)
    return _is_public(_carried(found) or found) and (tunnel is None or _is_public(tunnel))


def names_private(host: str) -> bool:
    """Whether a host, as a normal URL names it, is plainly not of the public internet.

    That is an address that is not public, or a name that resolves to loopback everywhere (RFC 6761,
    section 6.3). What any other name resolves to is not looked up.
    """
    bare = host.strip("[]").rstrip(".")
    if bare == "localhost" or bare.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        return False
    return not is_public(bare)


def _is_public(address: _Address) -> bool:
    if any(address in network for network in _ALSO):
        return False
    # is_global is true of multicast, and of blocks reserved for the future.
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _carried(address: _Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 address, if it carries one."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _tunnelled(address: _Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an address of ISATAP leads to, if it is one."""
    number = int(address)
    if address.version == 6 and (number >> 32) & 0xFFFFFFFF in _ISATAP:
        return ipaddress.IPv4Address(number & 0xFFFFFFFF)
    return None
