"""The indicators that a draft's texts come to: each under one name, and where in the texts each is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from healthreport.importing.forms import Fields, Form
from healthreport.importing.names import Names
from healthreport.model.references import FIELDS
from healthreport.recognising import naming
from healthreport.values.expressions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.reading.yaml.dump import Dict
    from healthreport.recognising.relations import Mention


_TITLE = re.compile("《[^》]*》")


class At(NamedTuple):
    """A mention by its number, in a text by its number."""

    text: int
    mention: int


class Said(NamedTuple):
    """A mention where it stands, with the words it is printed in."""

    at: At
    mention: Mention
    printed: str


class Reference(NamedTuple):
    """What takes the place of ``[start:end]`` in a text: ``{{ code }}``; ``printed`` is what stood there."""

    at: At
    start: int
    end: int
    code: str
    printed: str
    name: str


@dataclass
class Entry:
    """One indicator: its keys, and instead of its value a formula or parts, if it is computed of others."""

    fields: Fields
    computed: Dict = field(default_factory=dict)

    @property
    def keys(self) -> Dict:
        """The keys as they are written: a value that is computed is not given too."""
        given: Dict = {}
        given.update({key: value for key, value in self.fields.items() if key != "数值" or not self.computed})
        return {**self.computed, **given}


@dataclass
class Ledger:
    """Indicators by name, the references to them, by which name each mention goes, and which text names each first."""

    refused: frozenset[str] = frozenset()
    entries: dict[str, Entry] = field(default_factory=dict)
    known: Names = field(default_factory=Names)
    references: list[Reference] = field(default_factory=list)
    names: dict[At, str] = field(default_factory=dict)
    homes: dict[str, int] = field(default_factory=dict)
    left: dict[At, str] = field(default_factory=dict)

    def enter(self, said: Said, form: Form, candidates: Iterable[str]) -> str:
        """Put a figure under the first of several names that is free, or is its own already; return the name."""
        for name in candidates:
            entry = self.entries.get(name)
            if self.is_name(name) and (entry is None or _is_said_again(entry.fields, form.fields)):
                if entry is None:
                    self.add(name, dict(form.fields))
                else:
                    entry.fields.update(form.fields)
                self.refer(said, name, name + form.style)
                return name
        return ""

    def add(self, name: str, fields: Fields) -> None:
        """Let there be an indicator."""
        self.entries[name] = Entry(fields)
        self.known.add(name, fields.get("单位", ""))

    def refer(self, said: Said, name: str, code: str, start: int = -1) -> None:
        """Let ``{{ code }}`` stand where a mention stood, or from ``start`` on where that is before it."""
        mention = said.mention
        start = mention.start if start < 0 else start
        self.references.append(Reference(said.at, start, mention.end, code, said.printed, name))
        self.names[said.at] = name
        self.homes.setdefault(name, said.at.text)

    def is_name(self, name: str) -> bool:
        """Say whether the format takes a name, it says what is counted, and no text holds it in brackets of its own."""
        reserved = name in FIELDS or name in FUNCTIONS or name in self.refused or not _TITLE.sub("", name)
        return naming.valid(name) == name != "" and not reserved


def _is_said_again(fields: Fields, others: Fields) -> bool:
    """Say whether two agree in value, unit and kind; a target that is known already is no contradiction."""
    if fields.get("单位", "") != others.get("单位", ""):
        return False
    values = {key: value for key, value in fields.items() if key in ("数值", "区间", "约数")}
    return not values or all(values.get(key) == others.get(key) for key in ("数值", "区间", "约数"))
