"""What letters look like: hosts and staff see each in every language, strangers none."""

import pytest

from engage.messages import letters
from tests import factories as make
from tests.accounts.signing import sign_in


def test_hosts_and_staff_see_every_letter_in_every_language(app, client):
    sign_in(client, make.person())
    index = client.get("/en/desk/letters")
    assert index.status_code == 200
    for name, kind in letters.KINDS.items():
        assert (f"/en/desk/letters/{name}/ar" in index.text) == bool(kind.sample)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_each_preview_opens_in_a_frame_of_its_own(app, client, language):
    sign_in(client, make.person())
    for name in (name for name, kind in letters.KINDS.items() if kind.sample):
        page = client.get(f"/en/desk/letters/{name}/{language}")
        frame = client.get(f"/en/desk/letters/{name}/{language}/page")
        assert (page.status_code, frame.status_code) == (200, 200)
        assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
        assert "sandbox" in frame.headers["Content-Security-Policy"]
        assert f'<html lang="{language}"' in frame.text


@pytest.mark.parametrize("path", ["reminders.reminder/sv", "nothing/en", "reminders.reminder/sv/page"])
def test_there_is_no_such_letter(app, client, path):
    sign_in(client, make.person())
    assert client.get(f"/en/desk/letters/{path}").status_code == 404


def test_strangers_are_led_to_sign_in(client):
    assert client.get("/en/desk/letters").status_code in (302, 303)
