"""Raising a concern, and finding one again that was raised without a name."""

from uuid import UUID

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.concerns import policy
from engage.concerns.actions import raising as actions
from engage.concerns.actions.raising import Given, Raised
from engage.concerns.forms.raising import About, CodeForm, RaiseForm
from engage.concerns.models import Voice
from engage.concerns.queries import concerns, voices
from engage.concerns.views.blueprint import bp
from engage.core import access, clock, i18n, secrets, tokens
from engage.core.i18n import gettext as _
from engage.core.pages import attempt, network, within_limit
from engage.core.refusal import NotFound
from engage.events.queries import showing
from engage.places import queries as places

Page = Response | tuple[str, int]
NETWORK_RATE, CODE_RATE = "30 per hour", "20 per hour"  # a library's computers share one network; a script has no patience
ADDRESS_RATE = "10 per hour"  # letters to an address that somebody else may have typed


def _about() -> About:
    """Read what a concern is about from the address; what isn't there is left out."""
    asked = {name: request.args.get(name, "") for name in ("event", "area", "programme")}
    event = None
    if asked["event"]:
        event = showing.public_event(showing.glance(asked["event"], clock.now()).event_id)
    area = next((area for area in places.all_neighbourhoods() if area.code == asked["area"]), None)
    programme = next((row for row in concerns.subjects().programmes if row.slug == asked["programme"]), None)
    return About(event, area, programme)


@bp.route("/<locale>/concerns/new", methods=["GET", "POST"])
@access.anyone
def new() -> Page:
    """Take what somebody wants the city to hear, with or without an address."""
    about = _about()
    form = RaiseForm(about, _own_address(), data={"language": i18n.locale()})
    if form.is_submitted() and not _is_within_limits(str(form.email.data or "")):
        return _page(about, form, _("That was a lot at once. Please wait an hour, or call us."), 429)
    made: list[Raised] = []
    given = {"locale": i18n.locale(), **about.ids()}
    tried = attempt(form, lambda: made.append(actions.raise_concern(
        given=Given(**{**form.given(), **given}), by=access.actor(), now=clock.now()
    )))
    return _onward(made[0]) if tried.is_done else _page(about, form, tried.problem, tried.status)


def _is_within_limits(email: str) -> bool:
    is_within = within_limit("concern", network(), NETWORK_RATE)
    return is_within and (not email or within_limit("concern of", secrets.keyed_hash(email.lower()), ADDRESS_RATE))


def _own_address() -> str | None:
    """Return the address a signed-in reader finds filled in, perhaps none; None for everybody else."""
    person_id = access.actor().person_id
    contact = accounts.mail_contact(person_id) if person_id else None
    return (contact.address.value if contact else "") if person_id else None


def _page(about: About, form: RaiseForm, problem: str, status: int) -> tuple[str, int]:
    if about.event is not None:  # a refusal ended the transaction it was read in
        about = _about()
    return render_template("concerns/raise.html", about=about, form=form, problem=problem), status


def _onward(raised: Raised) -> Response:
    """Lead an author to their own page; whose address isn't proven yet finds the way there in a letter."""
    voice = voices.voice(raised.voice_id)
    if voice is None:
        raise NotFound
    if raised.code:
        session["concern_code"] = raised.code
        return redirect(_own_link(voice), 303)
    if policy.is_own(access.actor(), voice):
        return redirect(url_for("concerns.voice", voice_id=voice.id), 303)
    return redirect(url_for("concerns.raised", concern_id=voice.concern_id), 303)


def _own_link(voice: Voice) -> str:
    """Return the personal link to a voice: who knows its code comes in as who holds the letter does."""
    signature = tokens.sign(policy.VOICE, voice.id, voice.revocation)
    return url_for("pages.open_link", purpose=policy.VOICE, public_id=voice.id, signature=signature)


@bp.get("/<locale>/concerns/<uuid:concern_id>/raised")
@access.anyone
def raised(concern_id: UUID) -> str:
    """Say that it is public now, and ask to look at the letters; the same for everybody."""
    return render_template("concerns/raised.html", concern_id=concern_id, is_author=True)


@bp.route("/<locale>/concerns/look-up", methods=["GET", "POST"])
@access.anyone
def look_up() -> Page:
    """Lead whoever has a code to what they raised."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("concerns/look_up.html", form=form, problem=""), 422 if form.is_submitted() else 200
    if not within_limit("concern code", network(), CODE_RATE):
        problem = _("That was a lot at once. Please wait an hour, or call us.")
        return render_template("concerns/look_up.html", form=form, problem=problem), 429
    voice = voices.by_code(form.code.data or "")
    if voice is not None:
        return redirect(_own_link(voice), 303)
    form.code.errors = [_("We don't know this code. Please check each letter and number.")]
    return render_template("concerns/look_up.html", form=form, problem=""), 404


def shown_code() -> str | None:
    """Return an anonymous author's code, once."""
    code: str | None = session.pop("concern_code", None)
    return code
