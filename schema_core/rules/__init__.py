"""How rules are registered and run; rules that span files live in the modules beside this one.

A rule is a plain function over a node's values. It names the fields it reads, so that it can also be run on a node
some of whose other fields are broken. What it may find once it returns, else None; what it may find often it yields.
"""

from schema_core.rules.findings import Finding, Rule
from schema_core.rules.registration import fills, prepares, rule, rules_of
from schema_core.rules.warned import Collected, StandardWarning, collecting, warn

__all__ = [
    "Collected",
    "Finding",
    "Rule",
    "StandardWarning",
    "collecting",
    "fills",
    "prepares",
    "rule",
    "rules_of",
    "warn",
]
