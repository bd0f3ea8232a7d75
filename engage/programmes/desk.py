"""Staff's and hosts' screens of programmes."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from engage.core import access, clock, refusal
from engage.core.access import Role
from engage.core.city import city
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.i18n import locale
from engage.core.pages import attempt, told
from engage.places import queries as places
from engage.programmes import actions, adapters, forms, policy, queries, rules, wording
from engage.programmes.forms import KitForm, SettingsForm, Versioned
from engage.programmes.models import Programme, Theme

bp = Blueprint("programmes_desk", __name__, template_folder="templates")

STAFF = (Role.STAFF, Role.ADMINISTRATOR)
Page = tuple[str, int]


@bp.get("/<locale>/desk/programmes")
@access.signed_in(*STAFF)
def index() -> str:
    """Show every programme, how it is set, and what it lacks in which language."""
    programmes, themes = queries.every(), queries.themes_by_programme()
    missing = {programme.id: missing_texts(programme, themes.get(programme.id, ())) for programme in programmes}
    context = {"programmes": programmes, "missing": missing, "kit_form": _kit_form(), "wording": wording, "policy": policy}
    return render_template("programmes/index.html", **context)


def missing_texts(programme: Programme, themes: Sequence[Theme]) -> dict[str, list[str]]:
    """Return what is not written yet, by language, for those languages that lack something."""
    lacking: dict[str, list[str]] = {}
    for code in city().locales:
        names = [str(label) for name, label in wording.TEXTS.items() if not getattr(programme, name).texts.get(code)]
        names += [_("Feedback questions")] if any(not _is_whole(question, code) for question in programme.questions) else []
        names += [_("Themes")] if any(not theme.name.texts.get(code) for theme in themes) else []
        lacking |= {code: names} if names else {}
    return lacking


def _is_whole(question: dict[str, Any], code: str) -> bool:
    texts = [question["text"], *(option["text"] for option in question.get("options", ()))]
    return all(text["texts"].get(code) for text in texts)


def _kit_form() -> KitForm:
    form = KitForm()
    form.kit.choices = [(name, kit["name"].shown(locale()).text) for name, kit in adapters.kits().items()]
    return form


@bp.post("/<locale>/desk/programmes")
@access.signed_in(Role.ADMINISTRATOR)
def start() -> Response:
    """Begin one more programme from a kit."""
    form, made = _kit_form(), list[UUID]()
    done, problem = _press(form, lambda: made.append(
        actions.start_from_kit(
            kit=form.kit.data, form_key=form.form_key.data or "", by=access.actor(), now=clock.now()
        ).id
    ))
    if not done:
        return told(problem, ".index")
    return told(_("It is there, and nobody sees it yet. Give it its own name, then open it."), ".texts", programme_id=made[0])


@bp.route("/<locale>/desk/programmes/<uuid:programme_id>/settings", methods=["GET", "POST"])
@access.signed_in(Role.ADMINISTRATOR)
def settings(programme_id: UUID) -> Response | Page:
    """Change how a programme's events work."""
    form = SettingsForm(obj=_open(programme_id))
    return _edit(form, programme_id, "settings", lambda: actions.change_settings(
        programme_id=programme_id, version=form.seen(), settings=form.given(), by=access.actor(), now=clock.now()
    ), bounds=rules.BOUNDS)


@bp.route("/<locale>/desk/programmes/<uuid:programme_id>/texts", methods=["GET", "POST"])
@access.signed_in(Role.ADMINISTRATOR)
def texts(programme_id: UUID) -> Response | Page:
    """Change a programme's texts, all languages side by side."""
    programme = _open(programme_id)
    form = forms.texts_form(programme)
    lacking = missing_texts(programme, queries.themes(programme_id))
    return _edit(form, programme_id, "texts", lambda: actions.change_texts(
        programme_id=programme_id, version=form.seen(), texts=form.given(programme), by=access.actor(), now=clock.now()
    ), missing=lacking)


@bp.route("/<locale>/desk/programmes/<uuid:programme_id>/reminders", methods=["GET", "POST"])
@access.signed_in(Role.ADMINISTRATOR)
def reminders(programme_id: UUID) -> Response | Page:
    """Change when guests are reminded."""
    programme = _open(programme_id)
    form = forms.reminders_form(programme)
    return _edit(form, programme_id, "reminders", lambda: actions.change_reminders(
        programme_id=programme_id, version=form.seen(), reminders=form.given(programme.reminders),
        by=access.actor(), now=clock.now(),
    ))


@bp.route("/<locale>/desk/programmes/<uuid:programme_id>/questions", methods=["GET", "POST"])
@access.signed_in(Role.ADMINISTRATOR)
def questions(programme_id: UUID) -> Response | Page:
    """Change what those who came are asked."""
    programme = _open(programme_id)
    form = forms.questions_form(programme)
    return _edit(form, programme_id, "questions", lambda: actions.change_questions(
        programme_id=programme_id, version=form.seen(), questions=form.given(programme.questions),
        by=access.actor(), now=clock.now(),
    ))


@bp.route("/<locale>/desk/programmes/<uuid:programme_id>/themes", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def themes(programme_id: UUID) -> Response | Page:
    """Change what a programme's meetings are to be about."""
    refusal.require(policy.may_edit_themes(access.actor()))
    form = forms.themes_form(queries.every_theme(programme_id=programme_id), queries.programme(programme_id).version)
    return _edit(form, programme_id, "themes", lambda: actions.change_themes(
        programme_id=programme_id, version=form.seen(), themes=form.given(), by=access.actor(), now=clock.now()
    ))


@bp.get("/<locale>/desk/themes")
@access.signed_in(*STAFF)
def area_themes_index() -> str:
    """Show the neighbourhoods this reader works for, each with what matters most there."""
    mine = access.actor().areas(*STAFF)
    areas = [area for area in places.all_neighbourhoods() if mine is None or area.id in mine]
    return render_template("programmes/area_themes_index.html", areas=areas, themes=queries.themes_by_area())


@bp.route("/<locale>/desk/themes/<uuid:neighbourhood_id>", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def area_themes(neighbourhood_id: UUID) -> Response | Page:
    """Change what matters most in a neighbourhood."""
    area = places.area(neighbourhood_id)
    if not policy.may_edit_themes(access.actor(), area.id):
        raise refusal.NotFound
    before = queries.every_theme(neighbourhood_id=area.id)
    form = forms.themes_form(before, rules.fingerprint(before))
    done, problem, status = attempt(form, lambda: actions.change_area_themes(
        neighbourhood_id=area.id, seen=form.seen(), themes=form.given(), by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Saved."), ".area_themes", neighbourhood_id=area.id)
    form.version.data = str(rules.fingerprint(queries.every_theme(neighbourhood_id=area.id)))
    return render_template("programmes/area_themes.html", area=area, form=form, problem=problem), status


@bp.post("/<locale>/desk/programmes/<uuid:programme_id>/open")
@access.signed_in(Role.ADMINISTRATOR)
def open_again(programme_id: UUID) -> Response:
    """Let events of a programme be proposed and found."""
    done, problem = _press(Form(), lambda: actions.open_again(programme_id=programme_id, by=access.actor(), now=clock.now()))
    return told(_("Everybody can see it now.") if done else problem, ".index")


@bp.post("/<locale>/desk/programmes/<uuid:programme_id>/end")
@access.signed_in(Role.ADMINISTRATOR)
def end(programme_id: UUID) -> Response:
    """Take no more events in a programme."""
    done, problem = _press(Form(), lambda: actions.end(programme_id=programme_id, by=access.actor(), now=clock.now()))
    return told(_("No new meetings of this kind. Those there are go on.") if done else problem, ".index")


def _open(programme_id: UUID) -> Programme:
    """Return a programme for whoever may change it. Raises NotAllowed, NotFound."""
    refusal.require(policy.may_edit(access.actor()))
    return queries.programme(programme_id)


def _edit(form: Versioned, programme_id: UUID, page: str, act: Callable[[], object], **context: Any) -> Response | Page:
    """Save what was sent, or show the page: as kept, or as it was sent with what is wrong."""
    done, problem, status = attempt(form, act)
    if done:
        return told(_("Saved."), f".{page}", programme_id=programme_id)
    programme = queries.programme(programme_id)
    form.version.data = str(programme.version)  # saving once more means: I have compared
    known = {"programme": programme, "form": form, "problem": problem, "page": page, "wording": wording}
    return render_template(f"programmes/{page}.html", **known, **context), status


def _press(form: Form, act: Callable[[], object]) -> tuple[bool, str]:
    """Do what a button says: whether it was done, and why not."""
    done, problem, _status = attempt(form, act)
    expired = _("This page was open for a long time. Nothing is lost: please check it and send it once more.")
    return done, problem or expired
