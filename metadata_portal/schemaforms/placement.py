"""Problems by address: how many lie below each node, and which drawn place shows each of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils.safestring import SafeString

from metadata_portal.schemaforms import emptiness
from metadata_portal.schemaforms.marks import Mark, Marks
from metadata_portal.schemaforms.markup import html, join, joined
from schema_core import paths
from schema_core.errors import Problem

_SEVERITIES = ("error", "missing", "warning", "copied")

REMEDIES: Final[Mapping[str, tuple[str, str]]] = {
    "portal-history": ("put-back", "Put back what was submitted"),
    "portal-side": ("confirm:{}", "The sign is as typed"),
}
"""By the code of a problem: the word of the button that mends it, its address by item ids in it, and what it says."""

_REMEDY: Final = (
    '<p class="problem problem-{}" data-problem-path="{}">{}</p><p class="mb-1">'
    '<button class="sf-confirm" type="submit" name="do" value="{}" form="{}">{}</button></p>'
)


@dataclass(frozen=True, slots=True)
class Answerable(Problem):
    """A problem that a button at its field mends: what the button does, and what it says."""

    do: str = ""
    label: str = ""


Said = Problem | Mark
"""What is drawn beside a control: something to correct, to fill in, to check, or to confirm."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many problems of each severity, and copied values to confirm, lie at or below an address."""

    missing: int = 0
    error: int = 0
    warning: int = 0
    copied: int = 0

    @property
    def any(self) -> int:
        """Give the sum of the problems."""
        return self.missing + self.error + self.warning


class Placement:
    """The problems of a document, counted below every address and found by address."""

    def __init__(
        self, problems: Iterable[Problem], shown: Callable[[str], str] = str, marks: Marks | None = None
    ) -> None:
        self.marks = marks.found if marks is not None else {}
        known = problems if marks is None else (_answerable(entry, marks) for entry in problems)
        moved = (
            replace(entry, path=shown(entry.path), also=tuple(shown(other) for other in entry.also)) for entry in known
        )
        self.problems = tuple({(entry.path, entry.code, entry.message): entry for entry in moved}.values())
        self._counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_SEVERITIES, 0))
        self._at: dict[str, list[Said]] = defaultdict(list)
        for problem in self.problems:
            for place in dict.fromkeys((problem.path, *problem.also)):
                self._at[place].append(problem)
            for place in _ancestors(problem.path):
                self._counts[place][problem.severity] += 1
        for address, mark in self.marks.items():
            for place in _ancestors(address):
                self._counts[place][mark.severity] += 1

    def counts(self, path: str) -> Counts:
        """Count what lies at or below an address."""
        return Counts(**self._counts[path]) if path in self._counts else Counts()

    def rows(self, path: str) -> list[int]:
        """Give the items of a list at or below which something is said."""
        rest = (at.removeprefix(f"{path}.") for at in self._counts if at.startswith(f"{path}."))
        return sorted(int(row) for row in rest if row.isdigit())

    def place(self, slots: Iterable[str], root: str) -> dict[str, list[tuple[str, Said]]]:
        """Give each problem at or below ``root`` to its deepest drawn slot; one that fits none goes to the root's.

        A value to confirm is marked at its own control only.
        """
        drawn = set(slots)
        found: dict[str, list[tuple[str, Said]]] = defaultdict(list)
        for at in drawn & self.marks.keys():
            found[at].append((at, self.marks[at]))
        for at, problems in self._at.items():
            if root and at != root and not at.startswith(f"{root}."):
                continue
            slot = next((place for place in _ancestors(at) if place in drawn), root)
            found[slot] += [(at, problem) for problem in problems]
        return found


def _answerable(problem: Problem, marks: Marks) -> Problem:
    remedy = REMEDIES.get(problem.code)
    if problem.severity == "missing" and marks.may_be_none(problem.path):
        remedy = (f"{emptiness.WORD}:{{}}", emptiness.LABEL)
    if remedy is None:
        return problem
    rest = (problem.code, problem.message, problem.severity, problem.also)
    return Answerable(problem.path, *rest, do=remedy[0].format(marks.id_path(problem.path)), label=remedy[1])


def draw(placed: Iterable[tuple[str, Said]], form: str = "") -> SafeString:
    """Draw problems as lines that carry their address, and what is to be confirmed with its button.

    ``form`` names the form that buttons which mend a problem belong to; without one they are not drawn.
    """
    return joined(_line(at, said, form) for at, said in _unique(placed))


def _line(at: str, said: Said, form: str) -> SafeString:
    if not isinstance(said, Mark):
        if form and isinstance(said, Answerable):
            return html(_REMEDY, said.severity, at, said.message, said.do, form, said.label)
        text = '<p class="problem problem-{}" data-problem-path="{}">{}</p>'
        return html(text, said.severity, at, said.message)
    return html(
        '<p class="sf-mark" data-mark-path="{}">{} <button class="sf-confirm" type="submit" name="do"'
        ' value="confirm:{}">Confirm</button></p>',
        at,
        said.message,
        said.id_path,
    )


def draw_badges(counts: Counts) -> SafeString:
    """Draw the counts of a node; nothing where there is nothing."""
    shown = (
        ("error", counts.error, "to correct"),
        ("missing", counts.missing, "to fill in"),
        ("warning", counts.warning, "to check"),
        ("copied", counts.copied, "to confirm"),
    )
    return join(
        '<span class="count-{}" title="{} {}"><span class="visually-hidden">, </span>{}'
        '<span class="visually-hidden"> {}</span></span>',
        ((name, number, label, number, label) for name, number, label in shown if number),
    )


def bad_paths(placed: Mapping[str, list[tuple[str, Said]]]) -> frozenset[str]:
    """Give the slots that hold an error: what is merely missing is no mistake yet."""
    return frozenset(slot for slot, found in placed.items() if any(entry.severity == "error" for _, entry in found))


def _unique(placed: Iterable[tuple[str, Said]]) -> list[tuple[str, Said]]:
    """Show a problem once in a slot, errors first."""
    kept = {(at, entry.message): (at, entry) for at, entry in placed}
    return sorted(kept.values(), key=lambda item: _SEVERITIES.index(item[1].severity))


def _ancestors(path: str) -> Iterable[str]:
    """Give an address and everything above it, the deepest first."""
    while path:
        yield path
        path = paths.parent(path)
    yield ""
