"""Ask a server for one page over and over, on connections kept open, and count the answers. Checks each one's status."""

import selectors
import socket
import time
from collections.abc import Iterable

CONNECTIONS = 8
_LENGTH = b"content-length:"


def requests_a_second(port: int, path: str, *, seconds: float, status: int = 200, headers: Iterable[str] = ()) -> float:
    """Return how many answers a second came. Raises RuntimeError for another status than expected."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip", *headers, "", ""]
    request = "\r\n".join(lines).encode()
    sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
    try:
        return _rate(sockets, request, seconds, f"HTTP/1.1 {status} ".encode())
    finally:
        for one in sockets:
            one.close()


def answer(port: int, path: str) -> tuple[dict[str, str], bytes]:
    """Return one answer: its headers by lower-case name, and its body."""
    with socket.create_connection(("127.0.0.1", port)) as one:
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode())
        received = b"".join(iter(lambda: one.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}, body


def _rate(sockets: list[socket.socket], request: bytes, seconds: float, expected: bytes) -> float:
    selector = selectors.DefaultSelector()
    pending = dict.fromkeys(sockets, b"")
    for one in sockets:
        selector.register(one, selectors.EVENT_READ, one)
        one.sendall(request)
    began, answers = time.perf_counter(), 0
    while (now := time.perf_counter()) - began < seconds:
        for key, _ in selector.select(timeout=5):
            one: socket.socket = key.data
            pending[one] += one.recv(262144)
            if _is_whole(pending[one]):
                _check(pending[one], expected)
                pending[one] = b""
                answers += 1
                one.sendall(request)
    return answers / (now - began)


def _is_whole(received: bytes) -> bool:
    head, found, body = received.partition(b"\r\n\r\n")
    if not found:
        return False
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(_LENGTH)]
    return len(body) >= (int(lengths[0][len(_LENGTH):]) if lengths else 0)


def _check(received: bytes, expected: bytes) -> None:
    if not received.startswith(expected):
        raise RuntimeError(f"expected {expected!r}, got {received[:80]!r}")
