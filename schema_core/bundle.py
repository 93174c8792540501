"""Core files -> metadata.json, manifest, validation report, reproducible zip.

A bundle is a pure function of the stored bytes of its core files, its frame (name, location, other identifiers),
the registry version and this module: no clock, no sets, nothing of the host. Core files are joined as they were
stored, never parsed and written again, so that a later model cannot change what was submitted.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from pydantic_core import to_json

from schema_core.core.metadata import CORE_FILES, REQUIRED_FILE_SETS, Metadata
from schema_core.errors import InvalidDocument, Problem, SchemaError
from schema_core.extension import local_classes
from schema_core.registries import local_status, local_terms, stock_only
from schema_core.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FORMAT: Final = "metadata-bundle/1"
STANDARD: Final = "aind-data-schema"
STANDARD_VERSION: Final = "2.9.2"
METADATA_NAME: Final = "metadata.json"
PEER_METADATA_NAME: Final = "metadata.nd.json"
METADATA_NAMES: Final = (METADATA_NAME, PEER_METADATA_NAME)

# In the order in which the standard writes them inside a metadata document.
CORE_KINDS: Final = tuple(CORE_FILES)
# The earliest moment a zip can name: the same for every entry, whenever it is built.
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE: Final = 0o100644 << 16
_UNIX: Final = 3
_SEVERITIES: Final = ("missing", "error", "warning")


class BrokenBundle(SchemaError):
    """The joined text does not hold the very core files that were pinned."""


@dataclass(frozen=True, slots=True)
class CoreFile:
    """One core file as stored: its exact bytes, and which revision of which record they are."""

    kind: str
    text: bytes
    key: str = ""
    revision: int = 0

    @property
    def filename(self) -> str:
        """Name of the file on disk, as the standard gives it."""
        return f"{self.kind}.json"


class Papers(Protocol):
    """What is kept of a bundle beside its core files, as text."""

    @property
    def frame(self) -> str:
        """The metadata document without its core files."""

    @property
    def manifest(self) -> str:
        """Which bytes of which revisions lie in it."""

    @property
    def report(self) -> str:
        """What was found, as JSON."""

    @property
    def report_text(self) -> str:
        """What was found, for people."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A judged bundle: the texts to keep, and what was found on the way."""

    metadata: bytes
    frame: str
    manifest: str
    report: str
    report_text: str
    problems: tuple[Problem, ...] = ()
    local: tuple[tuple[str, str, str], ...] = ()
    stock_valid: bool = True


def frame_text(name: str, location: str, other_identifiers: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return a metadata document that holds no core file yet: every one of them is null."""
    frame: dict[str, Any] = {
        "object_type": "Metadata",
        "describedBy": Metadata.model_fields["describedBy"].default,
        "schema_version": Metadata.model_fields["schema_version"].default,
        "name": name,
        "location": location,
        "other_identifiers": other_identifiers,
    }
    frame |= dict.fromkeys(CORE_KINDS)
    return to_json(frame).decode()


def splice(frame: str, core_files: Iterable[CoreFile]) -> bytes:
    """Return the metadata document: the frame with each core file's stored bytes in its place."""
    texts: dict[str, bytes] = {}
    for core_file in core_files:
        if core_file.kind in texts or core_file.kind not in CORE_KINDS:
            raise BrokenBundle(f"{core_file.kind!r} is no core file, or is given twice; have one each of {CORE_KINDS}")
        texts[core_file.kind] = core_file.text.strip()
    members = (to_json(key) + b":" + texts.get(key, to_json(value)) for key, value in json.loads(frame).items())
    return b"{" + b",".join(members) + b"}"


def judge(frame: str, core_files: Sequence[CoreFile]) -> tuple[bytes, list[Problem]]:
    """Return the metadata document and all that is wrong with it, read back from the very bytes to be handed out."""
    metadata = splice(frame, core_files)
    document = read_exact(metadata)
    for core_file in core_files:
        if document[core_file.kind] != read_exact(core_file.text):
            raise BrokenBundle(f"{core_file.filename} does not read the same inside the metadata document")
    problems = validate(metadata, "metadata")
    return metadata, sorted(dict.fromkeys(problems), key=_reading_order)


def seal(frame: str, core_files: Sequence[CoreFile], *, registry_version: str) -> Sealed:
    """Join, judge and describe the core files of one asset; raises InvalidDocument when the standard refuses them."""
    core_files = sorted(core_files, key=lambda core_file: CORE_KINDS.index(core_file.kind))
    metadata, problems = judge(frame, core_files)
    if any(problem.severity != "warning" for problem in problems):
        raise InvalidDocument(problems)
    local = tuple(local_names(core_files))
    own = local_classes(read_exact(metadata), Metadata)
    refused = sorted({*stock_refusals(metadata), *(path for path, _ in own)})
    stock = {
        "registry_version": registry_version,
        "stock_valid": not local and not refused,
        "local_terms": local_json(local),
        "local_classes": [{"path": path, "object_type": tag} for path, tag in own],
        "stock_refuses": refused,
    }
    report = _report(frame, core_files, problems, stock)
    files = {
        METADATA_NAME: metadata,
        **{core_file.filename: core_file.text for core_file in core_files},
        "report.json": pretty(report).encode(),
        "report.txt": _readable(report).encode(),
    }
    manifest = _manifest(frame, core_files, files, stock)
    return Sealed(
        metadata=metadata,
        frame=frame,
        manifest=pretty(manifest),
        report=pretty(report),
        report_text=_readable(report),
        problems=tuple(problems),
        local=local,
        stock_valid=bool(stock["stock_valid"]),
    )


def stock_refusals(metadata: bytes) -> list[str]:
    """Return the paths of what the packaged vocabularies lack in a metadata document."""
    with stock_only():
        problems = validate(metadata, "metadata")
    return sorted({problem.path for problem in problems if problem.severity != "warning"})


def unpacked(papers: Papers, core_files: Iterable[CoreFile], metadata_name: str = METADATA_NAME) -> dict[str, bytes]:
    """Return every file of a bundle by its name, in the order they lie in the zip."""
    if metadata_name not in METADATA_NAMES:
        raise BrokenBundle(f"{metadata_name!r} is no name for a metadata document; take one of {METADATA_NAMES}")
    core_files = sorted(core_files, key=lambda core_file: CORE_KINDS.index(core_file.kind))
    return {
        metadata_name: splice(papers.frame, core_files),
        **{core_file.filename: core_file.text for core_file in core_files},
        "manifest.json": _renamed(papers.manifest, metadata_name).encode(),
        "report.json": papers.report.encode(),
        "report.txt": papers.report_text.encode(),
    }


def zip_bytes(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return a zip that unpacks to `folder/`; the same files give the same bytes on every machine and day."""
    buffer = io.BytesIO()
    # Stored, not deflated: the output of zlib differs between its versions.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", _ZIP_EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, content)
    return buffer.getvalue()


def sha256(content: bytes) -> str:
    """Return the hexadecimal sha256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def pretty(value: Any) -> str:
    """Return JSON for people: two blanks, keys in the order given, a newline at the end."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_exact(text: bytes) -> Any:
    """Read JSON that says each thing once: no duplicate keys, no NaN or Infinity."""
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)


def expected_kinds(present: Iterable[str]) -> tuple[str, ...]:
    """Return the core files that the standard expects of an asset, those present included, in its order."""
    given = set(present)
    # An asset with nothing yet is taken for raw data of a subject: what a surgeon makes first.
    anchors = [kind for kind in REQUIRED_FILE_SETS if kind in given] or ["subject"]
    wanted = given.union(anchors, *(REQUIRED_FILE_SETS[kind] for kind in anchors))
    return tuple(kind for kind in CORE_KINDS if kind in wanted)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BrokenBundle("A key is given twice in one object")
    return found


def _refuse_constant(word: str) -> Any:
    raise BrokenBundle(f"{word} is no JSON number")


def _reading_order(problem: Problem) -> tuple[int, str, str, str]:
    return (_SEVERITIES.index(problem.severity), problem.path, problem.code, problem.message)


def local_names(core_files: Iterable[CoreFile]) -> Iterator[tuple[str, str, str]]:
    """Yield path, vocabulary and name of each term that the stock vocabularies lack."""
    for core_file in core_files:
        for path, vocabulary, name in local_terms(read_exact(core_file.text)):
            yield (f"{core_file.kind}.{path}", vocabulary, name)


def local_json(local: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Return such terms as manifest and report name them, with what the site says of each: local, proposed, retired."""
    return [
        {"path": path, "vocabulary": vocabulary, "name": name, "status": local_status(vocabulary, name)}
        for path, vocabulary, name in local
    ]


def _report(
    frame: str,
    core_files: Sequence[CoreFile],
    problems: Sequence[Problem],
    stock: Mapping[str, Any],
) -> dict[str, Any]:
    """What was checked, against what, and what was found."""
    present = [core_file.kind for core_file in core_files]
    return {
        "asset": json.loads(frame)["name"],
        "verdict": "valid",
        "checked": "each core file by its own class, then the whole",
        "standard": STANDARD,
        "standard_version": STANDARD_VERSION,
        **stock,
        "files": [
            {
                "kind": kind,
                "state": "valid" if kind in present else "absent",
                "warnings": sum(problem.path.split(".")[0] == kind for problem in problems),
            }
            for kind in expected_kinds(present)
        ],
        "problems": [problem.as_json() for problem in problems],
    }


def _readable(report: Mapping[str, Any]) -> str:
    """The report as plain text."""
    lines = [
        f"Validation report of {report['asset']}",
        "",
        f"Verdict: {report['verdict']} ({report['checked']})",
        f"Standard: {report['standard']} {report['standard_version']}; registries {report['registry_version']}",
    ]
    if report["stock_valid"]:
        lines.append(f"Stock {report['standard']} {report['standard_version']} has every term that is used.")
    else:
        lines.append(f"Stock {report['standard']} {report['standard_version']} lacks what this lab added:")
        lines += [
            f"  {term['path']}  {term['name']} ({term['vocabulary']}, {term['status']})"
            for term in report["local_terms"]
        ]
        lines += [f"  {node['path']}  {node['object_type']} (class)" for node in report["local_classes"]]
        lines.append("It refuses the document at")
        lines += [f"  {path}" for path in report["stock_refuses"]]
    lines += ["", "Files"]
    lines += [f"  {entry['kind']}: {entry['state']}" for entry in report["files"]]
    lines += ["", "Warnings" if report["problems"] else "No warnings."]
    lines += [f"  {problem['path'] or '(whole)'}  {problem['message']}" for problem in report["problems"]]
    return "\n".join(lines) + "\n"


def _manifest(
    frame: str,
    core_files: Sequence[CoreFile],
    files: Mapping[str, bytes],
    stock: Mapping[str, Any],
) -> dict[str, Any]:
    """Which bytes of which revisions lie in the bundle."""
    head = json.loads(frame)
    details: dict[str, dict[str, Any]] = {METADATA_NAME: {"kind": "metadata", "schema_version": head["schema_version"]}}
    for core_file in core_files:
        details[core_file.filename] = {
            "kind": core_file.kind,
            "schema_version": json.loads(core_file.text).get("schema_version"),
            "key": core_file.key,
            "revision": core_file.revision,
        }
    return {
        "format": FORMAT,
        "name": head["name"],
        "location": head["location"],
        "standard": STANDARD,
        "standard_version": STANDARD_VERSION,
        **stock,
        "files": [
            {"path": name, "sha256": sha256(content), "size": len(content), **details.get(name, {"kind": "report"})}
            for name, content in files.items()
        ],
    }


def _renamed(manifest: str, metadata_name: str) -> str:
    if metadata_name == METADATA_NAME:
        return manifest
    document = json.loads(manifest)
    for entry in document["files"]:
        if entry["path"] == METADATA_NAME:
            entry["path"] = metadata_name
    return pretty(document)
