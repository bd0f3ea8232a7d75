"""What every page of a story must be like, whatever it is about: nothing broken, nothing from elsewhere, nothing
wider than the screen, in the reader's language, and without barriers that a machine can find."""

import re
from collections import deque
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT

RIGHT_TO_LEFT = {"ar"}
GRAVE = {"serious", "critical"}
RULES = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
OWN = ("data:", "blob:", "about:")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class Eyes:
    """Watches all browsers of one story. What is wrong is gathered in `troubles`."""

    def __init__(self, url, *, has_scripts):
        self._url, self._has_scripts = url, has_scripts
        self._audited = set()
        self._windows = {}
        self.troubles = deque()

    def watch(self, page):
        """Listen to a page from now on."""
        self._windows[page] = page.context.new_cdp_session(page)
        page.on("request", lambda request: self._asked(request.url))
        page.on("response", lambda response: response.status < 400 or self._note(page, f"{response.status} {response.url}"))
        page.on("requestfailed", lambda request: self._failed(page, request))
        page.on("console", lambda said: said.type != "error" or self._note(page, said.text))
        page.on("pageerror", lambda error: self._note(page, error))

    def look(self, page, locale):
        """Look at the page that is there now, as somebody who reads `locale`."""
        written = page.locator("html")
        shown = (written.get_attribute("lang"), written.get_attribute("dir"))
        wanted = (locale, "rtl" if locale in RIGHT_TO_LEFT else "ltr")
        if shown != wanted:
            self._note(page, f"is in {shown}, not {wanted}")
        if page.locator("h1").count() != 1:
            self._note(page, "has not one heading of its own")
        self._measure(page)
        if self._has_scripts:
            self._audit(page)

    def _measure(self, page):
        layout = self._windows[page].send("Page.getLayoutMetrics")
        width, room = layout["cssContentSize"]["width"], layout["cssLayoutViewport"]["clientWidth"]
        if width > room:
            self._note(page, f"is {width} pixels wide on a screen of {room}")

    def _audit(self, page):
        """Look for barriers once for each kind of page and state, and at its colours in the dark too."""
        kind = (ID.sub("", urlsplit(page.url).path), *page.locator("main h2").all_inner_texts()[:1])
        if kind in self._audited:
            return
        self._audited.add(kind)
        page.evaluate(AXE_SCRIPT)
        self._barriers(page, RULES)
        page.emulate_media(color_scheme="dark")
        self._barriers(page, COLOURS)
        page.emulate_media(color_scheme="light")

    def _barriers(self, page, options):
        for found in page.evaluate("options => axe.run(options)", options)["violations"]:
            if found["impact"] in GRAVE:
                where = "; ".join(f"{node['html']}: {node['failureSummary']}" for node in found["nodes"][:4])
                self._note(page, f"{found['id']}: {where}")

    def _asked(self, url):
        if not url.startswith((self._url, *OWN)):
            self.troubles.append(f"asks another host: {url}")

    def _failed(self, page, request):
        if request.failure != "net::ERR_ABORTED":  # a page that is left before all of it has come
            self._note(page, f"{request.url} failed: {request.failure}")

    def _note(self, page, what):
        self.troubles.append(f"{page.url}: {what}")
