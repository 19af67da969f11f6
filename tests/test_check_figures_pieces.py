"""A long line is looked at in pieces, and no piece begins within a number."""

from __future__ import annotations

import pytest

from healthreport.checking.figures.reading import _pieces


@pytest.mark.parametrize("mark", ["，", "、", "；", " ", "\t"])
@pytest.mark.parametrize("before", [1495, 1497, 1498, 1499])
def test_a_line_is_cut_between_words(mark: str, before: int) -> None:
    """The 212 of 212家 stays whole wherever it stands."""
    text = "医" * (before - 1) + mark + "共212家" + "院" * 900
    cuts = {start for start, _ in _pieces(text)}
    at = text.index("212")
    assert not cuts & {at + 1, at + 2, at + 3}
