"""Public pages, kept under their version: 304 before rendering, then the page kept in this process
under its ETag, and only then a render."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable

from flask import Response, g, request
from flask import current_app as app

from engage.core import clock, i18n
from engage.core.city import city

KEPT_PAGES = 512
KEPT_BYTES = 64 * 1024  # a larger page is rendered anew: it is rare, and memory is not



class _Kept:
    """The last rendered public pages of this process, by ETag."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: str, page: bytes) -> None:
        if len(page) > KEPT_BYTES:
            return
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)


_kept = _Kept()


def public_page(version: str, render: Callable[[], str], *, mimetype: str = "text/html") -> Response:
    """Answer a public page from its version: 304, the kept page, or a fresh render.

    `version` names everything the page shows that can change (content, places left); the path,
    locale, build, city settings and local date are added here.
    """
    asked = request.environ
    accepts_gzip = "gzip" in asked.get("HTTP_ACCEPT_ENCODING", "")
    etag = _etag(version, accepts_gzip)
    headers = {"ETag": f'"{etag}"', "Cache-Control": "public, max-age=0, must-revalidate", "Vary": "Accept-Encoding"}
    if _is_known(etag, asked.get("HTTP_IF_NONE_MATCH", "")):
        return Response(status=304, headers=headers)
    if accepts_gzip:
        headers["Content-Encoding"] = "gzip"
    return Response(_body(etag, render, accepts_gzip), headers=headers, content_type=f"{mimetype}; charset=utf-8")


def _etag(version: str, accepts_gzip: bool) -> str:
    settings = city()
    today = clock.local(g.now, settings.zone).date()
    asked = request.environ
    parts = (
        asked["PATH_INFO"], asked.get("QUERY_STRING", ""), i18n.locale(), version, app.extensions["build"],
        settings.version, today, accepts_gzip,
    )
    return hashlib.blake2b("\0".join(map(str, parts)).encode(errors="surrogateescape"), digest_size=12).hexdigest()


def _is_known(etag: str, if_none_match: str) -> bool:
    """Say whether the reader has this page (RFC 9110, 13.1.2: a list of quoted tags, weakly compared, or `*`)."""
    return f'"{etag}"' in if_none_match or if_none_match.strip() == "*"


def _body(etag: str, render: Callable[[], str], accepts_gzip: bool) -> bytes:
    is_kept = app.extensions["engage_config"].page_cache
    kept = _kept.get(etag) if is_kept else None
    if kept is not None:
        return kept
    body = render().encode()
    body = gzip.compress(body, 6, mtime=0) if accepts_gzip else body
    if is_kept:
        _kept.put(etag, body)
    return body
