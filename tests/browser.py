"""The browser of the journeys: Debian's Chromium, or the one this machine has; and what drives it."""

import os
import shutil
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

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


def is_driver_fine():
    """Whether the program that drives the browser starts: it is linked against a library that small systems leave out."""
    node, _script = compute_driver_executable()
    return subprocess.run([node, "--version"], check=False, capture_output=True).returncode == 0
