"""Name what this machine lacks for the whole of `make test`; with CI=true a lack is an error."""

import os
import shutil
import sys

from tests import postgres
from tests.browser import chromium, is_driver_fine


def lacks():
    """Yield a sentence for each thing missing, with the command that installs it."""
    try:
        with postgres.server():
            pass
    except postgres.NoPostgres as error:
        yield str(error)
    if chromium() is None:
        yield "no Chromium found, so the journeys can't run. Debian: sudo apt-get install chromium"
    if not is_driver_fine():
        yield "the browser can't be driven without libatomic. Debian: sudo apt-get install libatomic1"
    if shutil.which("make") is None:
        yield "make is missing. Debian: sudo apt-get install make"


def main():
    found = list(lacks())
    for sentence in found:
        print(f"missing: {sentence}", file=sys.stderr)
    sys.exit(1 if found and os.environ.get("CI") == "true" else 0)


if __name__ == "__main__":
    main()
