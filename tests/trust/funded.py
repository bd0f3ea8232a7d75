"""Dinner funding in the cities of these tests: an application to open, and in the wide city one for every form."""

from engage.accounts.models import Document
from engage.core.text import Localized
from engage.events.rules import State as EventState
from engage.funding.models import File
from engage.funding.rules.rounds import RoundState
from engage.funding.rules.states import State
from tests import factories as make
from tests.conftest import NOW

QUESTIONS = [{
    "key": "own_1", "kind": "text", "is_required": False, "options": [],
    "text": {"source": "en", "texts": {"en": "What else?"}},
}]
# What stands for parameters of these screens where others of the same name stand for something else.
STEPS = {"funding.write": ("step", "dinner"), "funding.round": ("slug", "money"), "funding.begin": ("slug", "money")}


def rows(area, host):
    """A dinner that waits for its agreement, with a file, a receipt and a payment: values for paths, by parameter."""
    dinners = make.programme(slug="funded")
    round_ = make.funding_round(dinners, slug="money", pay_mode="advance", questions=QUESTIONS)
    found = application(round_, host, area, State.AWARDED, "Canary dinner", award=5_000)
    return {
        "round_id": round_.id, "application_id": found.id, "file_id": file(found).id, "receipt_id": make.receipt(found).id,
        "payment_id": make.payment(found).id, "part": "money", "form": "csv", "what": "hide",
        **{(endpoint, name): value for endpoint, (name, value) in STEPS.items()},
    }


def application(round_, host, area, state, title, **values):
    """An application of a host's for a dinner that is still a draft."""
    dinner = make.event(
        title, of=None, area=area, state=EventState.DRAFT, published_at=None, programme_id=round_.programmes[0].programme_id
    )
    make.event_person(dinner, host)
    return make.application(round_, host, at=dinner, state=state, **values)


def file(of, **values):
    return make.keep(File(**{
        "application_id": of.id, "kind": "photo", "form_key": f"file-{of.id}", "name": "a.png", "content_type": "image/png",
        "size": 1, "content": b"x", "has_consent": True, "added_at": NOW, **values,
    }))


def more(base, area):
    """Applications whose pages show every form there is to those who look."""
    host, admin, other = (base.people[role] for role in ("host", "administrator", "stranger"))
    make.keep(Document(kind="funding", version=1, locale="en", body="We promise.", published_at=NOW))
    round_ = make.funding_round(make.programme(slug="more-dinners"), slug="more-money", pay_mode="advance", questions=QUESTIONS)
    make.funding_round(
        make.programme(slug="third"), slug="unwritten", state=RoundState.DRAFT, needs_agreement=False, published_at=None,
        name=Localized.of("en", "Unwritten"),
    )
    _draft, sent, read = (
        application(round_, host, area, state, f"Dinner {state}") for state in (State.DRAFT, State.SUBMITTED, State.IN_REVIEW)
    )
    application(round_, host, area, State.CHANGES_REQUESTED, "Dinner given back")
    for found, judge in ((sent, other), (read, admin)):
        make.review(found, judge)
    application(round_, host, area, State.AGREED, "Dinner agreed", award=5_000, coach_id=admin.id)
    held = application(round_, host, area, State.HELD, "Dinner held", award=5_000, report_due_at=NOW)
    file(held)
    make.receipt(held)
    make.report(held)
    for title, approved in (("Dinner reported", None), ("Dinner judged", 5_000)):
        told = application(round_, host, area, State.REPORTED, title, award=5_000, report_due_at=NOW)
        make.report(told, submitted_at=NOW, quote="Well said.", may_publish_quote=True)
        make.receipt(told, approved=approved)
        make.payment(told)
