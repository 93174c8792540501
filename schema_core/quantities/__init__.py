"""What people type -> numbers with unit, sign, side and reference, or a question back.

    read("1.5uL", kind="volume", unit="nanoliter").values            # (Decimal("1500"),)
    read("-2.7, -2.9, -3.1", kind="length", unit="millimeter").values
    read("300 µm from pia", kind="length", unit="millimeter")         # 0.3, reference "dura/pia"
    read("1,5", kind="length", unit="millimeter").question            # Is “1,5” one number or two? …

A text is cleaned and taken apart (`lexer`), made into quantities and the words around them (`grammar`, with the words
of `lexicon` and the units of `units`), and judged (`reading`): what has one meaning becomes numbers, in Decimal;
whatever could mean something else, and whatever is not understood, becomes one question (`questions`). Nothing is
guessed and nothing is passed over.
"""

from schema_core.quantities.conversion import Unit
from schema_core.quantities.lexer import LONGEST
from schema_core.quantities.reader import read
from schema_core.quantities.reading import Reading, Side
from schema_core.quantities.typed import Toward
from schema_core.quantities.units import KINDS, symbol, wanted

__all__ = ["KINDS", "LONGEST", "Reading", "Side", "Toward", "Unit", "read", "symbol", "wanted"]
