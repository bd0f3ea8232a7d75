"""Writing minutes, an item at a time; publishing and correcting them; and reading those that are not everybody's."""

from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from engage.concerns import policy
from engage.concerns.actions import minutes as actions
from engage.concerns.forms import meeting as forms
from engage.concerns.models import AgendaItem
from engage.concerns.queries import agendas, reading
from engage.concerns.queries import minutes as queries
from engage.concerns.rules import meeting as rules
from engage.concerns.views.blueprint import bp
from engage.concerns.views.finding import event_for
from engage.concerns.views.papers import minutes_page
from engage.concerns.wording import acting as labels
from engage.core import access, clock
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.pages import attempt, told
from engage.core.refusal import NotFound, Refused, say

ADDRESS = "/<locale>/my/events/<uuid:event_id>/minutes"
Page = tuple[str, int]


@bp.get(ADDRESS)
@access.signed_in()
def minutes(event_id: UUID) -> Page:
    """Show what is written so far, item by item."""
    return _page(event_id)


def _page(event_id: UUID, problem: str = "", status: int = 200, correction: Form | None = None) -> Page:
    event = event_for(policy.may_plan, event_id)
    items = agendas.items(event_id)
    written, versions = queries.written([item.id for item in items]), queries.versions(event_id)
    waits = rules.minutes_refusal(event.starts_at, clock.now())
    page = render_template(
        "concerns/minutes_desk.html", event=event, items=items, written=written, versions=versions, problem=problem,
        actions=queries.actions(event_id), waits=say(Refused(waits)) if waits else "", labels=labels, policy=policy,
        is_readable=bool(versions) and reading.is_readable(event.slug),
        is_changed=bool(versions) and versions[0].content != actions.content(items, written),
        correction=correction or forms.correction_form(formdata=None), today=clock.local(clock.now(), event.zone).date(),
    )
    return page, status


@bp.route(f"{ADDRESS}/<uuid:item_id>", methods=["GET", "POST"])
@access.signed_in()
def write_minutes(event_id: UUID, item_id: UUID) -> Response | Page:
    """Write down what was said and decided about one item; go on to the next, or stay."""
    event = event_for(policy.may_plan, event_id)
    item, row = agendas.item(event_id, item_id), queries.of_item(item_id)
    form = forms.minutes_form(row)
    said, decision = (form.text(name, getattr(row, name) if row else None) for name in ("said", "decision"))
    done, problem, status = attempt(form, lambda: actions.write(
        event_id=event_id, item_id=item_id, version=form.seen(), said=said, decision=decision, by=access.actor(),
        now=clock.now(),
    ))
    if done:
        return told(_("Saved."), ".write_minutes", event_id=event_id, item_id=item_id)
    row = queries.of_item(item_id)
    other = row if row and form.is_submitted() and str(row.version) != form.version.data else None
    form.version.data = str(row.version if row else 0)  # saving once more means: I have compared
    items = agendas.items(event_id)
    page = render_template(
        "concerns/minutes_item.html", event=event, item=item, form=form, problem=problem, other=other,
        following=_after(items, item), number=[each.id for each in items].index(item.id) + 1, count=len(items),
        actions=[action for action in queries.actions(event_id) if action.agenda_item_id == item_id], labels=labels,
        policy=policy, today=clock.local(clock.now(), event.zone).date(),
    )
    return page, status


def _after(items: list[AgendaItem], item: AgendaItem) -> AgendaItem | None:
    ids = [each.id for each in items]
    at = ids.index(item.id) + 1
    return items[at] if at < len(items) else None


@bp.post(f"{ADDRESS}/publish")
@access.signed_in()
def publish_minutes(event_id: UUID) -> Response | Page:
    """Publish the minutes, or a correction of them."""
    event_for(policy.may_publish_minutes, event_id)
    form = forms.correction_form()
    done, problem, status = attempt(form, lambda: actions.publish(
        event_id=event_id, correction=form.text("correction"), by=access.actor(), now=clock.now()
    ))
    if done:
        thanks = _("The minutes are published. What was decided is on each concern's page now.")
        return told(thanks, ".minutes", event_id=event_id)
    return _page(event_id, problem, status, form)


@bp.get(f"{ADDRESS}/version/<int:number>")
@access.signed_in()
def read_minutes(event_id: UUID, number: int) -> str:
    """Show a published version to those who ran the meeting and its officials, whoever else may read it."""
    event_for(policy.may_read_inside, event_id)
    found = reading.minutes(event_id)
    if not 1 <= number <= found.versions[0].number:
        raise NotFound
    return minutes_page(found, number, is_inside=True)
