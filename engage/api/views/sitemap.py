"""The map of the site for search engines, each page in all its languages (sitemaps.org)."""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from flask import Response
from flask import current_app as app

from engage.api.views import bp
from engage.core import access, clock, pages
from engage.core.city import city
from engage.core.pages.kept import public_page
from engage.events.queries import listing, options, showing
from engage.places import queries as places

LARGEST = 50_000  # addresses in one file, as the format allows
FIXED = (
    "front.home", "events.index", "events.calendar", "places.index", "front.host", "front.help",
    "funding.index", "funding.funded",
)
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
ROBOTS = "User-agent: *\nDisallow: /*/link/\nDisallow: /*/my\nDisallow: /*/desk\nDisallow: /*/c/\n\nSitemap: {}\n"


@bp.get("/sitemap.xml")
@access.public
def sitemap() -> Response:
    """Say which pages there are, and in which languages."""
    now = clock.now()
    return public_page(listing.version(now), _sitemap, mimetype="application/xml")


def _sitemap() -> str:
    room = LARGEST // len(city().locales)
    groups = list(_pages())
    for page in showing.for_sitemap(max(room - len(groups), 0)):
        endpoint = "events.series" if page.is_series else "events.show"
        groups.append(((endpoint, {"slug": page.slug}), page.changed_at.date().isoformat()))
    return HEAD + "".join(_group(endpoint, values, changed) for (endpoint, values), changed in groups) + "</urlset>\n"


def _pages() -> Iterator[tuple[tuple[str, dict[str, Any]], str]]:
    for endpoint in FIXED:
        yield (endpoint, {}), ""
    for way in options.ways():
        yield ("programmes.show", {"slug": way.slug}), ""
    for area in places.all_neighbourhoods():
        yield ("front.neighbourhood", {"code": area.code}), ""


def _group(endpoint: str, values: dict[str, Any], changed: str) -> str:
    """Return a page's entries, one for each language, each naming the others."""
    there = {code: pages.address(endpoint, **values, locale=code) for code in city().locales if endpoint in app.view_functions}
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(url)}/>' for code, url in there.items())
    when = f"<lastmod>{changed}</lastmod>" if changed else ""
    return "".join(f"<url><loc>{escape(url)}</loc>{when}{links}</url>\n" for url in there.values())


@bp.get("/robots.txt")
@access.public
def robots() -> Response:
    """Tell search engines where the map is, and what is nobody's but its owner's."""
    return public_page("robots", lambda: ROBOTS.format(pages.address("api.sitemap")), mimetype="text/plain")
