"""Whatever a sheet looks like, the program reads the figures it was made of, or refuses it: never another."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

import random_sheets
import sheets_data
from healthreport.diagnostics import HealthReportError
from healthreport.reading.resources import packaged
from healthreport.reading.tables import plain
from helpers import RESOURCES

HELD = 0.9


def wrong(made: random_sheets.Made) -> tuple[str, bool]:
    """Return what was read that is not so, and whether the sheet was read whole; nothing of one that was refused."""
    try:
        townships = sheets_data.read(made.sheet, made.base)
    except HealthReportError:
        return "", False
    found = sheets_data.figures(townships, made.base)
    failed = sheets_data.failures(townships)
    known = {plain.name(name): figures for name, figures in made.figures.items()}
    if {*found} - {*known}:
        return f"no township: { ({*found} - {*known}) }", False
    lost = {*known} - {*found} - {*failed}
    if lost:
        return f"dropped: {lost}", False
    for name, figures in found.items():
        for key, text in figures.items():
            number = Decimal(text.translate(_DIGITS).replace(",", "").rstrip("%"))
            if number != known[name][key]:
                return f"{name} {key}: {text}, not {known[name][key]}", False
    return "", not failed and any(found.values())


_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_never_another_figure(seed: int) -> None:
    """No sheet, with a trap or without, is read as other figures than it was made of, and no township vanishes."""
    said, _ = wrong(random_sheets.make(Random(seed)))
    assert not said


def test_nine_of_ten_are_read() -> None:
    """Of 300 sheets without a trap at least nine in ten are read whole."""
    made = [random_sheets.make(Random(seed)) for seed in range(400)]
    plain_ones = [one for one in made if not one.trap]
    read = [one for one in plain_ones if wrong(one)[1]]
    assert len(plain_ones) > 250
    assert len(read) >= HELD * len(plain_ones)


def test_the_words_are_their_own() -> None:
    """The generator's words are no copy of the program's: each list has some that the files have not."""
    written = "\n".join(path.read_text("utf-8") for path in sorted((packaged() / "sheets").glob("*.yaml")))
    for kind, words in random_sheets.WORDS.items():
        assert [word for word in words if word not in written], kind
    known = {*RESOURCES.sheet_words.roles, *RESOURCES.sheet_words.names}
    used = {plain.heading(word) for words in random_sheets.WORDS.values() for word in words}
    assert len(known - used) > 10 * len(known & used)
