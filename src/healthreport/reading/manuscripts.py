"""stub until the readers land"""

from healthreport.reading.word import document
from healthreport.diagnostics import Position
from healthreport.trees.manuscript import Line, Manuscript, Span
from healthreport.reading.yaml.encodings import decode


def read(data: bytes, name: str) -> Manuscript:
    if data[:2] == b"PK":
        return document.read(data, name)
    lines = decode(data, name).text.split("\n")
    return Manuscript(
        name, "text", tuple(Line((Span(t.strip()),), Position(name, i, 1)) for i, t in enumerate(lines, 1) if t.strip())
    )
