"""QR codes, drawn as SVG that stands in the page itself: no picture is fetched."""

import segno
from markupsafe import Markup


def qr(url: str, title: str) -> Markup:
    """Return a code that a phone's own camera opens; dark on light whatever the page's colours."""
    code = segno.make(url, error="m", micro=False)
    drawn = code.svg_inline(border=3, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None, title=title)
    return Markup(drawn)  # noqa: S704 - segno escapes the title, and draws the rest
