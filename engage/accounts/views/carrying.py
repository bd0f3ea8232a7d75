"""What somebody was about to do goes with them through sign-in: the page, and the form they had filled in.

It travels encrypted in the sign-in page itself (and in the ticket, where they come in by letter),
so nothing is lost and nothing is kept about strangers. A form is only given back to the browser
that sent it, and not to another person there.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.fernet import InvalidToken
from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask import current_app as app
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.accounts import queries, rules
from engage.accounts.forms import LinkForm, PasswordForm
from engage.core import clock, secrets

SIGN_IN, BROWSER = "sign_in", "browser"  # what the session's cookie holds
BROUGHT = "brought"  # the button that goes between signing in and registering with what is carried: it does nothing else


@dataclass(frozen=True)
class Carried:
    """Where somebody was, and what they had typed there if they had sent a form."""

    path: str
    fields: list[tuple[str, str]]


def sign_in_first() -> WerkzeugResponse:
    """Lead somebody to sign in, and back to where they were with what they had typed."""
    path = request.full_path.rstrip("?")
    if request.method != "POST":
        return redirect(url_for("accounts.sign_in", next=path))
    fields = rules.carried_fields(list(request.form.items(multi=True)))
    carried = seal(path, fields or [])
    page = make_response(sign_in_page(carried=carried, has_form=bool(fields), is_too_long=fields is None), 401)
    page.headers["WWW-Authenticate"] = "Session"
    return page


def sign_in_page(
    link: FlaskForm | None = None, word: FlaskForm | None = None, *, carried: str = "", problem: str = "",
    has_form: bool = False, is_too_long: bool = False,
) -> str:
    """Return the page that offers a link by letter first and the password second."""
    return render_template(
        "accounts/sign_in.html",
        link=link or LinkForm(formdata=None, prefix="link", carried=carried),
        word=word or PasswordForm(formdata=None, prefix="word", carried=carried),
        carried=carried, problem=problem, has_form=has_form, is_too_long=is_too_long,
    )


def seal(path: str, fields: list[tuple[str, str]]) -> str:
    """Return what is carried, encrypted: neither read nor made up by others."""
    if fields and BROWSER not in session:
        session[BROWSER] = secrets.new_token()
    token = session.get(SIGN_IN)
    former = queries.former_holder(secrets.keyed_hash(str(token))) if token else None
    values = {"path": path, "fields": fields, "at": clock.now().isoformat(), "of": str(former) if former else None}
    return secrets.encrypt(json.dumps({**values, "browser": session.get(BROWSER) if fields else None}, ensure_ascii=False))


def genuine(sealed: str | None) -> str | None:
    """Return what a form brought along if we sealed it: nobody else's text is kept with a ticket."""
    with suppress(InvalidToken, ValueError):
        secrets.decrypt(sealed or "")
        return sealed
    return None


def unseal(sealed: str | None, person_id: UUID) -> Carried | None:
    """Return what was carried for somebody now signed in; without the form where it is not theirs.

    Ask before the session is renewed: it tells this browser from another.
    """
    with suppress(InvalidToken, ValueError, KeyError, TypeError):
        values = json.loads(secrets.decrypt(sealed or ""))
        path = rules.own_path(values["path"])
        is_fresh = clock.now() - datetime.fromisoformat(values["at"]) < rules.CARRIED_FOR
        is_same = values["browser"] == session.get(BROWSER) and values["of"] in (None, str(person_id))
        if path and is_fresh:
            return Carried(path, [(name, value) for name, value in values["fields"]] if is_same else [])
    return None


def go_on(carried: Carried | None, person_id: UUID | None) -> WerkzeugResponse:
    """Lead somebody who has just signed in to where they were; else to the desk if they work here, or to their own page.

    A form is posted again by its sender's own hand, without a valid token: its screen shows it
    filled in and does nothing before it is sent once more.
    """
    if carried is None:
        works_here = person_id is not None and queries.grants_in_force(person_id)
        home = "front_desk.desk" if works_here else "front.my"
        return redirect(url_for(home if home in app.view_functions else "accounts.settings"), 303)
    if carried.fields:
        return Response(render_template("accounts/go_on.html", carried=carried))
    return redirect(carried.path, 303)
