"""What a reader looks for, as it stands in a list's URL. No cookie, no token: a list is a link that can be sent."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import request, url_for

from engage.core import i18n
from engage.core.fields import BooleanField, Choice, Choices, Date, Form
from engage.core.i18n import lazy_gettext as _l
from engage.events.queries import options
from engage.events.queries.listing import Filters
from engage.events.views import bp
from engage.places import queries as places

NAMES = ("programme", "area", "language", "since", "access", "free", "day", "month", "after")
ACCESS_WORDS: Mapping[str, Any] = {
    "step-free": _l("Step-free"),
    "hearing-loop": _l("Hearing loop"),
    "sign-language": _l("Sign language"),
    "childcare": _l("Childcare"),
    "transport": _l("Help with getting there"),
}


@bp.app_template_filter("access_word")
def access_word(name: str) -> str:
    """Return what eases coming ("step-free") in the reader's words."""
    return str(ACCESS_WORDS[name])


class FilterForm(Form):
    """The filters above a list; what is wrong is said at its field and not heeded."""

    class Meta(Form.Meta):
        csrf = False  # it only reads, and public pages set no cookie

    programme = Choice(_l("Kind of meeting"), choices=[])
    area = Choice(_l("Neighbourhood"), choices=[])
    language = Choice(_l("Language"), choices=[])
    since = Date(_l("From this day on"))
    access = Choices(_l("What you need"), choices=list(ACCESS_WORDS.items()))
    free = BooleanField(_l("Only with places left"))
    day = Date()

    def offer(self, languages: Iterable[str]) -> None:
        """Fill the lists to choose from."""
        shown = i18n.locale()
        self.programme.choices = [("", _l("All kinds")), *((way.slug, way.name.shown(shown).text) for way in options.ways())]
        self.area.choices = [("", _l("All of the city")), *((area.code, area.name) for area in places.all_neighbourhoods())]
        named = sorted(((code, i18n.language_name(code)) for code in languages), key=lambda pair: pair[1])
        self.language.choices = [("", _l("All languages")), *named]

    def wishes(self) -> Filters:
        """Return what is asked for, without what no list knows."""
        self.offer(i18n.SPOKEN)
        self.validate()
        right = {field.name: field.data for field in self if field.data and not field.errors}
        return Filters(
            programme=right.get("programme"),
            areas=self._areas(right.get("area")),
            first_day=right.get("since"),
            day=right.get("day"),
            language=right.get("language"),
            access=frozenset(right.get("access", ())),
            has_places=bool(right.get("free")),
        )

    @staticmethod
    def _areas(code: str | None) -> Any:
        return places.with_below({places.neighbourhood(code).id}) if code else None


def asked() -> FilterForm:
    """Return the filters of this request's URL."""
    return FilterForm(formdata=request.args)


def is_filtered() -> bool:
    """Say whether this list is narrowed at all."""
    return any(request.args.get(name) for name in NAMES if name not in ("month", "after"))


def narrowed(endpoint: str, **changes: Any) -> str:
    """Return a list's URL with the filters there are, some changed or (None) dropped."""
    there = {name: given for name in NAMES if any(given := request.args.getlist(name))}
    kept = {name: value for name, value in {**there, "after": None, **changes}.items() if value is not None}
    return url_for(endpoint, **kept)


def news(form: FilterForm) -> dict[str, Any]:
    """Return what of the filters "tell me of new events" understands, by its own names."""
    way, area = _way(form), _area(form)
    wished = {"programme": way and way.id, "neighbourhood": area and area.id, "language": form.language.data}
    return {name: value for name, value in wished.items() if value}


def feed(form: FilterForm) -> dict[str, str]:
    """Return what of the filters a feed follows: a neighbourhood, else a kind of meeting, and a language."""
    way, area = _way(form), _area(form)
    place_or_kind = {"area": area.code} if area else {"programme": way.slug} if way else {}
    return place_or_kind | ({"language": form.language.data} if form.language.data in i18n.SPOKEN else {})


def _way(form: FilterForm) -> options.Way | None:
    return next((way for way in options.ways() if way.slug == form.programme.data), None)


def _area(form: FilterForm) -> places.Area | None:
    return next((area for area in places.all_neighbourhoods() if area.code == form.area.data), None)


def chosen_month(first_of_now: date) -> date:
    """Read the month of a calendar's URL ("2026-12"); this one where there is none, or none that makes sense."""
    try:
        chosen = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return first_of_now
    return chosen if 2000 <= chosen.year < 2100 else first_of_now  # noqa: PLR2004 - as far as Date fields go
