"""Tests of `archive.capture.addresses`: what belongs to the public internet."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.capture.addresses import is_public

PRIVATE = [
    "127.0.0.1",
    "127.8.9.10",
    "::1",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "fd00::1",
    "fc00::1",
    "169.254.0.1",
    "169.254.169.254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fd00:ec2::254",
    "100.64.0.1",
    "100.127.255.255",
    "224.0.0.1",
    "239.255.255.255",
    "ff02::1",
    "ff0e::1",
    "0.0.0.0",
    "0.1.2.3",
    "::",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.51.100.7",
    "203.0.113.9",
    "198.18.0.1",
    "2001:db8::1",
    "192.0.0.8",
    "2001::1",
    "100::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "::8.8.8.8",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::8.8.8.8",
    "168.63.129.16",
    "::ffff:168.63.129.16",
    "192.88.99.1",
    "3fff::1",
    "3fff:fff::1",
    "2606:4700::5efe:10.0.0.1",
    "2606:4700::200:5efe:169.254.169.254",
    "fe80::5efe:8.8.8.8",
]
PUBLIC = [
    "8.8.8.8",
    "93.184.215.14",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "169.253.0.1",
    "2606:4700::1111",
    "2a00:1450:4001::64",
    "::ffff:8.8.8.8",
    "2002:808:808::1",
    "64:ff9b::8.8.8.8",
    "1.1.1.1",
    "168.63.129.17",
    "192.88.98.255",
    "2606:4700::5efe:8.8.8.8",
    "2606:4700::200:5efe:8.8.8.8",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_only_this_network_sees_are_not_public(address: str) -> None:
    """Loopback, private, link-local, metadata, multicast and reserved addresses are not public."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    """Ordinary addresses pass, also where an IPv6 address carries an IPv4 one."""
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f.1", "1.2.3.4.5", "%", "/run/s"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    """Anything that is not written as an address is refused."""
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_another_is_judged_as_itself(address: ipaddress.IPv4Address) -> None:
    """The forms of IPv6 that carry an IPv4 address never change the judgement."""
    high, low = int(address) >> 16, int(address) & 0xFFFF
    expected = is_public(str(address))
    for form in ("::ffff:{:x}:{:x}", "2002:{:x}:{:x}::1", "64:ff9b::{:x}:{:x}"):
        assert is_public(form.format(high, low)) == expected


@given(st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7"))
def test_private_networks_are_never_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """No address of a private network passes."""
    assert not is_public(str(address))
