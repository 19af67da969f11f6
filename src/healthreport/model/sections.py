"""Sections and attachments: what a report is made of below its head."""

import re
from typing import Annotated, ClassVar, Literal

from pydantic import Tag, field_validator

from healthreport.model.blocks import Blocks
from healthreport.model.fields import key
from healthreport.model.validating import titles
from healthreport.model.validating.annotations import Before, OneOrMore
from healthreport.model.validating.types import (
    AnyText,
    Flag,
    LastingText,
    LeftOpen,
    Model,
    RunIn,
    Styles,
    Word,
    mistake,
    one_of,
    refuse_mistyped,
    told_apart,
)
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

_BARE_NUMBER = re.compile(r"([0-9０-９]+)|[一二三四五六七八九十百]+")
_WRITE_THE_TEXT = "请写上正文；还没写的，键仍写“待补”。"
_WRITE_A_SECTION = "例如“- 标题: …”，下一行缩进写“内容: …”。"
FLAGS = ("是", "否")
ROLES = ("成绩", "问题", "计划", "保障", "致谢")
KEYS_OF_SECTIONS = ("标题", "内容", "章节", "结语", "接排", "待补")
_refuse_mistyped_key = refuse_mistyped(KEYS_OF_SECTIONS)


class Section(Model, title="一节"):
    """A section of any level; without 标题 it is unnumbered text in its place."""

    kind: ClassVar = "section"
    title: LastingText | None = key(
        "标题",
        "本节的标题，只写一行，照印，末尾不加标点；不写则是一段不编号的文字。序号由程序编排，不要手写。",
        None,
        example="做实签约服务",
    )
    role: Annotated[Literal["成绩", "问题", "计划", "保障", "致谢"] | None, Before(one_of(*ROLES))] = key(
        "类别", "本节的性质，标题怎样写都能认出来，不影响印出的样子。", None, example="保障"
    )
    run_in: RunIn = key("接排", "标题与正文同段：是或否；写级别（如[1.]）则管下面各节。", (), example="是")
    content: Blocks = key(
        "内容",
        "正文：一段文字、一个内容块，或它们的列表；“|”后面每一行是一段。",
        (),
        example="[全年签约1.2万人。, {引语: 主要做法：, 分述: [入户, 回访]}]",
    )
    sections: "Sections" = key(
        "章节",
        "下一级的各节；直接写一句话就是有序号、没标题的一段。",
        (),
        example="[{标题: 组建团队, 内容: 组建团队36个。}]",
    )
    closing: Blocks = key("结语", "本节各小节之后的话。", (), example="以上做法在全市作了交流。")
    numbering: Styles = key("下级编号", "下一级起改用的编号样式，如[一是]。", (), example="[一是]")
    goes_on: Flag | None = key(
        "续号", "本节的序号接着前面同一样式的编下去，不因换了上级从头编：是或否。", None, example="是"
    )
    number: Word | None = key("序号", "写“无”则本节不编号；也可写出要用的序号。", None, example="无")
    todo: LeftOpen = key("待补", "有意留空：成稿留出空白并提醒；写文字则作草稿的建议。", None, example="待批复后列入。")

    @field_validator("number", mode="before")
    @classmethod
    def _has_a_mark(cls, value: object) -> object:
        """Refuse a number alone: it would run into the title."""
        if isinstance(value, Scalar) and (number := _BARE_NUMBER.fullmatch(value.value)):
            with_mark = f"{value.value}{'.' if number[1] else '、'}"
            hint = f"请写成“{with_mark}”；要由程序编号，请删去“序号”。"
            raise mistake("numbering-style", f"序号“{value.value}”后面没有点号，会和标题连在一起", hint=hint)
        return value

    @field_validator("title", mode="before")
    @classmethod
    def _is_one_line(cls, value: object) -> object:
        return titles.one_line(value)

    @field_validator("content", mode="before")
    @classmethod
    def _is_no_flag(cls, value: object) -> object:
        """Refuse what is left of ``待补: 是`` when the key alone was changed: the section would print 是."""
        if isinstance(value, Scalar) and value.value in FLAGS:
            raise mistake("flag-as-text", f"这一节的内容只有一个“{value.value}”字", hint=_WRITE_THE_TEXT)
        return value


def _is_section(value: object) -> str | None:
    if isinstance(value, Scalar):
        return "text"
    return "section" if isinstance(value, Mapping) else None


def _list_of_sections(value: object) -> object:
    if not isinstance(value, Sequence):
        hint = "例如另起一行写“- 标题: 主要做法”，下一行缩进写“内容: …”。"
        raise mistake("not-a-list", "这里应写成列表，每节以“- 标题: …”开头", hint=hint)
    return value


_Entry = Annotated[
    Annotated[Section, Tag("section")] | Annotated[AnyText, Tag("text")],
    told_apart(_is_section, "not-a-section", "这里应写一节（“标题: …”），或一段文字", hint=_WRITE_A_SECTION),
]
Sections = Annotated[tuple[Annotated[_Entry, Before(_refuse_mistyped_key)], ...], Before(_list_of_sections)]


def _is_role(value: object) -> str | None:
    if isinstance(value, Mapping):
        return "section"
    return "list" if isinstance(value, Sequence) else None


Role = Annotated[
    Annotated[Section, Tag("section")] | Annotated[Sections, Tag("list")],
    told_apart(
        _is_role,
        "not-a-role",
        "这里应写各节的列表（“- 标题: …”），或一节（“标题: …”“内容: …”）",
        hint=_WRITE_A_SECTION,
    ),
]


def as_list(value: object) -> object:
    """Let one stand for a list of one."""
    return value if isinstance(value, Sequence) else [value]


class AddedSection(Section, title="加到底稿里的一节"):
    """A section that a report adds to those of its base, behind the one it names or at the end."""

    behind: Word | None = key("放在", "底稿里一节的标题：放在那一节后面；不写则放在最后。", None, example="服务群众")


def _is_added(value: object) -> str | None:
    kind = _is_section(value)
    return "added" if kind == "section" else kind


_Added = Annotated[
    Annotated[AddedSection, Tag("added")] | Annotated[AnyText, Tag("text")],
    told_apart(_is_added, "not-a-section", "这里应写一节（“标题: …”），或一段文字", hint=_WRITE_A_SECTION),
]
AddedSections = Annotated[tuple[_Added, ...], Before(as_list), OneOrMore()]


class Addition(Model, title="加到底稿里的各节"):
    """追加: what a report adds to the sections of its base, by the key they stand under."""

    achievements: AddedSections = key(
        "成绩", "加到“成绩”里的各节。", (), example="[{标题: 村医轮训, 内容: 轮训36人。}]"
    )
    problems: AddedSections = key("问题", "加到“问题”里的各节。", (), example="{标题: 设备陈旧, 内容: 彩超待更新。}")
    plans: AddedSections = key("计划", "加到“计划”里的各节。", (), example="{标题: 更新设备, 内容: 购置彩超1台。}")
    sections: AddedSections = key(
        "章节", "加到“章节”里的各节。", (), example="{标题: 村医轮训, 内容: 轮训36人, 放在: 服务群众}"
    )


def _levels(value: object) -> object:
    if isinstance(value, Scalar) and value.value in ("是", "否", "true", "false"):
        hint = "写出那一级的第一个序号；要让某一节接排，请在那一节写“接排: 是”。"
        raise mistake("not-a-level", "这里的“接排”要写明是哪一级，如[（一）]", hint=hint)
    return value


def _styles(value: object) -> object:
    if isinstance(value, Scalar) and value.value in ("是", "否", "true", "false"):
        hint = "写出那种序号的第一个；只让某一节接着编，请在那一节写“续号: 是”。"
        raise mistake("not-a-level", "这里的“续号”要写明是哪种序号，如[第一条]", hint=hint)
    return value


Levels = Annotated[RunIn, Before(_levels)]
GoingOn = Annotated[Styles, Before(_styles)]


class Attachment(Model, title="一个附件"):
    """An attachment: its own page, title and numbering."""

    title: LastingText = key("标题", "附件的标题。", example="重点项目清单")
    content: Blocks = key(
        "内容", "正文：一段文字、一个内容块，或它们的列表；“|”后面每一行是一段。", (), example="{指标表: 全部}"
    )
    sections: Sections = key("章节", "下一级的各节。", (), example="[{标题: 加强培训, 内容: 每季度一次。}]")
    landscape: Flag = key("横排", "横向页面：是或否。", False, example="是")
    numbering: Styles = key("编号", "各级编号的样式；不写则与正文一样。", (), example="[1., （1）]")
    run_in: Levels = key("接排", "哪些级别的标题与正文同段；不写则与正文一样。", (), example="[1.]")
    goes_on: GoingOn = key("续号", "哪些样式的序号在这个附件里一直编下去；不写则与正文一样。", (), example="[第一条]")

    @field_validator("title", mode="before")
    @classmethod
    def _is_no_text(cls, value: object) -> object:
        return titles.no_text(value)
