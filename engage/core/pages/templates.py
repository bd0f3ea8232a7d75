"""What every template may call."""

from collections.abc import Callable
from typing import Any

from flask import Flask, g, request, url_for
from flask import current_app as app

from engage import __version__
from engage.core import access, clock, fields, i18n, text
from engage.core.city import city
from engage.core.pages.addresses import address
from engage.core.pages.panels import render_panels


def can(check: Callable[..., bool], *args: Any) -> bool:
    """Ask a policy in a template: `can(policy.may_cancel, registration)`."""
    return check(access.actor(), *args)


def same_page(locale: str) -> str:
    """Return this page's path in another locale, for the language menu and `hreflang`."""
    if request.endpoint is None or g.get("path_locale") is None:
        return f"/{locale}/"
    return url_for(request.endpoint, **{**(request.view_args or {}), **_plain_query(), "locale": locale})


def _plain_query() -> dict[str, list[str]]:
    taken = request.view_args or {}
    given = request.args.to_dict(flat=False)
    return {key: values for key, values in given.items() if key not in taken and not key.startswith("_")}


def asset(name: str) -> str:
    """Return the address of a file of `static`, which carries its content's hash."""
    return str(app.extensions["assets"].url(name))


def init_app(flask_app: Flask) -> None:
    """Give templates these and the house's own words."""
    env = flask_app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(
        city=city, can=can, asset=asset, same_page=same_page, page_address=address, locale=i18n.locale,
        direction=i18n.direction, own_name=i18n.own_name, language_name=i18n.language_name, listing=i18n.listing,
        when=i18n.when, day=i18n.day, hour=i18n.hour, skeleton=i18n.skeleton, money=i18n.money, panels=render_panels,
        version=__version__, actor=access.actor, now=clock.now, button=fields.Form,
        origin=flask_app.extensions["engage_config"].base_url,
    )
    env.filters.update(markdown=text.markdown, isolate=text.isolate, language_name=i18n.language_name)
