"""Files that people send in, known by their content and never by their name.

Pictures are decoded and written anew, so that nothing but what is seen remains: no place, no camera, no comment,
nothing that was hung on behind. PDFs stay as they are; they are only ever sent as downloads.
"""

import io
import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from engage.core.refusal import Refused
from engage.funding.rules.reasons import Reason
from engage.funding.rules.reporting import LARGEST_FILE, LONGEST_SIDE, MOST_PIXELS, TYPES

STARTS: Mapping[str, bytes] = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
SAVED: Mapping[str, dict[str, Any]] = {"JPEG": {"quality": 85}, "PNG": {"optimize": True}, "WEBP": {"quality": 85}}
_one = threading.Lock()  # a picture of many pixels needs much memory: one at a time; what warns is the whole process' as well


@dataclass(frozen=True)
class Taken:
    """A file as it is kept."""

    content: bytes
    content_type: str

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


def take(content: bytes) -> Taken:
    """Return a file fit to be kept. Raises Refused for what is too large, not known, broken or a bomb."""
    if len(content) > LARGEST_FILE:
        raise Refused(Reason.FILE_TOO_LARGE, most_mb=LARGEST_FILE // 1024**2)
    if content.startswith(b"%PDF-"):
        return Taken(content, TYPES["PDF"])
    kind = next((name for name, start in STARTS.items() if content.startswith(start)), None)
    if kind is None or (kind == "WEBP" and content[8:12] != b"WEBP"):
        raise Refused(Reason.FILE_NOT_KNOWN)
    with _one, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # our own bound on pixels is asked before anything is decoded
        return _picture(content, kind)


def _picture(content: bytes, kind: str) -> Taken:
    try:
        found = Image.open(io.BytesIO(content), formats=tuple(STARTS))
        is_bomb = found.width * found.height > MOST_PIXELS
    except Image.DecompressionBombError as error:
        raise Refused(Reason.PICTURE_TOO_LARGE) from error
    except Exception as error:  # a header that lies, in whatever way a decoder stumbles over it
        raise Refused(Reason.FILE_BROKEN) from error
    if is_bomb:
        raise Refused(Reason.PICTURE_TOO_LARGE)
    try:
        kept = _written_anew(found, kind)
    except Exception as error:
        raise Refused(Reason.FILE_BROKEN) from error
    if len(kept) > LARGEST_FILE:  # noise in few colours can grow
        raise Refused(Reason.PICTURE_TOO_LARGE)
    return Taken(kept, TYPES[kind])


def _written_anew(found: Image.Image, kind: str) -> bytes:
    found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than it is kept
    found.load()
    upright = _upright(found)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    seen = _seen(upright, kind)
    bare = Image.new(seen.mode, seen.size)  # the pixels and nothing else
    bare.paste(seen)
    out = io.BytesIO()
    bare.save(out, kind, **SAVED[kind])
    return out.getvalue()


def _upright(found: Image.Image) -> Image.Image:
    """Return a picture as its camera was held; what makes no sense about that is passed over."""
    try:
        return ImageOps.exif_transpose(found)
    except Exception:  # noqa: BLE001 - metadata, which anybody may have written
        return found.copy()


def _seen(upright: Image.Image, kind: str) -> Image.Image:
    """Return a picture in the plainest mode that shows the same."""
    if upright.mode.startswith("I"):  # 16 bits of grey: the library would cut, not scale
        upright = upright.convert("I").point(lambda shade: shade / 256).convert("L")
    if kind != "JPEG" and ("A" in upright.getbands() or "transparency" in upright.info):
        return upright.convert("RGBA")
    return upright.convert("L" if kind == "PNG" and upright.mode in ("1", "L") else "RGB")
