"""Text that is asked for in each of the city's languages."""

from engage.concerns.rules.reasons import Reason
from engage.core.fields import Form
from engage.core.i18n import locale
from engage.core.refusal import Refused, say
from engage.core.rows import written
from engage.core.text import Localized

MISSING = frozenset({Reason.WORDS_MISSING, Reason.CORRECTION_MISSING, Reason.TITLE_MISSING})


class InWords(Form):
    """A form whose text is asked for in any language: a refusal of none stands beside the reader's."""

    asked = ""  # the text that may not be missing: its fields are `<asked>_<code>`

    def text(self, name: str, before: Localized | None = None) -> Localized:
        """Return a text in the languages it was written in; languages the city no longer offers stay."""
        return written(self, name, before or Localized({}, locale()))

    def show(self, refused: Refused) -> str:
        if self.asked and refused.reason in MISSING:
            field = self[f"{self.asked}_{locale()}"]
            field.errors = [*field.errors, say(refused)]
            return ""
        return super().show(refused)
