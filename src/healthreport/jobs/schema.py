"""The JSON Schema of a report file, made from the models, so editors complete and check while one types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from healthreport.model.report import Report
from healthreport.reading.differences import INHERITS
from healthreport.reading.resources import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.resources import Resources

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL = {"type": "null"}

# What each key means. Where a key means another thing in one place, that place comes first.
_HERE = {
    ("Report", "标题"): "材料的标题；除“通用”外可以不写，由单位、年度、体裁生成；写“无”则没有标题。",
    ("Report", "章节"): "各章；与“成绩、问题、计划”任选一种写法。",
    ("Report", "接排"): "哪些级别的标题与正文同段，如[（一）]。",
    ("Report", "截至"): "数据统计到哪一天。",
    ("Report", "内容"): "不分章节的正文。",
    ("Report", "问题"): "存在的问题：各节的列表，或一节。",
    ("Report", "单位"): "本单位的全称。",
    ("Attachment", "标题"): "附件的标题。",
    ("Items", "样式"): "编号的样式，照第一个写，如“1.”“（1）”；不写则接用下一级的编号。",
    ("Points", "样式"): "编号的样式，照第一个写，如“一是”“①”“首先，”；默认“一是”。",
    ("Points", "结语"): "写在各点之后、同一段里的话。",
    ("Remedy", "问题"): "存在的问题。",
    ("IndicatorTable", "指标"): "列入表中的指标：全部，名称的列表，或按组分开的列表。",
    ("Indicator", "单位"): "计量单位，如“座”“万元”“%”“/10万”；“%”要加引号。",
}
_ANYWHERE = {
    "体裁": "材料的种类，决定标题和各章的名称；写名称或代号。",
    "年度": "材料说的是哪一年，如2022。",
    "期间": "年度中的一段，如“上半年”“1—9月”。",
    "标题": "本节的标题；不写则是不编号的文字。序号由程序编排，不要手写。",
    "副标题": "标题下的一行，如“——在……会议上”。",
    "上级": "上级单位，导语里用 {{ 上级 }} 引用。",
    "主送": "主送机关；末尾的冒号由程序补上。",
    "称谓": "如“各位领导、同志们”；末尾的冒号由程序补上。",
    "讲话人": "标题下的职务和姓名。",
    "日期": "成文日期，如2022-12-30；写了就落款。",
    "截至": "这个数统计到哪一天。",
    "导语": "开头的一段或几段。",
    "成绩": "主要工作：各节的列表，或一节。",
    "计划": "下一步打算：各节的列表，或一节。",
    "章节": "下一级的各节。",
    "内容": "正文：一段文字、一个内容块，或它们的列表；“|”后面每一行是一段。",
    "结尾": "各章之后、落款之前的一段或几段。",
    "落款": "署名的单位；不写则用“单位”，写“无”则不落款。",
    "附注": "落款之后、括号里的说明。",
    "附件": "附件：各起一页，自己编号。",
    "结构": "三段式：成绩、问题、计划各成一章；并列式：成绩的各节直接作章。",
    "编号": "各级编号的样式，写第一个即可，如[一、, （一）, 1.]。",
    "接排": "标题与正文同段：是或否；写级别（如[1.]）则管下面各节。",
    "版式": "版式的名称，默认 gbt9704。",
    "指标": "每个数只写一次，正文用 {{ 名称 }} 引用。",
    INHERITS: "另一份报告的文件名：没写的都从那里来，指标只继承定义、不继承数值。",
    "类别": "本节的性质，标题怎样写都能认出来。",
    "结语": "本节各小节之后的话。",
    "下级编号": "下一级起改用的编号样式，如[一是]。",
    "序号": "写“无”则本节不编号；也可写出要用的序号。",
    "待补": "有意留空：成稿留出空白并提醒；写文字则作草稿的建议。",
    "样式": "编号的样式，照第一个写。",
    "引语": "写在各点之前、同一段里的话。",
    "分述": "一段之内的几点：一是……；二是……。",
    "段落": "连成一段的文字和分述。",
    "条目": "各成一段的几条，或（形式为表格时）一张表的各行。",
    "形式": "段落：每条连成句子；表格：排成一张表。",
    "事项": "要做的事。",
    "措施": "整改措施。",
    "时限": "完成时限。",
    "责任人": "责任人或责任科室，可写几个。",
    "表格": "一张表：表头、行。",
    "指标表": "由指标生成的表：全部，或指标名称的列表。",
    "图片": "一幅图：文件放在报告旁边。",
    "表题": "表的标题，“表1”由程序编排。",
    "表头": "表头一行，或几行。",
    "行": "数据，逐行写。",
    "列宽": "各列宽度的比例。",
    "注": "表下的注。",
    "横排": "横向页面：是或否。",
    "文字": "这一格的文字。",
    "跨列": "占几列。",
    "跨行": "占几行。",
    "列": "表中的列，如[指标, 单位, 目标, 完成, 上年, 同比]。",
    "文件": "图片的文件名。",
    "图题": "图的标题，“图1”由程序编排。",
    "宽": "宽度，如120mm；不写则用图片自己的尺寸。",
    "数值": "本期完成数，如1059、62.2、3.2万、约500；空着就是还没有数。",
    "目标": "年度任务，如1000；界限写≥90、≤12、22以内。",
    "上年": "上年同期数，用来算同比、增减。",
    "公式": "由别的指标算出，如“规范管理人数 / 在管人数”；不与“数值”同写。",
    "小数位": "固定保留几位小数。",
    "约数": "约数的说法：多、余、近、约。",
    "区间": "一个范围，如70%—75%。",
    "分项": "各项的数，如{门诊: 120, 住院: 30}，合计由程序算；或由哪些指标合成。",
    "越低越好": "如死亡率：是。",
    "说明": "对这个指标的说明。",
    "共用": "是：继承这份报告的各乡镇共用这个数。",
}
_DEFINITIONS = {
    "Attachment": "一个附件",
    "CellData": "跨列或跨行的一格",
    "Figure": "图片",
    "FigureData": "一幅图",
    "Indicator": "一个指标",
    "IndicatorTable": "指标表的写法",
    "IndicatorTableBlock": "指标表",
    "Items": "几条，各成一段",
    "Parts": "文字和分述连成的一段",
    "Points": "一段之内的几点",
    "Remedy": "问题、措施、时限、责任人",
    "Section": "一节",
    "Table": "表格",
    "TableData": "一张表",
    "Task": "事项、时限、责任人",
}


def schema(resources: Resources) -> dict[str, Any]:
    """Return the schema; it proposes the genres and layouts that are there."""
    made = Report.model_json_schema(by_alias=True)
    made["properties"][INHERITS] = {"type": "string"}
    definitions = made.pop("$defs")
    for name, one in (("Report", made), *definitions.items()):
        for form in _objects(one):
            _describe(name, form)
    made["properties"]["体裁"] |= {"examples": [*resources.genres, *resources.slugs]}
    made["properties"]["版式"] |= {"examples": resources.names(LAYOUTS)}
    head = {"$schema": DIALECT, "title": "healthreport 报告", "description": "一份材料的 YAML 文件。"}
    body: dict[str, Any] = _without_english(made)
    return head | body | {"$defs": {name: _named(name, one) for name, one in definitions.items()}}


def text(resources: Resources) -> str:
    """Return the schema as JSON."""
    return json.dumps(schema(resources), ensure_ascii=False, indent=2)


def _objects(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the mapping itself, or the mappings among its forms."""
    if "properties" in one:
        yield one
    for form in one.get("anyOf", ()):
        yield from _objects(form)


def _describe(name: str, form: dict[str, Any]) -> None:
    """Describe the keys of a mapping, and let those that may be missing be left empty."""
    for key, value in form["properties"].items():
        given = value if key in form.get("required", ()) else _or_empty(value)
        form["properties"][key] = {"description": _HERE.get((name, key)) or _ANYWHERE[key], **given}


def _or_empty(value: dict[str, Any]) -> dict[str, Any]:
    """Let a value be left empty, which means missing."""
    if "anyOf" in value:
        return value if _NULL in value["anyOf"] else {**value, "anyOf": [*value["anyOf"], _NULL]}
    return {"anyOf": [{key: item for key, item in value.items() if key not in ("title", "default")}, _NULL]}


def _named(name: str, one: dict[str, Any]) -> dict[str, Any]:
    return {"title": _DEFINITIONS[name], **_without_english(one)}


def _without_english(value: Any) -> Any:
    """Leave out pydantic's titles, defaults and docstrings, and let editors say what is wrong, not how often."""
    if isinstance(value, list):
        return [_without_english(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, item in value.items():
        if key == "properties":
            kept[key] = {name: _without_english(one) for name, one in item.items()}
        elif key == "oneOf":
            kept["anyOf"] = _without_english(item)
        elif key not in ("title", "default", "discriminator") and not (key == "description" and item.isascii()):
            kept[key] = _without_english(item)
    if kept.get("additionalProperties") == {"$ref": "#/$defs/Indicator"}:
        kept["additionalProperties"] = {"anyOf": [{"$ref": "#/$defs/Indicator"}, _NULL]}
    return kept
