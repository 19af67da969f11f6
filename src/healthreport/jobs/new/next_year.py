"""Next year's file from last year's: the same sections and indicators, last year's values beside them."""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Position, Severity
from healthreport.jobs.new import added, compared, last_years_plans, phrases, sections, skeleton, stale
from healthreport.jobs.new.last_years_figures import LastYearsFigures, plain_indicators
from healthreport.jobs.new.phrases import WORDS
from healthreport.jobs.new.standing import Standing
from healthreport.jobs.new.suggestions import suggestion, tables
from healthreport.model.own_words import WORDS as OWN_WORDS
from healthreport.reading import indicator_files
from healthreport.reading.additions import BEHIND
from healthreport.reading.base import ROLL_UP
from healthreport.reading.differences import ADDS, INDICATORS, INHERITS
from healthreport.reading.yaml.dump import Comment, Dict, Value, dump, plain
from healthreport.reading.yaml.parse import parse
from healthreport.recognising import ending
from healthreport.recognising.figure_words import figure_words
from healthreport.recognising.issued import DOCUMENT_NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from healthreport.jobs.new.given import Given
    from healthreport.jobs.new.years import Years
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.resources import Resources

_DATES = ("日期", "截至")
_SIGNATURE = "落款"
_TITLES = ("标题", "副标题")
_ROLES = ("成绩", "问题", "计划")
_PROSE = frozenset({*WORDS, *_ROLES, "章节", "内容", "附注", "附件", OWN_WORDS, ADDS})
_FRAME = frozenset({*WORDS, "附注"})
_ISSUED = ("红头", "版记")
_OF_ONE = ("份号", "发文字号", "印发日期")
_NAMES, _WORKSHEET = ("来源", "应报"), "工作表"
_OF_ATTACHMENTS = ("横排", "编号", "接排", "续号")


class Renamed(NamedTuple):
    """What the new file calls its base, empty where it has none, and by their old names its files of indicators.

    ``sources`` are those that a county's figures come from, and the list of the townships that are to send some.
    """

    base: str
    files: dict[str, str]
    sources: dict[str, str]


class Successor(NamedTuple):
    """Next year's file and the files of indicators beside it, by their names; last year (0: unknown)."""

    text: str
    last_year: int
    beside: dict[str, bytes]

    def warnings(self, file: str) -> list[Diagnostic]:
        """Return a warning for every line that still names last year."""
        found = []
        for number, line in enumerate(self.text.split("\n"), 1):
            at = re.search(rf"(?<!\d){self.last_year}(?!\d)", line) if self.last_year else None
            if at and not line.lstrip().startswith("#"):
                place = Position(file, number, at.start() + 1, 4)
                message = f"这里还写着{self.last_year}年。"
                hint = "请核对；本年度写作“{{ 年度 }}”，以后就不用再改。"
                found.append(Diagnostic("last-year", message, place, Severity.WARNING, hint=hint))
        return found


def succeed(report: Inherited, turn: Years, given: Given, renamed: Renamed, resources: Resources) -> Successor:
    """Return next year's file, with what is given laid over last year's.

    Raises :class:`HealthReportError` when last year's cannot be read.
    """
    root = parse(resources.reader.read(report.path))
    old = _undated(plain(root))
    unused: frozenset[str] = frozenset()
    words = figure_words(resources.reader)
    if INHERITS not in old and ROLL_UP not in old:  # else others have a part in the figures
        old, unused = compared.computed(old, plain_indicators(report.tree), words)
    figures = LastYearsFigures(report, root, resources.reader, unused)
    standing = Standing(_wanted(old, turn.new, given, resources, last_years_plans.words(old)), resources)
    mark = partial(stale.marked, last=turn.last, words=words)
    writer = _Writer(turn, figures, standing, mark, keep_text=given.keep_text)
    new = _headed(_renamed(writer.report(old), renamed), old, given)
    kept = _PROSE if given.keep_text else _FRAME
    new |= {key: mark(value) for key, value in new.items() if key in kept}
    wanted = _wanted(new, turn.new, given, resources, last_years_plans.words(old))
    if not given.keep_text and given.genre and skeleton.genre_of(old, resources) != wanted.genre:
        phrases.take(new, wanted, resources)
    last_years_plans.place(new, old, sections.load(resources))
    if given.sections:
        added.add(new, wanted, resources)
    text = _head(report.path, renamed.base, is_county=ROLL_UP in new, keep_text=given.keep_text) + dump(_spaced(new))
    return Successor(text, turn.last if turn.last != turn.new else 0, figures.beside(renamed.files))


def _undated(old: Value | Comment) -> Dict:
    """Take last year's day off the signature, where it was written as the format does not read it, as 二〇二二年….

    Who alone signs is the unit, whose name the year's phrases and skeleton go by.
    """
    assert isinstance(old, dict)
    signers = str(old.get(_SIGNATURE, "")).strip().split("\n")
    if len(signers) < 2 or not ending.is_date(signers.pop()):
        return old
    signer: Dict = {_SIGNATURE: "\n".join(signers)} if len(signers) > 1 or "单位" in old else {"单位": signers[0]}
    undated: Dict = {}
    for key, value in old.items():
        undated |= {**signer, "日期": ""} if key == _SIGNATURE else {key: value}
    return undated


def _renamed(new: Dict, renamed: Renamed) -> Dict:
    """Name next year's base and files of indicators."""
    if INHERITS in new:
        new[INHERITS] = renamed.base
    if ROLL_UP in new:
        new[ROLL_UP] = _with_names(new[ROLL_UP], renamed.sources)
    named = new.get(indicator_files.KEY)
    if isinstance(named, list):
        new[indicator_files.KEY] = [renamed.files.get(str(name), "") for name in named]
    elif named:
        new[indicator_files.KEY] = renamed.files.get(str(named), "")
    return new


def _with_names(value: Value | Comment, names: dict[str, str]) -> Value:
    """Return 汇总来源 with other names, in whichever of its forms it is written; a new workbook has one sheet."""
    if isinstance(value, dict):
        said = {key: one for key, one in value.items() if key != _WORKSHEET}
        return {key: _with_names(one, names) if key in _NAMES else one for key, one in said.items()}
    if isinstance(value, list):
        return [_with_names(one, names) for one in value]
    return names.get(str(value), str(value))


def _headed(new: Dict, old: Dict, given: Given) -> Dict:
    """Put the genre first, and the names given in the place of last year's."""
    genre = given.genre or str(old.get("体裁", ""))
    if genre or INHERITS not in old:  # a township's file has its genre from its base
        new = {"体裁": genre or skeleton.FALLBACK} | new | ({"体裁": given.genre} if given.genre else {})
    return new | {key: name for key, name in (("单位", given.org), ("上级", given.superior)) if name}


def _wanted(new: Dict, year: int, given: Given, resources: Resources, words: str) -> skeleton.Wanted:
    """Return the skeleton that phrases and added sections are taken from.

    A base for many names no 单位; what its words call themselves, 我院, tells what they are.
    """
    genre = skeleton.genre_of(new, resources)
    org, known = str(new.get("单位", "")), sections.levels(resources)
    called = next((name for name, level in known.items() if level.own in words), next(iter(known)))
    level = given.level or sections.level_of(org, known) or called
    return skeleton.Wanted(genre, year, level, org, given.superior, given.sections)


def _spaced(new: Dict) -> Dict:
    """Put a blank line before each of the file's large parts."""
    spaced: Dict = {}
    for key, value in new.items():
        if key in (INDICATORS, *WORDS, *_ROLES, "章节", "附件", OWN_WORDS, ADDS):
            spaced[Comment("")] = ""
        spaced[key] = value
    return spaced


def _head(path: Path, base: str, *, is_county: bool, keep_text: bool) -> str:
    figures = (
        "数和上年由“汇总来源”里各乡镇的汇总，目标、日期待填"
        if is_county
        else "去年的数值已移到“上年”，数值、目标、日期待填"
    )
    words = (
        "去年的文字照留，里面去年的数、日期和年份都标了“（待补）”"
        if keep_text
        else "导语、结尾、附注照留，别的没带过来，建议的句子取自去年引用指标的句子，里面去年的数和日期都标了“（待补）”"
    )
    way = "改好一处，就删去那里的“（待补）”" if keep_text else "写好一处，就把那里的“待补”改成“内容”"
    return (
        f"# yaml-language-server: $schema={PurePosixPath(base).parent / skeleton.SCHEMA_NAME}\n"
        f"# 由“{path.name}”生成：{figures}；{words}。\n"
        f"# {way}；去年的计划附在相应的章节下面，供对照。\n\n"
    )


class _Writer:
    """Turns last year's values into this year's."""

    def __init__(
        self,
        turn: Years,
        figures: LastYearsFigures,
        standing: Standing,
        mark: Callable[[Value], Value],
        *,
        keep_text: bool,
    ) -> None:
        self._turn = turn
        self._mark = mark
        self._figures = figures
        self._standing = standing
        self._keep = keep_text

    def report(self, old: Dict) -> Dict:
        """Return the report for this year, which last year's may not have named."""
        new: Dict = {} if self._turn.last or INHERITS in old else {"年度": str(self._turn.new)}
        for key, value in old.items():
            if key == "年度":
                new[key] = str(self._turn.new)
            elif key in _DATES:
                new[key] = ""
            elif key in _TITLES and isinstance(value, str):
                new[key] = self._title(value)
            elif key in _ISSUED and isinstance(value, dict):
                new[key] = {inner: "" if inner in _OF_ONE else item for inner, item in value.items()}
            elif key == INDICATORS and isinstance(value, dict):
                new[key] = self._figures.own(value)
            elif key in (*_ROLES, "章节"):
                new[key] = self._sections(value)
            elif key == ADDS and isinstance(value, dict):
                new[key] = {inner: self._sections(item) for inner, item in value.items()}
            elif key == OWN_WORDS and isinstance(value, dict) and not self._keep:
                new[key] = dict.fromkeys(value, "")
            elif key == "附件":
                new[key] = self._attachments(value)
            elif key != "内容" or self._keep:
                new[key] = value
            elif key == "内容" and "章节" not in old:
                new["章节"] = [self._section({"内容": value})]
        return new

    def _title(self, old: str) -> str:
        """Return a title of this year; a day, and the document's own number, nobody knows of this year."""
        if re.fullmatch(DOCUMENT_NUMBER, old):
            return old + stale.MARK
        return str(self._mark(old)) if re.search(r"\d月\d", old) else self._turn.shifted(old)

    def _sections(self, value: Value) -> Value:
        if isinstance(value, list):
            return [self._section(item) for item in value]
        return self._section(value)

    def _section(self, old: Value | Comment) -> Value:
        """Return a section without its texts, or with them, its titles moved on."""
        if isinstance(old, str):
            return old if self._keep else {"待补": self._mark(suggestion(old))}
        assert isinstance(old, dict)
        new: Dict = {}
        words: list[Value | Comment] = []
        for key, value in old.items():
            if key in ("标题", BEHIND):
                new[key] = self._turn.shifted(str(value))
            elif key == "章节":
                new[key] = self._sections(value)
            elif key in ("内容", "结语", "待补") and not self._stays(key, value):
                words.append(value)
            else:
                new[key] = value
        if words or not (self._keep or {"章节", "内容"} & {*new}):
            todo: Dict = {"待补": self._mark(suggestion(words))}
            marked = [word if isinstance(word, Comment) else self._mark(word) for word in words]
            todo.update(dict.fromkeys(tables(marked, new.get("结语", "")), ""))
            below: Dict = {"章节": new.pop("章节")} if "章节" in new else {}
            new = {**new, **todo, **below}
        return new

    def _stays(self, key: str, value: Value) -> bool:
        return self._keep or (key != "待补" and isinstance(value, str) and self._standing.stands(value))

    def _attachments(self, value: Value) -> Value:
        if self._keep:
            return value
        items = value if isinstance(value, list) else [value]
        return [self._attachment(item) for item in items if isinstance(item, dict)]

    def _attachment(self, old: Dict) -> Value:
        new: Dict = {"标题": self._turn.shifted(str(old.get("标题", "")))}
        new.update({key: old[key] for key in _OF_ATTACHMENTS if key in old})
        first = self._section({"内容": old["内容"]}) if "内容" in old else None
        rest = self._sections(old["章节"]) if "章节" in old else []
        assert isinstance(rest, list)
        new["章节"] = [*([first] if first is not None else []), *rest]
        return new
