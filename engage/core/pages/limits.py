"""How often somebody may try: counted per address and per network, in memory or Redis."""

from ipaddress import ip_address, ip_network

from flask import current_app as app
from flask import request
from limits import parse
from limits.strategies import RateLimiter


def within_limit(name: str, key: str, rate: str) -> bool:
    """Count one try of `name` by `key` ("a network", "an address' hash") and say whether it is
    within a rate such as "20 per hour"."""
    limiter: RateLimiter = app.extensions["limiter"]
    return limiter.hit(parse(rate), name, key)


def network() -> str:
    """Return the network a request comes from: IPv4 as it is, IPv6 by its /64."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - not a socket
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)  # noqa: PLR2004
