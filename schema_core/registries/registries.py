"""Authorities that give out identifiers."""

from enum import Enum


class Registry(str, Enum):
    """Authority behind an identifier."""

    ADDGENE = "Addgene (ADDGENE)"
    WBLS = "C. elegans Development Ontology (WBLS)"
    DOI = "Digital Object Identifier (DOI)"
    FBDV = "Drosophila Development (FBDV)"
    EMAPA = "Edinburgh Mouse Atlas Project (EMAPA)"
    HSAPDV = "Human Developmental Stages (HSAPDV)"
    MMUSDV = "Mouse Developmental Stages (MMUSDV)"
    MGI = "Mouse Genome Informatics (MGI)"
    GENBANK = "NCBI GenBank (GENBANK)"
    NCBI = "National Center for Biotechnology Information (NCBI)"
    ORCID = "Open Researcher and Contributor ID (ORCID)"
    ROR = "Research Organization Registry (ROR)"
    RRID = "Research Resource Identifiers (RRID)"
    UNIPROT = "Universal Protein Resource (UNIPROT)"
