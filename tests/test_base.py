"""What is read of bases and made of them: once each, and gone with the reader and the templates it was made with."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport import pipeline
from healthreport.diagnostics import HealthReportError
from healthreport.reading import inherit
from healthreport.reading.kept import Kept
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources, packaged
from healthreport.reading.yaml.dump import dump, plain
from healthreport.reading.yaml.nodes import Mapping, Source
from healthreport.reading.yaml.parse import parse
from helpers import UNTITLED

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.reading.yaml.dump import Dict

COUNTY = f"{UNTITLED}年度: 2022\n指标: {{甲: {{单位: 座}}}}\n内容: 共{{{{ 甲 }}}}。\n"


@pytest.fixture
def towns(here: Path) -> list[Path]:
    """Write a county's report and three townships on it."""
    (here / "县.yaml").write_text(COUNTY, "utf-8")
    paths = [here / f"{name}.yaml" for name in "子丑寅"]
    for number, path in enumerate(paths):
        path.write_text(f"继承: 县.yaml\n指标: {{甲: {{数值: {number}}}}}\n", "utf-8")
    return paths


def word(path: Path, reader: Reader, resources: Resources) -> bytes:
    """Take a report through the whole pipeline."""
    inherited = inherit.load(path, reader)
    digest = pipeline.digest(inherited, reader, resources, "", draft=False)
    return pipeline.write(pipeline.compose(inherited, reader, resources), "docx", resources, digest)


def test_one_base_for_all(towns: list[Path]) -> None:
    """Reports on one base have the same object, and it reads, strips, digests and builds once."""
    reader = Reader()
    bases = [inherit.load(path, reader).base for path in towns]
    first = bases[0]
    assert first is not None
    assert all(base is first for base in bases)
    assert inherit.base(towns[0].with_name("县.yaml"), reader) is first
    assert (first.definitions, first.digest, first.built) == (first.definitions, first.digest, first.built)
    assert first.definitions is first.definitions
    assert first.built is first.built is not None


def test_nothing_outlives_reader_and_resources(towns: list[Path]) -> None:
    """When reader and templates are let go, so is everything that was made with them: a server starts afresh."""
    reader = Reader()
    resources = Resources(packaged(), reader)
    words = [word(path, reader, resources) for path in towns]
    alone = towns[0].with_name("县.yaml")
    alone.write_text(COUNTY.replace("单位: 座", "单位: 座, 数值: 1"), "utf-8")
    word(alone, Reader(), resources)
    (base,) = reader.bases.values()
    assert base.built is not None
    gone = [weakref.ref(one) for one in (reader, resources, base, base.built.report)]
    del reader, resources, base
    gc.collect()
    assert [ref() for ref in gone] == [None] * 4
    assert len(set(words)) == 3


def test_a_base_that_changed_is_read_anew(towns: list[Path]) -> None:
    """A new reader sees the base as it is now, also with the same templates; the old one as it was."""
    resources, old = Resources(packaged()), Reader()
    before = word(towns[0], old, resources)
    towns[0].with_name("县.yaml").write_text(COUNTY.replace("共", "计"), "utf-8")
    assert word(towns[0], old, resources) == before
    assert word(towns[0], Reader(), resources) != before


def test_a_layout_that_changed_is_read_anew(here: Path) -> None:
    """New resources see a layout as it is now."""
    (here / "templates/layouts").mkdir(parents=True)
    layout = here / "templates/layouts/本县.yaml"
    report = here / "甲.yaml"
    report.write_text(f"{UNTITLED}版式: 本县\n内容: 甲\n", "utf-8")
    made = []
    for font in ("楷体", "黑体"):
        layout.write_text(f"基于: gbt9704\n正文: {{字体: {font}}}\n", "utf-8")
        reader = Reader()
        composed = pipeline.compose(inherit.load(report, reader), reader, Resources(here / "templates", reader))
        made.append((composed.layout.body.font, composed.layout.body.size))
    assert [font for font, _ in made] == ["楷体", "黑体"]
    assert made[0][1] == made[1][1] > 0


def test_a_known_base_is_no_way_out(here: Path) -> None:
    """That one report may reach a base does not let the next one, whose root is narrower, reach it."""
    (here / "市/县").mkdir(parents=True)
    (here / "省.yaml").write_text(COUNTY, "utf-8")
    (here / "市/县/县.yaml").write_text("继承: ../../省.yaml\n", "utf-8")
    (here / "市/县/镇.yaml").write_text("继承: 县.yaml\n", "utf-8")
    reader = Reader()
    assert inherit.load(here / "市/县/镇.yaml", reader, here).base is not None
    with pytest.raises(HealthReportError, match="允许的文件夹之外"):
        inherit.load(here / "市/县/镇.yaml", reader)


def test_a_folder_that_was_linked_elsewhere(here: Path) -> None:
    """Where a folder lies is remembered by one reader only."""
    for name in ("东", "西"):
        (here / name).mkdir()
    link = here / "今"
    try:
        link.symlink_to(here / "东", target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert Reader().real(link / "县.yaml").endswith("县.yaml")
    assert "东" in Reader().real(link / "县.yaml")
    link.unlink()
    link.symlink_to(here / "西", target_is_directory=True)
    assert "西" in Reader().real(link / "县.yaml")


class Owner:
    """Something that keeps what is made of it."""


def test_kept() -> None:
    """A thing is made once for each owner and key; beyond the most that are kept the oldest goes."""
    made: list[tuple[int, int]] = []
    first, second = Owner(), Owner()

    @Kept(2)
    def twice(owner: Owner, number: int) -> int:
        made.append(([first, second].index(owner), number))
        return number * 2

    assert [twice(first, 1), twice(first, 1), twice(second, 1), twice(first, 2)] == [2, 2, 2, 4]
    assert made == [(0, 1), (1, 1), (0, 2)]
    assert [twice(first, 3), twice(first, 2), twice(first, 3), twice(first, 1)] == [6, 4, 6, 2]
    assert made[3:] == [(0, 3), (0, 1)]


def test_what_failed_is_not_kept() -> None:
    """A mistake is met again, not remembered as something made."""

    @Kept(2)
    def fails(_: Owner, answers: tuple[bool, ...]) -> bool:
        if calls.append(answers) or len(calls) == 1:  # type: ignore[func-returns-value]
            raise ValueError
        return True

    calls: list[object] = []
    owner = Owner()
    with pytest.raises(ValueError, match=r"^$"):
        fails(owner, ())
    assert fails(owner, ())


WORDS = st.text("甲乙丙", min_size=1, max_size=2)
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, min_size=1, max_size=2) | st.dictionaries(WORDS, inner, min_size=1, max_size=3),
    max_leaves=6,
)
TREES = st.dictionaries(WORDS, VALUES, min_size=1, max_size=4)


def tree(value: Dict) -> Mapping:
    """Return a mapping as a file has it."""
    return parse(Source("", dump(value)))


@given(TREES, TREES)
def test_laid_over(low: Dict, high: Dict) -> None:
    """Mappings merge at every depth, everything else replaces, what only one says stays; neither of the two changes."""
    under, over = tree(low), tree(high)
    merged = over.laid_over(under)
    assert merged.keys() == merged.keys_at.keys() == {*low, *high}
    for key, value in merged.items():
        below, above = under.get(key), over.get(key)
        both = isinstance(below, Mapping) and isinstance(above, Mapping)
        assert value == (above.laid_over(below) if both else above or below)  # type: ignore[union-attr, arg-type]
    assert (plain(under), plain(over)) == (low, high)
    assert merged.position() == over.position()
