"""``Report``: the file's keys in Chinese, the program's fields in English."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, field_validator

from healthreport.model.blocks import BLOCK_MODELS, Blocks
from healthreport.model.fields import key
from healthreport.model.indicators import Indicator, Indicators
from healthreport.model.issued import Imprint, RedHead
from healthreport.model.own_words import OwnWords
from healthreport.model.references import FIELDS
from healthreport.model.rolling_up import RollUp
from healthreport.model.sections import (
    AddedSection,
    Addition,
    Attachment,
    GoingOn,
    Levels,
    Role,
    Section,
    Sections,
    as_list,
)
from healthreport.model.validating import titles
from healthreport.model.validating.annotations import Before, OneOrMore
from healthreport.model.validating.types import (
    AnyText,
    DateOrText,
    Day,
    LastingText,
    Model,
    Names,
    Styles,
    TextOrNothing,
    Word,
    Year,
    one_of,
    unquoted,
)


class Head(Model):
    """What a file says of other files. It is read, and done with, before the report is laid over its base."""

    extends: Word | None = key(
        "继承",
        "另一份报告的文件名：没写的从那里来；单位、落款、讲话人、述职人、附注、红头、版记和指标的数值不来。",
        None,
        example="全县.yaml",
    )
    indicator_files: Names = key(
        "指标文件", "放在报告旁边的表格或 YAML 文件，指标从那里来；可写几个。", (), example="指标.xlsx"
    )
    adds: Addition | None = key(
        "追加",
        "加到底稿里的各节，底稿原有的都在；写在“成绩”等下面的则整个换掉底稿的。",
        None,
        example="{章节: [{标题: 村医轮训, 内容: 轮训36人。}]}",
    )


class Report(Head, title="healthreport 报告"):
    """One report as its file says it, before any template has shaped it."""

    genre: Word = key(
        "体裁", "材料的种类，决定标题和各章的名称；写名称或代号。", "通用", passes=True, example="年度工作总结"
    )
    year: Year | None = key("年度", "材料说的是哪一年，如2022。", None, passes=True, example="2022")
    period: LastingText | None = key("期间", "年度中的一段，如“上半年”“1—9月”。", None, passes=True, example="上半年")
    red_head: RedHead | None = key(
        "红头", "正式发文的红头：发文机关标志、发文字号等。", None, example="{发文字号: 槐卫发〔2022〕8号}"
    )
    title: TextOrNothing | None = key(
        "标题",
        "材料的标题；除“通用”外可以不写，由单位、年度、体裁生成；写“无”则没有标题。",
        None,
        passes=True,
        of_text=True,
        example="全县卫生健康工作总结",
    )
    subtitle: LastingText | None = key(
        "副标题",
        "标题下的一行或几行，如“——在……会议上”。",
        None,
        passes=True,
        of_text=True,
        example="——在全县卫生健康工作会议上",
    )
    org: LastingText | None = key("单位", "本单位的全称。", None, example="槐溪县卫生健康局")
    short_name: Word | None = key("简称", "全县的报告列名次、名单时用的短名；不写则用“单位”。", None, example="白石镇")
    superior: LastingText | None = key(
        "上级", "上级单位，导语里用 {{ 上级 }} 引用。", None, passes=True, example="县委、县政府"
    )
    recipient: LastingText | None = key(
        "主送", "主送机关；末尾的冒号由程序补上。", None, passes=True, example="县委、县政府"
    )
    salutation: LastingText | None = key(
        "称谓", "如“各位领导、同志们”；末尾的冒号由程序补上。", None, passes=True, example="各位领导、同志们"
    )
    speaker: LastingText | None = key(
        "讲话人",
        "标题、副标题下的职务和姓名；用“|”可以写几行，如下面还有日期。",
        None,
        example="县卫生健康局局长　周明远",
    )
    person: LastingText | None = key(
        "述职人", "个人述职的人：与单位、职务连成一行印在标题下面，落款署“述职人：…”。", None, example="林致远"
    )
    post: LastingText | None = key("职务", "述职人在本单位的职务，如“党委书记、院长”。", None, example="党委书记、院长")
    date: Day | None = key(
        "日期",
        "成文日期，写了就落款；讲话写了“落款: 无”的，加括号印在标题下面。",
        None,
        passes=True,
        example="2022-12-30",
    )
    as_of: DateOrText | None = key("截至", "数据统计到哪一天。", None, passes=True, example="2022-12-20")
    lead: Blocks = key("导语", "开头的一段或几段。", (), passes=True, of_text=True, example="现将有关情况报告如下：")
    achievements: Role | None = key(
        "成绩",
        "主要工作：各节的列表，或一节（有自己的标题、内容、章节）。",
        None,
        passes=True,
        of_text=True,
        example="[{标题: 做实签约服务, 内容: 签约人数稳步增加。}]",
    )
    problems: Role | None = key(
        "问题",
        "存在的问题：各节的列表，或一节。",
        None,
        passes=True,
        of_text=True,
        example="{标题: 存在的不足, 内容: 人员不足。}",
    )
    plans: Role | None = key(
        "计划",
        "下一步打算：各节的列表，或一节。",
        None,
        passes=True,
        of_text=True,
        example="[{标题: 充实人员, 内容: 招聘医生3名。}]",
    )
    sections: Sections = key(
        "章节",
        "各章；与“成绩、问题、计划”任选一种写法。",
        (),
        passes=True,
        of_text=True,
        example="[{标题: 主要做法, 内容: 逐户登记。}]",
    )
    content: Blocks = key("内容", "不分章节的正文。", (), passes=True, of_text=True, example="全年没有发生重大疫情。")
    closing: Blocks = key(
        "结尾", "各章之后、落款之前的一段或几段。", (), passes=True, of_text=True, example="特此报告。"
    )
    signature: TextOrNothing | None = key(
        "落款", "署名的单位；不写则用“单位”，写“无”则不落款；有落款或日期才署名。", None, passes="无", example="无"
    )
    note: AnyText | None = key("附注", "落款之后、括号里的说明。", None, example="（初步统计）")
    attachments: Annotated[tuple[Attachment, ...], Before(as_list), OneOrMore()] = key(
        "附件",
        "一个附件，或几个的列表：各起一页，自己编号。",
        (),
        passes=True,
        of_text=True,
        example="{标题: 主要指标, 内容: {指标表: 全部}}",
    )
    imprint: Imprint | None = key(
        "版记", "正式发文的版记：抄送、印发机关、印发日期。", None, example="{抄送: 县教育局}"
    )
    structure: Annotated[Literal["三段式", "并列式"], Before(one_of("三段式", "并列式"))] = key(
        "结构",
        "三段式：主要工作、存在的问题、下一步打算各成一章；并列式：成绩的各节直接作“一、二、三”。",
        "三段式",
        passes=True,
        example="并列式",
    )
    numbering: Styles = key(
        "编号", "各级编号的样式，写第一个即可，如[一、, （一）, 1.]。", (), passes=True, example="[一、, （一）, 1.]"
    )
    run_in: Levels = key("接排", "哪些级别的标题与正文同段，如[（一）]。", (), passes=True, example="[（一）]")
    goes_on: GoingOn = key(
        "续号", "哪些样式的序号在全文里一直编下去，如[第一条]。", (), passes=True, example="[第一条]"
    )
    layout: Word | None = key("版式", "版式的名称，默认 gbt9704。", None, passes=True, example="省级")
    indicators: Indicators = key(
        "指标",
        "每个数只写一次，正文用 {{ 名称 }} 引用；没有数就不印的写在 [[ ]] 里。",
        {},
        passes=True,
        example="{改厕: {数值: 1236, 单位: 座, 上年: 1150}}",
    )
    roll_up: RollUp | None = key(
        "汇总来源",
        "各乡镇的数从哪里来：一张表，或放着各乡镇报告的文件夹；全县的数由它加总。",
        None,
        example="乡镇.xlsx",
    )
    words: OwnWords = key(
        "文字",
        "各单位自己的话，正文用 {{ 名称 }} 引用，照印；继承时只传名称，不传内容。",
        {},
        passes=True,
        example="{特色工作: 请老中医坐诊。}",
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
