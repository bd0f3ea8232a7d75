"""A funded dinner: the round opens, a Spanish application with a co-host, two reviews, an award, training, agreement,
the evening itself, a report with its receipt, settled, and shown to everybody."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests.journeys import funding_stage, guesting, hosting, stage
from tests.journeys.guesting import Guest

pytestmark = pytest.mark.journey

TOLD_IN = (0, 3)  # each database; the host writes Spanish in both
BUILD = funding_stage.build
ROUND, TITLE, QUOTE = "Spring dinners", "Arroz para doce", "Nunca había cruzado esta calle."
TRAINED = datetime(2026, 10, 20, 17, 30, tzinfo=UTC)
EVENING = datetime(2026, 10, 30, 19, 30, tzinfo=UTC)
OVER = datetime(2026, 10, 30, 22, 10, tzinfo=UTC)
RECEIPT = {"name": "recibo.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


@dataclass
class Story:
    site: object
    staff: object
    host: object
    application: str = ""
    dinner: str = ""


def test_a_dinner_from_a_round_to_a_receipt(site, visitor, run):
    story = Story(site, visitor(), visitor("es"))
    _open_round(story)
    _apply(story)
    _accept_as_co_host(story, visitor("fr"))
    _ask_reviewers(story)
    for email in (funding_stage.ADA, funding_stage.BEN):
        _review(story, visitor(), email)
    _award(story)
    _train(story)
    _agree(story)
    _publish(story)
    _hold(story, Guest(visitor("fr"), "Camille", "camille@example.org"))
    _report(story)
    _settle(story)
    _see_what_was_funded(visitor())


def _open_round(story):
    staff = story.staff
    staff.open(f"/{staff.locale}/desk")
    hosting.sign_in(staff, stage.STAFF)
    staff.follow("/desk/funding", within="nav")
    staff.follow("/desk/funding/new")
    staff.write(name=ROUND)
    staff.choose(currency="USD")
    staff.send()
    staff.write(name_en=ROUND, name_es="Cenas de primavera")
    staff.write(call_en="Ten people, one table.", call_es="Diez personas, una mesa.")
    staff.send()
    _part(staff, "dates", opens_on="2026-10-12", opens="08:00", closes_on="2026-10-26", closes="20:00")
    _part(staff, "money", budget="1000", cap="150", advance_percent="50")
    staff.follow("/edit/who")
    staff.tick("programmes", story.site.stage.programmes["dialogue_dinner"])
    staff.send()
    _part(staff, "criteria", name_0_en="Bridges", name_0_es="Puentes", weight_0="2")
    staff.send("/publish")
    staff.says("It is public now.")


def _part(staff, name, **fields):
    staff.follow(f"/edit/{name}")
    staff.write(**fields)
    staff.send()
    staff.says("Saved.")


def _apply(story):
    host = story.host
    host.open("/es/host")
    host.follow("/funding")
    host.follow_words("Cenas de primavera")
    host.reads("Diez personas, una mesa.")
    host.follow("/my/funding/new/spring-dinners")
    hosting.sign_in(host, funding_stage.HOST)
    host.write(title=TITLE)
    host.send()
    story.application = host.page.url.split("/")[-3]
    host.write(planned_on="2026-10-30")
    host.choose(neighbourhood=story.site.stage.area)
    host.tick("languages", "en", "ar")
    host.send()
    host.write(
        why="Nadie cruza la calle.", who="Los dos lados.", reach="Pregunto en el mercado.", co_called="Yusuf",
        co_email="yusuf@example.org",
    )
    host.choose(co_letter_in="fr")
    host.tick("has_two_households")
    host.send()
    host.write(amount_0="99,50", note_0="Arroz y verduras")
    host.send()
    host.reads("Nadie cruza la calle.", "99,50")
    host.send()
    host.says("Thank you! We read it and write to you.")
    story.site.work()


def _accept_as_co_host(story, visitor):
    visitor.open(story.site.link(story.site.newest("yusuf@example.org"), "/link/"))
    visitor.reads(TITLE)
    visitor.page.locator("main button[value=yes]").click()
    visitor.says("You are a co-host. Thank you!")


def _ask_reviewers(story):
    staff = story.staff
    staff.open(f"/{staff.locale}/desk/funding")
    staff.follow_words(ROUND)
    staff.follow_words(TITLE)
    for called in ("Ada", "Ben"):
        staff.page.select_option("form[action$='/reviewers'] select", label=called)
        staff.send("/reviewers")
    story.site.work()


def _review(story, reviewer, email):
    reviewer.open(f"/{reviewer.locale}/desk/funding/reviews")
    hosting.sign_in(reviewer, email)
    reviewer.follow(f"/review/{story.application}")
    reviewer.reads("Nadie cruza la calle.")
    reviewer.tick("score_own_1", "4")
    reviewer.send()
    reviewer.says("Thank you. Your review is in.")


def _award(story):
    _at(story.staff, story)
    story.staff.send("/award")
    story.staff.says("It is funded. Its host gets a letter.")
    story.site.work()
    story.host.open(story.site.link(story.site.newest(funding_stage.HOST), "/my/funding/"))
    story.host.says("You have accepted the funding agreement")


def _at(visitor, story):
    visitor.open(f"/{visitor.locale}/my/funding/{story.application}")


def _train(story):
    """The host signs up for the training like anybody, and is checked in there by staff."""
    guest = Guest(story.host, "Marisol", funding_stage.HOST)
    guesting.find(guest, funding_stage.TRAINING)
    story.host.page.locator("main a[href$='/join']").first.click()
    story.host.write(called="Marisol", email=funding_stage.HOST)
    story.host.tick("speaks", "en")
    story.host.tick("conduct")
    story.host.send()
    story.site.at(TRAINED)
    staff = story.staff
    staff.open(f"/{staff.locale}/desk/events")
    staff.follow_words(funding_stage.TRAINING)
    staff.follow("/check-in")
    hosting.check_in(staff, "Marisol")


def _agree(story):
    host = story.host
    _at(host, story)
    host.follow("/agreement")
    host.send()
    host.says("Thank you. The agreement is accepted.")


def _publish(story):
    host, staff = story.host, story.staff
    host.follow("/draft/check")
    story.dinner = host.page.url.split("/")[-3]
    host.follow("/draft/what")
    host.write(description="Diez personas, una olla.")
    host.send()
    host.write(day="2026-10-30", start="19:00", end="22:00")
    host.choose(venue=story.site.stage.venue)
    host.send()
    host.write(capacity=12)
    host.send()
    host.open(f"/es/my/events/{story.dinner}/draft/check")
    host.send()
    staff.open(f"/{staff.locale}/my/events/{story.dinner}")
    hosting.publish(staff)


def _hold(story, guest):
    """A guest asks and is let in; on the evening both the guest and somebody from the street are counted."""
    guesting.find(guest, TITLE)
    guesting.sign_up(guest)
    guesting.confirm(guest, has_place=False)
    story.host.open(f"/es/host/events/{story.dinner}/guests")
    story.host.press_beside("Camille", "/approve")
    story.site.at(EVENING)
    hosting.open_door(story.host, story.dinner)
    hosting.check_in(story.host, "Camille")
    hosting.add_walk_in(story.host, "Ben", "en")
    story.site.at(OVER)
    hosting.close(story.host, story.dinner)
    story.site.work()


def _report(story):
    host = story.host
    host.open(story.site.link(story.site.newest(funding_stage.HOST), "/my/funding/"))
    host.follow("/report")
    host.write(talked="De la calle.", outcome="Nos vemos el martes.", quote=QUOTE)
    host.tick("may_publish_quote")
    host.send()
    host.write(within="/receipts", **{"receipt-amount": "80,25", "receipt-note": "Mercado"})
    host.page.set_input_files("input[name='receipt-file']", RECEIPT)
    host.send("/receipts")
    host.send()
    host.says("Thank you! We have your report.")
    story.site.work()


def _settle(story):
    staff = story.staff
    staff.open(f"/{staff.locale}/desk/funding/reports")
    staff.follow_words(TITLE)
    staff.reads("Nos vemos el martes.")
    staff.send_first("/receipts/")
    staff.send("/settle")
    staff.says("It is settled. Its host gets a letter.")
    story.site.work()
    host = story.host
    host.open(story.site.link(story.site.newest(funding_stage.HOST), "/my/funding/"))
    host.reads("80,25")


def _see_what_was_funded(visitor):
    visitor.open(f"/{visitor.locale}/funding/funded")
    visitor.reads(QUOTE)
    visitor.reads_nothing_of("80", "99", "Marisol")
