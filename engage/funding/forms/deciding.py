"""The shape of what reviewers and staff say about applications."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from engage.core.fields import Choice, Choices, Form, LongText, Text, needed, read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import locale
from engage.core.text import Localized
from engage.funding.actions.deciding import Award, Decline
from engage.funding.forms.money import Amount, above_zero
from engage.funding.models import Application, Review
from engage.funding.rules.deciding import DeclineReason
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State
from engage.funding.wording import labels

LONGEST_NOTE = 3000


class ReviewForm(Form):
    """A subclass has points and a comment for each criterion; `asked` pairs criterion with its key."""

    asked: tuple[Mapping[str, Any], ...] = ()
    whole = LongText(_l("In all: what speaks for it, what against?"), longest=LONGEST_NOTE)

    def scores(self) -> dict[str, int]:
        given = {item["key"]: self[f"score_{item['key']}"].data for item in self.asked}
        return {key: int(score) for key, score in given.items() if score}

    def comments(self) -> dict[str, str]:
        return {"": self.whole.data or ""} | {item["key"]: self[f"comment_{item['key']}"].data or "" for item in self.asked}


def review_form(application: Application, review: Review) -> ReviewForm:
    """Return the form of a review, with what was given before."""
    asked = tuple(application.round.criteria)
    fields: dict[str, Any] = {"asked": asked}
    kept: dict[str, Any] = {"whole": review.comments.get("", "")}
    for item in asked:
        key, name = item["key"], Localized.from_json(item["name"]).shown(locale()).text
        points = [(str(score), text) for score, text in labels.SCORES.items()]
        fields |= {
            f"score_{key}": Choice(name, choices=points, validators=[needed(_l("Please choose one."))]),
            f"comment_{key}": Text(_l("Why"), longest=600),
        }
        score = review.scores.get(key)
        kept |= {f"score_{key}": str(score) if score else None, f"comment_{key}": review.comments.get(key, "")}
    made: ReviewForm = type("CriteriaForm", (ReviewForm,), fields)(data=kept)
    return made


class ConflictForm(Form):
    """Why somebody stands back."""

    reason = LongText(_l("Why do you stand back?"), longest=500, validators=[needed(_l("Please write a few words."))])


class ReviewerForm(Form):
    """Whom to ask."""

    person = Choice(_l("Ask somebody to read it"), choices=[], validators=[needed(_l("Please choose one."))])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = dict.fromkeys(
        (Reason.OWN_APPLICATION, Reason.CONFLICT_DECLARED, Reason.NOT_A_REVIEWER, Reason.ALREADY_ASSIGNED), "person"
    )

    def __init__(self, people: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.person.choices = [("", _("Please choose")), *((str(person.id), person.called) for person in people)]

    def chosen(self) -> UUID | None:
        return read_id(self.person.data)


class NoteForm(Form):
    note = LongText(_l("What should change?"), longest=LONGEST_NOTE, validators=[needed(_l("Please write a few words."))])


class AwardForm(Form):
    """How much."""

    amount = Amount(_l("Award"), validators=[needed(), above_zero])
    note = LongText(_l("A note to the host"), longest=LONGEST_NOTE)

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.ABOVE_ASKED: "amount", Reason.OVER_BUDGET: "amount", Reason.LESS_WITHOUT_NOTE: "note",
    }

    def given(self) -> Award:
        return Award(self.amount.data or 0, self.note.data or "")


def award_form(application: Application, **kwargs: Any) -> AwardForm:
    """Return the form of an award, with what was asked for."""
    form = AwardForm(data={"amount": application.asked}, prefix="award", **kwargs)
    form.amount.currency = application.round.currency
    return form


class DeclineForm(Form):
    """Why not."""

    reasons = Choices(_l("Why not this time?"), choices=[(item.value, text) for item, text in labels.DECLINED.items()])
    note = LongText(_l("A note to the host"), longest=LONGEST_NOTE)

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.NO_REASON_GIVEN: "reasons", Reason.LESS_WITHOUT_NOTE: "note",
    }

    def given(self) -> Decline:
        return Decline(tuple(DeclineReason(item) for item in self.reasons.data or ()), self.note.data or "")


def decline_form(**kwargs: Any) -> DeclineForm:
    return DeclineForm(prefix="decline", **kwargs)


class BoardForm(Form):
    """Sort and narrow the board; reads the address bar."""

    sort = Choice(_l("Order"), choices=list(labels.ORDERS.items()), default="number")
    state = Choice(_l("State"), choices=[])
    area = Choice(_l("Neighbourhood"), choices=[])

    class Meta(Form.Meta):
        csrf = False

    def __init__(self, found: Sequence[Application], names: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.state.choices = [("", _("All")), *((item.value, labels.STATES[item]) for item in State if item != State.DRAFT)]
        areas = {application.neighbourhood_id for application in found if application.neighbourhood_id}
        self.area.choices = [("", _("All")), *sorted(((str(item), names[item]) for item in areas), key=lambda pair: pair[1])]

    def fits(self, application: Application) -> bool:
        """Say whether an application is among those asked for."""
        return (not self.state.data or application.state == self.state.data) and (
            not self.area.data or str(application.neighbourhood_id) == self.area.data
        )


class BulkForm(DeclineForm):
    """Several decisions to confirm: an amount for each application, or reasons for all."""

    ids: tuple[UUID, ...] = ()

    def decisions(self, *, is_award: bool) -> dict[UUID, Award | Decline]:
        if is_award:
            return {found: Award(self[f"amount_{found}"].data or 0, self.note.data or "") for found in self.ids}
        return dict.fromkeys(self.ids, self.given())


def bulk_form(found: Sequence[Application], currency: str, *, is_award: bool) -> BulkForm:
    """Return the form that confirms decisions about several applications."""
    fields: dict[str, Any] = {"ids": tuple(application.id for application in found)}
    kept: dict[str, Any] = {}
    for application in found if is_award else ():
        fields[f"amount_{application.id}"] = Amount(_l("Award"), currency=currency, validators=[needed(), above_zero])
        kept[f"amount_{application.id}"] = application.asked
    made: BulkForm = type("ChosenForm", (BulkForm,), fields)(data=kept)
    return made
