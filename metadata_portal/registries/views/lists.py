"""The pages that list registries, terms and changes."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from metadata_portal.foundation.pagination import page_of
from metadata_portal.registries.bulk.exporting import UPSTREAM
from metadata_portal.registries.declaring import Declaration, Group, declarations
from metadata_portal.registries.fillings import fitting
from metadata_portal.registries.models import Term, TermChange
from metadata_portal.registries.pages import OPTIONS, declared_or_404, typed_text
from metadata_portal.registries.querysets import TermQuerySet
from metadata_portal.registries.telling import cells, title_of, told
from metadata_portal.registries.unknown import UNKNOWN, said_last
from schema_core.registries import Vocabulary

MOST_COUNTED = 10_000
CROSS_HITS = 50
PAGE = 50
MOST_CHOICES = 100
STATUSES = {"": "All", "stock": "Standard", "local": "Local", "proposed": "Proposed", "retired": "Retired"}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the registries with their counts; with ?q=, terms of all of them."""
    asked = request.GET.get("q", "").strip()
    rows = Term.objects.values("vocabulary").annotate(
        offered=Count("pk", filter=~Q(status="retired")),
        local=Count("pk", filter=Q(status="local", stock=False)),
        proposed=Count("pk", filter=Q(status="proposed")),
        retired=Count("pk", filter=Q(status="retired")),
    )
    counts = {row["vocabulary"]: row for row in rows.order_by("vocabulary")}
    listed: dict[str, list[dict[str, Any]]] = {group: [] for group in Group}
    for name, declared in declarations().items():
        of_it = counts.get(name, {"offered": len(declared.vocabulary.stock)})
        listed[declared.group].append({"declared": declared, "counts": of_it})
    closed = listed.pop(Group.FIXED)
    context = {
        "groups": [(group, found) for group, found in listed.items() if found],
        "closed": closed,
        "asked": asked,
        "hits": list(Term.objects.matching(asked).order_by("name")[:CROSS_HITS]) if asked else [],
    }
    return render(request, "registries/vocabulary_list.html", context)


@require_GET
def vocabulary_detail(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """List the terms of a registry, by name, state, source and what its declaration can be narrowed by."""
    declared = declared_or_404(vocabulary)
    asked = request.GET.get("q", "").strip()
    status, source = request.GET.get("status", ""), request.GET.get("source", "")
    all_terms = Term.objects.of(vocabulary)
    terms = all_terms.matching(asked).defer("search")
    if status in Term.Status.values:
        terms = terms.filter(status=status)
    if source:
        terms = terms.filter(source=source)
    filters = [_filter(request, declared, all_terms, name) for name in declared.filters]
    for narrowed in filters:
        if narrowed["chosen"]:
            terms = terms.filter(**{f"data__{narrowed['name']}": narrowed["chosen"]})
    page = page_of(request, terms, size=PAGE)
    sources = list(all_terms.order_by("source").values_list("source", flat=True).distinct())
    context = {
        "declared": declared,
        "page": page,
        "rows": [(term, cells(declared, term)) for term in page],
        "columns": [title_of(declared, name) for name in declared.columns],
        "filters": filters,
        "asked": asked,
        "status": status,
        "statuses": STATUSES,
        "source": source,
        "sources": sources if len(sources) > 1 else [],
        "can_propose_upstream": vocabulary in UPSTREAM,
        "is_narrowed": bool(status or source or any(narrowed["chosen"] for narrowed in filters)),
    }
    return render(request, "registries/vocabulary_detail.html", context)


@require_GET
def vocabulary_history(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """List what was done to the terms of a registry, deleted ones too."""
    declared = declared_or_404(vocabulary)
    changes = TermChange.objects.filter(vocabulary=vocabulary).select_related("by", "term")
    page = page_of(request, changes, size=PAGE)
    context = {"declared": declared, "page": page, "history": told(declared, page)}
    return render(request, "registries/vocabulary_history.html", context)


@require_GET
def term_options(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """Answer with the options of a datalist: the terms that the typed text may mean."""
    declared, text = declared_or_404(vocabulary).vocabulary, typed_text(request)
    found = declared.search_entries(text, limit=MOST_COUNTED)
    # what is chosen must lead back to the same term: versions of a protocol share their title
    values = ((entry.label if declared.lookup(entry.label) is entry else entry.key, entry) for entry in found[:OPTIONS])
    options = [(value, _beside(_hint(entry), value, text)) for value, entry in values]
    if not text or text.casefold() in UNKNOWN.casefold():
        options = _with_unknown(declared, options)
    context = {"options": options, "more": max(0, len(found) - OPTIONS), "text": text}
    return render(request, "registries/_options.html", context)


@require_GET
def device_options(request: HttpRequest) -> HttpResponse:
    """Answer with the options of a datalist: devices of the lab, then device models, of the class that is asked for."""
    text = typed_text(request)
    found = fitting(text, request.GET.get("class", ""), OPTIONS)
    options = [(name, _beside(words, name, text)) for name, words in found]
    return render(request, "registries/_options.html", {"options": options, "more": 0, "text": text})


def _filter(request: HttpRequest, declared: Declaration, terms: TermQuerySet, name: str) -> dict[str, Any]:
    """A field to narrow the list by: its values, and the one that was chosen."""
    values = terms.order_by(f"data__{name}").values_list(f"data__{name}", flat=True).distinct()[:MOST_CHOICES]
    texts = [value for value in values if isinstance(value, str) and value]
    return {
        "name": name,
        "title": title_of(declared, name),
        "values": sorted(set(texts)),
        "chosen": request.GET.get(name, "")[:300],
    }


def _hint(entry: Any) -> str:
    """What stands beside a term; that nobody has said yes to it yet, where that is so."""
    return " · ".join(filter(None, (entry.hint, "proposed" if entry.status == "proposed" else "")))


def _with_unknown(declared: Vocabulary[Any], options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The options with the term for what nobody knows at their end, where the vocabulary has one."""
    if declared.lookup(UNKNOWN) is None:
        return options
    return said_last([*(option for option in options if option[0] != UNKNOWN), (UNKNOWN, "")])


def _beside(hint: str, value: str, text: str) -> str:
    """What stands beside an option; browsers show only options that hold what was typed, word for word."""
    if text.casefold() in f"{value} {hint}".casefold():
        return hint
    return " · ".join(filter(None, (hint, f"found by “{text}”")))
