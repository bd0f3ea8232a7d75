"""The letter that asks whether a ranking is its reader's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from engage.concerns.policy import RANKING
from engage.concerns.queries import consulting as queries
from engage.concerns.rules.consulting import ConsultationState
from engage.core import pages
from engage.core.text import Localized
from engage.messages.letters import Letter, LetterKind, spoken


def ranking(facts: Mapping[str, Any], _now: datetime) -> Letter | None:
    """Ask whoever reads an address' letters whether they ranked these themes; None once it doesn't matter any more."""
    row = queries.ranking(UUID(facts["ranking_id"]))
    if row is None or not row.asked_ids:
        return None
    consultation = queries.one(row.consultation_id)
    if consultation.state != ConsultationState.RANKING:
        return None
    locale = spoken(row.locale)
    names = {str(theme.id): theme.name for theme in queries.themes(consultation)}
    context = {
        "title": consultation.title, "chosen": [names[theme] for theme in row.asked_ids if theme in names],
        "url": pages.link(RANKING, row.id, row.revocation, locale),
    }
    return Letter(locale, "concerns/mail/ranking", context)


def _sample(locale: str) -> Letter:
    title = {"en": "What matters most here?", "fr": "Qu’est-ce qui compte le plus ici ?", "es": "¿Qué importa más aquí?",
             "ar": "ما الأهم هنا؟"}
    themes = (
        {"en": "Environment", "fr": "Environnement", "es": "Medio ambiente", "ar": "البيئة"},
        {"en": "Crime", "fr": "Délinquance", "es": "Delincuencia", "ar": "الجريمة"},
    )
    context = {"title": Localized(title, "en"), "chosen": [Localized(theme, "en") for theme in themes], "url": "https://example.org/"}
    return Letter(locale, "concerns/mail/ranking", context)


LETTERS: dict[str, LetterKind] = {"concerns.ranking": LetterKind(ranking, None, _sample)}
