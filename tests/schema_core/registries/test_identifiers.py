"""The form of identifiers: what each authority writes, what people paste, and what nobody can have given out."""

from itertools import pairwise

import pytest

from schema_core.registries import vocabularies
from schema_core.registries.identifiers import AUTHORITIES, BadIdentifier, authority, identifier_link, identifier_read
from schema_core.registries.registries import Registry

READ = [
    ("ROR", "https://ror.org/03cpe7c52", "03cpe7c52"),
    ("ROR", "03CPE7C52", "03cpe7c52"),
    ("ORCID", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
    ("ORCID", "0000-0002-1694-233x", "0000-0002-1694-233X"),
    ("NCBI", "10116", "NCBI:txid10116"),
    ("NCBI", "https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=10116", "NCBI:txid10116"),
    ("MGI", "2163709", "MGI:2163709"),
    ("MGI", "https://www.informatics.jax.org/accession/MGI:2163709", "MGI:2163709"),
    ("RRID", "IMSR_JAX:000664", "RRID:IMSR_JAX:000664"),
    ("RRID", "RRID: AB_2138153", "RRID:AB_2138153"),
    ("DOI", "https://doi.org/10.17504/protocols.io.bgpujvnw", "10.17504/protocols.io.bgpujvnw"),
    ("DOI", "doi:10.1038/s41586-020-2649-2", "10.1038/s41586-020-2649-2"),
    ("ADDGENE", "https://www.addgene.org/100843/", "100843"),
    ("ADDGENE", "100843-AAV9", "100843-AAV9"),
    ("UNIPROT", "p42212", "P42212"),
    ("GENBANK", "u55762.1", "U55762.1"),
    ("EMAPA", "EMAPA:18609", "18609"),
    ("HSAPDV", "HsapDv:0000087", "0000087"),
]
REFUSED = [
    ("ROR", "03cpe7c53"),  # one digit off
    ("ROR", "30cpe7c52"),
    ("ROR", "03cpe7u52"),  # Crockford's alphabet has no u
    ("ORCID", "0000-0002-1825-0098"),
    ("ORCID", "0000000218250097"),
    ("NCBI", "NCBI:txid"),
    ("NCBI", "mouse"),
    ("MGI", "MGI:0"),
    ("RRID", "JAX 000664"),
    ("DOI", "11.1000/1"),
    ("DOI", "10.1000/a b"),
    ("ADDGENE", "pAAV"),
    ("UNIPROT", "GFP"),
    ("GENBANK", "U5576"),
    ("EMAPA", "٣٤"),
    ("EMAPA", "1" * 5000),
]


@pytest.mark.parametrize(("name", "typed", "kept"), READ)
def test_what_people_paste_becomes_the_identifier_of_documents(name, typed, kept):
    assert identifier_read(Registry[name].value, typed) == kept
    assert identifier_read(Registry[name].value, kept) == kept


@pytest.mark.parametrize(("name", "typed"), REFUSED)
def test_what_no_authority_gave_out_is_refused_with_an_example(name, typed):
    with pytest.raises(BadIdentifier) as refusal:
        identifier_read(Registry[name].value, typed)
    assert name in str(refusal.value)
    assert len(str(refusal.value)) < 250
    assert identifier_link(Registry[name].value, typed) is None


def test_every_wrong_digit_of_an_orcid_and_every_swap_of_neighbours_is_found():
    good = "0000-0002-1825-0097"
    places = [at for at, sign in enumerate(good) if sign != "-"]
    wrong = {good[:at] + digit + good[at + 1 :] for at in places for digit in "0123456789" if digit != good[at]}
    for at, after in pairwise(places):
        signs = list(good)
        signs[at], signs[after] = signs[after], signs[at]
        wrong.add("".join(signs))
    assert [text for text in wrong - {good} if authority(Registry.ORCID).link(text)] == []


def test_every_authority_of_the_standard_is_known_and_its_example_has_a_page():
    assert AUTHORITIES.keys() == set(Registry)
    for known in AUTHORITIES.values():
        example = known.example.partition(",")[0]
        assert known.link(example).startswith("https://"), known.name


def test_packaged_identifiers_read_as_they_stand():
    read = [
        (identifier_read(entry.data["registry"], entry.identifier), entry.identifier)
        for vocabulary in vocabularies().values()
        if "registry" in getattr(vocabulary.model, "model_fields", ())
        for entry in vocabulary.stock
        if entry.identifier and entry.data["registry"]
    ]
    assert len(read) > 8000
    assert [pair for pair in read if pair[0] != pair[1]] == []


def test_an_authority_that_we_do_not_know_keeps_its_words():
    assert identifier_read("Jackson Laboratory", " 000664 ") == "000664"
    assert identifier_link("Jackson Laboratory", "000664") is None
    assert identifier_link(None, "x") is None
