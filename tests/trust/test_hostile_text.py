"""Hostile text in every field of every form: no 500, a clear message beside the field, nothing typed is lost,
and what is kept is clean.

The forms are those of the site itself, found by opening its pages as those who may; a route that takes
something and has no form on any page fails here.
"""

import time
from itertools import zip_longest

import pytest
import time_machine

from engage.core import i18n, text
from engage.core.text import Localized
from tests.conftest import NOW
from tests.trust import finding, pages, wide
from tests.trust.test_routes import POSTS

pytestmark = pytest.mark.slow

ENDPOINTS = sorted({rule.endpoint for rule in POSTS})
MEGABYTE = 1_000_000
REQUEST = 5_500_000  # characters that fit into one

NASTY = "Ann\0e \u202egro.live\u202c \u2066x\r\nBcc: all@example.org\x1b[31m \ud83d\ude00 \ud800 end"
MARKUP = "<svg onload=alert(1)>\"'><b>{{7*7}}</b> %(name)s %s %d {0} ${7*7} &lt; </textarea></script>"
FOREIGN = "مرحبا بكم שלום 👩\u200d👩\u200d👧\u200d👦 Zoë ﷽ 𝔘𝔫𝔦 e\u0301"

# What is put into every field there is, hidden ones, choices and numbers as well.
ANYWHERE = {
    "what tears a page apart": NASTY, "markup and templates": MARKUP, "a half surrogate alone": "\udfff", "NUL alone": "\0",
    "nothing": "", "a megabyte": "m" * MEGABYTE,
}
# ... where something else than words is asked for.
NUMBERS_AND_IDS = {
    "a day that is none": "2026-02-31",
    "a huge number": "9" * 400,
    "a number too large for a row": "999999999",
    "a negative number": "-1",
    "Arabic digits": "١٢",
    "a digit that is no number": "²",
    "no id": "00000000-0000-0000-0000-00000000000g",
    "an id of nothing": "00000000-0000-4000-8000-000000000000",
}
# What is typed where people write, everything else being as it should: it may be taken.
WRITTEN = {
    "what tears a page apart": NASTY, "markup and templates": MARKUP, "other scripts": FOREIGN,
    "a megabyte": "m" * MEGABYTE,
    "deep markup": "[" * 3000 + "> " * 1500 + "*a_" * 300,
}
MADE_UP = [("__proto__", "1"), ("csrf_token", "x"), ("", ""), ("role", "administrator"), ("admin[]", "1"), ("a.b[c]", "%")]
FREE = {"text", "textarea"}
OF_WORDS = FREE | {"email", "tel", "password"}
NOT_FREE = {"zone", "country", "typed"}
WORDS = {"accounts.delete": "delete", "events_desk.cancel": "cancel"}  # shown on the page, and typed so that no slip does it
USUAL = {
    "email": "hostile@example.org", "number": "3", "date": "2026-12-20", "time": "18:00", "end": "20:30",
    "password": "three old bridges",
}
MUST_TICK = {"conduct", "privacy", "may_keep", "spoken"}


@pytest.fixture
def site(app):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with time_machine.travel(NOW, tick=False):
        yield wide.built(app)
    app.config["PROPAGATE_EXCEPTIONS"] = None


def _forms(site, endpoint):
    assert endpoint in site.forms, f"no page of tests/trust/wide.py has a form for {endpoint}"
    return site.forms[endpoint]


# --- every field -------------------------------------------------------------------------------------


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_anything_in_every_field(app, site, endpoint):
    for found in _forms(site, endpoint):
        is_of_words = all(field.kind in OF_WORDS for field in found.form.fields.values())
        values = ANYWHERE if is_of_words else {**ANYWHERE, **NUMBERS_AND_IDS}
        for name, value in values.items() if found.form.fields else ():
            share = value[: REQUEST // len(found.form.fields)]
            _try(app, site, found, [(field, share) for field in found.form.fields], name)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_hostile_words_in_a_form_that_is_right(app, site, endpoint):
    for found in _forms(site, endpoint):
        free = [field for field in found.form.fields.values() if _is_free(field)]
        for name, value in WRITTEN.items() if free else ():
            _try(app, site, found, _right(found, value[: REQUEST // len(free)]), name)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_fields_missing_repeated_and_made_up(app, site, endpoint):
    for found in _forms(site, endpoint):
        right, junk = _right(found, "Soup"), [(field, "stone") for field in found.form.fields]
        mixed = [pair for pairs in zip_longest(right, junk) for pair in pairs if pair]
        for name, pairs in {"missing": [], "repeated": mixed, "made up": [*right, *MADE_UP]}.items():
            _try(app, site, found, pairs, name)


def _is_free(field):
    return field.kind in FREE and field.name.rpartition("-")[2] not in NOT_FREE


def _right(found, words):
    """The form as somebody careful fills it in, but for their words."""
    pairs = list(found.form.buttons[:1])
    for field in found.form.fields.values():
        pairs += [(field.name, value) for value in ([_word(found)] if field.name == "typed" else _values(field, words))]
    return pairs


def _values(field, words):
    if _is_free(field):
        return [words]
    if field.kind == "checkbox":
        is_needed = field.name in MUST_TICK and not field.ticked
        return list(field.options[:1] if is_needed else field.ticked)
    if field.kind in ("select", "radio"):
        return [field.value or next(filter(None, field.options), "")]
    return [field.value or USUAL.get("end" if field.name == "end" else field.kind, "")]


def _word(found):
    with i18n.speaking("fr"):
        return i18n.gettext(WORDS[found.endpoint])


def _try(app, site, found, pairs, name):
    """Send a form and judge the answer; whatever it changed is put back."""
    what = f"{found.endpoint} as {found.role} from {found.page}: {name}"
    if found.form.is_upload:  # of what comes in parts, a half surrogate is no text in any encoding
        pairs = [(field, value.encode("utf-8", "ignore").decode()) for field, value in pairs]
    app.extensions["limiter"].storage.reset()
    began = time.process_time()
    answer = finding.visit(app, site, found.role, found.path, method="POST", **_body(found, pairs))
    assert time.process_time() - began < 10, f"{what} keeps a process busy"
    assert answer.status_code < 500, f"{what} broke"
    if answer.status_code < 400:
        _judge_kept(site, what)
    elif answer.status_code in (409, 422):
        _judge_page(found, pairs, answer, what)
    else:
        assert answer.status_code in (400, 401, 403, 404, 410, 413, 429), f"{what}: {answer.status_code}"


FILE = '; filename="../<svg onload>.geojson"'


def _body(found, pairs):
    if not found.form.is_upload:
        return {"data": pages.encoded(pairs), "content_type": "application/x-www-form-urlencoded"}
    files = {name for name, field in found.form.fields.items() if field.kind == "file"}
    parts = (
        f'--edge\r\nContent-Disposition: form-data; name="{name}"{FILE if name in files else ""}\r\n\r\n{value}\r\n'
        for name, value in pairs
    )
    body = "".join((*parts, "--edge--\r\n")).encode("utf-8", "surrogatepass")
    return {"data": body, "content_type": "multipart/form-data; boundary=edge"}


# --- what is kept ------------------------------------------------------------------------------------


def _judge_kept(site, what):
    """Whatever a form wrote has been cleaned; then everything is put back."""
    now = wide.dump()
    if now == site.rows:
        return
    for table, rows in now.items():
        before = {repr(row) for row in site.rows[table]}
        for row in rows if len(rows) != len(before) or any(repr(row) not in before for row in rows) else ():
            for column, value in row.items() if repr(row) not in before else ():
                for kept in _texts(value):
                    assert kept == text.clean(kept, is_long=True), f"{what}: {table}.{column} holds {kept[:80]!r}"
    site.restore()


def _texts(value):
    """All strings within a value of a row."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Localized):
        yield from value.texts.values()
    elif isinstance(value, dict):
        for inner in (*value.keys(), *value.values()):
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


# --- the page that says no ---------------------------------------------------------------------------


def _judge_page(found, pairs, answer, what):
    """The form is there as it was filled in, what is wrong stands beside the field, in the page's language."""
    page = pages.read(answer.text)
    html = next(page.every("html"))
    assert html.get("lang") == "fr", f"{what}: the page is in {html.get('lang')}"
    assert _is_told(page), f"{what}: nothing says what is wrong"
    for control in page.every("input", "select", "textarea", "fieldset"):
        if control.get("aria-invalid") == "true":
            _judge_message(page, control, what)
    for box in page.every("div", "fieldset"):
        if {"field", "wrong"} <= set(box.get("class", "").split()):
            _judge_box(box, what)
    _judge_form(found, pairs, page, what)


def _is_told(page):
    alerts = [element for element in page.every() if element.get("role") == "alert"]
    return any(alert.text.strip() for alert in alerts)


def _judge_box(box, what):
    messages = [element for element in box.every("p") if "wrong-text" in element.get("class", "").split()]
    assert messages, f"{what}: a field is marked and nothing says why"
    about = " ".join(element.get("aria-describedby", "") for element in (box, *box.every())).split()
    for message in messages:
        assert message.text.strip(), f"{what}: an empty message"
    assert messages[0].get("id") in about, f"{what}: {messages[0].text!r} is tied to no field"


def _judge_message(page, control, what):
    about = control.get("aria-describedby", "").split()
    ids = {element.get("id"): element for element in page.every() if element.get("id")}
    said = [ids[name] for name in about if name in ids and "wrong-text" in ids[name].get("class", "")]
    name = control.get("name")
    assert said, f"{what}: the message at {name} is not tied to it"
    assert all("field" in above.get("class", "").split() for above in [said[0].parent]), f"{what}: it stands beside {name}"


def _judge_form(found, pairs, page, what):
    fields = set(found.form.fields)
    alike = [(len(fields & set(form.fields)), form.action == found.path, form) for form in pages.forms(page)]
    is_whole, _is_same, shown = max(alike, key=lambda each: each[:2], default=(0, False, None))
    assert shown, f"{what}: the form is gone"
    assert 2 * is_whole >= len(fields), f"{what}: half of the form is gone"
    sent = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    for name, field in shown.fields.items():
        if name in sent:
            _judge_field(field, sent[name], page, what)


def _judge_field(field, sent, page, what):
    first = _read(sent[0])
    if field.kind in (*FREE, "email", "tel"):
        wanted = text.clean(first, is_long=field.kind == "textarea")
        shown = field.value
        if shown != wanted and shown.upper() != wanted.upper():
            assert shown, f"{what}: {field.name} lost what was typed"
            assert wanted.upper().startswith(shown.rstrip().upper()), f"{what}: {field.name} says {shown[:60]!r}"
            assert _is_marked(page, field.name), f"{what}: {field.name} came back cut and says nothing"
    elif field.kind in ("number", "date", "time"):
        assert text.clean(first).startswith(field.value), f"{what}: {field.name} says {field.value[:60]!r}"
    elif field.kind in ("select", "radio") and first in field.options:
        assert field.value == first, f"{what}: another {field.name} is chosen"
    elif field.kind == "checkbox" and set(sent) <= set(field.options):
        assert set(field.ticked) == set(sent), f"{what}: other boxes of {field.name} are ticked"


def _read(value):
    """What a server reads of a body: bytes that are no UTF-8 as they were sent, percent and number."""
    return value.encode("utf-8", "surrogatepass").decode("utf-8", "werkzeug.url_quote")


def _is_marked(page, name):
    controls = page.every("input", "textarea")
    return any(control.get("name") == name and control.get("aria-invalid") == "true" for control in controls)
