"""Full addresses, and templates rendered with or without a request: letters need both."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app as app
from flask import render_template

from engage.config import Config
from engage.core import i18n


def address(endpoint: str, **values: Any) -> str:
    """Return a page's full address from the configured base URL, never from the Host header.

    Works with and without a request.
    """
    config: Config = app.extensions["engage_config"]
    values.setdefault("locale", i18n.locale()) if app.url_map.is_endpoint_expecting(endpoint, "locale") else None
    adapter = app.url_map.bind("localhost")
    return config.base_url + adapter.build(endpoint, values)


def host() -> str:
    """Return the host of the configured base URL, the site's name in calendar entries and letters."""
    config: Config = app.extensions["engage_config"]
    return urlsplit(config.base_url).hostname or "localhost"


def settings() -> Config:
    """Return what the environment gave this process."""
    return app.extensions["engage_config"]  # type: ignore[no-any-return]


def rendered(template: str, context: Mapping[str, Any]) -> str:
    """Return a template's text, with and without a request: letters are written in workers."""
    return render_template(template, **context)
