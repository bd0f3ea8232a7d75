"""The shape of what people type to sign up, and to change their place."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from wtforms.validators import ValidationError

from engage.core.city import city
from engage.core.fields import BooleanField, Choice, Choices, Form, FormKey, LongText, Number, Text, needed
from engage.core.i18n import SPOKEN, gettext, language_name, locale, own_name
from engage.core.i18n import lazy_gettext as _l
from engage.events.models import Event
from engage.messages.rules import Channel, normalised, spaced
from engage.places import queries as places
from engage.registrations import rules
from engage.registrations.actions import SignUp
from engage.registrations.models import Registration
from engage.registrations.rules import ACCESS_NEEDS, DISHES, Need
from engage.registrations.wording import NEEDS

LONGEST_NAME, LONGEST_EMAIL, LONGEST_PHONE, LONGEST_WORDS = 80, 254, 40, 400
MOST_LANGUAGES = 12


def _email(text: str) -> str | None:
    return normalised(text, Channel.EMAIL, "")


class NeedsForm(Form):
    """What a party needs, each optional."""

    access = Choices(_l("To get there and take part"), choices=[(need.value, NEEDS[need]) for need in ACCESS_NEEDS])
    dishes = Choices(_l("Food"), choices=[(need.value, NEEDS[need]) for need in DISHES])
    words = LongText(_l("Anything else we should know"), longest=LONGEST_WORDS)
    may_keep = BooleanField(_l("You may keep what I need until a week after the meeting."))

    def validate_may_keep(self, field: BooleanField) -> None:
        if self.needs and not field.data:
            raise ValidationError(gettext("Please tick this so that we may keep what you need, or take it out above."))

    @property
    def needs(self) -> dict[Need, str]:
        """Return what was ticked and written, as actions take it."""
        dishes = self.dishes.data or () if "dishes" in self else ()
        ticked = {Need(value): "" for value in (*(self.access.data or ()), *dishes) if value in set(Need)}
        return {**ticked, Need.OTHER: self.words.data} if self.words.data else ticked


def needs_form(needs: Mapping[Need, str]) -> NeedsForm:
    """Return the form filled with what was said before."""
    kept = [need.value for need in needs]
    return NeedsForm(data={
        "access": [need for need in kept if need in ACCESS_NEEDS], "dishes": [need for need in kept if need in DISHES],
        "words": needs.get(Need.OTHER, ""), "may_keep": bool(needs),
    })


class PartyForm(Form):
    """How many people come. `limit` is set before what was typed is read."""

    party_size = Number(_l("How many people, with you"), least=1, most=1, default=1, validators=[needed()])

    def __init__(self, limit: int, **kwargs: Any) -> None:
        self._limit = limit
        super().__init__(**kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        self.party_size.most = self._limit
        self.party_size.render_kw = {**(self.party_size.render_kw or {}), "max": self._limit}
        super().process(*args, **kwargs)


class SignUpForm(PartyForm, NeedsForm):
    """Signing up, on one page."""

    form_key = FormKey()
    called = Text(_l("What should we call you?"), longest=LONGEST_NAME, validators=[needed(_l("Please tell us a name."))])
    email = Text(_l("Email"), longest=LONGEST_EMAIL, validators=[needed(_l("Please give your email address."))])
    letters_in = Choice(_l("Language of our letters"), choices=list, default=locale)
    speaks = Choices(_l("Which languages do you speak?"), choices=list)
    speaks_also = Choice(_l("Another language"), choices=list, default="")
    neighbourhood = Choice(_l("Your neighbourhood"), choices=list, default="")
    first_time = Choice(_l("Is this your first time with us?"), choices=list, default="")
    conduct = BooleanField(
        _l("I agree to the code of conduct."), validators=[needed(_l("Please read the code of conduct and tick this."))]
    )

    def validate_email(self, field: Text) -> None:
        if field.data and _email(field.data) is None:
            raise ValidationError(gettext("This does not look like an email address. Please check it."))

    def given(self) -> SignUp:
        """Return what was typed, as the action takes it."""
        return SignUp(contact=self.email.data or "", **self.party())

    def party(self) -> dict[str, Any]:
        """Return what is asked of everybody, however they are reached."""
        area, also = self._said("neighbourhood"), self.speaks_also.data
        speaks = dict.fromkeys((*(self.speaks.data or ()), *((also,) if also else ())))
        return {
            "form_key": self.form_key.data or "", "called": self.called.data or "", "locale": self.letters_in.data,
            "party_size": self.party_size.data or 1, "speaks": tuple(speaks)[:MOST_LANGUAGES], "needs": self.needs,
            "neighbourhood_id": UUID(area) if area else None,
            "is_first_time": {"yes": True, "no": False}.get(self._said("first_time")),
        }

    def _said(self, name: str) -> str:
        """Return the answer to a question that not every programme asks."""
        return str(self[name].data or "") if name in self else ""


class AssistedForm(SignUpForm):
    """Staff sign somebody up at the counter or on the phone."""

    email = Text(_l("Email, if they have one"), longest=LONGEST_EMAIL)
    phone = Text(_l("Phone, if they have no email"), longest=LONGEST_PHONE)
    conduct = BooleanField(
        _l("They know the code of conduct and agree to it."),
        validators=[needed(_l("Please tell them what the code of conduct says, and tick this when they agree."))],
    )
    may_keep = BooleanField(_l("They agree that we keep what they need until a week after the meeting."))

    def validate_phone(self, field: Text) -> None:
        if not field.data and not self.email.data:
            raise ValidationError(gettext("Please give an email address or a phone number."))
        if field.data and not self.email.data and normalised(field.data, Channel.PHONE, city().country) is None:
            raise ValidationError(gettext("This does not look like a phone number. Please check it."))

    def given(self) -> SignUp:
        by_mail = bool(self.email.data)
        contact = (self.email.data if by_mail else self.phone.data) or ""
        return SignUp(contact=contact, channel=Channel.EMAIL if by_mail else Channel.PHONE, **self.party())


class SearchForm(Form):
    """Find somebody who was here before; reads the address bar, changes nothing."""

    who = Text(_l("Name, phone number or email address"), longest=LONGEST_NAME)

    class Meta(Form.Meta):
        csrf = False


Asked = TypeVar("Asked", bound=SignUpForm)


def sign_up_form(event: Event, filled: Mapping[str, Any] | None = None) -> SignUpForm:
    """Return the form as an event asks it, filled with what is known of a signed-in reader."""
    return _as_asked(SignUpForm(party_limit(event), data=filled), event)


def assisted_form(event: Event, filled: Mapping[str, Any] | None = None) -> AssistedForm:
    """Return the form for staff, as an event asks it, filled with what is known of somebody who calls again."""
    return _as_asked(AssistedForm(party_limit(event), data=filled), event)


def known_of(caller: Registration) -> dict[str, Any]:
    """Return what somebody said when they were here before. Needs are asked anew: they are kept for a week only."""
    address = caller.address
    return {
        "called": caller.called, "letters_in": caller.locale, "speaks": caller.speaks,
        "neighbourhood": str(caller.neighbourhood_id or ""), "first_time": "no",
        "email": address.value if address and address.channel == Channel.EMAIL else "",
        "phone": spaced(address.value) if address and address.channel == Channel.PHONE else "",
    }


def party_limit(event: Event) -> int:
    """Return how many may come with one sign-up."""
    return rules.party_limit(event.programme.party_limit, event.capacity)


def has_food(event: Event) -> bool:
    """Say whether diets matter: something is said about food, or it is a meal at a home."""
    return bool(event.food.texts) or event.has_private_place


def _as_asked(form: Asked, event: Event) -> Asked:
    form.letters_in.choices = [(code, own_name(code)) for code in city().locales]
    first = dict.fromkeys((*(language.code for language in event.languages), *city().spoken, *city().locales))
    form.speaks.choices = [(code, language_name(code)) for code in first]
    form.speaks_also.choices = [("", gettext("None")), *_by_name(code for code in SPOKEN if code not in first)]
    _drop_unasked(form, event)
    return form


def _drop_unasked(form: SignUpForm, event: Event) -> None:
    """Ask for nothing that this programme or meeting has no use for."""
    if event.programme.asks_neighbourhood:
        areas = ((str(area.id), area.name) for area in places.all_neighbourhoods())
        form.neighbourhood.choices = [("", gettext("I'd rather not say")), *areas]
    else:
        del form.neighbourhood
    if event.programme.asks_first_time:
        form.first_time.choices = [
            ("", gettext("I'd rather not say")), ("yes", gettext("Yes")), ("no", gettext("No")),
        ]
    else:
        del form.first_time
    if not has_food(event):
        del form.dishes


def _by_name(codes: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1].casefold())
