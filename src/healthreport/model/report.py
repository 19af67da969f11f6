"""``Report`` and its sections: the file's keys in Chinese, the program's fields in English."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Tag, field_validator

from healthreport.model.blocks import BLOCK_MODELS, Blocks, mistyped_key
from healthreport.model.fields import key
from healthreport.model.indicators import Indicator, Indicators
from healthreport.model.issued import Imprint, RedHead
from healthreport.model.own_words import OwnWords
from healthreport.model.references import FIELDS
from healthreport.model.rolling_up import RollUp
from healthreport.model.validating import titles
from healthreport.model.validating.annotations import Before, OneOrMore
from healthreport.model.validating.types import (
    WRITE_A_LIST,
    AnyText,
    DateOrText,
    Day,
    Flag,
    LastingText,
    LeftOpen,
    Model,
    Names,
    RunIn,
    Styles,
    TextOrNothing,
    Word,
    Year,
    mistake,
    one_of,
    refuse_mistyped,
    told_apart,
    unquoted,
)
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

_WRITE_THE_TEXT = "请写上正文；还没写的，键仍写“待补”。"
_WRITE_A_SECTION = "例如“- 标题: …”，下一行缩进写“内容: …”。"
FLAGS = ("是", "否")
ROLES = ("成绩", "问题", "计划", "保障", "致谢")
MISTYPED_SECTION = mistyped_key(("标题", "内容", "章节", "结语", "接排", "待补"))
_refuse_mistyped_key = refuse_mistyped(MISTYPED_SECTION)


class Section(Model, title="一节"):
    """A section of any level; without 标题 it is unnumbered text in its place."""

    kind: ClassVar = "section"
    title: LastingText | None = key("标题", "本节的标题；不写则是不编号的文字。序号由程序编排，不要手写。", None)
    role: Annotated[Literal["成绩", "问题", "计划", "保障", "致谢"] | None, Before(one_of(*ROLES))] = key(
        "类别", "本节的性质，标题怎样写都能认出来。", None
    )
    run_in: RunIn = key("接排", "标题与正文同段：是或否；写级别（如[1.]）则管下面各节。", ())
    content: Blocks = key("内容", "正文：一段文字、一个内容块，或它们的列表；“|”后面每一行是一段。", ())
    sections: "Sections" = key("章节", "下一级的各节。", ())
    closing: Blocks = key("结语", "本节各小节之后的话。", ())
    numbering: Styles = key("下级编号", "下一级起改用的编号样式，如[一是]。", ())
    goes_on: Flag | None = key("续号", "本节的序号接着前面同一样式的编下去，不因换了上级从头编：是或否。", None)
    number: Word | None = key("序号", "写“无”则本节不编号；也可写出要用的序号。", None)
    todo: LeftOpen = key("待补", "有意留空：成稿留出空白并提醒；写文字则作草稿的建议。", None)

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
        raise mistake("not-a-list", "这里应写成列表，每节以“- 标题: …”开头", hint=WRITE_A_LIST)
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


def _as_list(value: object) -> object:
    return value if isinstance(value, Sequence) else [value]


class AddedSection(Section, title="加到底稿里的一节"):
    """A section that a report adds to those of its base, behind the one it names or at the end."""

    behind: Word | None = key("放在", "底稿里一节的标题：放在那一节后面；不写则放在最后。", None)


def _is_added(value: object) -> str | None:
    kind = _is_section(value)
    return "added" if kind == "section" else kind


_Added = Annotated[
    Annotated[AddedSection, Tag("added")] | Annotated[AnyText, Tag("text")],
    told_apart(_is_added, "not-a-section", "这里应写一节（“标题: …”），或一段文字", hint=_WRITE_A_SECTION),
]
AddedSections = Annotated[tuple[_Added, ...], Before(_as_list), OneOrMore()]


class Addition(Model, title="加到底稿里的各节"):
    """追加: what a report adds to the sections of its base, by the key they stand under."""

    achievements: AddedSections = key("成绩", "加到“成绩”里的各节。", ())
    problems: AddedSections = key("问题", "加到“问题”里的各节。", ())
    plans: AddedSections = key("计划", "加到“计划”里的各节。", ())
    sections: AddedSections = key("章节", "加到“章节”里的各节。", ())


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

    title: LastingText = key("标题", "附件的标题。")
    content: Blocks = key("内容", "正文：一段文字、一个内容块，或它们的列表；“|”后面每一行是一段。", ())
    sections: Sections = key("章节", "下一级的各节。", ())
    landscape: Flag = key("横排", "横向页面：是或否。", False)
    numbering: Styles = key("编号", "各级编号的样式；不写则与正文一样。", ())
    run_in: Levels = key("接排", "哪些级别的标题与正文同段；不写则与正文一样。", ())
    goes_on: GoingOn = key("续号", "哪些样式的序号在这个附件里一直编下去；不写则与正文一样。", ())

    @field_validator("title", mode="before")
    @classmethod
    def _is_no_text(cls, value: object) -> object:
        return titles.no_text(value)


class Head(Model):
    """What a file says of other files. It is read, and done with, before the report is laid over its base."""

    extends: Word | None = key(
        "继承",
        "另一份报告的文件名：没写的从那里来；单位、落款、讲话人、述职人、附注、红头、版记和指标的数值不来。",
        None,
    )
    indicator_files: Names = key("指标文件", "放在报告旁边的表格或 YAML 文件，指标从那里来；可写几个。", ())
    adds: Addition | None = key("追加", "加到底稿里的各节，底稿原有的都在；写在“成绩”等下面的则整个换掉底稿的。", None)


class Report(Head, title="healthreport 报告"):
    """One report as its file says it, before any template has shaped it."""

    genre: Word = key("体裁", "材料的种类，决定标题和各章的名称；写名称或代号。", "通用", passes=True)
    year: Year | None = key("年度", "材料说的是哪一年，如2022。", None, passes=True)
    period: LastingText | None = key("期间", "年度中的一段，如“上半年”“1—9月”。", None, passes=True)
    red_head: RedHead | None = key("红头", "正式发文的红头：发文机关标志、发文字号等。", None)
    title: TextOrNothing | None = key(
        "标题",
        "材料的标题；除“通用”外可以不写，由单位、年度、体裁生成；写“无”则没有标题。",
        None,
        passes=True,
        of_text=True,
    )
    subtitle: LastingText | None = key(
        "副标题", "标题下的一行或几行，如“——在……会议上”。", None, passes=True, of_text=True
    )
    org: LastingText | None = key("单位", "本单位的全称。", None)
    short_name: Word | None = key("简称", "汇总时排名次、列名单用的名称，如白石镇；不写则用“单位”。", None)
    superior: LastingText | None = key("上级", "上级单位，导语里用 {{ 上级 }} 引用。", None, passes=True)
    recipient: LastingText | None = key("主送", "主送机关；末尾的冒号由程序补上。", None, passes=True)
    salutation: LastingText | None = key("称谓", "如“各位领导、同志们”；末尾的冒号由程序补上。", None, passes=True)
    speaker: LastingText | None = key("讲话人", "标题下的职务和姓名；下面还有日期的，另写一行。", None)
    person: LastingText | None = key("述职人", "述职的人：印在标题下、职务之后，落款也署名。", None)
    post: LastingText | None = key("职务", "述职人在本单位的职务，如“党委书记、院长”。", None)
    date: Day | None = key("日期", "成文日期，如2022-12-30；写了就落款。", None, passes=True)
    as_of: DateOrText | None = key("截至", "数据统计到哪一天。", None, passes=True)
    lead: Blocks = key("导语", "开头的一段或几段。", (), passes=True, of_text=True)
    achievements: Role | None = key("成绩", "主要工作：各节的列表，或一节。", None, passes=True, of_text=True)
    problems: Role | None = key("问题", "存在的问题：各节的列表，或一节。", None, passes=True, of_text=True)
    plans: Role | None = key("计划", "下一步打算：各节的列表，或一节。", None, passes=True, of_text=True)
    sections: Sections = key("章节", "各章；与“成绩、问题、计划”任选一种写法。", (), passes=True, of_text=True)
    content: Blocks = key("内容", "不分章节的正文。", (), passes=True, of_text=True)
    closing: Blocks = key("结尾", "各章之后、落款之前的一段或几段。", (), passes=True, of_text=True)
    signature: TextOrNothing | None = key("落款", "署名的单位；不写则用“单位”，写“无”则不落款。", None, passes="无")
    note: AnyText | None = key("附注", "落款之后、括号里的说明。", None)
    attachments: Annotated[tuple[Attachment, ...], Before(_as_list), OneOrMore()] = key(
        "附件", "附件：各起一页，自己编号。", (), passes=True, of_text=True
    )
    imprint: Imprint | None = key("版记", "正式发文的版记：抄送、印发机关、印发日期。", None)
    structure: Annotated[Literal["三段式", "并列式"], Before(one_of("三段式", "并列式"))] = key(
        "结构", "三段式：成绩、问题、计划各成一章；并列式：成绩的各节直接作章。", "三段式", passes=True
    )
    numbering: Styles = key("编号", "各级编号的样式，写第一个即可，如[一、, （一）, 1.]。", (), passes=True)
    run_in: Levels = key("接排", "哪些级别的标题与正文同段，如[（一）]。", (), passes=True)
    goes_on: GoingOn = key("续号", "哪些样式的序号在全文里一直编下去，如[第一条]。", (), passes=True)
    layout: Word | None = key("版式", "版式的名称，默认 gbt9704。", None, passes=True)
    indicators: Indicators = key(
        "指标", "每个数只写一次，正文用 {{ 名称 }} 引用；没有数就不印的写在 [[ ]] 里。", {}, passes=True
    )
    roll_up: RollUp | None = key(
        "汇总来源", "各乡镇的数从哪里来：一张表，或放着各乡镇报告的文件夹；全县的数由它加总。", None
    )
    words: OwnWords = key(
        "文字", "各单位自己的话，正文用 {{ 名称 }} 引用，照印；继承时只传名称，不传内容。", {}, passes=True
    )

    @property
    def has_text(self) -> bool:
        """Say whether anything stands in it besides head and figures."""
        return any((self.lead, self.achievements, self.problems, self.plans, self.sections, self.content, self.closing))

    def said(self, name: str) -> Any:
        """Return what a name says that is no indicator: one of its own words, or the field that 年度 names."""
        return self.words[name] if name in self.words else getattr(self, FIELDS[name])

    @field_validator("title", mode="before")
    @classmethod
    def _is_no_text(cls, value: object) -> object:
        return titles.no_text(value)

    @field_validator(
        "period", "title", "org", "superior", "recipient", "speaker", "person", "post", "signature", mode="before"
    )
    @classmethod
    def _is_unquoted(cls, value: object) -> object:
        return unquoted(value)


# The model behind each tag or key of an error's location.
MODELS: dict[str, type[BaseModel]] = {
    "": Report,
    "section": Section,
    "追加": Addition,
    "added": AddedSection,
    "附件": Attachment,
    "红头": RedHead,
    "版记": Imprint,
    "汇总来源": RollUp,
    "指标": Indicator,
    **BLOCK_MODELS,
}
