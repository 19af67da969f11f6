"""``.healthreport.yaml`` → settings: how rules weigh in a folder, words of its own, what is known and let be.

::

    extends: ../公用.yaml
    规则: {HR204: 关, HR305: 建议}
    错词: {清合区: 清河区}
    正确: [清河区卫建集团]
    阈值: {雷同: 50%}
    忽略:
      - {文件: 2022.docx, 规则: HR204, 引文: 共有医疗机构41家}
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ValidationError

from healthreport.checking.settings import THRESHOLDS, WEIGHTS, LetBe, Settings, unknown_rule
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, did_you_mean, error, or_rather
from healthreport.model.fields import key
from healthreport.model.validating.annotations import Read
from healthreport.model.validating.errors import diagnose
from healthreport.model.validating.types import WORDS, Model, Names, Word, mistake, one_of
from healthreport.reading import inherit
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence
from healthreport.reading.yaml.parse import parse
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from healthreport.reading.reader import Reader

_EXTENDS = "extends"
_RULES = _RULE = "规则"
_LET_BE = "忽略"
_MOST_FILES, _MOST_ENTRIES = 10, 2_000
_PERCENT = quantities.unit("%")


def _share(value: object) -> Fraction:
    written = value.value if isinstance(value, Scalar) else ""
    try:
        share = quantities.read(written, _PERCENT).number
    except ValueError:
        share = Fraction()
    if not 0 < share <= 1:
        raise mistake("bad-number", f"“{written}”不是大于0、不大于100%的百分数", hint="例如50%。")
    return share


Share = Annotated[Fraction, Read(_share, WORDS)]
Weight = Annotated[str, Read(one_of(*WEIGHTS), {"enum": [*WEIGHTS]})]


class _LetBe(Model, title="忽略"):
    file: Word = key("文件", "文件名，可以写*，如“2022*.docx”。")
    rule: Word = key(_RULE, "规则的编号，如HR204。")
    quote: Word = key("引文", "那一处的原话，几个字就够。")


class _Configuration(Model, title="设置"):
    """The keys of the file."""

    extends: Word = key(_EXTENDS, "另一份设置，先用它的，再用这里的；在同一个或上一级文件夹里。", "")
    weights: dict[str, Weight] = key(_RULES, "各规则的轻重：错误、警告、建议，或者关。", {})
    wrong: dict[str, Word] = key("错词", "本地常写错的词和正确的写法。", {})
    right: Names = key("正确", "本来就对的名称，里面的字不再提醒。", ())
    thresholds: dict[str, Share] = key("阈值", f"可以有：{'、'.join(THRESHOLDS)}。", {})
    let_be: tuple[_LetBe, ...] = key(_LET_BE, "已经核对过、不必再提醒的地方。", ())


_MODELS: dict[str, type[BaseModel]] = {"": _Configuration, _LET_BE: _LetBe}


def read(
    path: Path, reader: Reader, rules: Collection[str], root: Path | None = None, *, is_found: bool = False
) -> Settings:
    """Read settings and those they extend, none of them outside of ``root``, or of the folder above.

    ``rules`` are the ids that may be set. Those that are ``is_found``, not named, may be no link that leads out.
    Raises :class:`HealthReportError` with every rule and key that nobody knows.
    """
    settings = Settings()
    inside = inherit.allowed(path, reader, root)
    if is_found:
        inherit.beside(path, path.name, Position(str(path)), reader, inside)
    trees = [*_chain(path, reader, inside)]
    _refuse_too_many(trees)
    for tree in reversed(trees):
        settings = _settings(tree, rules).laid_over(settings)
    return settings


def _chain(path: Path, reader: Reader, inside: str) -> Iterator[Mapping]:
    """Yield the tree of settings and of all those they extend, the nearest first."""
    seen = {path.resolve()}
    while True:
        source = reader.read(path)
        says = any(line.strip() and not line.lstrip().startswith("#") for line in source.text.splitlines())
        tree = parse(source) if says else Mapping(source, 0, 0)  # one that says nothing yet is no mistake
        yield tree
        extended = tree.get(_EXTENDS)
        if not isinstance(extended, Scalar):  # what it may be otherwise, the model tells
            return
        path = inherit.beside(path, extended.value, extended.position(), reader, inside)
        if path.resolve() in seen or len(seen) == _MOST_FILES:
            message = f"“{extended.value}”绕回了自己，或者套了超过{_MOST_FILES}层。"
            raise error("extends-cycle", message, extended.position(), hint="请去掉一处 extends。")
        seen.add(path.resolve())


def _refuse_too_many(trees: list[Mapping]) -> None:
    """Refuse settings that would be looked for in every text for an hour."""
    values = [value for tree in trees for value in tree.values() if not isinstance(value, Scalar)]
    if sum(map(len, values)) > _MOST_ENTRIES:
        message = f"设置一共超过{_MOST_ENTRIES}条。"
        longest = max(values, key=len)
        raise error("too-large", message, longest.position(), hint="请只留要用的；“忽略”的地方改好以后，请删去那一条。")


def _settings(tree: Mapping, rules: Collection[str]) -> Settings:
    try:
        made = _Configuration.model_validate(tree)
    except ValidationError as wrong:
        found = diagnose(tree, wrong.errors(include_url=False, include_input=False), _MODELS)
        raise HealthReportError([*found, *_unknown(tree, rules)]) from None
    unknown = [*_unknown(tree, rules)]
    if unknown:
        raise HealthReportError(unknown)
    items = tree.get(_LET_BE)
    places = [item.position() for item in items] if isinstance(items, Sequence) else []
    return Settings(
        {name: WEIGHTS[weight] for name, weight in made.weights.items()},
        made.wrong,
        tuple(map(str, made.right)),
        made.thresholds,
        tuple([LetBe(one.file, one.rule, one.quote, at) for one, at in zip(made.let_be, places, strict=True)]),
    )


def _unknown(tree: Mapping, rules: Collection[str]) -> Iterator[Diagnostic]:
    """Tell of rules and thresholds that nobody knows."""
    for name, at in _keys(tree, _RULES):
        if name not in rules:
            yield unknown_rule(name, rules, at)
    for name, at in _keys(tree, "阈值"):
        if name not in THRESHOLDS:
            hint = f"可以有：{'、'.join(THRESHOLDS)}。"
            yield Diagnostic(
                "unknown-key", or_rather(f"没有“{name}”这个阈值", did_you_mean(name, THRESHOLDS)), at, hint=hint
            )
    items = tree.get(_LET_BE)
    for item in items if isinstance(items, Sequence) else ():
        rule = item.get(_RULE) if isinstance(item, Mapping) else None
        if isinstance(rule, Scalar) and rule.value not in rules:
            yield unknown_rule(rule.value, rules, rule.position())


def _keys(tree: Mapping, name: str) -> Iterator[tuple[str, Position]]:
    node = tree.get(name)
    if isinstance(node, Mapping):
        yield from ((key, at.position()) for key, at in node.keys_at.items())
