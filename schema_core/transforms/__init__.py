"""Coordinates computed: chains of transforms, coordinate systems and atlases as matrices, points and needles.

    placed = placement(injection.coordinates[0], system)      # device -> system, 4 by 4
    apply(placed, (0, 0, 0))                                  # where the tip is, in the system's axes and unit
    needle(injection.coordinates[0], system).tip              # the same, with entry and direction
    apply(to_ras(system), tip)                                # millimetres to the right, to the front and up
    apply(skull_to_atlas(system, AtlasLibrary.CCFv3_10um), tip)

How a chain is read: its steps happen one after the other to a device that lies at the origin. A *global* step is taken
along the fixed axes of the system, a *local* one along those of the device as it lies by then; `pivot` says about
which origin a turn or stretch is made. A rotation turns in the order of `axis_order`. A positive angle turns as the
fingers of the chosen hand curl around the axis, which in a left-handed system is the other way round in its numbers.

Matrices are nested lists that carry columns: point = matrix · (x, y, z, 1). What cannot be computed (pixels, a warp in
a file, axes that point to no side of an animal) raises ValueError, which says why.
"""

from schema_core.transforms.chains import Needle, needle, placement
from schema_core.transforms.points import Matrix, Point, apply, compose, inverse
from schema_core.transforms.systems import (
    BREGMA_IN_CCF,
    between,
    handedness,
    millimetres,
    skull_to_atlas,
    to_ras,
)

__all__ = [
    "BREGMA_IN_CCF",
    "Matrix",
    "Needle",
    "Point",
    "apply",
    "between",
    "compose",
    "handedness",
    "inverse",
    "millimetres",
    "needle",
    "placement",
    "skull_to_atlas",
    "to_ras",
]
