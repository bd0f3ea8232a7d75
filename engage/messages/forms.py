"""What people say about the letters they want."""

from engage.core.fields import Choices, Form
from engage.core.i18n import lazy_gettext as _l
from engage.messages.rules import Topic
from engage.messages.wording import TOPICS


class UnsubscribeForm(Form):
    """A button. The signed address is what lets it through, so that mail readers may press it too."""


class TopicsForm(Form):
    wanted = Choices(_l("Letters you want"), choices=list(TOPICS.items()), coerce=Topic)
