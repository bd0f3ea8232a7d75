"""Where letters about a concern go."""

from typing import Any

from engage.core.fields import Text, ValidationError
from engage.core.refusal import Refused, say
from engage.messages.rules import Channel, Reason, normalised

LONGEST_ADDRESS = 254


class EmailText(Text):
    """An email address; what is none is said beside it, together with all else that is wrong."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, longest=LONGEST_ADDRESS, **kwargs)

    def pre_validate(self, form: object) -> None:
        if self.data and normalised(self.data, Channel.EMAIL, "") is None:
            raise ValidationError(say(Refused(Reason.NOT_AN_EMAIL)))
