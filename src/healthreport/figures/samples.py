"""Samples: what stands for all that a place may print, where tables look the same whatever a report says."""

from __future__ import annotations

from healthreport.values.derivations import DERIVATIONS, reached

NUMBER, WORD, TEXT = "1", "甲", "甲乙丙丁戊己庚辛壬癸"
# What is said of an indicator beside its figures.
_WORDS, _TEXTS = frozenset({"指标", "单位", "截至"}), frozenset({"说明"})


def sample_of(column: str) -> str:
    """Return the sample of a column of 指标表, or of what stands behind the point of an indicator."""
    if column in _TEXTS:
        return TEXT
    derivation = DERIVATIONS.get(column)
    return WORD if column in _WORDS or (derivation and derivation.say is reached) else NUMBER
