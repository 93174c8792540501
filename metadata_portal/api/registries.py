"""Terms of the registries, as forms offer them at this moment."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from metadata_portal.api.schemas import ProblemOut, TermOut, TermsOut
from metadata_portal.errors import NotFound
from metadata_portal.registries.declaring import declarations

MOST = 200
MOST_COUNTED = 10_000
router = Router(tags=["registries"])


@router.get(
    "/{name}/terms",
    response={200: TermsOut, (401, 404, 422): ProblemOut},
    url_name="terms",
    summary="Terms of a registry that a text may mean",
)
def terms(
    request: HttpRequest,
    name: str,
    q: Annotated[str, Query(max_length=300, description="Words of a name, an abbreviation or an identifier")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
) -> TermsOut:
    """Terms on offer whose names hold every word of `q`; all of them where it is empty. Retired ones are left out."""
    del request
    declared = declarations().get(name)
    if declared is None:
        raise NotFound(f"There is no registry called {name}: the page /registries/ lists them.")
    found = declared.vocabulary.search_entries(q, limit=MOST_COUNTED)
    return TermsOut(
        registry=name,
        title=declared.title,
        closed=declared.closed,
        count=len(found),
        terms=[TermOut.of(entry) for entry in found[:limit]],
    )
