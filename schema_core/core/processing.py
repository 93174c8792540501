"""What was done with the data after they were acquired."""

import enum
import re
from collections.abc import Iterator
from operator import attrgetter
from typing import Annotated, Any, Literal

from pydantic import Field

from schema_core import paths
from schema_core.base import AwareDatetimeWithDefault, DataCoreModel, DataModel, GenericModel, described_by
from schema_core.components.identifiers import Code, DataAsset  # noqa: F401 - labs import both from here
from schema_core.components.wrappers import AssetPath
from schema_core.registries.process_names import ProcessName
from schema_core.registries.units import MemoryUnit, UnitlessUnit
from schema_core.rules.findings import Finding
from schema_core.rules.registration import fills, rule
from schema_core.rules.spans import span
from schema_core.rules.times import TimeValidation
from schema_core.rules.warned import reordered, warn
from schema_core.utils.merge import merge_notes, merge_optional_list, merge_process_graph

REORDERED = "Processes were reordered by start_date_time"
"""What the standard notes on a record whose processes it sorted."""


class ProcessStage(str, enum.Enum):
    """How far from the raw data a step is."""

    PROCESSING = "Processing"
    ANALYSIS = "Analysis"


class ResourceTimestamped(DataModel):
    """How much of a resource was in use at one moment."""

    timestamp: AwareDatetimeWithDefault = Field(title="Time", description="When it was measured")
    usage: float = Field(description="How much was in use, in the usage unit")


class ResourceUsage(DataModel):
    """The computer that a step ran on, and how much of it was used."""

    os: str = Field(title="Operating system", description="Name and version of the operating system")
    architecture: str = Field(description="Architecture of the processor, for example x86_64")
    cpu: str | None = Field(default=None, title="CPU", description="Model of the processor")
    cpu_cores: int | None = Field(default=None, title="CPU cores", description="How many cores were available")
    gpu: str | None = Field(default=None, title="GPU", description="Model of the graphics processor")
    system_memory: float | None = Field(default=None, title="Storage", description="Storage of the machine")
    system_memory_unit: MemoryUnit | None = Field(default=None, title="Unit of storage")
    ram: float | None = Field(default=None, title="RAM", description="Working memory of the machine")
    ram_unit: MemoryUnit | None = Field(default=None, title="Unit of RAM")
    cpu_usage: list[ResourceTimestamped] | None = Field(
        default=None, title="CPU usage", description="Use of the processor over time"
    )
    gpu_usage: list[ResourceTimestamped] | None = Field(
        default=None, title="GPU usage", description="Use of the graphics processor over time"
    )
    ram_usage: list[ResourceTimestamped] | None = Field(
        default=None, title="RAM usage", description="Use of the working memory over time; needs the unit of RAM"
    )
    usage_unit: str = Field(default=UnitlessUnit.PERCENT, description="Unit of the three usages")


class DataProcess(DataModel):
    """One step of processing."""

    process_type: ProcessName = Field(title="Type", description="What was done; for Other or Analysis say more below")
    name: str = Field(default="", description="Name of the step, unique in this record; the type when left empty")
    stage: ProcessStage = Field(description="Processing of the data, or analysis of what came out")
    code: Code = Field(description="The code that was run")
    experimenters: list[str] = Field(description="Who ran it")
    pipeline_name: str | None = Field(
        default=None, title="Pipeline", description="Name of the pipeline it ran in, one of those of the record"
    )
    start_date_time: Annotated[AwareDatetimeWithDefault, TimeValidation.AFTER] = Field(
        title="Start", description="When it began, with offset"
    )
    end_date_time: Annotated[AwareDatetimeWithDefault, TimeValidation.AFTER] | None = Field(
        default=None, title="End", description="When it ended, with offset"
    )
    output_path: AssetPath | None = Field(
        default=None, title="Output", description="Where its output lies, relative to the folder of the metadata"
    )
    output_parameters: GenericModel | None = Field(
        default=None, description="Numbers and words that came out of it, as names and values"
    )
    notes: str | None = Field(default=None, description="Anything else that others should know")
    resources: ResourceUsage | None = Field(default=None, description="The computer it ran on")


span(DataProcess, "start_date_time", "end_date_time")


_VAGUE = frozenset({ProcessName.OTHER.value, ProcessName.ANALYSIS.value})


@rule(DataProcess, reads=("process_type", "name", "notes"), code="process-undescribed")
def vague_process_is_described(node: DataProcess) -> Finding | None:
    """A type that says little is explained by name or notes."""
    if node.process_type in _VAGUE and not (node.notes or node.name):
        kind = getattr(node.process_type, "value", node.process_type)
        return Finding(
            f"{kind} does not tell what was done: give a name, or describe it in notes",
            at="name",
            also=("notes", "process_type"),
        )
    return None


@fills(DataProcess)
def name_of_process(node: DataProcess) -> None:
    """A step without a name is called by its type."""
    if not node.name:
        node.name = node.process_type


class Processing(DataCoreModel):
    """Every step that led from raw data to these."""

    describedBy: str = described_by("core/processing.py")  # noqa: N815 - the standard's name
    schema_version: Literal["2.3.3"] = Field(default="2.3.3", title="Version")
    data_processes: list[DataProcess] = Field(title="Steps", description="The steps, in order of their start")
    pipelines: list[Code] | None = Field(
        default=None, description="Pipelines that steps ran in; each needs a name that the steps refer to"
    )
    notes: str | None = Field(default=None, description="Anything else that others should know")
    dependency_graph: dict[str, list[str]] | None = Field(
        default=None,
        title="Dependencies",
        description="For each step by name, the names of the steps whose output it used; empty for the first ones",
    )

    @property
    def process_names(self) -> list[str]:
        """Names of the steps, in order."""
        return [process.name for process in self.data_processes]

    def rename_process(self, old_name: str, new_name: str) -> None:
        """Rename the first step of that name, here and in the graph; ValueError where there is none."""
        process = next((process for process in self.data_processes if process.name == old_name), None)
        if process is None:
            raise ValueError(f"No process is called {old_name!r}: there are {', '.join(self.process_names) or 'none'}")
        process.name = new_name
        if self.dependency_graph:
            self.dependency_graph[new_name] = self.dependency_graph.pop(old_name)
            for sources in self.dependency_graph.values():
                if old_name in sources:
                    sources[sources.index(old_name)] = new_name

    @classmethod
    def create_with_sequential_process_graph(cls, data_processes: list[DataProcess], **kwargs: Any) -> "Processing":
        """A record in which each step used the output of the one before."""
        names = [process.name for process in data_processes]
        graph = {name: names[place - 1 : place] if place else [] for place, name in enumerate(names)}
        return cls(dependency_graph=graph, data_processes=data_processes, **kwargs)

    def __add__(self, other: "Processing") -> "Processing":
        """Both records as one, the other's first step fed by this one's last; names that repeat get a number.

        ValueError where the versions differ.
        """
        if self.schema_version != other.schema_version:
            raise ValueError(f"Schema versions differ: {self.schema_version} and {other.schema_version}")
        first, second = self.model_copy(deep=True), other.model_copy(deep=True)
        _number_repeated(first, second)
        graph = merge_process_graph(
            first.dependency_graph, second.dependency_graph, first.data_processes, second.data_processes
        )
        if graph and first.data_processes and second.data_processes:
            graph[second.data_processes[0].name] = [first.data_processes[-1].name]
        return Processing(
            pipelines=merge_optional_list(first.pipelines, second.pipelines),
            data_processes=first.data_processes + second.data_processes,
            dependency_graph=graph,
            notes=merge_notes(first.notes, second.notes),
        )


def _number_repeated(first: Processing, second: Processing) -> None:
    """Rename the steps of the second record whose names the first one uses."""
    taken = {*first.process_names, *second.process_names}
    for name in sorted({*first.process_names} & {*second.process_names}):
        base, number = re.sub(r"_\d+$", "", name), 1
        while f"{base}_{number}" in taken:
            number += 1
        new_name = f"{base}_{number}"
        warn(
            f"Both records have a process {name!r}: that of the second is now called {new_name!r}",
            code="process-renamed",
            about=second,
        )
        second.rename_process(name, new_name)
        taken.add(new_name)


@rule(Processing, reads=("data_processes", "dependency_graph"), code="process-graph")
def graph_names_every_process(node: Processing) -> Iterator[Finding]:
    """The graph, where there is one, has exactly the steps of the record."""
    if node.dependency_graph is None:
        return
    first: dict[str, int] = {}
    for index, name in enumerate(node.process_names):
        at, known = f"data_processes.{index}.name", first.setdefault(name, index)
        if known != index:
            yield Finding(
                f"Another process is called {name!r} too: give each its own name, or the graph cannot tell them apart",
                at=at,
                also=(f"data_processes.{known}.name",),
            )
        elif name not in node.dependency_graph:
            yield Finding(
                f"The process {name!r} is not in the dependency graph: add it, with the processes whose output it used",
                at="dependency_graph",
                also=(at,),
            )
    for name in node.dependency_graph:
        if name not in first:
            yield Finding(
                f"The dependency graph has {name!r}, but no process is called that: correct the name, or remove it",
                at=paths.join(("dependency_graph", name)),
                also=("data_processes",),
            )


@rule(Processing, reads=("data_processes", "pipelines"), code="pipeline-unknown")
def pipelines_are_listed(node: Processing) -> Iterator[Finding]:
    """A pipeline that a step names is one of the record's."""
    known = {pipeline.name for pipeline in node.pipelines or ()}
    for index, process in enumerate(node.data_processes):
        if process.pipeline_name and process.pipeline_name not in known:
            said = ", ".join(repr(name) for name in sorted(filter(None, known))) or "none with a name"
            yield Finding(
                f"No pipeline is called {process.pipeline_name!r}: the record lists {said}",
                at=f"data_processes.{index}.pipeline_name",
                also=("pipelines",),
            )


_begun = attrgetter("start_date_time")


@fills(Processing)
def order_of_processes(node: Processing) -> None:
    """Steps stand in order of their start; where they did not, the notes say so."""
    ordered = sorted(node.data_processes, key=_begun)
    if list(map(id, ordered)) != list(map(id, node.data_processes)):
        reordered(node.data_processes, node.data_processes[:])
        node.data_processes[:] = ordered
        node.notes = f"{node.notes}; {REORDERED}" if node.notes else REORDERED
