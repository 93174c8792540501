"""What people read of each kind of core file, and what names a record of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One thing that is asked for at the beginning; the name is that of the document's own field, if it has one."""

    name: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of record: its icon, what belongs into it, what its key is made of.

    ``says`` are the fields of the document that the key stands in, none where the document does not name itself.
    """

    icon: str
    about: str
    key: tuple[KeyPart, ...]
    says: tuple[str, ...]
    between: str = ""


_ANIMAL = KeyPart("key", "Subject id", "The animal, as it is registered, such as 730945.")
_ASSET = KeyPart(
    "key",
    "Name of the data asset",
    "For raw data: subject id, date and time of the session, such as 730945_2026-11-20_14-05-00.",
)

KINDS: Final[Mapping[str, KindWords]] = {
    "subject": KindWords(
        "rat",
        "What is known of the animal itself: species, strain, sex, birth, source, housing. If it is there already, it "
        "opens.",
        (_ANIMAL,),
        ("subject_id",),
    ),
    "procedures": KindWords(
        "syringe",
        "All surgeries and other procedures of one animal are one record. If it is there already, it opens and you go "
        "on in it.",
        (_ANIMAL,),
        ("subject_id",),
    ),
    "data_description": KindWords(
        "file-text",
        "Whose data an asset holds, who took them, and under which licence they are given.",
        (_ASSET,),
        ("name",),
    ),
    "instrument": KindWords(
        "microscope",
        "A rig with its devices and how they are connected. It is one record for as long as the rig stands: each "
        "change of the rig is a new revision with a new modification date.",
        (KeyPart("key", "Instrument id", "As the rig is called in your lab, such as SmartSPIM1."),),
        ("instrument_id",),
    ),
    "acquisition": KindWords(
        "activity",
        "One session: what was recorded, when, with which devices, and what the animal was shown or did.",
        (
            KeyPart("subject_id", "Subject id", "The animal that was recorded, such as 730945."),
            KeyPart("acquisition_start_time", "Start", "YYYY-MM-DD HH:MM:SS, by the clock of the lab."),
        ),
        ("subject_id", "acquisition_start_time"),
        "_",
    ),
    "processing": KindWords(
        "workflow",
        "What was done with the data of one asset: every step, with its code, parameters and times.",
        (_ASSET,),
        (),
    ),
    "quality_control": KindWords(
        "badge-check",
        "How good the data of one asset are: every metric, with its verdicts.",
        (_ASSET,),
        (),
    ),
    "model": KindWords(
        "brain-circuit",
        "A model that was trained on data: its architecture, its training, how well it does.",
        (
            KeyPart("name", "Name", "What the model is called."),
            KeyPart("version", "Version", "Such as 0.1; each version is a record of its own."),
        ),
        ("name", "version"),
        " ",
    ),
}
