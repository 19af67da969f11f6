"""Names of indicators: found by what they end with and what they hold, as looking at each would find them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from healthreport.importing.names import Names

_NAME = st.text(alphabet="改厕人数", min_size=1, max_size=5)
_MANY = 30_000


def known(names: dict[str, str]) -> Names:
    """Return names with their units."""
    found = Names()
    for name, unit in names.items():
        found.add(name, unit)
    return found


@given(st.dictionaries(_NAME, st.sampled_from(["人", "座", ""])), _NAME, st.sampled_from(["人", "座", ""]))
def test_endings(names: dict[str, str], name: str, unit: str) -> None:
    """The one name that ends alike and has that unit is found, and no one where there are several."""
    alike = [one for one, own in names.items() if own == unit and (one.endswith(name) or name.endswith(one))]
    found = known(names).of_one_ending(name, unit)
    assert {*found} <= {*alike}
    assert min(len(found), 2) == min(len(alike), 2)


@given(st.dictionaries(_NAME, st.just(""), max_size=8), _NAME)
def test_what_holds_words(names: dict[str, str], words: str) -> None:
    """Names that words hold, or that hold them, are found in the order in which they came."""
    assert known(names).holding(words) == [name for name in names if name in words or words in name]


def test_words_that_many_names_hold() -> None:
    """What many names hold means none of them; the word itself, if it is a name, is meant."""
    names = {f"{char}镇改厕数": "座" for char in map(chr, range(0x5000, 0x5000 + 9))}
    assert known(names).holding("改厕") == []
    assert known(names | {"改厕": "座"}).holding("改厕") == ["改厕"]
    assert len(known(dict([*names.items()][:8])).holding("改厕")) == 8


def test_very_many_names() -> None:
    """As many lookups as there are names take no longer than making them."""
    every = [f"{chr(0x4E00 + at % 20_000)}{chr(0x4E00 + at // 20_000)}镇改厕人数" for at in range(_MANY)]
    found = known(dict.fromkeys(every, "人"))
    assert sum(len(found.holding(f"全区{name}")) for name in every) == _MANY
    assert {len(found.of_one_ending(f"全区{name}", "人")) for name in every} == {1}
    assert {len(found.of_one_ending("改厕人数", "座")) for _ in every} == {0}
