"""Residents' screens of messages: ending a kind of letter, choosing which ones to get."""

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from engage.core import access, clock, pages, tokens
from engage.core.access import Actor
from engage.core.db import transaction
from engage.core.i18n import gettext as _
from engage.core.i18n import locale as _locale
from engage.core.refusal import NotFound, require
from engage.messages import actions, policy, queries
from engage.messages.forms import TopicsForm, UnsubscribeForm
from engage.messages.letters import UNSUBSCRIBE
from engage.messages.rules import Topic, spaced
from engage.messages.wording import MISSED, TOPICS

bp = Blueprint("messages", __name__, template_folder="templates")
bp.add_app_template_filter(spaced)

LINKS = (tokens.LinkKind(UNSUBSCRIBE, queries.revocation, "messages.preferences", "address_id"),)


@bp.route("/<locale>/letters/<uuid:address_id>/<topic>/<signature>", methods=["GET", "POST"])
@access.anyone
def unsubscribe(address_id: UUID, topic: str, signature: str) -> tuple[str, int, dict[str, str]]:
    """Ask whether to end a kind of letter, and end it by POST alone: from the page, or by the mail
    reader's own button, which brings neither cookie nor token (RFC 8058)."""
    ended = _topic(topic)
    _check(address_id, signature)
    if request.method == "POST":
        holder = Actor(links=frozenset({(UNSUBSCRIBE, address_id)}))
        with transaction():
            actions.end_topic(address_id=address_id, topic=ended, by=holder, now=clock.now())
    page = render_template(
        "messages/unsubscribe.html", topic=TOPICS[ended], missed=MISSED.get(ended), form=UnsubscribeForm(),
        is_done=request.method == "POST",
        choose_url=pages.link(UNSUBSCRIBE, address_id, queries.revocation(address_id) or 0, _locale()),
    )
    return page, 200, {"Referrer-Policy": "no-referrer"}


@bp.route("/<locale>/letters/<uuid:address_id>", methods=["GET", "POST"])
@access.by_link(UNSUBSCRIBE, "address_id")
def preferences(address_id: UUID) -> str | Response | tuple[str, int]:
    """Choose which kinds of letters an address gets."""
    require(policy.may_choose(access.actor(), address_id))
    form = TopicsForm(wanted=sorted(frozenset(Topic) - queries.opted_out(address_id)))
    if form.validate_on_submit():
        with transaction():
            actions.choose_topics(
                address_id=address_id, wanted=frozenset(form.wanted.data or ()), by=access.actor(), now=clock.now(),
            )
        return pages.told(_("Saved. You get the letters you chose."), ".preferences", address_id=address_id)
    return render_template("messages/preferences.html", form=form), 422 if form.is_submitted() else 200


def _topic(name: str) -> Topic:
    try:
        return Topic(name)
    except ValueError as error:
        raise NotFound from error


def _check(address_id: UUID, signature: str) -> None:
    """Raise NotFound unless the signature is that address' own."""
    revocation = queries.revocation(address_id)
    if revocation is None or not tokens.is_valid(UNSUBSCRIBE, address_id, revocation, signature):
        raise NotFound
