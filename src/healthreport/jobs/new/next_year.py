"""Next year's file from last year's: the same sections and indicators, last year's values beside them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.figures import listing
from healthreport.jobs.new import last_years_plans, sections, skeleton
from healthreport.model.build import build
from healthreport.model.references import FIELDS
from healthreport.reading import inherit
from healthreport.reading.differences import INDICATORS, INHERITS
from healthreport.reading.yaml.dump import Comment, Dict, Value, dump, plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from healthreport.trees.end_marks import is_ended
from healthreport.values import scalars

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.reading.resources import Resources

_DATES = ("日期", "截至")
_WORDS = ("导语", "结尾")
_TITLES = ("标题", "副标题", "继承")
_ROLES = ("成绩", "问题", "计划")
_CODE = re.compile(r"\{\{(.*?)\}\}")
_SENTENCE = re.compile(r"[^。！？\n]*\{\{[^。！？\n]*[。！？]?")


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


def succeed(path: Path, genre: str, year: int | None, resources: Resources, *, keep_text: bool) -> Successor:
    """Return next year's file. Raises :class:`HealthReportError` when last year's cannot be read."""
    root = parse(resources.reader.read(path))
    old = plain(root)
    assert isinstance(old, dict)
    last = _year(str(old.get("年度", "")))
    new_year = year or (last + 1 if last else 0)
    if not new_year:
        place = root.position()
        raise HealthReportError(
            [Diagnostic("missing-key", "去年的文件没有写“年度”。", place, hint="请用 --year 写明年份。")]
        )
    written_genre = str(old.get("体裁", ""))
    writer = _Writer(last, new_year, keep_text, _last_values(path, resources))
    new = writer.report(old)
    if genre or written_genre or INHERITS not in old:  # a township's file has its genre from its base
        new = {"体裁": genre or written_genre or skeleton.FALLBACK} | new | ({"体裁": genre} if genre else {})
    if not keep_text:
        kind = skeleton.genre_name(resources, genre or written_genre or skeleton.FALLBACK)
        _take_phrases(new, old, skeleton.Wanted(kind, new_year, "", str(old.get("单位", ""))), resources)
    last_years_plans.place(new, old, sections.load(resources))
    text = _head(path, str(old.get(INHERITS, "")), keep_text=keep_text) + dump(_spaced(new))
    stem = writer.shifted(path.stem)
    name = f"{stem}.yaml" if stem != path.stem else f"{new_year}{path.stem}.yaml"
    return Successor(name, text, last if last != new_year else 0)


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
        if any(one.id != "outside" for one in wrong.diagnostics):
            raise
        return {}  # a base elsewhere: what the file itself says must do
    return {row["指标"]: row["数值"] for row in rows}


def _take_phrases(new: Dict, old: Dict, wanted: skeleton.Wanted, resources: Resources) -> None:
    """Fill lead and closing with the genre's set phrases where last year's file had some."""
    known = sections.levels(resources)
    level = sections.level_of(wanted.org, known) or next(iter(known))
    fresh = plain(parse(Source("", skeleton.render(wanted._replace(level=level), resources))))
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
            one = value if isinstance(value, dict) else {}
            target = one.get("目标")
            if target:
                new[Comment(f"{name}：去年目标{target}")] = ""
            new[name] = self._indicator(str(name), one)
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


def suggestion(value: Value) -> str:
    """Return the sentences that refer to figures: they are true of any year. Or 是, if there are none."""
    found = [match[0].strip() for text in texts(value) for match in _SENTENCE.finditer(text)]
    lines = [one if is_ended(one) else one + "。" for one in found if _refers_to_figures(one)]
    return "\n".join(lines) or "是"


def _refers_to_figures(sentence: str) -> bool:
    return any(not code.strip().startswith(tuple(FIELDS)) for code in _CODE.findall(sentence))


def texts(value: Value | Comment) -> list[str]:
    """Return the texts of blocks, without those of tables and pictures."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in _NOT_WORDS for text in texts(item)]
    return []


_NOT_WORDS = ("样式", "形式", "表格", "指标表", "图片", "时限", "责任人")


def tables(words: list[Value | Comment]) -> list[Comment]:
    """Return last year's tables and pictures as comments: filled in, they can be switched on again."""
    found = []
    for value in words:
        for block in value if isinstance(value, list) else [value]:
            if isinstance(block, dict) and {"表格", "指标表", "图片"} & set(block):
                found.append(Comment("去年这里有（数填好后去掉“# ”启用）：\n" + dump({"结语": block}).rstrip("\n")))
    return found
