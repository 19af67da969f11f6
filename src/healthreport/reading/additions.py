"""追加: sections that a report adds to those of its base, behind the one that 放在 names or at the end.

The report then says the whole list itself: what its base has there, and what it adds. So an addition is made once,
whoever stands on this report in turn.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pydantic import ValidationError

from healthreport.diagnostics import (
    MAX_PROBLEMS,
    Diagnostic,
    HealthReportError,
    Related,
    Severity,
    did_you_mean,
    error,
    or_rather,
)
from healthreport.model.report import MODELS
from healthreport.model.sections import Addition
from healthreport.model.validating.errors import diagnose
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

BEHIND = "放在"
_BELOW = "章节"
_ROLES = ("成绩", "问题", "计划")
_KEYS = (*_ROLES, _BELOW)
_LISTED = 6
_MODELS: dict[str, type[BaseModel]] = {**MODELS, "": Addition}


def laid(tree: Mapping, added: Node, base: Mapping) -> Mapping:
    """Return a report's own tree with the sections it adds behind those of its base.

    Raises :class:`HealthReportError` for what is no section, and for a 放在 that names none of the base, or two.
    """
    if not isinstance(added, Mapping):
        hint = "例如“追加: {成绩: [{标题: …, 内容: …}]}”。"
        raise error("not-a-mapping", "“追加”下面要写明加到哪里，如“成绩:”。", added.position(), hint=hint)
    try:
        Addition.model_validate(added)
    except ValidationError as wrong:
        problems = diagnose(added, wrong.errors(include_url=False, include_input=False), _MODELS)
        raise HealthReportError(problems) from None
    own = tree.copy_of()
    for key, sections in added.items():
        _refuse_other_form(key, own, base, added)
        known = own[key] if key in own else base.get(key)
        listed = sections if isinstance(sections, Sequence) else _list(added, [sections])
        elsewhere = {title: other for other in _KEYS if other != key for title in _all_titles(other, own, base)}
        if _has_no_place(known):
            continue  # what is wrong with it is told where the report is built
        own[key] = _with_sections(known, listed, elsewhere)
        own.keys_at[key] = added.keys_at[key]
    return own


def _has_no_place(known: Node | None) -> bool:
    """Say whether what stands under a key is no list of sections, nor one section that could have some."""
    below = known.get(_BELOW) if isinstance(known, Mapping) else known
    return isinstance(below, Scalar) or (isinstance(known, Mapping) and isinstance(below, Mapping))


def refuse(added: Node) -> HealthReportError:
    """Return the error of an addition to nothing."""
    hint = "请加上“继承: 全县.yaml”；没有底稿的，直接写在“成绩”等下面。"
    return error("nothing-to-add-to", "“追加”要加到底稿里，这份报告没有写“继承”。", added.position(), hint=hint)


def replaced(tree: Mapping, base: Mapping) -> Iterator[Diagnostic]:
    """Tell of the sections of a base that a report has others for: it may have meant to add some."""
    for key in _KEYS:
        known = base.get(key)
        if key in tree and isinstance(known, Sequence | Mapping):
            count = len(_sections(known))
            message = f"这里的“{key}”把底稿的{f'{count}节' if count else ''}都换掉了。"
            hint = f"只想加几节的，请写成“追加: {{{key}: …}}”。"
            yield Diagnostic("sections-replaced", message, tree.keys_at[key].position(), Severity.NOTE, hint)


def _refuse_other_form(key: str, own: Mapping, base: Mapping, added: Mapping) -> None:
    """Refuse 成绩 for a base that has 章节, and the other way round: a report has one form."""
    others = (_BELOW,) if key in _ROLES else _ROLES
    other = next((one for one in others if one in own or one in base), None)
    if other and key not in own and key not in base:
        hint = f"请写成“追加: {{{other}: …}}”。"
        raise error(
            "other-form", f"底稿的各章写在“{other}”下面，不在“{key}”。", added.keys_at[key].position(), hint=hint
        )


def _all_titles(key: str, own: Mapping, base: Mapping) -> list[str]:
    """Return the titles of all sections under a key of the report."""
    known = own[key] if key in own else base.get(key)
    return [title for title, _ in _titles(_sections(known))] if isinstance(known, Sequence | Mapping) else []


def _with_sections(known: Node | None, added: Sequence, elsewhere: dict[str, str]) -> Node:
    """Return what stands under a key of the report, a list or one section, with sections added.

    ``elsewhere`` says of the titles under other keys which that is.
    """
    if isinstance(known, Mapping):
        whole = known.copy_of()
        below = known.get(_BELOW)
        whole[_BELOW] = _placed(below if isinstance(below, Sequence) else _list(known, []), added, elsewhere)
        return whole
    return _placed(known if isinstance(known, Sequence) else _list(added, []), added, elsewhere)


def _placed(known: Sequence, added: Sequence, elsewhere: dict[str, str]) -> Sequence:
    """Return sections with others behind those they name; the rest stands at the end, all in the order written."""
    places: dict[str, list[Scalar]] = {}
    for title, at in _titles(known):
        places.setdefault(title, []).append(at)
    found = (problem for section in added for problem in _misplaced(section, places, elsewhere))
    problems = [*islice(found, MAX_PROBLEMS)]
    if problems:
        raise HealthReportError(problems)
    behind: dict[str, list[Node]] = {}
    for section in added:
        named = section.get(BEHIND) if isinstance(section, Mapping) else None
        behind.setdefault(named.value if isinstance(named, Scalar) else "", []).append(_bare(section))
    last = behind.pop("", [])
    whole = _with_behind(known, behind)
    whole += last
    return whole


def _bare(section: Node) -> Node:
    """Return a section without its 放在, which may be there and say nothing."""
    if not (isinstance(section, Mapping) and BEHIND in section.keys_at):
        return section
    bare = section.copy_of()
    bare.pop(BEHIND, None)
    del bare.keys_at[BEHIND]
    return bare


def _misplaced(section: Node, places: dict[str, list[Scalar]], elsewhere: dict[str, str]) -> Iterator[Diagnostic]:
    """Tell of a 放在 that names no section, or two."""
    named = section.get(BEHIND) if isinstance(section, Mapping) else None
    if not isinstance(named, Scalar):
        return
    found = places.get(named.value, [])
    if not found and named.value in elsewhere:
        key = elsewhere[named.value]
        message, hint = f"标题是“{named.value}”的节在底稿的“{key}”里。", f"请写成“追加: {{{key}: …}}”，或换一个标题。"
        yield Diagnostic("no-such-section", message, named.position(), hint=hint)
    elif not found:
        titles = [*places]
        meant = did_you_mean(named.value, titles)
        listed = "、".join(f"“{title}”" for title in titles[:_LISTED]) + ("等" if len(titles) > _LISTED else "")
        hint = "" if meant else f"底稿里有：{listed}。" if titles else "底稿里没有带标题的节，请删去“放在”。"
        message = or_rather(f"底稿里没有标题是“{named.value}”的节", meant)
        yield Diagnostic("no-such-section", message, named.position(), hint=hint)
    elif len(found) > 1:
        related = tuple([Related(at.position(), "这里有一节") for at in found[:_LISTED]])
        message, hint = f"底稿里有{len(found)}节的标题是“{named.value}”。", "请改用前后一节的标题，或删去“放在”。"
        yield Diagnostic("two-such-sections", message, named.position(), hint=hint, related=related)


def _titles(sections: Sequence) -> Iterator[tuple[str, Scalar]]:
    """Yield the titles of sections and of those below them, and where each is written."""
    for section in sections:
        if isinstance(section, Mapping):
            if isinstance(title := section.get("标题"), Scalar):
                yield title.value, title
            yield from _titles(_sections(section))


def _with_behind(known: Sequence, behind: dict[str, list[Node]]) -> Sequence:
    """Return sections, at every depth, each followed by those that name it."""
    whole = _list(known, [])
    for section in known:
        title = section.get("标题") if isinstance(section, Mapping) else None
        if isinstance(section, Mapping) and (below := _sections(section)):
            deeper = section.copy_of()
            deeper[_BELOW] = _with_behind(below, behind)
            whole.append(deeper)
        else:
            whole.append(section)
        whole += behind.get(title.value, []) if isinstance(title, Scalar) else []
    return whole


def _sections(node: Sequence | Mapping) -> Sequence:
    """Return the sections of a list, or of those below one."""
    below = node if isinstance(node, Sequence) else node.get(_BELOW)
    return below if isinstance(below, Sequence) else _list(node, [])


def _list(at: Mapping | Sequence, nodes: list[Node]) -> Sequence:
    found = Sequence(at.source, at.start, at.end)
    found += nodes
    return found
