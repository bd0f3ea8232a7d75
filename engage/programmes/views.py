"""Residents' screens of programmes."""

import hashlib

from flask import Blueprint, Response, render_template

from engage.core import access
from engage.core.pages import public_page
from engage.core.refusal import NotFound
from engage.programmes import queries, wording

bp = Blueprint("programmes", __name__, template_folder="templates")


@bp.get("/<locale>/ways/<slug>")
@access.public
def show(slug: str) -> Response:
    """Say in plain words what a way of meeting is, how it works, how to host, and what is coming."""
    programme, themes = queries.shown(slug)
    if not programme.is_active or programme.is_closed:
        raise NotFound
    # What is coming on it is another feature's: the page itself is the version it is known by.
    page = render_template("programmes/show.html", programme=programme, themes=themes, wording=wording)
    return public_page(hashlib.blake2b(page.encode(), digest_size=8).hexdigest(), lambda: page)
