"""After the dinner on pages: report, photos, receipts, settling, payments; and what others must not see."""

import io
from datetime import timedelta

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.funding import jobs
from engage.funding.queries import applications, money, reports
from engage.funding.rules.states import State
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.conftest import NOW
from tests.funding.test_deciding_pages import _browser

TOLD = {"people": "0", "talked": "Schools.", "outcome": "We meet again.", "quote": "I never knew.", "may_publish_quote": "y"}
KEY = "k" * 20


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def staff(app):
    return _browser(app, "Sam", Role.STAFF)


@pytest.fixture
def host(app):
    return _browser(app, "Marisol")


def _found(host, state=State.HELD, **values):
    round_ = make.funding_round(**values)
    return make.application(round_, host.person, state=state, award=10_000, report_due_at=NOW + timedelta(days=10))


def _picture(kind="JPEG", size=(40, 30), **values):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **values)
    return out.getvalue()


def _photo(host, found, content, name="table.jpg", *, status=None, key=KEY, **fields):
    sent = {"file": (io.BytesIO(content), name), "has_consent": "y", "key": key, **fields}
    return host.post(f"my/funding/{found.id}/report/photos", status=status, **sent)


def _receipt(host, found, amount="60", status=None, key=KEY, **fields):
    sent = {"receipt-kind": "food", "receipt-amount": amount, "receipt-key": key, **fields}
    return host.post(f"my/funding/{found.id}/report/receipts", status=status, **sent)


def _tell(host, found, **told):
    return host.post(f"my/funding/{found.id}/report", **{**TOLD, **told})


def _send(host, found, status=None):
    return host.post(f"my/funding/{found.id}/report/papers", status=status)


def test_a_report_is_kept_as_it_is_written_and_sent_in_when_it_is_whole(host):
    found = _found(host)
    assert "receipt-amount" in _tell(host, found, outcome="").text
    assert "Schools." in host.get(f"my/funding/{found.id}/report")
    answer = _tell(host, found, leave="1")
    assert answer.request.path == f"/en/my/funding/{found.id}"
    page = _send(host, found, status=409).text
    assert "The receipts, or that nothing was spent" in page
    assert reports.of(found.id).outcome == "We meet again."
    _receipt(host, found)
    _send(host, found)
    assert applications.one(found.id).state == State.REPORTED


def test_another_number_of_people_needs_its_reason(host):
    found = _found(host)
    told = {"people": "11", "has_no_receipts": "y"}
    _tell(host, found, **told)
    _send(host, found, status=409)
    _tell(host, found, people_why="The list got wet.", **told)
    _send(host, found)
    assert reports.of(found.id).people == 11


def test_a_photo_loses_where_it_was_taken_and_is_sent_only_to_who_may_see_it(host, staff, app):
    found = _found(host)
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "CANARY"
    _photo(host, found, _picture(exif=exif))
    file_id = reports.files(found.id)[0].id
    path = f"my/funding/{found.id}/files/{file_id}"
    answer = host.client.get(f"/en/{path}")
    assert answer.content_type == "image/jpeg"
    assert b"CANARY" not in answer.data
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    staff.get("desk/funding")
    assert staff.client.get(f"/en/{path}").status_code == 200
    others = [_browser(app, "Eve"), _browser(app, "Rev", Role.REVIEWER), _browser(app, "Coach", Role.COACH)]
    others.append(_browser(app, "Far", Role.STAFF, make.neighbourhood("Elsewhere")))
    for other in others:
        other.get(path, status=404)
        other.get(f"my/funding/{found.id}/report", status=404)
    second = _found(host)
    host.get(f"my/funding/{second.id}/files/{file_id}", status=404)


@pytest.mark.parametrize(("content", "name"), [
    (b"<!doctype html><script>alert(1)</script>", "cat.jpg"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
    (b"", "empty.png"), (_picture("GIF"), "a.png"), (b"%PDF-1.7 no photo", "photo.jpg"), (_picture()[:300], "half.jpg"),
])
def test_what_is_no_picture_is_no_photo(host, content, name):
    found = _found(host)
    assert "wrong-text" in _photo(host, found, content, name, status=409 if content or name else 422).text
    assert reports.files(found.id) == []


def test_a_photo_needs_the_consent_of_those_on_it(host):
    found = _found(host)
    _photo(host, found, _picture(), status=409, has_consent="")
    assert reports.files(found.id) == []


def test_the_same_form_twice_is_one_photo_and_one_receipt(host):
    found = _found(host)
    for _ in range(2):
        _photo(host, found, _picture())
        _receipt(host, found, key="r" * 20)
    assert (len(reports.files(found.id)), len(reports.receipts(found.id))) == (1, 1)


def test_ten_files_and_no_more(host):
    found = _found(host)
    for number in range(10):
        _photo(host, found, _picture(), key=f"{number}" * 20)
    _photo(host, found, _picture(), key="x" * 20, status=409)
    assert len(reports.files(found.id)) == 10


def test_receipts_are_judged_and_the_money_is_settled(host, staff):
    found = _found(host, State.REPORTED)
    make.report(found, submitted_at=NOW)
    receipt = make.receipt(found, 6_000)
    make.payment(found, amount=10_000)
    assert "$40.00" in host.get(f"my/funding/{found.id}"), "what was not spent is to come back"
    staff.post(f"desk/funding/application/{found.id}/settle", status=409)
    judge = f"desk/funding/application/{found.id}/receipts/{receipt.id}"
    staff.post(judge, status=409, **{f"judge-{receipt.id}-approved": "61"})
    staff.post(judge, **{f"judge-{receipt.id}-approved": "50"})
    staff.post(f"desk/funding/application/{found.id}/settle")
    application = applications.one(found.id)
    assert (application.state, application.approved) == (State.SETTLED, 5_000)
    assert "$50.00" in host.get(f"my/funding/{found.id}")


def _pay(staff, found, amount, *, status=None, direction="out", key=KEY, **fields):
    sent = {"payment-direction": direction, "payment-amount": amount, "payment-on": NOW.date().isoformat(), "payment-key": key}
    return staff.post(f"desk/funding/application/{found.id}/payments", status=status, **sent, **fields)


def test_an_advance_is_paid_once_and_moves_the_application(host, staff):
    found = _found(host, State.AGREED, pay_mode="split", advance_percent=40)
    _pay(staff, found, "0", status=422)
    _pay(staff, found, "41", status=409)
    for _ in range(2):
        _pay(staff, found, "40")
    assert applications.one(found.id).state == State.PAID_IN_ADVANCE
    assert money.balance_of(applications.one(found.id)).paid == 4_000
    _pay(staff, found, "1", status=409, key="z" * 20)


def test_a_payment_is_corrected_by_a_counter_entry_once(host, staff):
    found = _found(host, State.AGREED, pay_mode="advance")
    _pay(staff, found, "100")
    entry = money.entries(found.id)[0]
    path = f"desk/funding/application/{found.id}/payments/{entry.id}/correct"
    staff.post(path, key="c" * 20)
    staff.post(path, status=409, key="d" * 20)
    assert [row.amount for row in money.entries(found.id)] == [10_000, -10_000]


@pytest.mark.parametrize("reference", ["DE89 3704 0044 0532 0130 00", "4111-1111-1111-1111"])
def test_no_bank_details_are_kept(host, staff, reference):
    found = _found(host, State.AGREED, pay_mode="advance")
    _pay(staff, found, "100", status=409, **{"payment-reference": reference})
    assert money.entries(found.id) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_payments_are_exported_without_formulas_and_written_down(host, staff, form):
    found = _found(host, State.AGREED, pay_mode="advance")
    _pay(staff, found, "100", **{"payment-reference": "=1+1"})
    answer = staff.client.post(f"/en/desk/funding/{found.round_id}/payments/export/{form}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    if form == "csv":
        assert ",'=1+1," in answer.data.decode("utf-8-sig")


def test_reminders_come_in_time_and_then_the_award_lapses(host):
    found = _found(host)
    due = found.report_due_at
    for days, state, letters in (
        (-4, State.HELD, 0), (-3, State.REPORT_DUE, 1), (3, State.REPORT_DUE, 2), (7, State.REPORT_DUE, 3),
        (10, State.LAPSED, 4),
    ):
        with time_machine.travel(due + timedelta(days=days)):
            jobs.remind(due + timedelta(days=days))
            jobs.remind(due + timedelta(days=days))
        assert applications.one(found.id).state == state, days
        assert len(db.session().scalars(select(OutboxLetter)).all()) == letters, days


def test_what_was_funded_is_shown_without_giving_anybody_away(client, host):
    round_, (open_, quiet) = make.funding_round(), (make.neighbourhood("Open"), make.neighbourhood("Quiet"))
    for area, amounts in ((open_, (10_000, 9_000, 8_000)), (quiet, (7_777,))):
        for amount in amounts:
            found = make.application(round_, host.person, state=State.SETTLED, award=amount, neighbourhood_id=area.id)
    make.report(found, quote="I never knew.", may_publish_quote=True, submitted_at=NOW)
    page = client.get("/en/funding/funded").text
    assert "$270.00" in page
    assert "I never knew." in page
    for hidden in ("77.77", "347.77", "Marisol"):
        assert hidden not in page
