"""The shape of what people type to sign up, and of what staff and hosts do for those who don't."""

from engage.registrations.forms.importing import ListForm, SealedForm, Sealing, header_names, judged_lines, template
from engage.registrations.forms.signing_up import (
    AssistedForm,
    NeedsForm,
    PartyForm,
    SearchForm,
    SignUpForm,
    assisted_form,
    has_food,
    known_of,
    needs_form,
    party_limit,
    sign_up_form,
)
from engage.registrations.forms.writing import WriteForm, write_form

__all__ = [
    "AssistedForm", "ListForm", "NeedsForm", "PartyForm", "SealedForm", "Sealing", "SearchForm", "SignUpForm", "WriteForm",
    "assisted_form", "has_food", "header_names", "judged_lines", "known_of", "needs_form", "party_limit", "sign_up_form",
    "template", "write_form",
]
