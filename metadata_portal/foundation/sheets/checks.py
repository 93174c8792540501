"""What is refused before a file is read: too large, packed to burst, with macros, links or entities of its own.

Only the head of the file and the list of its parts are looked at: a refusal takes a moment, whatever the file holds.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from metadata_portal.errors import FormError

MB: Final = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How much a file may hold."""

    size: int = 5 * MB
    unpacked: int = 50 * MB
    ratio: int = 100
    parts: int = 1000
    rows: int = 20_000
    columns: int = 100
    cell: int = 10_000


LIMITS: Final = Limits()
ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
# the record at the end of a zip: its signature, parts on this disk, parts, bytes of the list, where the list begins
_END: Final = struct.Struct("<4s4xHHLL2x")
_END_SIGN: Final = b"PK\x05\x06"
_LONGEST_COMMENT: Final = 65_535
_BYTES_A_PART: Final = 400
_WORTH_A_RATIO: Final = 100_000
_HEAD: Final = 4096
_BEGINS: Final = re.compile(
    r"""\ufeff?(?:<\?xml(?:(?!\?>|encoding).)*(?:encoding\s*=\s*["']utf-8["'](?:(?!\?>|encoding).)*)?\?>)?\s*"""
    r"(?:<!--(?:(?!-->).)*-->\s*)*<[A-Za-z]",
    re.IGNORECASE | re.DOTALL,
)
_UNWANTED: Final = {
    "vbaproject": "macros",
    "xl/macrosheets": "macros",
    "xl/activex": "controls",
    "xl/ctrlprops": "controls",
    "xl/externallinks": "links to other files",
    "xl/connections": "connections to databases",
    "xl/querytables": "connections to databases",
    "xl/embeddings": "embedded files",
}


class BadFile(FormError):
    """A file that is not read; says why, and what to do."""

    title = "We could not read that file"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


def check_file(content: bytes, limits: Limits = LIMITS) -> None:
    """Raise BadFile for what must not be read; says nothing of the rows."""
    if len(content) > limits.size:
        raise BadFile(
            f"The file has {len(content) / MB:.1f} MB; up to {limits.size // MB} MB are read. Split it into several."
        )
    if not content.strip():
        raise BadFile("The file is empty.")
    if content.startswith(_OLD_EXCEL):
        raise BadFile("This is a workbook of an old or protected kind: save it as .xlsx without a password.")
    if content.startswith(ZIP):
        _check_zip(content, limits)


def _check_zip(content: bytes, limits: Limits) -> None:
    _check_list(content, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts, limits)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with archive.open(part) as lines:
                        _check_head(lines.read(_HEAD))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise BadFile("The workbook is damaged: open it in a spreadsheet program and save it again.") from error


def _check_list(content: bytes, limits: Limits) -> None:
    """Look at how long the list of parts is, before anything reads it."""
    at = content.rfind(_END_SIGN, max(0, len(content) - _LONGEST_COMMENT - _END.size))
    if at < 0 or at + _END.size > len(content):
        raise BadFile("The workbook is cut short: export it again.")
    _, here, parts, length, _ = _END.unpack_from(content, at)
    if here != parts or parts > limits.parts or length > limits.parts * _BYTES_A_PART:
        raise BadFile(f"The workbook has more than {limits.parts} parts: save the one table by itself.")


def _check_parts(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise BadFile("This is a zip, but no workbook: choose a .csv or .xlsx file.")
    if len(set(names)) != len(names) or any(".." in name or name.startswith("/") or "\\" in name for name in names):
        raise BadFile("The workbook has parts with names that no spreadsheet program writes: save it again with one.")
    _check_unwanted(names)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked or _bursts(unpacked, sum(part.compress_size for part in parts), limits):
        raise BadFile(f"The workbook unpacks to {unpacked / MB:,.0f} MB, more than is read: save the table as CSV.")
    if any(_bursts(part.file_size, part.compress_size, limits) for part in parts):
        raise BadFile("A part of the workbook is packed more than a hundredfold: save the table as CSV.")


def _bursts(unpacked: int, packed: int, limits: Limits) -> bool:
    return unpacked > _WORTH_A_RATIO and unpacked > limits.ratio * packed


def _check_unwanted(names: Iterable[str]) -> None:
    for name in names:
        found = next((what for start, what in _UNWANTED.items() if start in name.lower()), None)
        if name.lower().endswith((".zip", ".xlsx", ".xlsm", ".docx")):
            found = "embedded files"
        if found:
            raise BadFile(f"The workbook holds {found}: save it as a plain .xlsx or as CSV.")


def _check_head(head: bytes) -> None:
    """Refuse XML that defines entities: a document type stands before the first element."""
    if not _BEGINS.match(head.decode("utf-8", "ignore")):
        raise BadFile("A part of the workbook begins as no spreadsheet program writes it: save it again with one.")
