"""The browser of the journeys: Debian's Chromium, or the one this machine has."""

import os
import shutil
from pathlib import Path

PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)


def chromium():
    """The path of a Chromium, or None."""
    found = os.environ.get("ENGAGE_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return found or next((place for place in PLACES if Path(place).exists()), None)
