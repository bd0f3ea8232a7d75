""""This matters to me too", and one's own page about a concern: what came of it, and which letters."""

from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage.concerns import policy
from engage.concerns.actions import supporting as actions
from engage.concerns.forms.raising import SupportForm
from engage.concerns.models import Voice
from engage.concerns.queries import showing, voices
from engage.concerns.rules import codes
from engage.concerns.views.blueprint import bp
from engage.concerns.views.raising import shown_code
from engage.concerns.wording import hiding
from engage.concerns.wording.steps import STEPS
from engage.core import access, clock, i18n, secrets
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.pages import attempt, network, told, within_limit
from engage.core.refusal import NotFound
from engage.core.tokens import LinkKind

Page = Response | tuple[str, int]
NETWORK_RATE, ADDRESS_RATE = "60 per hour", "10 per hour"


@bp.route("/<locale>/concerns/<uuid:concern_id>/me-too", methods=["GET", "POST"])
@access.anyone
def support(concern_id: UUID) -> Page:
    """Count somebody to whom it matters too: signed in by one button, others by a letter."""
    seen = showing.glance(concern_id)
    if seen.merged_into_id is not None:
        return redirect(url_for(".support", concern_id=seen.merged_into_id), 303)
    is_known = access.actor().is_signed_in
    form = Form() if is_known else SupportForm()
    email = "" if is_known else str(form["email"].data or "")
    if form.is_submitted() and not _is_within_limits(email):
        return _page(concern_id, form, _("That was a lot at once. Please wait an hour, or call us."), 429)
    counted: list[bool] = []
    tried = attempt(form, lambda: counted.append(actions.support(
        concern_id=concern_id, email=email, locale=i18n.locale(), by=access.actor(), now=clock.now()
    )))
    if not tried.is_done:
        return _page(concern_id, form, tried.problem, tried.status)
    mine = _mine(concern_id) if counted[0] else None
    if mine is None:
        return redirect(url_for(".supported", concern_id=concern_id), 303)
    return told(_("Thank you! It counts, and we write to you at each step."), ".voice", voice_id=mine.id)


def _mine(concern_id: UUID) -> Voice | None:
    """Return the voice with which a signed-in reader counts already, None for everybody else."""
    actor = access.actor()
    own = voices.of_actor(actor) if actor.is_signed_in else ()
    return next((voice for voice in own if voice.concern_id == concern_id), None)


def _is_within_limits(email: str) -> bool:
    is_within = within_limit("concern support", network(), NETWORK_RATE)
    return is_within and (not email or within_limit("concern support of", secrets.keyed_hash(email.lower()), ADDRESS_RATE))


def _page(concern_id: UUID, form: Form, problem: str, status: int) -> tuple[str, int]:
    concern, number = showing.one(concern_id)
    page = render_template(
        "concerns/support.html", concern=concern, number=number, form=form, problem=problem, mine=_mine(concern_id)
    )
    return page, status


@bp.get("/<locale>/concerns/<uuid:concern_id>/me-too/sent")
@access.anyone
def supported(concern_id: UUID) -> str:
    """Ask to look at the letters; the same for everybody."""
    return render_template("concerns/raised.html", concern_id=concern_id, is_author=False)


@bp.get("/<locale>/my/concerns/<uuid:voice_id>")
@access.by_link(policy.VOICE, "voice_id")
def voice(voice_id: UUID) -> str:
    """Show somebody what came of what they raised or support, hidden or not, and the letters about it."""
    found = voices.voice(voice_id)
    if found is None or not policy.is_own(access.actor(), found):
        raise NotFound
    concern, number = showing.with_way(found.concern_id)
    code = shown_code()
    return render_template(
        "concerns/voice.html", voice=found, concern=concern, number=number, steps=STEPS, hidden_told=hiding.TOLD,
        code=codes.spaced(code) if code and voices.code_hash(code) == found.code_hash else "",
    )


@bp.post("/<locale>/my/concerns/<uuid:voice_id>/start")
@access.by_link(policy.VOICE, "voice_id")
def start_letters(voice_id: UUID) -> Response:
    """Let a voice count, and its letters begin."""
    tried = attempt(Form(), lambda: actions.confirm(voice_id=voice_id, by=access.actor(), now=clock.now()))
    done = _("Thank you! It counts, and we write to you at each step.")
    return told(done if tried.is_done else _("Please press the button once more."), ".voice", voice_id=voice_id)


@bp.post("/<locale>/my/concerns/<uuid:voice_id>/end")
@access.by_link(policy.VOICE, "voice_id")
def end_letters(voice_id: UUID) -> Response:
    """End the letters about one concern."""
    ended: list[UUID] = []
    tried = attempt(Form(), lambda: ended.append(actions.end(voice_id=voice_id, by=access.actor(), now=clock.now())))
    left = voices.voice(voice_id)
    if ended and (left is None or not policy.is_own(access.actor(), left)):
        return redirect(url_for("concerns.show", concern_id=ended[0]), 303)
    message = _("You will get no more of these letters.") if tried.is_done else _("Please press the button once more.")
    return told(message, ".voice", voice_id=voice_id)


LINKS: tuple[LinkKind, ...] = (LinkKind(policy.VOICE, voices.revocation, "concerns.voice", "voice_id"),)
