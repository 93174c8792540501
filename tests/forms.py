"""HTML forms as a browser without JavaScript would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNSENT = {"submit", "button", "reset", "image", "file"}


@dataclass
class Form:
    """One form of a page: where it goes, what it would send untouched, and its buttons."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)

    def data(self, **changes: str) -> dict[str, list[str]]:
        """Return what is posted, with these names set to other values."""
        sent: dict[str, list[str]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        return sent | {name: [value] for name, value in changes.items()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: dict[str, Form] = {}
        self.open: Form | None = None
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []
        self.multiple = False
        self.text: list[str] | None = None
        self.area = ""
        self.owner: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(given.get("action", ""), given.get("method", "get"))
            self.forms[given.get("id") or f"#{len(self.forms)}"] = self.open
        owner = self.forms.get(given["form"]) if "form" in given else self.open
        name = given.get("name", "")
        if owner and name and "data-path" in given:
            owner.paths[given["data-path"]] = name
        if tag == "option" and self.select is not None:
            self.options.append((given.get("value", ""), "selected" in given))
        if not owner or not name or "disabled" in given:
            return
        if tag == "input":
            self._input(owner, name, given)
        elif tag == "button":
            owner.buttons.append((name, given.get("value", "")))
        elif tag == "select":
            self.owner, self.select, self.options, self.multiple = owner, name, [], "multiple" in given
        elif tag == "textarea":
            self.owner, self.area, self.text = owner, name, []

    @staticmethod
    def _input(owner: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"checkbox", "radio"} and "checked" not in given:
            return
        if kind in UNSENT:
            if kind == "submit":
                owner.buttons.append((name, given.get("value", "")))
            return
        owner.fields.append((name, given.get("value", "on" if kind in {"checkbox", "radio"} else "")))

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select" and self.select is not None and self.owner:
            chosen = [value for value, selected in self.options if selected]
            if not chosen and self.options and not self.multiple:
                chosen = [self.options[0][0]]
            self.owner.fields += [(self.select, value) for value in chosen]
            self.select = None
        elif tag == "textarea" and self.text is not None and self.owner:
            # the parser keeps the newline that browsers drop after the tag; they send line ends as CR LF
            value = "".join(self.text).removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
            self.owner.fields.append((self.area, value))
            self.text = None


def forms(html: str) -> list[Form]:
    """Return the forms of a page in the order of the page."""
    reader = _Reader()
    reader.feed(html)
    return list(reader.forms.values())
