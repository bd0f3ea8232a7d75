"""What hosts and staff do in a story, page by page."""

from tests.journeys import stage


def sign_in(visitor, email, password=stage.PASSWORD):
    """Sign in on the page that asks for it, on a device of one's own."""
    visitor.write(**{"word-email": email, "word-password": password})
    visitor.tick("word-own_device")
    visitor.send("/sign-in")


def begin_proposal(host):
    """Find the way from the start page to a proposal; on the way one signs in."""
    host.open("/")
    host.follow("/host", within="header")
    host.follow("/my/events/new")
    sign_in(host, stage.HOST)


def propose(host, *, kit, title, about, time, place, details):
    """Write a proposal through all its steps and send it in. Returns the event's id."""
    day, start, end = time
    host.tick("programme", host.site.stage.programmes[kit])
    host.write(title=title, description=about)
    host.send()
    host.write(day=day, start=start, end=end)
    place(host)
    host.send()
    details(host)
    host.send()
    host.follow("/draft/check")
    host.reads(title, about)
    host.write(note="I have the key of the hall.")
    host.send()
    host.says("Thank you! We read it and write to you.")
    return host.page.url.rsplit("/", 1)[1]


def review(staff, title):
    """Find a proposal from the desk on, as staff who have just signed in do."""
    staff.open(f"/{staff.locale}/desk")
    sign_in(staff, stage.STAFF)
    staff.follow("/desk/proposals")
    staff.reads(title)
    staff.follow_words(title)
    staff.reads("I have the key of the hall.")


def publish(staff):
    staff.send("/publish")
    staff.says("It is public now. Its host gets a letter.")
    staff.site.work()


def open_door(host, event_id):
    """Go from the event's page to the check-in."""
    host.open(f"/{host.locale}/my/events/{event_id}")
    host.follow("/check-in")


def check_in(host, called):
    host.press_beside(called)
    host.reads(called)


def scan(host, address):
    """Open what a guest's code holds with a phone's camera, and check the party in."""
    host.open(address)
    host.send_first("/check-in/")


def add_walk_in(host, called, language):
    host.write(called=called)
    host.choose(language=language)
    host.send("/walk-ins")


def close(host, event_id):
    host.open(f"/{host.locale}/my/events/{event_id}")
    host.follow("/check-in/close")
    host.send()
    host.says("The meeting is closed. Thank you for welcoming everybody.")


def print_codes(host, event_id, codes):
    """Have codes for guests without a place. Returns the addresses on the slips."""
    host.open(f"/{host.locale}/my/events/{event_id}")
    host.follow("/feedback/sheet")
    host.write(codes=codes)
    host.send()
    return [f"http://{slip}" for slip in host.page.locator(".slips p.code").all_inner_texts()]


def tally(host):
    """What the check-in page counts."""
    numbers = [int(number) for number in host.page.locator("main dl.tally dd").all_inner_texts()]
    return dict(zip(("came", "registered", "checked_in", "without_a_place"), numbers, strict=True))


def results(host, event_id):
    """How many gave each step of the first question, or None while nothing is shown."""
    host.open(f"/{host.locale}/my/events/{event_id}")
    host.open(f"/{host.locale}/host/events/{event_id}/feedback")
    if not host.page.locator(".bars-table").count():
        host.says("Nothing to see yet. Results appear when five people have answered, so that nobody can be recognised.")
        return None
    return [int(number) for number in host.page.locator(".bars-table").first.locator("td.number").all_inner_texts()]
