"""What the identifiers of each authority look like, and the page where the authority shows what it names.

The form of an identifier is checked, never whether the authority gave it out: that would need the network. The facts
are those that the authorities publish; the packaged terms of the standard keep to them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from schema_core.registries.registries import Registry

_CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_LONGEST: Final = 200
_SHOWN: Final = 60


class BadIdentifier(ValueError):
    """A text that the authority cannot have given out; says what was expected."""


def _ror_checks(text: str) -> bool:
    """ISO 7064 mod 97-10 over the number that the first seven letters stand for."""
    number = 0
    for letter in text[:7]:
        number = number * 32 + _CROCKFORD.index(letter)
    return 98 - number * 100 % 97 == int(text[7:])


def _orcid_checks(text: str) -> bool:
    """ISO 7064 mod 11-2: the last sign makes the sum right, X stands for ten."""
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2 % 11
    return "0123456789X"[(12 - total) % 11] == digits[-1]


@dataclass(frozen=True)
class Authority:
    """How an authority writes its identifiers.

    `pattern` is the whole of what stands in a document. `lead` is what people write before it and may be left out: a
    prefix or an address; `page` shows what it names, with `{}` for the first group of the pattern, else for all of it.
    """

    registry: Registry
    pattern: re.Pattern[str]
    example: str
    page: str
    lead: re.Pattern[str]
    prefix: str = ""
    checks: Callable[[str], bool] | None = None
    cased: Callable[[str], str] = str

    @property
    def name(self) -> str:
        """The authority's short name."""
        return self.registry.name

    def read(self, text: str) -> str:
        """The identifier as it stands in documents; raises BadIdentifier where the authority cannot have given it."""
        bare = self.lead.sub("", text.strip()).rstrip("/")
        found = self.pattern.fullmatch(self.cased(self.prefix + bare)) if len(text) <= _LONGEST else None
        if found is None:
            raise BadIdentifier(
                f"“{_shown(text)}” is no identifier of {self.name}: write it like {self.example}, or leave it empty."
            )
        if self.checks is not None and not self.checks(found.group()):
            raise BadIdentifier(
                f"“{_shown(text)}” has the form of {self.name}, but its check digits do not fit: "
                "a sign is mistyped. Copy it from the page of the authority."
            )
        return found.group()

    def link(self, identifier: str) -> str | None:
        """Address of the page about an identifier; None where it has not the form of one."""
        try:
            read = self.read(identifier)
        except BadIdentifier:
            return None
        found = self.pattern.fullmatch(read)
        assert found is not None  # noqa: S101 - `read` gives nothing else
        return self.page.format(found.group(1) if self.pattern.groups else read)


def _lead(*words: str) -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(words)})", re.IGNORECASE)


def _of_ontology(registry: Registry, code: str, example: str) -> Authority:
    """An ontology of the OBO Foundry, which resolves its numbers; documents hold the number alone."""
    address = rf"https?://purl\.obolibrary\.org/obo/{code}_"
    return Authority(
        registry,
        re.compile(r"([0-9]{1,9})"),
        example,
        f"https://purl.obolibrary.org/obo/{code}_{{}}",
        _lead(address, f"{code}[:_]"),
    )


AUTHORITIES: Final[Mapping[Registry, Authority]] = MappingProxyType(
    {
        authority.registry: authority
        for authority in (
            Authority(
                Registry.ROR,
                re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}"),
                "03cpe7c52",
                "https://ror.org/{}",
                _lead(r"https?://ror\.org/", "ror:"),
                checks=_ror_checks,
                cased=str.lower,
            ),
            Authority(
                Registry.ORCID,
                re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]"),
                "0000-0002-1825-0097",
                "https://orcid.org/{}",
                _lead(r"https?://orcid\.org/", "orcid:"),
                checks=_orcid_checks,
                cased=str.upper,
            ),
            Authority(
                Registry.NCBI,
                re.compile(r"NCBI:txid([1-9][0-9]{0,8})"),
                "NCBI:txid10090",
                "https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id={}",
                _lead("NCBI:txid", "txid", "taxid:", "NCBITaxon:", r"https?://www\.ncbi\.nlm\.nih\.gov/.{0,80}[?&]id="),
                prefix="NCBI:txid",
            ),
            Authority(
                Registry.MGI,
                re.compile(r"MGI:[1-9][0-9]{0,8}"),
                "MGI:3028467",
                "https://www.informatics.jax.org/accession/{}",
                _lead(r"https?://www\.informatics\.jax\.org/[a-z]{1,20}/MGI:", "MGI:"),
                prefix="MGI:",
            ),
            Authority(
                Registry.RRID,
                re.compile(r"RRID:([A-Z][A-Za-z0-9]{1,20}[_:][A-Za-z0-9._:\-]{1,80})"),
                "RRID:IMSR_JAX:000664",
                "https://scicrunch.org/resolver/RRID:{}",
                _lead(r"https?://scicrunch\.org/resolver/(?:RRID:)?", r"https?://identifiers\.org/RRID:", r"RRID:\s?"),
                prefix="RRID:",
            ),
            Authority(
                Registry.DOI,
                re.compile(r"10\.[0-9]{4,9}/[!-~]{1,150}"),
                "10.17504/protocols.io.bgpujvnw",
                "https://doi.org/{}",
                _lead(r"https?://(?:dx\.)?doi\.org/", "doi:"),
            ),
            Authority(
                Registry.ADDGENE,
                re.compile(r"([1-9][0-9]{2,6})(?:-[A-Za-z0-9.]{1,12})?"),
                "100843, or 100843-AAV9 for a viral preparation",
                "https://www.addgene.org/{}/",
                _lead(r"https?://www\.addgene\.org/", "Addgene[_:# ]{1,2}", "#"),
            ),
            Authority(
                Registry.UNIPROT,
                re.compile(
                    r"((?:[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2}))(?:-[1-9][0-9]?)?"
                ),
                "P42212",
                "https://www.uniprot.org/uniprotkb/{}",
                _lead(r"https?://www\.uniprot\.org/uniprot(?:kb)?/", "uniprot(?:kb)?:"),
                cased=str.upper,
            ),
            Authority(
                Registry.GENBANK,
                re.compile(r"(?:[A-Z]{1,2}[0-9]{5,8}|[A-Z]{2}_[0-9]{6,9}|[A-Z]{4,6}[0-9]{8,10})(?:\.[1-9][0-9]?)?"),
                "U55762.1",
                "https://www.ncbi.nlm.nih.gov/nuccore/{}",
                _lead(r"https?://www\.ncbi\.nlm\.nih\.gov/nuccore/", "genbank:"),
                cased=str.upper,
            ),
            _of_ontology(Registry.EMAPA, "EMAPA", "18609"),
            _of_ontology(Registry.HSAPDV, "HsapDv", "0000087"),
            _of_ontology(Registry.MMUSDV, "MmusDv", "0000110"),
            _of_ontology(Registry.FBDV, "FBdv", "00005369"),
            _of_ontology(Registry.WBLS, "WBls", "0000041"),
        )
    }
)


def authority(registry: object) -> Authority | None:
    """The authority that a document names (`Research Organization Registry (ROR)`), if we know how it writes."""
    try:
        return AUTHORITIES.get(Registry(registry))
    except ValueError:
        return None


def identifier_read(registry: object, text: str) -> str:
    """The identifier as it stands in documents; raises BadIdentifier. One of an authority we do not know is kept."""
    known = authority(registry)
    return text.strip() if known is None else known.read(text)


def identifier_link(registry: object, identifier: str | None) -> str | None:
    """Address of the authority's page about it, if there is one."""
    known = authority(registry)
    return None if known is None or not identifier else known.link(identifier)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
