"""Tables of places. A neighbourhood keeps its identity by `code`."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Base, HasId, Json, LocalizedText
from engage.core.text import Localized


class Neighbourhood(HasId, Base):
    """An area of the city; a parent without a shape of its own (a borough) is one too.

    What is only drawn or measured is deferred: a page that names a place does not load its shape.
    """

    __tablename__ = "neighbourhoods"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"), index=True)
    geometry: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)  # GeoJSON as imported, WGS 84
    outline: Mapped[str | None] = mapped_column(deferred=True)  # SVG path data, thinned, in the city map's own units
    label_x: Mapped[int | None] = mapped_column(deferred=True)  # where its number stands on the map
    label_y: Mapped[int | None] = mapped_column(deferred=True)
    label_room: Mapped[int | None] = mapped_column(deferred=True)  # from there to the nearest edge
    right: Mapped[int | None] = mapped_column(deferred=True)  # how far the outline reaches
    bottom: Mapped[int | None] = mapped_column(deferred=True)
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
