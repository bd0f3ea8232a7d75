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
    today = clock.local(g.now, city().zone).date()
    accepts_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    parts = (request.full_path, i18n.locale(), version, app.extensions["build"], city().version, today, accepts_gzip)
    etag = hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=12).hexdigest()
    if request.if_none_match.contains(etag):
        return _public(Response(status=304), etag)
    is_kept = app.extensions["engage_config"].page_cache
    body = _kept.get(etag) if is_kept else None
    if body is None:
        body = render().encode()
        body = gzip.compress(body, 6, mtime=0) if accepts_gzip else body
        if is_kept:
            _kept.put(etag, body)
    response = Response(body, content_type=f"{mimetype}; charset=utf-8")
    if accepts_gzip:
        response.headers["Content-Encoding"] = "gzip"
    return _public(response, etag)


def _public(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.headers["Vary"] = "Accept-Encoding"
    return response
