"""Next year's file from last year's: the same sections and indicators, last year's values beside them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.figures import listing
from healthreport.jobs.new import added, last_years_plans, sections, skeleton
from healthreport.jobs.new.suggestions import suggestion, tables
from healthreport.model.build import build
from healthreport.reading import inherit
from healthreport.reading.differences import INDICATORS, INHERITS
from healthreport.reading.yaml.dump import Comment, Dict, Value, dump, plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from healthreport.values import scalars

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.jobs.new.given import Given
    from healthreport.reading.resources import Resources

_DATES = ("日期", "截至")
_WORDS = ("导语", "结尾")
_TITLES = ("标题", "副标题", "继承")
_ROLES = ("成绩", "问题", "计划")


class Successor(NamedTuple):
    """Next year's file: its usual name, its text, and last year (0: unknown)."""

    name: str
    text: str
    last_year: int

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


def succeed(path: Path, given: Given, resources: Resources) -> Successor:
    """Return next year's file, with what is given laid over last year's.

    Raises :class:`HealthReportError` when last year's cannot be read.
    """
    root = parse(resources.reader.read(path))
    old = plain(root)
    assert isinstance(old, dict)
    last = _year(str(old.get("年度", "")))
    new_year = given.year or (last + 1 if last else 0)
    if not new_year:
        place = root.position()
        raise HealthReportError(
            [Diagnostic("missing-key", "去年的文件没有写“年度”。", place, hint="请用 --year 写明年份。")]
        )
    writer = _Writer(last, new_year, given.keep_text, _last_values(path, resources))
    new = _headed(writer.report(old), old, given)
    if not given.keep_text or given.sections:
        wanted = _wanted(new, new_year, given, resources)
    if not given.keep_text:
        _take_phrases(new, old, wanted, resources)
    last_years_plans.place(new, old, sections.load(resources))
    if given.sections:
        added.add(new, wanted, resources)
    text = _head(path, str(old.get(INHERITS, "")), keep_text=given.keep_text) + dump(_spaced(new))
    stem = writer.shifted(path.stem)
    name = f"{stem}.yaml" if stem != path.stem else f"{new_year}{path.stem}.yaml"
    return Successor(name, text, last if last != new_year else 0)


def _headed(new: Dict, old: Dict, given: Given) -> Dict:
    """Put the genre first, and the names given in the place of last year's."""
    genre = given.genre or str(old.get("体裁", ""))
    if genre or INHERITS not in old:  # a township's file has its genre from its base
        new = {"体裁": genre or skeleton.FALLBACK} | new | ({"体裁": given.genre} if given.genre else {})
    return new | {key: name for key, name in (("单位", given.org), ("上级", given.superior)) if name}


def _wanted(new: Dict, year: int, given: Given, resources: Resources) -> skeleton.Wanted:
    """Return the skeleton that phrases and added sections are taken from."""
    genre = skeleton.genre_name(resources, str(new.get("体裁", "")) or skeleton.FALLBACK)
    org, known = str(new.get("单位", "")), sections.levels(resources)
    level = given.level or sections.level_of(org, known) or next(iter(known))
    return skeleton.Wanted(genre, year, level, org, given.superior, given.sections)


def _spaced(new: Dict) -> Dict:
    """Put a blank line before each of the file's large parts."""
    spaced: Dict = {}
    for key, value in new.items():
        if key in (INDICATORS, *_WORDS, *_ROLES, "章节", "附件"):
            spaced[Comment("")] = ""
        spaced[key] = value
    return spaced


def _year(text: str) -> int:
    """Read a year; 0 where there is none."""
    try:
        return scalars.read_year(text)
    except ValueError:
        return 0


def _head(path: Path, base: str, *, keep_text: bool) -> str:
    words = "去年的文字照留，请逐段核对" if keep_text else "去年的文字没有带过来，建议的句子取自去年引用指标的句子"
    return (
        f"# yaml-language-server: $schema={PurePosixPath(base).parent / skeleton.SCHEMA_NAME}\n"
        f"# 由“{path.name}”生成：去年的数值已移到“上年”，数值、目标、日期待填；{words}。\n"
        "# 写好一处，就把那里的“待补”改成“内容”；去年的计划附在相应的章节下面，供对照。\n\n"
    )


def _last_values(path: Path, resources: Resources) -> dict[str, str]:
    """Return what each indicator came to last year, the computed ones too."""
    try:
        rows, _ = listing.rows(build(inherit.load(path, resources.reader).tree))
    except HealthReportError as wrong:
        if any(diagnostic.id != "outside" for diagnostic in wrong.diagnostics):
            raise
        return {}  # a base elsewhere: what the file itself says must do
    return {row["指标"]: row["数值"] for row in rows}


def _take_phrases(new: Dict, old: Dict, wanted: skeleton.Wanted, resources: Resources) -> None:
    """Fill lead and closing with the genre's set phrases where last year's file had some."""
    fresh = plain(parse(Source("", skeleton.render(wanted, resources))))
    assert isinstance(fresh, dict)
    for key in _WORDS:
        if key in old and key in fresh:
            new[key] = fresh[key]
            if "上级" in str(fresh[key]) and "上级" not in new:
                new["上级"] = fresh["上级"]
        else:
            new.pop(key, None)


class _Writer:
    """Turns last year's values into this year's."""

    def __init__(self, last: int, year: int, keep_text: bool, values: dict[str, str]) -> None:
        self._last = last
        self._year = year
        self._keep = keep_text
        self._values = values

    def shifted(self, text: str) -> str:
        """Move the years of a title or a file name: last year becomes this year, this year the next."""
        if not self._last:
            return text
        by = self._year - self._last
        pattern = rf"(?<!\d)({self._last}|{self._last + 1})(?!\d)"
        return re.sub(pattern, lambda match: str(int(match[1]) + by), text)

    def report(self, old: Dict) -> Dict:
        """Return the report for this year."""
        new: Dict = {}
        for key, value in old.items():
            if key == "年度":
                new[key] = str(self._year)
            elif key in _DATES:
                new[key] = ""
            elif key in _TITLES and isinstance(value, str):
                new[key] = self.shifted(value)
            elif key == INDICATORS and isinstance(value, dict):
                new[key] = self._indicators(value)
            elif key in (*_ROLES, "章节"):
                new[key] = self._sections(value)
            elif key == "附件":
                new[key] = self._attachments(value)
            elif key in _WORDS or key not in ("内容", "附注") or self._keep:
                new[key] = value
            elif key == "内容":
                new["章节"] = [self._section({"内容": value})]
        return new

    def _indicators(self, old: Dict) -> Dict:
        new: Dict = {}
        for name, value in old.items():
            indicator = value if isinstance(value, dict) else {}
            target = indicator.get("目标")
            if target:
                new[Comment(f"{name}：去年目标{target}")] = ""
            new[name] = self._indicator(str(name), indicator)
        return new

    def _indicator(self, name: str, old: Dict) -> Dict:
        new: Dict = {}
        for key, value in old.items():
            if key == "分项" and isinstance(value, dict):
                new[key] = dict.fromkeys(value, "")
            elif key in ("数值", "区间", "目标", "截至"):
                new["数值" if key == "区间" else key] = ""
            elif key not in ("上年", "约数"):
                new[key] = value
        if not {"数值", "公式", "分项"} & set(new):
            new = {"数值": "", **new}
        return {**new, "上年": self._last_value(name, old)}

    def _last_value(self, name: str, old: Dict) -> str:
        """Return the value as it was written, or what it came to."""
        written = old.get("数值") or ""
        if "约数" in old or not isinstance(written, str) or not written:
            return self._values.get(name, "").removesuffix(str(old.get("单位", ""))) or _written(old)
        return written

    def _sections(self, value: Value) -> Value:
        if isinstance(value, list):
            return [self._section(item) for item in value]
        return self._section(value)

    def _section(self, old: Value | Comment) -> Value:
        """Return a section without its texts, or with them, its titles moved on."""
        if isinstance(old, str):
            return old if self._keep else {"待补": suggestion(old)}
        assert isinstance(old, dict)
        new: Dict = {}
        words: list[Value | Comment] = []
        for key, value in old.items():
            if key == "标题":
                new[key] = self.shifted(str(value))
            elif key == "章节":
                new[key] = self._sections(value)
            elif key in ("内容", "结语", "待补") and not self._keep:
                words.append(value)
            else:
                new[key] = value
        if words or (not self._keep and "章节" not in new):
            todo: Dict = {"待补": suggestion(words)}
            todo.update(dict.fromkeys(tables(words), ""))
            below: Dict = {"章节": new.pop("章节")} if "章节" in new else {}
            new = {**new, **todo, **below}
        return new

    def _attachments(self, value: Value) -> Value:
        if self._keep:
            return value
        items = value if isinstance(value, list) else [value]
        return [self._attachment(item) for item in items if isinstance(item, dict)]

    def _attachment(self, old: Dict) -> Value:
        new: Dict = {"标题": self.shifted(str(old.get("标题", "")))}
        if "横排" in old:
            new["横排"] = old["横排"]
        first = self._section({"内容": old["内容"]}) if "内容" in old else None
        rest = self._sections(old["章节"]) if "章节" in old else []
        assert isinstance(rest, list)
        new["章节"] = [*([first] if first is not None else []), *rest]
        return new


def _written(old: Dict) -> str:
    """Return a value as the file has it, where it could not be computed."""
    value = old.get("数值") or old.get("区间") or ""
    return value if isinstance(value, str) else ""
