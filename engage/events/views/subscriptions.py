""""Tell me of new events", by letter."""

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from engage.core import access, clock, i18n, secrets
from engage.core.fields import Form, read_id
from engage.core.i18n import gettext as _
from engage.core.pages import attempt, network, told, within_limit
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.core.tokens import LinkKind
from engage.events import actions, policy, queries
from engage.events.actions import Wish
from engage.events.forms import SubscribeForm
from engage.events.views import bp
from engage.places import queries as places
from engage.programmes import queries as programmes

Page = tuple[str, int]
NETWORK_RATE, ADDRESS_RATE = "60 per hour", "5 per hour"  # a library's computer is many people


@bp.route("/<locale>/news", methods=["GET", "POST"])
@access.anyone
def subscribe() -> Response | Page:
    """Ask for letters about new meetings; the answer is the same for every address."""
    form = SubscribeForm(places.all_neighbourhoods(), programmes.public(), formdata=_given())
    series = _series(form)
    tried = attempt(form, lambda: _subscribe(form))
    if tried.is_done:
        return told(_("Please look into your letters: one from us has a button that starts this."), "events.subscribe")
    return render_template("events/subscribe.html", form=form, series=series, problem=tried.problem), tried.status


def _series(form: SubscribeForm) -> Localized | None:
    """Return the title of the series that somebody follows, if it is one series they want to hear of. Raises NotFound."""
    series_id = read_id(form.series.data)
    return queries.followable_series(series_id).title if series_id else None


def _given() -> object:
    """Fill the form from what was sent, or from a link that names an area or a programme."""
    return request.form if request.method == "POST" else request.args or None


def _subscribe(form: SubscribeForm) -> None:
    email = form.email.data or ""
    is_within = within_limit("subscribe", network(), NETWORK_RATE)
    if is_within and within_limit("subscribe-address", secrets.keyed_hash(email.lower()), ADDRESS_RATE):
        actions.subscribe(email=email, wish=_wish(form), locale=i18n.locale(), by=access.actor(), now=clock.now())


def _wish(form: SubscribeForm) -> Wish:
    if series_id := read_id(form.series.data):
        return Wish(series_id=series_id)
    return Wish(read_id(form.neighbourhood.data), read_id(form.programme.data), form.language.data or None)


@bp.get("/<locale>/news/<uuid:subscription_id>")
@access.by_link("subscription", "subscription_id")
def subscription(subscription_id: UUID) -> str:
    """Show what somebody is told of, with the button that starts or ends it."""
    row = queries.subscription(subscription_id)
    if row is None or not policy.may_answer_subscription(access.actor(), row.id, row.address_id):
        raise NotFound
    area = next((found for found in places.all_neighbourhoods() if found.id == row.neighbourhood_id), None)
    programme = programmes.programme(row.programme_id) if row.programme_id else None
    series = queries.one_series(row.series_id) if row.series_id else None
    return render_template(
        "events/subscription.html", row=row, area=area, programme=programme, series=series,
        is_declined=queries.is_declined(row),
    )


@bp.post("/<locale>/news/<uuid:subscription_id>/start")
@access.by_link("subscription", "subscription_id")
def start_subscription(subscription_id: UUID) -> Response | Page:
    """Begin the letters."""
    tried = attempt(Form(), lambda: actions.confirm_subscription(
        subscription_id=subscription_id, by=access.actor(), now=clock.now()
    ))
    done = _("Done. We write only when there is something new, and you can end it at any time.")
    message = done if tried.is_done else _("Please press the button once more.")
    return told(message, ".subscription", subscription_id=subscription_id)


@bp.post("/<locale>/news/<uuid:subscription_id>/end")
@access.by_link("subscription", "subscription_id")
def end_subscription(subscription_id: UUID) -> Response | Page:
    """End the letters."""
    tried = attempt(Form(), lambda: actions.end_subscription(
        subscription_id=subscription_id, by=access.actor(), now=clock.now()
    ))
    message = _("You will get no more of these letters.") if tried.is_done else _("Please press the button once more.")
    return told(message, ".subscription", subscription_id=subscription_id)


def _revocation(subscription_id: UUID) -> int | None:
    row = queries.subscription(subscription_id)
    return row.revocation if row else None


LINKS: tuple[LinkKind, ...] = (LinkKind("subscription", _revocation, "events.subscription", "subscription_id"),)
