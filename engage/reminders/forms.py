"""What staff say about who was not reached."""

from engage.core.fields import Form


class ToldForm(Form):
    """A button: they know now."""
