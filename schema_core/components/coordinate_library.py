"""Coordinate systems and atlases in common use, each made when first asked for, and handed out as a copy."""

from typing import Any, Generic, TypeVar

from schema_core.components.coordinates import Atlas, Axis, CoordinateSystem
from schema_core.registries.atlas import AtlasName
from schema_core.registries.coordinates import AxisName, Direction, Origin
from schema_core.registries.units import SizeUnit
from schema_core.rules.warned import collecting

System = TypeVar("System", bound=CoordinateSystem)


class _Entry(Generic[System]):
    """A class attribute that gives a system of one's own: who renames it changes nobody else's document."""

    def __init__(self, cls: type[System], origin: Origin, axes: str, unit: SizeUnit, **more: Any) -> None:
        self.cls, self.origin, self.axes, self.unit, self.more = cls, origin, axes, unit, more
        self.built: System | None = None
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type) -> System:
        if self.built is None:
            pairs = [pair.split(":") for pair in self.axes.split()]
            axes = [Axis(name=AxisName[axis], direction=Direction[way]) for axis, way in pairs]
            with collecting():  # some of them have a Depth axis, about which nobody who looks here need be warned
                self.built = self.cls(
                    **{"name": self.name, **self.more}, origin=self.origin, axes=axes, axis_unit=self.unit
                )
        return self.built.model_copy(deep=True)


class CoordinateSystemLibrary:
    """Coordinate systems in common use. Names say origin, then where each axis grows to."""

    BREGMA_ARI = _Entry(CoordinateSystem, Origin.BREGMA, "AP:PA ML:LR SI:SI", SizeUnit.MM)
    BREGMA_RAS = _Entry(CoordinateSystem, Origin.BREGMA, "ML:LR AP:PA SI:IS", SizeUnit.MM)
    BREGMA_ARID = _Entry(CoordinateSystem, Origin.BREGMA, "AP:PA ML:LR SI:SI DEPTH:UD", SizeUnit.MM)
    BREGMA_RASD = _Entry(CoordinateSystem, Origin.BREGMA, "ML:LR AP:PA SI:IS DEPTH:UD", SizeUnit.MM)
    ARENA_RBT = _Entry(CoordinateSystem, Origin.ARENA_CENTER, "X:LR Y:FB Z:DU", SizeUnit.CM)
    SIPE_CAMERA_RBF = _Entry(CoordinateSystem, Origin.FRONT_CENTER, "X:LR Y:UD Z:BF", SizeUnit.MM)
    SIPE_MONITOR_RTF = _Entry(CoordinateSystem, Origin.FRONT_CENTER, "X:LR Y:DU Z:BF", SizeUnit.MM)
    SIPE_SPEAKER_LTF = _Entry(CoordinateSystem, Origin.FRONT_CENTER, "X:RL Y:DU Z:FB", SizeUnit.MM)
    MPM_MANIP_RFB = _Entry(CoordinateSystem, Origin.TIP, "X:LR Y:BF Z:UD", SizeUnit.MM)
    PINPOINT_PROBE_RSAB = _Entry(CoordinateSystem, Origin.TIP, "X:LR Y:IS Z:PA DEPTH:UD", SizeUnit.MM)
    SPIM_IJK = _Entry(CoordinateSystem, Origin.ORIGIN, "X:POS Y:POS Z:POS", SizeUnit.PX)
    SPIM_RPI = _Entry(CoordinateSystem, Origin.ORIGIN, "X:LR Y:AP Z:SI", SizeUnit.MM)
    SPIM_LPS = _Entry(CoordinateSystem, Origin.ORIGIN, "X:RL Y:AP Z:IS", SizeUnit.MM)
    MRI_LPS = _Entry(CoordinateSystem, Origin.ORIGIN, "X:RL Y:AP Z:IS", SizeUnit.MM)
    IMAGE_XYZ = _Entry(CoordinateSystem, Origin.ORIGIN, "X:POS Y:POS Z:POS", SizeUnit.PX)


_CCF = {"name": AtlasName.CCF, "version": "3", "resolution_unit": SizeUnit.UM}


class AtlasLibrary:
    """Atlases in common use."""

    CCFv3_10um = _Entry(
        Atlas, Origin.ORIGIN, "AP:AP SI:SI ML:LR", SizeUnit.UM, size=[1320, 800, 1140], resolution=[10] * 3, **_CCF
    )
    CCFv3_25um = _Entry(
        Atlas, Origin.ORIGIN, "AP:AP SI:SI ML:LR", SizeUnit.UM, size=[528, 320, 456], resolution=[25] * 3, **_CCF
    )


def systems() -> dict[str, CoordinateSystem]:
    """The library's coordinate systems by name."""
    return {name: getattr(CoordinateSystemLibrary, name) for name in vars(CoordinateSystemLibrary) if name[0] != "_"}
