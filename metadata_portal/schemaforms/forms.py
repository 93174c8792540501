"""Django forms for sections: a class for each struct, built once, drawn by crispy-forms along the struct's layout."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout as CrispyLayout
from crispy_forms.layout import LayoutObject
from django import forms
from django.template import Context
from django.utils.safestring import SafeString

from metadata_portal.registries import unknown
from metadata_portal.schemaforms import controls as kinds
from metadata_portal.schemaforms import depths
from metadata_portal.schemaforms.controls import Control
from metadata_portal.schemaforms.layouts import layout_of
from metadata_portal.schemaforms.markup import Offered, html, join, joined, options
from metadata_portal.schemaforms.scope import NO_AXES, Axes
from metadata_portal.schemaforms.sections import Section, own_controls
from metadata_portal.schemaforms.values import as_text, vocabulary, words
from metadata_portal.schemaforms.widgets import (
    BoxesWidget,
    NodeWidget,
    NumberedWidget,
    PairsWidget,
    SelectWidget,
    TextWidget,
)
from schema_core.compiled import compiled
from schema_core.introspect import MISSING, Struct, Term

_HINTS: Final[Mapping[str, tuple[str, str]]] = {
    "int": ("numeric", ""),
    "float": ("decimal", ""),
    "Decimal": ("decimal", ""),
    "date": ("numeric", "YYYY-MM-DD"),
    "time": ("numeric", "HH:MM"),
    "datetime": ("text", "YYYY-MM-DD HH:MM"),
}


_EMPTY: Final = SafeString("")
_REQUIRED: Final = SafeString('<span class="sf-required" aria-hidden="true">*</span>')
_SINGLE: Final = (
    '<div class="sf-field {0}" data-field="{1}"><label class="form-label" for="{7}">{2}{3}</label>{4}{5}{6}</div>'
)
_GROUP: Final = (
    '<fieldset class="sf-field sf-group" data-field="{1}"><legend class="form-label">{2}{3}</legend>'
    "{4}{5}{6}</fieldset>"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a form takes from where it stands: names to offer, axes, problems by address, the address to focus.

    ``names`` are of this very place, ``lists`` the ids of lists of names that the whole page shares.
    """

    terms_url: str = "/registries/{}/options/"
    names: Mapping[str, Callable[[], Iterable[Offered]]] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    axes: Axes = NO_AXES
    problems: Mapping[str, SafeString] = field(default_factory=dict)
    bad: frozenset[str] = frozenset()
    zone: str = ""
    focus: str = ""
    at: str = ""
    read_only: bool = False


class Line(LayoutObject):  # type: ignore[misc] # crispy has no types
    """Controls side by side; those that this instance does not show are skipped."""

    def __init__(self, *names: str) -> None:
        self.fields = list(names)

    def render(self, form: Any, context: Any, template_pack: Any = None, **kwargs: Any) -> SafeString:  # noqa: ARG002 - crispy's signature
        """Draw the fields that are there."""
        shown = [name for name in self.fields if name in form.fields]
        if not shown:
            return SafeString("")
        inner = joined(draw_field(form, name) for name in shown)
        return html('<div class="sf-line sf-line-{}">{}</div>', len(shown), inner)


def draw_field(form: Any, name: str) -> SafeString:
    """Draw one control with its label, help and problems; a template for each would double the time of a page."""
    bound = form[name]
    entry: ControlField = bound.field
    key = f"{form.prefix}-{name}"
    star = _REQUIRED if entry.control.required else _EMPTY
    hint = html('<div class="form-text" id="{}-help">{}</div>', key, entry.help_text) if entry.help_text else _EMPTY
    slot = html('<div class="sf-slot" id="{}">{}</div>', entry.slot, entry.messages)
    template = _GROUP if entry.is_group else _SINGLE
    return html(template, entry.width, entry.address, entry.label, star, SafeString(bound), hint, slot, key)


class More(LayoutObject):  # type: ignore[misc] # crispy has no types
    """Controls behind a fold, open when one of them is filled."""

    def __init__(self, title: str, *lines: Line) -> None:
        self.title = title
        self.fields = list(lines)

    def render(self, form: Any, context: Any, template_pack: Any = None, **kwargs: Any) -> SafeString:
        """Draw the fold."""
        inner = SafeString(self.get_rendered_fields(form, context, template_pack, **kwargs))
        if not inner:
            return inner
        names = [name for line in self.fields for name in line.fields]
        is_open = any(form.fields[name].marked for name in names if name in form.fields)
        return html(
            '<details class="sf-more"{}><summary>{}</summary>{}</details>',
            SafeString(" open" if is_open else ""),
            self.title,
            inner,
        )


class ControlField(forms.Field):
    """A field that never refuses: the schema judges, the reader converts."""

    control: Control
    address = ""
    slot = ""
    messages = SafeString("")
    marked = False

    def __init__(self, control: Control, widget: NodeWidget) -> None:
        super().__init__(required=False, label=control.label, help_text=control.help, widget=widget)
        self.control = control

    @property
    def width(self) -> str:
        """Say how much room the control wants."""
        control = self.control
        if isinstance(control, kinds.Lines) or (isinstance(control, kinds.Text) and control.long):
            return "sf-long"
        if _refers_to(control) or (isinstance(control, kinds.Text) and control.kind is dt.datetime):
            return "sf-wide"
        narrow = isinstance(control, kinds.Text) and control.kind is not str
        return "sf-short" if narrow or isinstance(control, kinds.YesNo) or control.name.endswith("_unit") else ""

    @property
    def is_group(self) -> bool:
        """Say whether several inputs share this label."""
        return self.control.group != "one"


class SectionForm(forms.Form):
    """The form of one section."""

    @property
    def controls(self) -> dict[str, ControlField]:
        """Give the fields by name; a section has no others."""
        return {name: entry for name, entry in self.fields.items() if isinstance(entry, ControlField)}

    helper: ClassVar[FormHelper]
    use_required_attribute = False

    def __init__(self, section: Section, document: Any, around: Surroundings) -> None:
        texts = {entry.name: section.shown(document, entry) for entry in section.controls}
        super().__init__(prefix=section.prefix, initial=texts, auto_id="%s")
        self.section = section
        shown = set(texts)
        self.fields = {name: entry for name, entry in self.fields.items() if name in shown}
        for name, entry in self.controls.items():
            _settle(entry, f"{section.prefix}-{name}", section.address(entry.control), texts[name], around)
        self.around = around

    def draw(self) -> SafeString:
        """Let crispy-forms draw the layout, then the names to offer; its template tag would cost as much again."""
        lists = join(
            '<datalist id="{}-{}-list">{}</datalist>', ((self.prefix, *entry) for entry in self.names_offered())
        )
        return SafeString(self.helper.render_layout(self, Context())) + lists

    def names_offered(self) -> Iterator[tuple[str, SafeString]]:
        """Give the options behind text inputs, by field; those of vocabularies are filled as somebody types."""
        for name, entry in self.controls.items():
            names = _names_for(entry.control, self.around)
            if names is not None:
                yield name, options(names)


def form_for(section: Section, document: Any, around: Surroundings) -> SectionForm:
    """Give the form of a section, its class built once."""
    if section.struct is not None:
        return struct_form(section.struct)(section, document, around)
    return plain_form(section.controls)(section, document, around)


@compiled
def struct_form(struct: Struct) -> type[SectionForm]:
    """Build the form class of a struct."""
    layout = layout_of(struct)
    entries = own_controls(struct)
    known = {entry.name for entry in entries}
    lines = [Line(*row) for row in layout.rows if known & set(row)]
    folded = [name for name in layout.advanced if name in known]
    more = [More("More", *(Line(name) for name in folded))] if folded else []
    return _form_class(f"{struct.model.__name__}Form", entries, [*lines, *more])


@compiled
def plain_form(entries: tuple[Control, ...]) -> type[SectionForm]:
    """Build the form class of a row of loose controls."""
    names = [entry.name for entry in entries]
    lines: list[Any] = [Line(*(name for name in names if name not in depths.FOLDED))]
    folded = [name for name in names if name in depths.FOLDED]
    return _form_class("RowForm", entries, [*lines, More("Other angles", Line(*folded))] if folded else lines)


def _form_class(name: str, entries: Iterable[Control], lines: list[Any]) -> type[SectionForm]:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    helper.layout = CrispyLayout(*lines)
    fields: dict[str, Any] = {entry.name: ControlField(entry, widget_for(entry)) for entry in entries}
    return type(name, (SectionForm,), {**fields, "helper": helper})


def widget_for(entry: Control) -> NodeWidget:
    """Choose the widget of a control."""
    if isinstance(entry, kinds.Select | kinds.YesNo):
        widget: NodeWidget = SelectWidget()
    elif isinstance(entry, kinds.Checks):
        widget = BoxesWidget()
    elif isinstance(entry, kinds.Pairs):
        widget = PairsWidget()
    elif isinstance(entry, kinds.Numbered):
        widget = NumberedWidget()
    else:
        widget = SelectWidget() if _small_term(entry) else TextWidget()
    return widget


def _small_term(entry: Control) -> bool:
    """Say whether a term is chosen from a select."""
    if not isinstance(entry, kinds.TermText) or entry.term is None or entry.term.open or entry.choice:
        return False
    return len(vocabulary(entry.term).stock) <= kinds.SMALL


def _settle(entry: ControlField, key: str, address: str, texts: list[str], around: Surroundings) -> None:
    """Give one field of an instance its address, options, hints and problems."""
    control, widget = entry.control, entry.widget
    entry.address, entry.slot = address, f"{key}-problems"
    entry.messages = around.problems.get(address, SafeString(""))
    if around.zone and isinstance(control, kinds.Text) and control.kind is dt.datetime:
        entry.help_text = f"{control.help}. Without an offset it is {around.zone} time".removeprefix(". ")
    if _offers_unknown(control):
        entry.help_text = ". ".join(filter(None, (str(entry.help_text), unknown.HELP)))
    entry.marked = _says_something(control, texts) or bool(entry.messages) or (around.focus == address != "")
    described = f"{key}-help {key}-problems" if entry.help_text else f"{key}-problems"
    widget.attrs = {
        "id": key,
        "data-path": address,
        "aria-describedby": described,
        "aria-invalid": "true" if address in around.bad else "",
        "aria-required": "true" if control.required else "",
        "disabled": around.read_only or None,
        "autofocus": around.at if address == around.focus else "",
        **_text_attrs(control, key, around),
    }
    if isinstance(widget, SelectWidget):
        widget.options = _options(control)
        widget.attrs["blank"] = "" if _always_set(control) else unknown.NOT_SAID
    elif isinstance(widget, BoxesWidget):
        widget.options = _options(control)
    elif isinstance(widget, NumberedWidget):
        widget.labels = _labels(control, texts, around.axes)
        widget.grows = isinstance(control, kinds.Names)


def _offers_unknown(control: Control) -> bool:
    """Say whether the standard has a word for what nobody knows here."""
    if isinstance(control, kinds.Select):
        return any(value == unknown.UNKNOWN for value, _ in control.options)
    term = control.term if isinstance(control, kinds.TermText) else None
    return term is not None and vocabulary(term).lookup(unknown.UNKNOWN) is not None


def _says_something(control: Control, texts: list[str]) -> bool:
    """Say whether a control shows more than its default, or than no tilt."""
    usual = control.field.default if control.field is not None else 0
    return any(texts) and texts != control.show(None if usual is MISSING else usual)


def _always_set(control: Control) -> bool:
    """Say whether nothing cannot be chosen: the schema's default would come back."""
    entry = control.field
    return entry is not None and not entry.required and not entry.nullable and entry.default is not None


def _text_attrs(control: Control, key: str, around: Surroundings) -> dict[str, Any]:
    """Give the attributes of a text input: keypad, hint, and where names come from."""
    listed = {"list": f"{key}-list", "autocomplete": "off"}
    if isinstance(control, kinds.TermText | kinds.Terms):
        term = control.term if isinstance(control, kinds.TermText) else control.item
        return {**listed, "data-terms": around.terms_url.format(term.vocabulary)} if isinstance(term, Term) else listed
    if isinstance(control, kinds.Lines):
        return {"rows": 2}
    refers_to = _refers_to(control)
    if refers_to in around.names:
        return listed
    if refers_to in around.lists:
        return {"list": around.lists[refers_to], "autocomplete": "off"}
    if not isinstance(control, kinds.Text):
        return {"autocomplete": "off"} if isinstance(control, kinds.Vector | kinds.Names) else {}
    mode, hint = _HINTS.get(control.kind.__name__, ("", ""))
    return {"inputmode": mode, "placeholder": hint, "autocomplete": "off", "rows": 3 if control.long else None}


def _refers_to(control: Control) -> str:
    """Say what a control names that the record or the lab holds elsewhere."""
    named = isinstance(control, kinds.Text | kinds.Names) and control.field is not None
    return (control.field.refers_to or "") if named and control.field else ""


def _options(control: Control) -> list[tuple[str, str]]:
    """Give the options of a select or of check boxes, terms from the live vocabulary."""
    if isinstance(control, kinds.Select):
        return unknown.said_last(control.options)
    if isinstance(control, kinds.YesNo):
        return list(control.options)
    term = control.term if isinstance(control, kinds.TermText) else getattr(control, "item", None)
    if isinstance(term, Term):
        return unknown.said_last((entry.label, entry.label) for entry in vocabulary(term).entries())
    return [(as_text(value), words(value)) for value in getattr(term, "values", ())]


def _labels(control: Control, texts: list[str], axes: Axes) -> tuple[str, ...]:
    """Name the inputs of a group: by axis, or by number with one to spare."""
    if isinstance(control, kinds.Vector):
        size = max(len(texts), len(axes.names) or 3)
        unit = {"translation": axes.unit, "angles": "°"}.get(control.name, "")
        return tuple(axes.label(index) + (f" ({unit})" if unit else "") for index in range(size))
    return tuple(str(index + 1) for index in range(len(texts) + 1))


def _names_for(control: Control, around: Surroundings) -> Iterable[Offered] | None:
    """List the names that a text input of its own offers; None for one that has no such list."""
    if isinstance(control, kinds.TermText | kinds.Terms):
        choice = control.choice if isinstance(control, kinds.TermText) else None
        return [as_text(value) for value in choice.values] if choice else []
    named = _refers_to(control)
    return around.names[named]() if named in around.names else None
