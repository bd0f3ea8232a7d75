"""Small shapes to import: squares beside each other, on the ground of Luton."""

import json

WEST, SOUTH, SIDE = -0.45, 51.88, 0.01


def square(column=0, row=0, side=SIDE):
    x, y = WEST + column * SIDE, SOUTH + row * SIDE
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(code="A1", name="Dallow", ring=None, geometry=None, **properties):
    geometry = geometry or {"type": "Polygon", "coordinates": [ring or square()]}
    return {"type": "Feature", "properties": {"code": code, "name": name, **properties}, "geometry": geometry}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def three():
    """Dallow and Biscot in the west, Saints beside them."""
    return collection(
        feature("A1", "Dallow", square(0), parent="West"),
        feature("A2", "Biscot", square(0, 1), parent="West"),
        feature("B1", "Saints", square(1)),
    )
