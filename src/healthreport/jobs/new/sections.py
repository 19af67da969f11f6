"""The standard sections and the levels of organisations, read from ``templates/``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, Field, PlainValidator, ValidationError

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, did_you_mean, error, or_rather
from healthreport.model import references
from healthreport.model.build import known_names
from healthreport.model.validating.errors import diagnose
from healthreport.model.validating.text import Text
from healthreport.model.validating.types import (
    WRITE_A_LIST,
    WRITE_A_TEXT,
    AnyText,
    Flag,
    Model,
    Number,
    Word,
    mistake,
    text_of,
)
from healthreport.reading.resources import SECTIONS
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.reading.resources import Resources

OTHER = "其他"
LEVELS_FILE = "levels.yaml"
_M = TypeVar("_M", bound=BaseModel)


def _by_level(value: object) -> dict[str, Text]:
    """Read one text for all levels, or a text for each: ``{县区: …, 其他: …}``."""
    if isinstance(value, Scalar):
        return {OTHER: text_of(value)}
    if not isinstance(value, Mapping) or not all(isinstance(item, Scalar) for item in value.values()):
        message = "这里应写一段文字，或按层级各写一段，如“县区: …”“其他: …”"
        raise mistake("not-a-text", message, hint=WRITE_A_TEXT)
    return {level: text_of(item) for level, item in value.items() if isinstance(item, Scalar)}


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or not all(isinstance(item, Scalar) for item in value):
        raise mistake("not-a-list", "这里应写成列表，如[县区, 乡镇]", hint=WRITE_A_LIST)
    return tuple(item.value for item in value if isinstance(item, Scalar))


ByLevel = Annotated[dict[str, Text], PlainValidator(_by_level)]
Words = Annotated[tuple[str, ...], PlainValidator(_words)]


class SectionIndicator(Model):
    """An indicator of a section: its definition, an example of its target, the levels it is for."""

    unit: Word = Field("", alias="单位")
    target: Word = Field("", alias="目标")
    formula: AnyText | None = Field(None, alias="公式")
    digits: Number | None = Field(None, alias="小数位")
    lower_is_better: Flag = Field(False, alias="越低越好")
    levels: Words | None = Field(None, alias="适用")


class Suggestion(Model):
    """A suggested problem or plan."""

    title: ByLevel = Field(alias="标题")
    content: ByLevel = Field(alias="内容")


class Section(Model):
    """A standard section as its file says it; ``levels`` are those it is standard for."""

    code: Word = Field(alias="代码")
    aliases: Words = Field((), alias="别名")
    order: Number = Field(alias="顺序")
    levels: Words = Field((), alias="适用")
    title: ByLevel = Field(alias="标题")
    indicators: dict[str, SectionIndicator] = Field({}, alias="指标")
    text: ByLevel = Field(alias="正文")
    problem: Suggestion | None = Field(None, alias="问题")
    plan: Suggestion | None = Field(None, alias="计划")

    def indicators_at(self, level: str) -> dict[str, SectionIndicator]:
        """Return the indicators of a level."""
        return {
            name: indicator
            for name, indicator in self.indicators.items()
            if indicator.levels is None or level in indicator.levels
        }


class Named(NamedTuple):
    """A standard section and its name, which is its file's."""

    name: str
    section: Section

    @property
    def words(self) -> tuple[str, ...]:
        """Every name the section goes by."""
        return (self.name, self.section.code, *self.section.aliases)


class Level(Model):
    """What a level calls itself and others; ``{县}`` and ``{镇}`` stand for the local word."""

    known_by: Words = Field((), alias="识别")
    org: Word = Field(alias="单位")
    superior: Word = Field(alias="上级")
    own: Word = Field(alias="自称")
    scope: Word = Field(alias="范围")
    subject: Word = Field(alias="主语")
    below: Word = Field(alias="下属")


_MODELS: dict[str, type[BaseModel]] = {"": Section, "指标": SectionIndicator, "问题": Suggestion, "计划": Suggestion}


def levels(resources: Resources) -> dict[str, Level]:
    """Return the levels in the order of their file. Raises :class:`HealthReportError`."""
    root = parse(resources.template(LEVELS_FILE))
    return {name: _validated(node, Level, {"": Level}) for name, node in root.items()}


def level_of(org: str, known: dict[str, Level]) -> str | None:
    """Tell a unit's level by its name: the longest word that a level is known by."""
    words = [(len(word), name) for name, level in known.items() for word in level.known_by if word in org]
    return max(words)[1] if words else None


def load(resources: Resources) -> list[Named]:
    """Return the standard sections in their order.

    Raises :class:`HealthReportError` with the mistakes of all their files, each at its line.
    """
    known = (*levels(resources), OTHER)
    found: list[Named] = []
    problems: list[Diagnostic] = []
    for name in resources.names(SECTIONS):
        try:
            found.append(Named(name, _section(resources, name, known)))
        except HealthReportError as wrong:
            problems += wrong.diagnostics
    if problems:
        raise HealthReportError(problems)
    return sorted(found, key=lambda named: (named.section.order, named.name))


def _section(resources: Resources, name: str, known: tuple[str, ...]) -> Section:
    path = resources.require(SECTIONS, name, "章节", lambda: Position(name))
    root = parse(resources.reader.read(path))
    section = _validated(root, Section, _MODELS)
    problems = [*_unknown_levels(root, known), *_unknown_names(section, known)]
    if problems:
        raise HealthReportError(dict.fromkeys(problems))
    return section


def _validated(root: Any, model: type[_M], models: dict[str, type[BaseModel]]) -> _M:
    try:
        return model.model_validate(root)
    except ValidationError as wrong:
        raise HealthReportError(diagnose(root, wrong.errors(include_url=False), models)) from None


def _unknown_levels(node: object, known: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Find levels that no file of levels names."""
    if not isinstance(node, Mapping):
        return
    for key, value in node.items():
        if key == "适用" and isinstance(value, Sequence):
            yield from (_unknown(item, known) for item in value if isinstance(item, Scalar) and item.value not in known)
        elif key in ("标题", "正文", "内容") and isinstance(value, Mapping):
            yield from (_unknown(at, known) for level, at in value.keys_at.items() if level not in known)
        else:
            yield from _unknown_levels(value, known)


def _unknown(at: Scalar, known: tuple[str, ...]) -> Diagnostic:
    return Diagnostic("unknown-level", f"没有层级“{at.value}”。", at.position(), hint=f"可选：{'、'.join(known)}。")


def _unknown_names(section: Section, known: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Find suggested texts that refer to what the level has no indicator for."""
    for level in known[:-1]:
        names = known_names(section.indicators_at(level))
        texts = [at_level(section.title, level), at_level(section.text, level)]
        for suggestion in (section.problem, section.plan):
            texts += [at_level(suggestion.title, level), at_level(suggestion.content, level)] if suggestion else []
        yield from references.unreadable((line for text in texts for line in text.lines), names)


def at_level(texts: dict[str, Text], level: str) -> Text:
    """Return the text of a level, or the one for all others."""
    return texts.get(level) or texts.get(OTHER) or next(iter(texts.values()))


def choose(wanted: Iterable[str], known: list[Named], place: Position) -> list[Named]:
    """Return the sections of these names, codes or aliases, in the order asked for.

    Raises :class:`HealthReportError` with every word that names none.
    """
    by_word = {word: named for named in reversed(known) for word in named.words}
    chosen, problems = [], []
    for word in wanted:
        if word in by_word:
            chosen.append(by_word[word])
            continue
        message = or_rather(f"没有章节“{word}”", did_you_mean(word, by_word))
        hint = f"可选：{'、'.join(named.name for named in known)}。"
        problems.append(Diagnostic("unknown-section", message, place, hint=hint))
    if problems:
        raise HealthReportError(problems)
    return list({named.name: named for named in chosen}.values())


def level_named(name: str, known: dict[str, Level], place: Position) -> Level:
    """Return the level of this name."""
    if name in known:
        return known[name]
    message = or_rather(f"没有层级“{name}”", did_you_mean(name, known))
    raise error("unknown-level", message, place, hint=f"可选：{'、'.join(known)}。")
