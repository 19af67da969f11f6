"""``Report`` and its sections: the file's keys in Chinese, the program's fields in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, Tag

from healthreport.diagnostics import Diagnostic
from healthreport.model.blocks import BLOCK_MODELS, Blocks, colon_mistake
from healthreport.model.indicators import Indicator, Indicators
from healthreport.model.validating.types import (
    AnyText,
    DateOrText,
    Day,
    Flag,
    Model,
    OneOrMore,
    RunIn,
    Styles,
    TextOrNothing,
    Todo,
    Word,
    Year,
    mistake,
    one_of,
)
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Sequence

ROLES = ("成绩", "问题", "计划", "保障", "致谢")
_SECTION_KEY = re.compile(r"(标题|内容|章节|结语|接排|待补)(：|:(?=\S))")


class Section(Model):
    """A section of any level; without 标题 it is unnumbered text in its place."""

    kind: ClassVar = "section"
    title: AnyText | None = Field(None, alias="标题")
    role: Annotated[Literal["成绩", "问题", "计划", "保障", "致谢"] | None, BeforeValidator(one_of(*ROLES))] = Field(
        None, alias="类别"
    )
    run_in: RunIn = Field((), alias="接排")
    content: Blocks = Field((), alias="内容")
    sections: Sections = Field((), alias="章节")
    closing: Blocks = Field((), alias="结语")
    numbering: Styles = Field((), alias="下级编号")
    number: Word | None = Field(None, alias="序号")
    todo: Todo = Field(None, alias="待补")


def _is_section(value: object) -> str | None:
    if isinstance(value, Scalar):
        return "text"
    return "section" if isinstance(value, Mapping) else None


def _refuse_mistyped_key(value: object) -> object:
    if isinstance(value, Scalar) and value.style is None and (typed := _SECTION_KEY.match(value.value)):
        raise colon_mistake(typed)
    return value


def _list_of_sections(value: object) -> object:
    if not isinstance(value, Sequence):
        raise mistake("not-a-list", "这里应写成列表，每节以“- 标题: …”开头")
    return value


_Entry = Annotated[
    Annotated[Section, Tag("section")] | Annotated[AnyText, Tag("text")],
    Discriminator(_is_section, "not-a-section", "这里应写一节（“标题: …”），或一段文字"),
]
Sections = Annotated[
    tuple[Annotated[_Entry, BeforeValidator(_refuse_mistyped_key)], ...], BeforeValidator(_list_of_sections)
]


def _is_role(value: object) -> str | None:
    if isinstance(value, Mapping):
        return "section"
    return "list" if isinstance(value, Sequence) else None


Role = Annotated[
    Annotated[Section, Tag("section")] | Annotated[Sections, Tag("list")],
    Discriminator(_is_role, "not-a-role", "这里应写各节的列表（“- 标题: …”），或一节（“标题: …”“内容: …”）"),
]


class Attachment(Model):
    """An attachment: its own page, title and numbering."""

    title: AnyText = Field(alias="标题")
    content: Blocks = Field((), alias="内容")
    sections: Sections = Field((), alias="章节")
    landscape: Flag = Field(False, alias="横排")


def _as_list(value: object) -> object:
    return value if isinstance(value, Sequence) else [value]


def _levels(value: object) -> object:
    if isinstance(value, Scalar) and value.value in ("是", "否", "true", "false"):
        raise mistake("not-a-level", "报告的“接排”要写明是哪一级，如[（一）]")
    return value


class Report(Model):
    """One report as its file says it, before any template has shaped it."""

    genre: Word = Field("通用", alias="体裁")
    year: Year | None = Field(None, alias="年度")
    period: AnyText | None = Field(None, alias="期间")
    title: TextOrNothing | None = Field(None, alias="标题")
    subtitle: AnyText | None = Field(None, alias="副标题")
    org: AnyText | None = Field(None, alias="单位")
    superior: AnyText | None = Field(None, alias="上级")
    recipient: AnyText | None = Field(None, alias="主送")
    salutation: AnyText | None = Field(None, alias="称谓")
    speaker: AnyText | None = Field(None, alias="讲话人")
    date: Day | None = Field(None, alias="日期")
    as_of: DateOrText | None = Field(None, alias="截至")
    lead: Blocks = Field((), alias="导语")
    achievements: Role | None = Field(None, alias="成绩")
    problems: Role | None = Field(None, alias="问题")
    plans: Role | None = Field(None, alias="计划")
    sections: Sections = Field((), alias="章节")
    content: Blocks = Field((), alias="内容")
    closing: Blocks = Field((), alias="结尾")
    signature: TextOrNothing | None = Field(None, alias="落款")
    note: AnyText | None = Field(None, alias="附注")
    attachments: Annotated[tuple[Attachment, ...], BeforeValidator(_as_list), OneOrMore()] = Field((), alias="附件")
    structure: Annotated[Literal["三段式", "并列式"], BeforeValidator(one_of("三段式", "并列式"))] = Field(
        "三段式", alias="结构"
    )
    numbering: Styles = Field((), alias="编号")
    run_in: Annotated[RunIn, BeforeValidator(_levels)] = Field((), alias="接排")
    layout: Word | None = Field(None, alias="版式")
    indicators: Indicators = Field({}, alias="指标")


_ROLE_KEYS = ("成绩", "问题", "计划")


def has_two_forms(root: dict[str, Node]) -> bool:
    """Say whether a file is written both by role and by section."""
    return "章节" in root and any(role in root for role in _ROLE_KEYS)


def two_forms(root: Mapping) -> Iterator[Diagnostic]:
    """Find a file that is written both by role and by section."""
    if has_two_forms(root):
        roles = [role for role in _ROLE_KEYS if role in root]
        message = f"“章节”与“{'”“'.join(roles)}”不能同时写，请把“章节”的内容并入“成绩”等，或都写进“章节”。"
        place = root.keys_at["章节"].position()
        yield Diagnostic("two-forms", message, place, hint="一份材料只用一种写法。")


# The model behind each tag or key of an error's location.
MODELS: dict[str, type[BaseModel]] = {
    "": Report,
    "section": Section,
    "附件": Attachment,
    "指标": Indicator,
    **BLOCK_MODELS,
}
