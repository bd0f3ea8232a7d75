"""What guests without an account do in a story: everything by the links in their letters."""

from dataclasses import dataclass

import segno

from tests.journeys.visitor import Visitor


@dataclass
class Guest:
    """Somebody with a browser and a mailbox."""

    visitor: Visitor
    called: str
    email: str
    code: str = ""

    @property
    def letter(self):
        """The newest letter."""
        return self._letter(-1)

    @property
    def text(self):
        return self.letter.get_body(("plain",)).get_content()

    @property
    def letters(self):
        return len(self.visitor.site.letters(self.email))

    def follow_letter(self, which=-1):
        """Open the personal link of a letter, the newest unless another is meant."""
        self.visitor.open(self.visitor.site.link(self._letter(which), "/link/"))

    def _letter(self, which):
        """One of the letters so far; each must be in the guest's language."""
        letter = self.visitor.site.letters(self.email)[which]
        html = letter.get_body(("html",)).get_content()
        assert f'<html lang="{self.visitor.locale}"' in html, letter["Subject"]
        return letter


def find(guest, title):
    """Find a meeting by its title, from the start page on."""
    guest.visitor.open("/")
    guest.visitor.follow("/events", within="header")
    guest.visitor.follow_words(title)


def sign_up(guest, *, people=1, speaks=("en",), extra=None):
    """Fill in the page of signing up, from the meeting's own page on, and let the letter come."""
    visitor = guest.visitor
    visitor.follow("/join")
    visitor.write(called=guest.called, email=guest.email, party_size=people)
    visitor.tick("speaks", *speaks)
    if extra:
        extra(visitor)
    visitor.tick("conduct")
    visitor.send()
    visitor.says("Look at your letters")
    visitor.site.work()


def confirm(guest, *, has_place=True):
    """Answer the letter by the button on its page, and find a place there, if there is to be one."""
    guest.follow_letter()
    guest.visitor.send("/confirm")
    guest.visitor.site.work()
    if has_place:
        guest.code = code_of(guest)
        assert "text/calendar" in [part.get_content_type() for part in guest.letter.walk()]


def code_of(guest):
    """The code for the door, on the page of somebody who has a place."""
    guest.visitor.says("You have a place. We look forward to seeing you.")
    return guest.visitor.page.locator("main strong.code").inner_text()


def scanned(guest, path):
    """The address that the picture on a guest's page holds; it must be this one of the site's."""
    guest.follow_letter()
    address = guest.visitor.site.url + path
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=3)
    assert guest.visitor.page.locator("main svg.qr path").last.get_attribute("d") in drawn
    return address


def cancel(guest):
    """Give the place back by the link in the newest letter."""
    guest.follow_letter()
    guest.visitor.follow("/cancel")
    guest.visitor.send()
    guest.visitor.says("You are no longer signed up.")
    guest.visitor.site.work()


def accept(guest):
    """Take the place that the newest letter offers."""
    guest.follow_letter()
    guest.visitor.send("/accept")
    guest.code = code_of(guest)
    guest.visitor.site.work()


def answer(visitor, *, heard, words="", **choices):
    """Say how it was, on the page that is there."""
    visitor.tick("question-heard", heard)
    for question, choice in choices.items():
        visitor.tick(f"question-{question}", choice)
    visitor.write(**{"question-words": words})
    visitor.send()
    visitor.says("Your answers have arrived. They help to make the next meeting better.")
