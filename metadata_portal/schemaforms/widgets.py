"""Widgets that draw controls as text inputs; plain strings, since a template for each option costs too much."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from metadata_portal.schemaforms.markup import attributes, html, join

Options = Iterable[tuple[str, str]]
_FEW = 9


class NodeWidget(forms.Widget):
    """A widget that takes the texts of its control, and the address of its value."""

    needs_multipart_form = False

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 - Django's signature
        """Draw the texts."""
        texts = value if isinstance(value, list) else [value or ""]
        return self.draw(name, [str(text) for text in texts], {**self.attrs, **(attrs or {})})

    def draw(self, name: str, texts: list[str], attrs: dict[str, Any]) -> SafeString:
        """Draw the inputs for these texts."""
        raise NotImplementedError


class TextWidget(NodeWidget):
    """An input, or a text area where the text has several lines."""

    def draw(self, name: str, texts: list[str], attrs: dict[str, Any]) -> SafeString:
        """Draw an input; one that would lose line ends becomes a text area."""
        text = texts[0] if texts else ""
        return area(name, text, attrs) if attrs.pop("rows", None) else box(name, text, attrs)


class SelectWidget(NodeWidget):
    """A select; a value outside the options is offered too, so that it is not lost."""

    options: Options = ()

    def draw(self, name: str, texts: list[str], attrs: dict[str, Any]) -> SafeString:
        """Draw the select with the bound option chosen."""
        text = texts[0] if texts else ""
        blank = attrs.pop("blank", "")
        options = _with_strangers(self.options, [text] if text else [])
        first = [("", blank)] if blank or not text else []
        drawn = (
            (value, SafeString(" selected") if value == text else "", label) for value, label in [*first, *options]
        )
        inner = join('<option value="{}"{}>{}</option>', drawn)
        return html('<select name="{}"{}>{}</select>', name, attributes(_classed(attrs, "form-select")), inner)


class BoxesWidget(NodeWidget):
    """Check boxes under one name; the empty one says that the group was on the page.

    Of many, those not chosen are behind a fold.
    """

    options: Options = ()

    def draw(self, name: str, texts: list[str], attrs: dict[str, Any]) -> SafeString:
        """Draw a box for every option, and for every chosen value outside them."""
        options = list(enumerate(_with_strangers(self.options, texts)))
        chosen = [(index, option) for index, option in options if option[0] in texts]
        if not chosen or len(options) <= _FEW:
            boxes = html('<div class="sf-checks">{}</div>', self._boxes(name, options, texts, attrs))
        else:
            others = [(index, option) for index, option in options if option[0] not in texts]
            boxes = html(
                '<div class="sf-checks">{}</div><details class="sf-more"><summary>{} more</summary>'
                '<div class="sf-checks">{}</div></details>',
                self._boxes(name, chosen, texts, attrs),
                len(others),
                self._boxes(name, others, texts, attrs),
            )
        return html('<input type="hidden" name="{}" value="">{}', name, boxes)

    @staticmethod
    def _boxes(
        name: str, options: Iterable[tuple[int, tuple[str, str]]], texts: list[str], attrs: dict[str, Any]
    ) -> SafeString:
        shared = {key: value for key, value in attrs.items() if key in ("data-path", "aria-describedby", "disabled")}
        return join(
            '<label class="form-check sf-check" for="{0}-{1}"><input type="checkbox" class="form-check-input"'
            ' id="{0}-{1}" name="{2}" value="{3}"{4}{5}><span class="form-check-label">{6}</span></label>',
            (
                (
                    attrs["id"],
                    index,
                    name,
                    value,
                    SafeString(" checked" if value in texts else ""),
                    attributes(shared),
                    label,
                )
                for index, (value, label) in options
            ),
        )


class NumberedWidget(NodeWidget):
    """Numbered inputs: numbers along axes, or terms one by one."""

    labels: tuple[str, ...] = ()
    grows = False

    def draw(self, name: str, texts: list[str], attrs: dict[str, Any]) -> SafeString:
        """Draw an input for each text and for each label without one."""
        path, key, at = attrs.pop("data-path", ""), attrs.pop("id", name), attrs.pop("autofocus", "")
        size = max(len(self.labels), len(texts))
        filled = [*texts, *[""] * (size - len(texts))]
        first = _index_below(at, path) if at else None
        parts = (
            (
                f"{key}-{index}",
                self.label(index),
                box(
                    f"{name}-{index}",
                    text,
                    {"id": f"{key}-{index}", "data-path": f"{path}.{index}", **attrs, "autofocus": index == first},
                ),
            )
            for index, text in enumerate(filled)
        )
        part = '<div class="sf-part"><label class="sf-part-label" for="{}">{}</label>{}</div>'
        grows = SafeString(" data-grows" if self.grows else "")
        return html('<div class="sf-parts" id="{}"{}>{}</div>', key, grows, join(part, parts))

    def label(self, index: int) -> str:
        """Name one input."""
        return self.labels[index] if index < len(self.labels) else str(index + 1)


class PairsWidget(NodeWidget):
    """Rows of key and value, the last one empty."""

    def draw(self, name: str, texts: list[str], attrs: dict[str, Any]) -> SafeString:
        """Draw the rows and one to spare."""
        path, key = attrs.pop("data-path", ""), attrs.pop("id", name)
        attrs.pop("autofocus", None)
        rows = [*zip(texts[::2], texts[1::2], strict=False), ("", "")]
        drawn = (
            (
                self._box(2 * index, name, key, left, {**attrs, "aria-label": "Name"}),
                self._box(
                    2 * index + 1,
                    name,
                    key,
                    right,
                    {**attrs, "aria-label": f"Value of {left or 'the new row'}", "data-path": _under(path, left)},
                ),
            )
            for index, (left, right) in enumerate(rows)
        )
        return html('<div class="sf-pairs" id="{}">{}</div>', key, join('<div class="sf-pair">{}{}</div>', drawn))

    @staticmethod
    def _box(index: int, name: str, key: str, text: str, attrs: dict[str, Any]) -> SafeString:
        return box(f"{name}-{index}", text, {"id": f"{key}-{index}", **attrs})


def box(name: str, text: str, attrs: dict[str, Any]) -> SafeString:
    """Draw an input; one that would lose line ends becomes a text area."""
    if "\n" in text or "\r" in text:
        return area(name, text, attrs)
    return html('<input type="text" name="{}" value="{}"{}>', name, text, attributes(_classed(attrs)))


def area(name: str, text: str, attrs: dict[str, Any]) -> SafeString:
    """Draw a text area; the line end after the tag is not part of the text."""
    rows = min(max(2, text.count("\n") + 2), 12)
    return html('<textarea name="{}" rows="{}"{}>\n{}</textarea>', name, rows, attributes(_classed(attrs)), text)


def _classed(attrs: Mapping[str, Any], name: str = "form-control") -> dict[str, Any]:
    """Add Bootstrap's class; empty attributes are left out."""
    kept = {key: value for key, value in attrs.items() if value not in ("", None, False)}
    return {**kept, "autofocus": "autofocus" in kept, "class": name}


def _with_strangers(options: Options, texts: list[str]) -> list[tuple[str, str]]:
    """Add a value outside the options, so that it is not lost."""
    known = list(options)
    values = {value for value, _ in known}
    return [*known, *((text, text) for text in texts if text not in values)]


def _index_below(at: str, path: str) -> int:
    """Give the number of the input that an address below a group means; the first when it names none."""
    part = at.removeprefix(f"{path}.").partition(".")[0]
    return int(part) if part.isdigit() and at != path else 0


def _under(path: str, key: str) -> str:
    """Give the address of a named value."""
    escaped = key.replace("~", "~0").replace(".", "~1")
    return f"{path}.{escaped}" if escaped else path
