"""Change how a city's events work."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from engage.core import city, db, ledger, secrets
from engage.core.access import Actor
from engage.core.facts import Fact
from engage.core.refusal import NotFound, Refused, require
from engage.core.text import Localized
from engage.programmes import adapters, facts, policy, queries, rules
from engage.programmes.models import Programme, Theme
from engage.programmes.rules import Problem, Reason

TEXTS_NEEDED = ("name", "summary", "description")
SETTINGS = frozenset({
    *rules.BOUNDS, "who_may_propose", "is_reviewed", "place_kind", "sign_up_mode", "sign",
    "asks_neighbourhood", "asks_first_time", "is_closed",
})
Rows = Sequence[Mapping[str, Any]]
Themes = Sequence[tuple[UUID | None, Localized]]


def install_kit(*, kit: str, by: Actor, now: datetime) -> Programme:
    """Return the city's programme of a kit, made now if there is none. Raises NotAllowed, NotFound."""
    require(policy.may_edit(by))
    return queries.made_from(kit) or _make(kit, by, new_id=uuid4(), is_active=True)


def start_from_kit(*, kit: str, form_key: str, by: Actor, now: datetime) -> Programme:
    """Return one more programme from a kit; nobody sees it until it is opened. The same form again is the same programme.

    Raises NotAllowed, NotFound.
    """
    require(policy.may_edit(by))
    city.change()  # before looking: of two at once, the second waits here for the first
    new_id = secrets.id_of_form(form_key)
    return queries.find(new_id) or _make(kit, by, new_id=new_id, is_active=False)


def _make(kit: str, by: Actor, *, new_id: UUID, is_active: bool) -> Programme:
    columns = dict(adapters.kits().get(kit) or _no_kit())
    themes = columns.pop("themes")
    programme = Programme(**{**columns, "id": new_id, "kit": kit, "slug": _free_slug(columns["slug"]), "is_active": is_active})
    db.session().add(programme)
    db.session().flush()
    for position, name in enumerate(themes):
        db.session().add(Theme(programme_id=programme.id, name=name, position=position))
    db.session().flush()
    city.change()  # every public page names programmes
    ledger.record(facts.ProgrammeMade(programme.id, kit), by=by)
    return programme


def _no_kit() -> dict[str, Any]:
    raise NotFound


def _free_slug(wanted: str) -> str:
    taken = queries.slugs()
    if wanted not in taken:
        return wanted
    return next(slug for number in count(2) if (slug := f"{wanted}-{number}") not in taken)


def change_settings(*, programme_id: UUID, version: int, settings: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Set how a programme's events work. Raises NotAllowed, NotFound, Refused."""
    programme = _editable(programme_id, version, by)
    changed = {name: value for name, value in settings.items() if name in SETTINGS}
    _refuse(rules.settings_problem({**{name: getattr(programme, name) for name in rules.BOUNDS}, **changed}))
    is_closed = changed.get("is_closed", programme.is_closed)
    if is_closed != programme.is_closed:
        coming, ever = queries.meetings(programme_id, now), queries.meetings(programme_id, None)
        _refuse(rules.closing_problem(is_closed=is_closed, coming=coming, ever=ever))
    _save(programme, changed, by)


def change_texts(*, programme_id: UUID, version: int, texts: Mapping[str, Localized], by: Actor, now: datetime) -> None:
    """Set name, summary, description and host guide. Raises NotAllowed, NotFound, Refused."""
    programme = _editable(programme_id, version, by)
    changed = {name: texts[name] for name in adapters.TEXTS if name in texts}
    if not all(changed.get(name, getattr(programme, name)).texts for name in TEXTS_NEEDED):
        raise Refused(Reason.TEXT_MISSING)
    _save(programme, changed, by)


def change_reminders(*, programme_id: UUID, version: int, reminders: Rows, by: Actor, now: datetime) -> None:
    """Set when guests are reminded; seats confirmed from now on go by it. Raises NotAllowed, NotFound, Refused."""
    programme = _editable(programme_id, version, by)
    _refuse(rules.reminders_problem(reminders))
    _save(programme, {"reminders": [dict(rule) for rule in reminders]}, by)


def change_questions(*, programme_id: UUID, version: int, questions: Rows, by: Actor, now: datetime) -> None:
    """Set what those who came are asked. Raises NotAllowed, NotFound, Refused."""
    programme = _editable(programme_id, version, by)
    _refuse(rules.questions_problem(questions))
    _save(programme, {"questions": [dict(question) for question in questions]}, by)


def change_themes(*, programme_id: UUID, version: int, themes: Themes, by: Actor, now: datetime) -> None:
    """Set a programme's priority themes, in order; those left out are offered no more. Raises NotAllowed, NotFound, Refused."""
    require(policy.may_edit_themes(by))
    programme = _unchanged(programme_id, version)
    _write_themes(themes, queries.every_theme(programme_id=programme_id), programme_id=programme_id)
    _save(programme, {}, by, what="themes")


def change_area_themes(*, neighbourhood_id: UUID, seen: int, themes: Themes, by: Actor, now: datetime) -> None:
    """Set a neighbourhood's priority themes, as they were `seen` (their fingerprint). Raises NotAllowed, NotFound, Refused."""
    require(policy.may_edit_themes(by, neighbourhood_id))
    queries.lock_area(neighbourhood_id)
    before = queries.every_theme(neighbourhood_id=neighbourhood_id)
    if rules.fingerprint(before) != seen:
        raise Refused(Reason.CHANGED_MEANWHILE)
    _write_themes(themes, before, neighbourhood_id=neighbourhood_id)
    city.change()  # public pages may name them
    ledger.record(facts.AreaThemesChanged(neighbourhood_id), by=by)


def _write_themes(themes: Themes, before: Sequence[Theme], **of: UUID) -> None:
    """Write themes in order. What is left out keeps its name for what hangs on it, and comes back when it is named again."""
    kept = [(theme_id, name) for theme_id, name in themes if name.texts]
    if len(kept) > rules.MOST_THEMES:
        raise Refused(Reason.TOO_MANY_THEMES, most=rules.MOST_THEMES)
    left = {theme.id: theme for theme in before}
    for position, (theme_id, name) in enumerate(kept):
        theme = left.pop(theme_id, None) if theme_id else None
        theme = theme or Theme(**of)
        theme.name, theme.position, theme.is_retired = name, position, False
        db.session().add(theme)
    for theme in left.values():
        theme.is_retired = True
    db.session().flush()


def open_again(*, programme_id: UUID, by: Actor, now: datetime) -> None:
    """Let events of a programme be proposed and found. Raises NotAllowed, NotFound."""
    _switch(programme_id, by, facts.ProgrammeOpened(programme_id), is_active=True)


def end(*, programme_id: UUID, by: Actor, now: datetime) -> None:
    """Take no more events in a programme; those there are go on. Raises NotAllowed, NotFound."""
    _switch(programme_id, by, facts.ProgrammeEnded(programme_id), is_active=False)


def _switch(programme_id: UUID, by: Actor, fact: Fact, *, is_active: bool) -> None:
    require(policy.may_edit(by))
    programme = queries.locked(programme_id)
    if programme.is_active == is_active:
        return
    programme.is_active = is_active
    programme.version += 1
    city.change()
    ledger.record(fact, by=by)


def _editable(programme_id: UUID, version: int, by: Actor) -> Programme:
    require(policy.may_edit(by))
    return _unchanged(programme_id, version)


def _unchanged(programme_id: UUID, version: int) -> Programme:
    programme = queries.locked(programme_id)
    if programme.version != version:
        raise Refused(Reason.CHANGED_MEANWHILE)
    return programme


def _refuse(problem: Problem | None) -> None:
    if problem:
        raise Refused(problem.reason, **problem.details)


def _save(programme: Programme, changed: Mapping[str, Any], by: Actor, what: str = "") -> None:
    names = [name for name, value in changed.items() if getattr(programme, name) != value]
    if not names and not what:
        return
    for name in names:
        setattr(programme, name, changed[name])
    programme.version += 1
    city.change()  # every public page names programmes
    ledger.record(facts.ProgrammeChanged(programme.id, what or ", ".join(sorted(names))), by=by)
