"""How often somebody may try: counted per address and per network, in memory or Redis."""

from ipaddress import IPv4Address, ip_address, ip_network

from flask import current_app as app
from flask import request
from limits import parse
from limits.strategies import RateLimiter

LONGEST_ADDRESS = 64


def within_limit(name: str, key: str, rate: str) -> bool:
    """Count one try of `name` by `key` ("a network", "an address' hash") and say whether it is
    within a rate such as "20 per hour"."""
    limiter: RateLimiter = app.extensions["limiter"]
    return limiter.hit(parse(rate), name, key)


def network() -> str:
    """Return the network a request comes from: IPv4 as it is, IPv6 by its /64."""
    try:
        address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - not a socket
    except ValueError:  # what a proxy said is no address: its own words tell one from another as well
        return str(request.remote_addr)[:LONGEST_ADDRESS]
    if isinstance(address, IPv4Address):
        return str(address)
    mapped = address.ipv4_mapped  # a socket for both families: one /64 would be everybody there is
    return str(mapped or ip_network((address, 64), strict=False))
