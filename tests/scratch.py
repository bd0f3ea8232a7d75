"""Where a run's own files lie: in memory, where there is a place for that with room. Nobody waits for a disk then."""

import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - Linux's; each run makes folders of its own there
ROOM = 2 * 1024**3


def root():
    """The folder to make temporary folders in."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if has_room else Path(tempfile.gettempdir())
