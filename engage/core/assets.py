"""Static files under names that carry their content's hash, so that they may be kept for ever."""

import atexit
import gzip
import hashlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise

STATIC = Path(__file__).parents[1] / "static"
_HASHED = re.compile(r"^.+\.[0-9a-f]{10}\.\w+$")
_COMPRESSES = {".css", ".js", ".svg", ".txt", ".webmanifest"}


class Assets:
    """The files of one folder, copied once a process under hashed names, with compressed twins."""

    def __init__(self, source: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="engage-static-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        files = (file for file in sorted(source.rglob("*")) if file.is_file())
        self._names = {file.relative_to(source).as_posix(): self._copy(file, source) for file in files}
        self.digest = hashlib.sha256("".join(self._names.values()).encode()).hexdigest()[:10]

    def _copy(self, file: Path, source: Path) -> str:
        content = file.read_bytes()
        name = file.relative_to(source).with_suffix(f".{hashlib.sha256(content).hexdigest()[:10]}{file.suffix}")
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        if file.suffix in _COMPRESSES:
            target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
        return name.as_posix()

    def url(self, name: str) -> str:
        """Return the address of a file. Raises KeyError when there is none."""
        return f"/static/{self._names[name]}"

    def serve(self, wsgi: Any) -> Any:
        """Put the files in front of a WSGI app."""
        return WhiteNoise(
            wsgi, root=str(self._folder), prefix="static/", immutable_file_test=lambda _path, url: bool(_HASHED.match(url))
        )
