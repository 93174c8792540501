"""What each model class may hold, compiled once into plain descriptions that a form engine can read.

``describe(Model)`` gives a ``Struct``; its fields are worked out on first use and kept, so importing costs nothing and
self-nested models end. Nothing here looks at a document except ``choose``, ``places`` and ``shape_at``, which pick the
branch that a document has chosen.
"""

from schema_core.introspect.places import Place, choose, places, shape_at
from schema_core.introspect.shapes import (
    CONSTANTS,
    MISSING,
    Alternative,
    Anything,
    Choice,
    Field,
    Free,
    List,
    Map,
    Missing,
    Reference,
    Scalar,
    Shape,
    Struct,
    Term,
    Union,
    describe,
    humanize,
)

__all__ = [
    "CONSTANTS",
    "MISSING",
    "Alternative",
    "Anything",
    "Choice",
    "Field",
    "Free",
    "List",
    "Map",
    "Missing",
    "Place",
    "Reference",
    "Scalar",
    "Shape",
    "Struct",
    "Term",
    "Union",
    "choose",
    "describe",
    "humanize",
    "places",
    "shape_at",
]
