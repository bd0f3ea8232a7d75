"""Read a city's neighbourhoods from GeoJSON (RFC 7946). A file is taken or refused as a whole.

Every refusal names the feature by its number and says what is wrong with it.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engage.core.refusal import Refused
from engage.core.text import clean, slug
from engage.places import rules
from engage.places.rules import Reason


@dataclass(frozen=True)
class Place:
    """One area of a file; those that are named as a parent only have no shape."""

    code: str
    name: str
    parent: str | None  # a code
    geometry: dict[str, Any] | None


def read(content: bytes) -> list[Place]:
    """Return the areas of a file, parents made from names among them. Raises Refused."""
    features = _features(_json(content))
    places = [_place(number, feature) for number, feature in enumerate(features, 1)]
    _refuse_twice(places)
    return _with_parents(places)


def _json(content: bytes) -> Any:
    if len(content) > rules.LARGEST_FILE:
        raise Refused(Reason.TOO_LARGE, megabytes=rules.LARGEST_FILE // 1024**2)
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError as error:
        raise Refused(Reason.TOO_DEEP) from error
    except ValueError as error:
        raise Refused(Reason.NOT_JSON) from error


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


def _features(document: Any) -> list[Any]:
    features = document.get("features") if isinstance(document, dict) and document.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        raise Refused(Reason.NOT_A_COLLECTION)
    if not features:
        raise Refused(Reason.NO_FEATURES)
    if len(features) > rules.MOST_FEATURES:
        raise Refused(Reason.TOO_MANY_FEATURES, most=rules.MOST_FEATURES)
    return features


def _place(number: int, feature: Any) -> Place:
    if not isinstance(feature, dict) or feature.get("type") != "Feature" or not isinstance(feature.get("properties"), dict):
        raise Refused(Reason.NOT_A_FEATURE, number=number)
    properties: dict[str, Any] = feature["properties"]
    geometry: Any = feature.get("geometry")
    code, name, parent = _code(number, properties), _name(number, properties), _parent(number, properties)
    if problem := rules.shape_problem(geometry):
        raise Refused(problem, number=number)
    return Place(code, name, parent, {"type": geometry["type"], "coordinates": geometry["coordinates"]})


def _code(number: int, properties: dict[str, Any]) -> str:
    value = _written(properties.get("code"))
    code = clean(value) if isinstance(value, str) else ""
    if not code:
        raise Refused(Reason.CODE_MISSING, number=number)
    if not rules.is_code(code):
        raise Refused(Reason.CODE_WRONG, number=number, most=rules.LONGEST_CODE)
    return code


def _name(number: int, properties: dict[str, Any]) -> str:
    value = properties.get("name")
    name = clean(value) if isinstance(value, str) else ""
    if not name:
        raise Refused(Reason.NAME_MISSING, number=number)
    if len(name) > rules.LONGEST_NAME:
        raise Refused(Reason.NAME_TOO_LONG, number=number, most=rules.LONGEST_NAME)
    return name


def _parent(number: int, properties: dict[str, Any]) -> str | None:
    value = _written(properties.get("parent"))
    if value is None:
        return None
    parent = clean(value) if isinstance(value, str) else ""
    if not parent or len(parent) > rules.LONGEST_NAME:
        raise Refused(Reason.PARENT_WRONG, number=number, most=rules.LONGEST_NAME)
    return parent


def _written(value: Any) -> Any:
    """Return a code as text: some files number their areas."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _refuse_twice(places: Iterable[Place]) -> None:
    seen: dict[str, int] = {}
    for number, place in enumerate(places, 1):
        if place.code in seen:
            raise Refused(Reason.CODE_TWICE, number=number, first=seen[place.code], code=place.code)
        seen[place.code] = number


def _with_parents(places: list[Place]) -> list[Place]:
    """Turn parents, which a file gives as a code or a name, into codes; make those that are no feature."""
    codes = {place.code for place in places}
    names = Counter(place.name for place in places)
    by_name = {place.name: place.code for place in places}
    made: dict[str, Place] = {}
    settled: list[Place] = []
    for number, place in enumerate(places, 1):
        parent = place.parent
        if parent is not None and parent not in codes:
            if names[parent] > 1:
                raise Refused(Reason.PARENT_UNCLEAR, number=number, parent=parent)
            parent = by_name.get(parent) or _made(number, parent, codes, made).code
        settled.append(Place(place.code, place.name, parent, place.geometry))
    _refuse_circles(settled)
    return [*made.values(), *settled]


def _made(number: int, name: str, codes: set[str], made: dict[str, Place]) -> Place:
    code = parent_code(name)
    if code in codes:  # a feature has this very code, and is something else
        raise Refused(Reason.PARENT_UNCLEAR, number=number, parent=name)
    return made.setdefault(code, Place(code, name, None, None))


def parent_code(name: str) -> str:
    """Return the code of an area that is known by its name alone: the same for every import."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    code = slug(name, digest)
    return code if len(code) <= rules.LONGEST_CODE else f"{code[: rules.LONGEST_CODE - 9]}-{digest}"


def _refuse_circles(places: list[Place]) -> None:
    if code := rules.first_in_circle({place.code: place.parent for place in places}):
        number = next(number for number, place in enumerate(places, 1) if place.code == code)
        raise Refused(Reason.PARENT_IN_A_CIRCLE, number=number)
