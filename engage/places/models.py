"""Tables of places. A neighbourhood keeps its identity by `code`."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Base, HasId, Json, LocalizedText
from engage.core.text import Localized


class Neighbourhood(HasId, Base):
    """An area of the city; a parent without a shape of its own (a borough) is one too."""

    __tablename__ = "neighbourhoods"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"), index=True)
    geometry: Mapped[dict[str, Any] | None] = mapped_column(Json)  # GeoJSON as imported, WGS 84
    outline: Mapped[str | None]  # SVG path data, thinned, in the city map's own units
    parent: Mapped["Neighbourhood | None"] = relationship(remote_side="Neighbourhood.id")


class Venue(HasId, Base):
    """A public place where meetings are held. Its address is public."""

    __tablename__ = "venues"

    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300))
    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey("neighbourhoods.id"), index=True)
    is_step_free: Mapped[bool] = mapped_column(default=False)
    has_hearing_loop: Mapped[bool] = mapped_column(default=False)
    transport: Mapped[Localized] = mapped_column(LocalizedText, default=lambda: Localized({}, "en"))
    is_active: Mapped[bool] = mapped_column(default=True)
    neighbourhood: Mapped[Neighbourhood] = relationship()
