"""One's own account: each thing on a page of its own."""

from uuid import UUID

from flask import redirect, url_for
from flask import render_template as render
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.accounts import actions, queries, wording
from engage.accounts.forms import AddressForm, ChangePasswordForm, ChannelForm, DeleteForm, ProfileForm
from engage.accounts.models import Person
from engage.accounts.views import bp, identity
from engage.core import access, clock, i18n, pages, secrets
from engage.core.city import city
from engage.core.db import transaction
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.refusal import NotFound, Refused, say
from engage.messages.rules import Channel

Answer = str | tuple[str, int] | WerkzeugResponse
EACH_PERSON = "5 per hour"  # letters that one account may have sent to new addresses


def _me() -> Person:
    person_id = access.actor().person_id
    person = queries.person(person_id) if person_id else None
    if person is None:
        raise NotFound
    return person


def _phone(person: Person) -> tuple[str, bool]:
    """Return a person's number and whether it has been called, or nothing."""
    numbers = [found for found in queries.contacts(person.id) if found.address.channel == Channel.PHONE]
    return (numbers[0].address.value, numbers[0].proven_at is not None) if numbers else ("", False)


@bp.get("/<locale>/account")
@access.signed_in()
def settings() -> str:
    """Show what we know about somebody and where each thing is changed."""
    me = _me()
    phone, is_called = _phone(me)
    mail = queries.mail_contact(me.id)
    return render(
        "accounts/settings.html", me=me, email=mail.address.value if mail else "", phone=phone, is_phone_proven=is_called,
        sessions=len(queries.sign_ins(me.id, clock.now())), grants=queries.grants_in_force(me.id), areas=queries.area_names(),
        role_name=wording.role_name, letters_to=queries.main_address_id(me.id),
    )


@bp.route("/<locale>/account/name", methods=["GET", "POST"])
@access.signed_in()
def profile() -> Answer:
    """Change the name and the language; the page goes on in the new one."""
    me = _me()
    form = ProfileForm(called=me.called, language=me.locale)
    if not form.validate_on_submit():
        return render("accounts/profile.html", form=form), 422 if form.is_submitted() else 200
    with transaction():
        actions.change_profile(
            person_id=me.id, called=form.called.data or "", locale=form.language.data, by=access.actor(), now=clock.now()
        )
    i18n.choose(form.language.data)
    return _saved()


def _once_more(endpoint: str) -> WerkzeugResponse:
    """Lead back to a button whose page was open for too long, and say so."""
    return pages.told(_("This page was open for a long time. Please press the button once more."), endpoint)


def _saved() -> WerkzeugResponse:
    return pages.told(_("Saved."), "accounts.settings")


@bp.route("/<locale>/account/address", methods=["GET", "POST"])
@access.signed_in()
def address() -> Answer:
    """Ask for another email address: it counts once it is proven."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render("accounts/address.html", form=form), 422 if form.is_submitted() else 200
    if not _may_send_more(form.email.data or ""):
        return render("accounts/address.html", form=form, problem=_("That was often. Please try again later.")), 429
    try:
        with transaction():
            actions.change_address(person_id=_id(), email=form.email.data or "", by=access.actor(), now=clock.now())
    except Refused as refused:
        return render("accounts/address.html", form=form, problem=say(refused)), 409
    return redirect(url_for(".sent"), 303)


def _id() -> UUID:
    return access.actor().person_id or UUID(int=0)


def _may_send_more(email: str) -> bool:
    is_person_within = pages.within_limit("account-change", str(_id()), EACH_PERSON)
    return pages.within_limit("account-letter-address", secrets.keyed_hash(email.lower()), EACH_PERSON) and is_person_within


@bp.route("/<locale>/account/reach", methods=["GET", "POST"])
@access.signed_in()
def channel() -> Answer:
    """Choose letters or calls."""
    me = _me()
    phone, _is_called = _phone(me)
    form = ChannelForm(channel=me.channel, phone=phone)
    if not form.validate_on_submit():
        return render("accounts/channel.html", form=form), 422 if form.is_submitted() else 200
    with transaction():
        is_ready = actions.change_channel(
            person_id=me.id, channel=Channel(form.channel.data), phone=form.phone.data or "", by=access.actor(), now=clock.now()
        )
    if is_ready:
        return _saved()
    return pages.told(_("Thank you. We will call this number to see that it works; until then we write."), "accounts.settings")


@bp.route("/<locale>/account/password", methods=["GET", "POST"])
@access.signed_in()
def password() -> Answer:
    """Choose a password, the first or another."""
    me = _me()
    has_one = me.password_hash is not None
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return render("accounts/password.html", form=form, has_one=has_one), 422 if form.is_submitted() else 200
    if not pages.within_limit("account-password-change", str(me.id), EACH_PERSON):
        problem = _("That was often. Please try again later.")
        return render("accounts/password.html", form=form, has_one=has_one, problem=problem), 429
    try:
        with transaction():
            actions.change_password(
                person_id=me.id, current=form.current.data or "", password=form.password.data or "",
                keep=identity.current_sign_in(), by=access.actor(), now=clock.now(),
            )
    except Refused as refused:
        return render("accounts/password.html", form=form, has_one=has_one, problem=say(refused)), 409
    return pages.told(_("Your new password holds. You are signed out everywhere else."), "accounts.settings")


@bp.post("/<locale>/account/password/drop")
@access.signed_in()
def drop_password() -> Answer:
    """Go without a password."""
    if not Form().validate_on_submit():
        return _once_more(".password")
    with transaction():
        actions.drop_password(person_id=_id(), by=access.actor(), now=clock.now())
    return pages.told(_("You have no password any more. We send you a link each time."), "accounts.settings")


@bp.get("/<locale>/account/sessions")
@access.signed_in()
def sessions() -> str:
    """Show where somebody is signed in."""
    found = queries.sign_ins(_id(), clock.now())
    return render("accounts/sessions.html", sessions=found, here=identity.current_sign_in(), zone=city().zone)


@bp.post("/<locale>/account/sessions/<uuid:sign_in_id>/end")
@access.signed_in()
def end_session(sign_in_id: UUID) -> Answer:
    """End one session."""
    if Form().validate_on_submit():
        with transaction():
            actions.end_session(sign_in_id=sign_in_id, by=access.actor(), now=clock.now())
        return pages.told(_("This device is signed out."), "accounts.sessions")
    return _once_more(".sessions")


@bp.post("/<locale>/account/sessions/end")
@access.signed_in()
def end_sessions() -> Answer:
    """Sign out everywhere, here too."""
    if not Form().validate_on_submit():
        return _once_more(".sessions")
    with transaction():
        actions.end_sessions(person_id=_id(), by=access.actor(), now=clock.now())
    identity.end()
    return pages.told(_("You are signed out everywhere."), "accounts.sign_in")


@bp.route("/<locale>/account/delete", methods=["GET", "POST"])
@access.signed_in()
def delete() -> Answer:
    """Ask for the word, then erase the account."""
    form = DeleteForm()
    if not form.validate_on_submit():
        return render("accounts/delete.html", form=form, word=_("delete")), 422 if form.is_submitted() else 200
    try:
        with transaction():
            actions.delete_account(person_id=_id(), by=access.actor(), now=clock.now())
    except Refused as refused:
        return render("accounts/delete.html", form=form, word=_("delete"), problem=say(refused)), 409
    identity.end()
    return redirect(url_for(".gone"), 303)


@bp.get("/<locale>/account/gone")
@access.anyone
def gone() -> str:
    """Say good-bye."""
    return render("accounts/gone.html")
