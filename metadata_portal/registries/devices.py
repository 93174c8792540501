"""Device models as fragments of documents, judged by the class of the standard that they fill."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel, ValidationError

from metadata_portal.errors import FormError
from metadata_portal.registries.models import DeviceModel
from schema_core.compiled import compiled
from schema_core.components import devices as components
from schema_core.introspect import Choice, Field, Scalar, Term, describe
from schema_core.registries import vocabulary

CLASSES: Mapping[str, type[BaseModel]] = {
    DeviceModel.Kind.EPHYS_PROBE: components.EphysProbe,
    DeviceModel.Kind.FIBER_PROBE: components.FiberProbe,
    DeviceModel.Kind.CATHETER: components.Catheter,
    DeviceModel.Kind.MYOMATRIX_ARRAY: components.MyomatrixArray,
}

# what differs from device to device, and what has a column of its own
_NOT_SHARED = frozenset({"name", "serial_number", "manufacturer", "model"})


@compiled
def shared_fields(kind: str) -> tuple[Field, ...]:
    """The single values that all devices of one model share."""
    return tuple(
        field
        for field in describe(CLASSES[kind]).fields
        if not field.constant and field.name not in _NOT_SHARED and isinstance(field.shape, Scalar | Choice | Term)
    )


def device_document(name: str) -> dict[str, Any] | None:
    """The fragment that choosing this device model puts into a document; None if there is no such model on offer."""
    found = DeviceModel.objects.offered().filter(name__iexact=name.strip()).first()
    return None if found is None else fragment(found)


def fragment(device: DeviceModel) -> dict[str, Any]:
    """The fields that a device model fills, in the order of the standard."""
    maker = vocabulary("organizations").find(device.manufacturer)
    given = {
        "object_type": device.kind,
        "manufacturer": maker.data if maker else None,
        "model": device.model or device.part_number or None,
        **device.defaults,
    }
    order = [field.name for field in describe(CLASSES[device.kind]).fields]
    return {name: given[name] for name in order if given.get(name) is not None}


def read_defaults(kind: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Typed texts as values of the document; empty ones are left out."""
    fields = {field.name: field for field in shared_fields(kind)}
    return {name: _value(fields[name], text.strip()) for name, text in texts.items() if name in fields and text.strip()}


def check(device: DeviceModel) -> None:
    """Refuse a device model that the standard's class does not take; what a template leaves open is not a fault."""
    if device.manufacturer and vocabulary("organizations").find(device.manufacturer) is None:
        raise FormError(f"{device.manufacturer} is not among the organizations.", field="manufacturer")
    unknown = set(device.defaults) - {field.name for field in shared_fields(device.kind)}
    if unknown:
        raise FormError(f"A {device.kind} has no field {min(unknown)}.", field="defaults")
    for field, message in _faults(device):
        raise FormError(message, field=field)


def _faults(device: DeviceModel) -> Iterator[tuple[str, str]]:
    try:
        CLASSES[device.kind].model_validate({"name": device.name, "notes": "as delivered", **fragment(device)})
    except ValidationError as error:
        for fault in error.errors():
            if fault["type"] != "missing":
                yield str(fault["loc"][0]) if fault["loc"] else "", fault["msg"]


def _value(field: Field, text: str) -> Any:
    """A number where the standard wants one and one was typed, a term as its object, else the text."""
    if isinstance(field.shape, Term):
        entry = vocabulary(field.shape.vocabulary).lookup(text)
        return entry.data if entry else text
    if isinstance(field.shape, Scalar) and field.shape.type in {int, float, Decimal}:
        return _number(text)
    if isinstance(field.shape, Scalar) and field.shape.type is bool:
        return {"true": True, "false": False}.get(text, text)
    return text


def _number(text: str) -> Any:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > 15:  # noqa: PLR2004 - beyond what a float holds exactly
        return text
    return int(number) if number == number.to_integral_value() else float(number)


def shown(value: Any) -> str:
    """The text that a control shows for a value."""
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
