"""Find every form of the site as people do: by opening what links lead to."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException

from engage.core import tokens
from tests.trust import pages

# Who looks for forms, each with what opens: everything else is found by following links.
ROLES = ("administrator", "holder", "host", "stranger", "nobody")
PER_ENDPOINT = 4  # pages of one kind that are opened
# What can be done there depends on the state, and on who looks.
MORE = {
    "events.manage": 30, "funding.application": 20, "funding.write": 12, "funding_desk.edit": 16, "concerns.plan": 30,
    "concerns.minutes": 30, "concerns_desk.concern": 8, "concerns_desk.consultation": 12,
}
VARIANTS = 6  # forms of one kind that differ in their fields


@dataclass(frozen=True)
class Found:
    """A form, who saw it, and where."""

    endpoint: str
    role: str
    page: str
    path: str
    form: pages.Form


def find_forms(app, made, base, links):
    """Open what links lead to, as one after the other: what one has opened, the next opens only as a door."""
    opened = defaultdict(set)
    for role in ROLES:
        for path, page in _walk(app, made, role, _doors(app, base, links, role), opened):
            _read_forms(app, made, role, path, page)


def _doors(app, base, links, role):
    """Where somebody begins: home, own page, desk, and behind the links they hold."""
    adapter = app.url_map.bind("localhost")
    doors = ["/fr/", "/fr/my", "/fr/events", "/fr/sign-in", "/fr/register", "/fr/forgotten", "/fr/account"]
    doors += ["/fr/sign-out", "/fr/my/events/new", "/fr/news", "/fr/account/reach", "/fr/account/password"]
    if role in ("administrator", "staff"):
        doors += ["/fr/desk", f"/fr/desk/people/{base.people['stranger'].id}", "/fr/desk/events", "/fr/desk/people?q=person"]
        doors += [f"/fr/my/events/{base.event.id}/people?text=person", "/fr/desk/letters"]
    if role == "holder":
        kinds = [(tokens.KINDS[purpose], public_id) for purpose, public_id in links]
        doors += [adapter.build(kind.endpoint, {kind.parameter: public_id, "locale": "fr"}) for kind, public_id in kinds]
    if role == "host":
        doors += [f"/fr/letter/{public_id}" for purpose, public_id in links if purpose == "ticket"]
    if role == "nobody":
        doors += ["/fr/f/ABCDEFGH", _unsubscribe(adapter, base)]
    return doors


def _unsubscribe(adapter, base):
    address = base.rows["address_id"]
    values = {"address_id": address, "topic": "news", "signature": tokens.sign("unsubscribe", address, 0), "locale": "fr"}
    return adapter.build("messages.unsubscribe", values)


def _walk(app, made, role, doors, opened):
    """Every kind of page that links lead to, some of each kind."""
    adapter = app.url_map.bind("localhost")
    waiting, known = list(dict.fromkeys(doors)), set()
    while waiting:
        path = waiting.pop(0)
        if path in known:
            continue
        known.add(path)
        endpoint = endpoint_of(adapter, path, "GET")
        so_far = opened[(endpoint, role) if endpoint in MORE else endpoint]
        is_enough = path in so_far or len(so_far) >= MORE.get(endpoint, PER_ENDPOINT)
        if endpoint is None or (is_enough and path not in doors):
            continue
        so_far.add(path)
        answer = visit(app, made, role, path)
        if answer.status_code in (301, 302, 303, 308):
            waiting.append(answer.location)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        page = pages.read(answer.text)
        yield path, page
        targets = (link.get("href", "").partition("#")[0].replace("https://engage.test", "") for link in page.every("a"))
        waiting += dict.fromkeys(target for target in targets if target.startswith("/fr/"))


def endpoint_of(adapter, path, method):
    try:
        return adapter.match(urlsplit(path).path, method)[0]
    except HTTPException:
        return None


def _read_forms(app, made, role, path, page):
    adapter = app.url_map.bind("localhost")
    for form in pages.forms(page):
        target = form.action or path
        endpoint = endpoint_of(adapter, target, "POST")
        assert endpoint, f"{path} has a form that leads to {target}, which takes none"
        kept = made.forms.setdefault(endpoint, [])
        is_new = all(set(other.form.fields) != set(form.fields) for other in kept)
        if is_new and len(kept) < VARIANTS:
            kept.append(Found(endpoint, role, path, target, form))


def visit(app, made, role, path, **values):
    """Open or send as somebody, with the cookie they had when the city was built."""
    headers = {**values.pop("headers", {}), **({"Cookie": f"engage={made.cookies[role]}"} if made.cookies[role] else {})}
    method = values.pop("method", "GET")
    return app.test_client(use_cookies=False).open(path, method=method, headers=headers, **values)
