"""The shape of what people type about accounts."""

import unicodedata
from typing import Any

from wtforms import Field, PasswordField
from wtforms.validators import ValidationError

from engage.accounts import adapters
from engage.accounts.rules import MOST_PASSWORD
from engage.accounts.wording import role_name
from engage.core.access import Role
from engage.core.city import city
from engage.core.fields import (
    BooleanField,
    Choice,
    Choices,
    Date,
    Form,
    HiddenField,
    LongText,
    Number,
    Text,
    needed,
)
from engage.core.i18n import SPOKEN, catalogues, gettext, language_name, locale, own_name
from engage.core.i18n import lazy_gettext as _l
from engage.messages.rules import Channel, normalised

LONGEST_NAME, LONGEST_EMAIL, LONGEST_PHONE = 80, 254, 30
LONGEST_DOCUMENT = 20_000


class Password(PasswordField):
    """A password as typed, spaces and all, in one Unicode form; too long to be one is not one."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]) if valuelist else ""
        self.data = unicodedata.normalize("NFC", typed.encode("utf-8", "ignore").decode())[: MOST_PASSWORD + 1]
        self.raw_data = [self.data]


class Email(Text):
    """An email address."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, longest=LONGEST_EMAIL, **kwargs)

    def pre_validate(self, form: object) -> None:
        if self.data and normalised(self.data, Channel.EMAIL, "") is None:
            raise ValidationError(gettext("This does not look like an email address. Please check it."))


def _email() -> Email:
    return Email(_l("Email"), validators=[needed(_l("Please give your email address."))])


def _called() -> Text:
    return Text(_l("Your name"), longest=LONGEST_NAME, validators=[needed(_l("Please tell us a name to greet you by."))])


def _offered() -> list[tuple[str, str]]:
    return [(code, own_name(code)) for code in city().locales]


def _language() -> Choice:
    return Choice(_l("Language of our letters"), choices=_offered, default=locale)


def _own_device() -> BooleanField:
    return BooleanField(_l("This is my own device: keep me signed in"))


class CarriedForm(Form):
    """A form through which something half done is carried."""

    carried = HiddenField()


class LinkForm(CarriedForm):
    email = _email()


class PasswordForm(CarriedForm):
    email = _email()
    password = Password(_l("Password"), validators=[needed(_l("Please give your password."))])
    own_device = _own_device()


class RegisterForm(CarriedForm):
    called = _called()
    email = _email()
    language = _language()
    conduct = BooleanField(_l("Code of conduct"), validators=[needed(_l("We ask everybody who comes to agree to this."))])
    privacy = BooleanField(_l("Privacy notice"), validators=[needed(_l("Please read this, then tick it."))])


class EnterForm(Form):
    """The button behind a link by letter."""

    own_device = _own_device()


class ProveForm(EnterForm):
    password = Password(_l("Password"))


class NewPasswordForm(EnterForm):
    password = Password(_l("New password"), validators=[needed(_l("Please choose a password."))])


class ProfileForm(Form):
    called = _called()
    language = _language()


class AddressForm(Form):
    email = Email(_l("New email address"), validators=[needed(_l("Please give your email address."))])


class ChannelForm(Form):
    channel = Choice(
        _l("How should we reach you?"),
        choices=[(Channel.EMAIL, _l("By email")), (Channel.PHONE, _l("Please call me"))],
    )
    phone = Text(_l("Phone number"), longest=LONGEST_PHONE)

    def validate_phone(self, field: Field) -> None:
        if self.channel.data == Channel.PHONE and normalised(field.data or "", Channel.PHONE, city().country) is None:
            raise ValidationError(gettext("This does not look like a phone number. Please check it."))


class ChangePasswordForm(Form):
    current = Password(_l("Your password now"))
    password = Password(_l("New password"), validators=[needed(_l("Please choose a password."))])


class DeleteForm(Form):
    typed = Text(_l("Type the word here"), longest=40)

    def validate_typed(self, field: Field) -> None:
        if (field.data or "").casefold() != gettext("delete").casefold():
            raise ValidationError(gettext("Please type the word as it stands above."))


# --- the desk -----------------------------------------------------------------------------------


class GrantForm(Form):
    role = Choice(_l("Role"), choices=lambda: [(role.value, role_name(role)) for role in reversed(Role)], validators=[needed()])
    area = Choice(_l("Where"), choices=[])
    starts_on = Date(_l("From"))
    ends_on = Date(_l("Until"))
    note = Text(_l("Note"), longest=500)


class EndForm(Form):
    """Take a role back."""

    note = Text(_l("Note"), longest=500)


class TrainingForm(Form):
    on = Date(_l("Trained on"))
    until = Date(_l("Counts until"))


class DocumentForm(Form):
    """One long text a language is added for each offered one."""


class CityForm(Form):
    """The city's settings; one long text a language is added for each offered one."""

    name = Text(_l("Name of the city"), longest=120, validators=[needed()])
    zone = Text(_l("Time zone"), longest=64, validators=[needed()])
    country = Text(_l("Country"), longest=2)
    region = Choice(_l("Region"), choices=[])
    locales = Choices(_l("Languages of this site"), choices=lambda: [(code, own_name(code)) for code in catalogues()])
    first = Choice(
        _l("Language for whoever asks for none of these"),
        choices=lambda: [(code, own_name(code)) for code in catalogues()],
    )
    spoken = Choices(
        _l("Languages many people speak here"),
        choices=lambda: sorted(((code, language_name(code)) for code in SPOKEN), key=lambda pair: pair[1].casefold()),
    )
    contact_phone = Text(_l("Phone"), longest=40)
    contact_email = Email(_l("Email"))
    contact_address = LongText(_l("Postal address"), longest=400)
    overdue_staff_days = Number(_l("Days after which staff get a letter"), least=1, most=365, validators=[needed()])
    overdue_public_days = Number(
        _l("Days after which everybody sees that it is late"), least=1, most=365, validators=[needed()]
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        regions = adapters.regions((self.country.data or "").upper())
        self.region.choices = [("", gettext("The whole country")), *regions.items()]
        if self.region.data not in regions:  # one of another country
            self.region.data = ""

    def validate_zone(self, field: Field) -> None:
        if field.data not in adapters.zones():
            raise ValidationError(gettext("This is no time zone we know. Please choose one of the list, such as Europe/Paris."))

    def validate_country(self, field: Field) -> None:
        field.data = (field.data or "").upper()
        if field.data and field.data not in adapters.countries():
            raise ValidationError(gettext("Please give the two letters of the country, such as FR."))

    def validate_contact_phone(self, field: Field) -> None:
        if field.data and normalised(field.data, Channel.PHONE, self.country.data or "") is None:
            raise ValidationError(gettext("This does not look like a phone number. Please check it."))

    def validate_locales(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Please choose at least one language."))

    def validate_first(self, field: Field) -> None:
        if self.locales.data and field.data not in self.locales.data:
            raise ValidationError(gettext("Please choose one of the languages of this site."))


def with_texts(form: type[Form], names: dict[str, Any], locales: tuple[str, ...], longest: int, rows: int) -> type[Form]:
    """Return a form with a long text for each name and language: `legal_notice_fr`."""
    fields = {
        f"{name}_{code}": LongText(label, longest=longest, render_kw={"lang": code, "rows": rows})
        for name, label in names.items() for code in locales
    }
    return type(f"{form.__name__}WithTexts", (form,), fields)
