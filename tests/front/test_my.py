"""My places, for who is signed in and who is not."""

from engage.core import db
from tests import factories as make
from tests.accounts.signing import sign_in


def test_a_stranger_is_told_both_ways_to_their_place(client):
    page = client.get("/en/my").text
    assert "Signed up without an account?" in page
    assert "Signed in as" not in page


def test_who_has_nothing_yet_is_led_to_the_meetings(client):
    with db.transaction():
        person = make.person("Amina")
    sign_in(client, person)
    page = client.get("/en/my").text
    assert "Signed in as Amina" in page
    assert "You have no place anywhere yet" in page
