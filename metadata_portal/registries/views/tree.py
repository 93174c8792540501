"""The page of a registry as a tree; a branch is fetched when it is opened."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.models import Term
from metadata_portal.registries.pages import declared_or_404
from metadata_portal.registries.tree import branches

MOST_MATCHES = 50


@require_GET
def vocabulary_tree(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """Show the tree; `open` names opened terms, `q` opens what leads to its matches, `below` asks for one branch."""
    declared = declared_or_404(vocabulary)
    if declared.parent is None:
        raise Http404
    if below := request.GET.get("below"):
        found = branches(declared, below=below)
        if not found:
            raise Http404
        return render(request, "registries/_branches.html", {"declared": declared, "branches": found})
    asked = request.GET.get("q", "").strip()
    found_keys: list[str] = []
    if asked:
        hits = Term.objects.of(vocabulary).offered().matching(asked).order_by("name")
        found_keys = list(hits.values_list("key", flat=True)[: MOST_MATCHES + 1])
    context = {
        "declared": declared,
        "asked": asked,
        "matches": min(len(found_keys), MOST_MATCHES),
        "has_more_matches": len(found_keys) > MOST_MATCHES,
        "branches": branches(
            declared,
            opened=request.GET.getlist("open")[:MOST_MATCHES] or ([] if asked else _first_opened(declared)),
            matches=found_keys[:MOST_MATCHES],
        ),
    }
    return render(request, "registries/vocabulary_tree.html", context)


def _first_opened(declared: Declaration) -> list[str]:
    """A tree with one root is shown with what lies below it."""
    roots = branches(declared)
    return [roots[0].term.key] if len(roots) == 1 else []
