"""Writes the packaged tables from published packages; a maintainer runs it as `make registries`.

Run by the Python of an environment that holds these packages, as a file: it imports nothing of ours.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGE = "aind-data-schema-models"
ZONES = "tzdata"
MODULE = "aind_data_schema_models"
DATA = Path(__file__).parent / "data"
GROUPS = ("MouseEmgMuscles", "MouseBodyParts", "GroundWireLocations", "MouseBloodVessels", "InjectionTargets")
STAGES = {
    "human": ("HumanDevelopmentalStage", "HSAPDV"),
    "mouse": ("MouseDevelopmentalStage", "MMUSDV"),
    "drosophila": ("DrosophilaDevelopmentalStage", "FBDV"),
    "celegans": ("CElegansDevelopmentalStage", "WBLS"),
}


def main() -> int:
    """Write every table and say how many rows it has."""
    for package, found in ((PACKAGE, tables()), (ZONES, [("time_zones", time_zones())])):
        source = f"{package} {version(package)}"
        for table, entries in found:
            rows = [{**row, "source": source} for row in entries]
            write(DATA / f"{table}.csv", rows)
            sys.stdout.write(f"{table}: {len(rows)} rows\n")
    return 0


def tables() -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    """Name and rows of each table."""
    for module, holder, table in (
        ("organizations", "Organization", "organizations"),
        ("species", "Species", "species"),
        ("species", "Strain", "strains"),
        ("modalities", "Modality", "modalities"),
        ("harp_types", "HarpDeviceType", "harp_types"),
        ("protocols", "Protocols", "protocols"),
    ):
        yield table, (plain(entry()) for entry in getattr(import_module(f"{MODULE}.{module}"), holder).ALL)
    atlas = import_module(f"{MODULE}.brain_atlas")
    yield "brain_structures", (plain(entry) for entry in constants(atlas.CCFv3) if not isinstance(entry, classmethod))
    yield "brain_structure_parents", brain_structure_parents()
    yield "mouse_anatomy", mouse_anatomy()
    yield "mouse_anatomy_groups", mouse_anatomy_groups()
    for animal, (holder, registry) in STAGES.items():
        names = constants(getattr(import_module(f"{MODULE}.{animal}_developmental_stage"), holder))
        yield f"{animal}_developmental_stages", ({"name": n, "registry": registry} for n in names)


def constants(holder: type) -> Iterator[Any]:
    """Values of a holder's constants, read without its attribute lookup, which asks the network."""
    return (value for name, value in vars(holder).items() if not name.startswith("__"))


def plain(entry: Any) -> dict[str, Any]:
    """Fields of an entry, its authority by short name."""
    fields: dict[str, Any] = entry.model_dump()
    if fields.get("registry") is not None:
        registry = import_module(f"{MODULE}.registries").Registry
        fields["registry"] = registry(fields["registry"]).name
    return fields


def brain_structure_parents() -> Iterator[dict[str, Any]]:
    """Which structure of the brain lies in which, by acronym; the whole brain lies in none."""
    rows = list(shipped("brain_atlas"))
    acronyms = {row["id"]: row["acronym"] for row in rows}
    for row in rows:
        yield {"acronym": row["acronym"], "parent": acronyms.get(row["parent_structure_id"], "")}


def mouse_anatomy() -> Iterator[dict[str, Any]]:
    """Parts of the mouse with the numbers that the package ships beside its code."""
    for row in shipped("mouse_anatomy"):
        registry, identifier = row["registry_identifier"].split("_")
        yield {"name": row["name"], "registry": registry, "registry_identifier": identifier}


def shipped(table: str) -> Iterator[dict[str, str]]:
    """Rows of a table that the package ships beside its code."""
    models = Path(str(import_module(MODULE).__file__)).parent / "_generators" / "models"
    with (models / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def mouse_anatomy_groups() -> Iterator[dict[str, Any]]:
    """Which parts each of the smaller holders offers, and under which constant."""
    module = import_module(f"{MODULE}.mouse_anatomy")
    for group in GROUPS:
        for constant, name in vars(getattr(module, group)).items():
            if not constant.startswith("__"):
                yield {"group": group, "constant": constant, "name": name}


def time_zones() -> Iterator[dict[str, Any]]:
    """Names of time zones, as the published database lists them."""
    listed = (Path(str(import_module(ZONES).__file__)).parent / "zones").read_text(encoding="utf-8")
    return ({"name": name} for name in sorted(listed.split()))


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """One table, the same bytes for the same rows."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    raise SystemExit(main())
