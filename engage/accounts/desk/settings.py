"""The city's settings: what an administrator changes while the site runs."""

from typing import Any

from flask import render_template as render
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.accounts import actions, adapters
from engage.accounts.desk import bp
from engage.accounts.forms import LONGEST_DOCUMENT, CityForm, with_texts
from engage.core import access, clock, i18n, pages
from engage.core import city as cities
from engage.core.access import Role
from engage.core.db import transaction
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.text import Localized

Answer = str | tuple[str, int] | WerkzeugResponse
PLAIN = ("name", "zone", "country", "region", "contact_phone", "contact_email", "contact_address")
NUMBERS = ("overdue_staff_days", "overdue_public_days")
TEXTS = {"legal_notice": _l("Legal notice"), "privacy": _l("Who is responsible for privacy")}


@bp.route("/<locale>/desk/city", methods=["GET", "POST"])
@access.signed_in(Role.ADMINISTRATOR)
def city() -> Answer:
    """Show and change the settings."""
    now = cities.city()
    shape = with_texts(CityForm, TEXTS, now.locales, LONGEST_DOCUMENT, rows=5)
    form = shape(data=_as_form(now))
    if not form.validate_on_submit():
        return _page(form, now), 422 if form.is_submitted() else 200
    with transaction():
        actions.change_city(**_as_settings(form, now), by=access.actor(), now=clock.now())
    if not i18n.is_offered(i18n.locale()):
        i18n.choose(cities.city().default_locale)
    return pages.told(_("Saved."), "accounts_desk.city")


def _as_form(now: cities.City) -> dict[str, Any]:
    texts = {f"{name}_{code}": text for name in TEXTS for code, text in getattr(now, name).texts.items()}
    plain = {name: getattr(now, name) for name in (*PLAIN, *NUMBERS)}
    return {**plain, **texts, "locales": list(now.locales), "first": now.default_locale, "spoken": list(now.spoken)}


def _as_settings(form: Any, now: cities.City) -> dict[str, Any]:
    """Return the settings as they are kept: the default language first, texts by language."""
    first = form.first.data
    locales = [first, *(code for code in form.locales.data if code != first)]
    plain = {name: form[name].data or "" for name in PLAIN} | {name: form[name].data for name in NUMBERS}
    texts = {name: _text(form, name, getattr(now, name), now.locales) for name in TEXTS}
    return {**plain, **texts, "locales": locales, "spoken": list(form.spoken.data or ())}


def _text(form: Any, name: str, now: Localized, locales: tuple[str, ...]) -> Localized:
    """Return a text as edited; in languages not offered at the moment it is kept as it was."""
    kept = {code: text for code, text in now.texts.items() if f"{name}_{code}" not in form}
    written = kept | {code: form[f"{name}_{code}"].data for code in locales if form[f"{name}_{code}"].data}
    return Localized(written, now.source if now.source in written else next(iter(written), locales[0]))


def _page(form: CityForm, now: cities.City) -> str:
    return render(
        "accounts/desk/city.html", form=form, zones=adapters.zones(), texts=list(TEXTS), codes=now.locales,
        missing={name: [i18n.own_name(code) for code in getattr(now, name).missing(now.locales)] for name in TEXTS},
    )
