"""People who don't use the site, in the cities of these tests: papers to open, and in the wide city a form of each kind."""

from engage.messages.rules import Channel
from tests import factories as make

# What stands for parameters of these screens where others of the same name stand for something else.
ROWS = {("front_desk.sheets", "what"): "poster"}


def more(base, area):
    """A meeting of a series with somebody who has only a telephone, and a referral."""
    town_hall = make.event("One of several", area=area, series_id=make.series().id)
    make.event_person(town_hall, base.people["host"])
    make.registration(town_hall, to=make.address("+44 1582 400123", Channel.PHONE), called="Edna")
    make.referral(town_hall)
