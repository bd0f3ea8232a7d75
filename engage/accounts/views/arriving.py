"""Coming in: sign in, register, ask for a new password, sign out.

The same page answers a known and an unknown address; what is so is said by letter.
"""

from flask import redirect, request, url_for
from flask import render_template as render
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.accounts import actions, queries
from engage.accounts.forms import LinkForm, PasswordForm, RegisterForm
from engage.accounts.rules import AGREED_BY_ALL, Reason, own_path
from engage.accounts.views import bp, carrying, identity
from engage.core import access, clock, i18n, pages, secrets
from engage.core.db import transaction
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.refusal import Refused, say

EACH_ADDRESS, EACH_NETWORK = "5 per 15 minutes", "60 per hour"  # a library's computers share a network

Answer = str | tuple[str, int] | WerkzeugResponse


def _is_within_limits(what: str, email: str) -> bool:
    """Count a try for an address and for a network; an address that is none counts as typed."""
    key = secrets.keyed_hash(email.strip().lower())
    is_address_within = pages.within_limit(f"{what}-address", key, EACH_ADDRESS)
    return pages.within_limit(f"{what}-network", pages.network(), EACH_NETWORK) and is_address_within


def _too_often() -> str:
    return _("That was often. Please wait a quarter of an hour, then try again.")


@bp.get("/<locale>/sign-in")
@access.anyone
def sign_in() -> Answer:
    """Offer the ways in."""
    wanted = own_path(request.args.get("next"))
    if access.actor().is_signed_in:
        return carrying.go_on(carrying.Carried(wanted, []) if wanted else None, access.actor().person_id)
    return carrying.sign_in_page(carried=carrying.seal(wanted, []) if wanted else "")


@bp.route("/<locale>/sign-in/link", methods=["GET", "POST"])
@access.anyone
def send_link() -> Answer:
    """Send a link that signs in, or say by letter that there is no account."""
    if request.method == "GET":  # the language menu of a page with a mistake leads here
        return redirect(url_for(".sign_in"), 303)
    form = LinkForm(prefix="link")
    if not form.validate_on_submit():
        return carrying.sign_in_page(link=form, carried=form.carried.data or ""), 422
    if not _is_within_limits("account-letter", form.email.data or ""):
        return carrying.sign_in_page(link=form, carried=form.carried.data or "", problem=_too_often()), 429
    with transaction():
        actions.request_sign_in(
            email=form.email.data or "", locale=i18n.locale(), carried=carrying.genuine(form.carried.data),
            by=access.actor(), now=clock.now(),
        )
    return redirect(url_for(".sent"), 303)


@bp.post("/<locale>/sign-in")
@access.anyone
def sign_in_by_password() -> Answer:
    """Sign in by email address and password."""
    if carrying.BROUGHT in request.form:
        return carrying.sign_in_page(carried=request.form.get("carried", ""))
    form = PasswordForm(prefix="word")
    carried = form.carried.data or ""
    if not form.validate_on_submit():
        return carrying.sign_in_page(word=form, carried=carried), 422
    if not _is_within_limits("account-password", form.email.data or ""):
        return carrying.sign_in_page(word=form, carried=carried, problem=_too_often()), 429
    by, now = access.actor(), clock.now()
    person_id = actions.holder_by_password(email=form.email.data or "", password=form.password.data or "", by=by, now=now)
    if person_id is None:
        return carrying.sign_in_page(word=form, carried=carried, problem=say(Refused(Reason.WRONG_CREDENTIALS))), 422
    browser = identity.browser(is_own_device=form.own_device.data)
    with transaction():
        entry = actions.open_session(person_id=person_id, browser=browser, by=by, now=now)
    was_doing = carrying.unseal(carried, person_id)
    identity.begin(entry, is_own_device=form.own_device.data)
    return carrying.go_on(was_doing, person_id)


@bp.get("/<locale>/sign-in/sent")
@access.anyone
def sent() -> str:
    """Say that a letter is on its way, whatever stands in it."""
    return render("accounts/sent.html")


@bp.route("/<locale>/register", methods=["GET", "POST"])
@access.anyone
def register() -> Answer:
    """Ask for an account."""
    if carrying.BROUGHT in request.form:
        return _register_page(RegisterForm(formdata=None, carried=request.form.get("carried")))
    form = RegisterForm()
    if request.method == "GET" and access.actor().is_signed_in:
        return carrying.go_on(None, access.actor().person_id)
    if request.method == "GET" and (wanted := own_path(request.args.get("next"))):
        form.carried.data = carrying.seal(wanted, [])
    if not form.validate_on_submit():
        return _register_page(form), 422 if form.is_submitted() else 200
    if not _is_within_limits("account-letter", form.email.data or ""):
        return _register_page(form, _too_often()), 429
    with transaction():
        actions.register(
            called=form.called.data or "", email=form.email.data or "", locale=form.language.data,
            carried=carrying.genuine(form.carried.data), by=access.actor(), now=clock.now(),
        )
    return redirect(url_for(".sent"), 303)


def _register_page(form: RegisterForm, problem: str = "") -> str:
    documents = {kind.value: queries.current_documents(kind, i18n.locale()) for kind in AGREED_BY_ALL}
    return render("accounts/register.html", form=form, documents=documents, problem=problem)


@bp.route("/<locale>/forgotten", methods=["GET", "POST"])
@access.anyone
def forgotten() -> Answer:
    """Send a link behind which a new password is chosen."""
    form = LinkForm()
    if not form.validate_on_submit():
        return render("accounts/forgotten.html", form=form), 422 if form.is_submitted() else 200
    if not _is_within_limits("account-letter", form.email.data or ""):
        return render("accounts/forgotten.html", form=form, problem=_too_often()), 429
    with transaction():
        actions.request_reset(email=form.email.data or "", locale=i18n.locale(), by=access.actor(), now=clock.now())
    return redirect(url_for(".sent"), 303)


@bp.route("/<locale>/sign-out", methods=["GET", "POST"])
@access.anyone
def sign_out() -> Answer:
    """Ask, then end this browser's session and forget the personal links it has opened."""
    form = Form()
    if not form.validate_on_submit():
        return render("accounts/sign_out.html", form=form)
    sign_in_id = identity.current_sign_in()
    if sign_in_id is not None:
        with transaction():
            actions.end_session(sign_in_id=sign_in_id, by=access.actor(), now=clock.now())
    identity.end()
    return pages.told(_("You are signed out."), "accounts.sign_in")
