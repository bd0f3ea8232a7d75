"""Feeds and calendars for other programs: Atom, iCalendar, sitemap, health."""
