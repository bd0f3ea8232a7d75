"""Concerns in the cities of these tests: one to open, and in the wide city one for every form."""

from engage.core.text import Localized
from tests import factories as make
from tests.conftest import NOW


def rows(area):
    """A concern with its author's voice: values for paths, by parameter."""
    found = make.concern("Canary concern", area=area)
    return {"concern_id": found.id, "voice_id": make.voice(found, is_author=True).id}


def more(area):
    """Concerns whose pages show every form there is; returns the links of letters to those they matter to."""
    dark, hidden = make.concern("Dark", area=area, summary=Localized.of("fr", "Sombre")), make.concern("Names", area=area)
    hidden.hidden_at, hidden.hidden_reason = NOW, "It names a neighbour."
    voices = [
        make.voice(dark, to=make.address(), is_author=True), make.voice(dark, to=make.address(), proven_at=None),
        make.voice(hidden, to=make.address(), is_author=True, ended_at=NOW),
    ]
    return [("voice", voice.id) for voice in voices]
