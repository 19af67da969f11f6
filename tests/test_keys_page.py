"""``docs/keys.md``: every key with what it takes, means and is without, made from the models and their schema.

Run with HEALTHREPORT_ACCEPT=1 to write the page anew, then read what has changed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from pydantic_core import PydanticUndefined

from healthreport.jobs import schema
from healthreport.model.fields import examples, passing
from healthreport.model.indicators import Indicator
from healthreport.model.report import MODELS, Report
from healthreport.reading.resources import LAYOUTS
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from helpers import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

PAGE = Path(__file__).parents[1] / "docs" / "keys.md"
SCHEMA = schema.schema(RESOURCES)
HEAD = """\
# 键

报告里可以写的每一个键：能写什么、什么意思、不写是什么、一个例子。用不上的键不写；写错的键会报错，并提示最像的一个。
怎样用，看[按任务查](tasks.md)；还没有用过的，先看[十分钟上手](start.md)；报错的意思见[报错](messages.md)。
这一页由测试从源码生成，不要手改：`HEALTHREPORT_ACCEPT=1 pytest tests/test_keys_page.py`。

“文字”是一行字、一个数或者一个日期。“继承”一列说的是：底稿里写了它，各乡镇的报告是不是就有了（见[各乡镇一起做](tasks.md#各乡镇一起做)）。
"""
# Where a model's keys are told of by task: a heading of docs/tasks.md.
TASKS = {
    "Report": "第一份材料",
    "Section": "章节",
    "Addition": "在底稿上加几节",
    "AddedSection": "在底稿上加几节",
    "Attachment": "附件",
    "RedHead": "红头和版记",
    "Imprint": "红头和版记",
    "RollUp": "全县的报告",
    "Indicator": "指标",
    "IndicatorTableBlock": "指标",
    "IndicatorTable": "指标",
    "TownshipTableBlock": "全县的报告",
    "TownshipTable": "全县的报告",
}
REPORTS = (Report, Indicator)  # of these each key says whether it passes on; what is below goes with its key
BLOCKS = {"Points", "Parts", "Items", "Table", "IndicatorTableBlock", "TownshipTableBlock", "Figure"}
FLAG = ["是", "否", True, False]
# What a key wants beside it: the first five of what is in no order make no sense, nor four widths of three columns.
BESIDE = {
    ("TownshipTable", "前"): ["排序"],
    ("TownshipTable", "列宽"): ["排序"],
    ("IndicatorTable", "列宽"): ["列"],
}


def models() -> list[type[BaseModel]]:
    """Return every model once, the report first."""
    return list(dict.fromkeys(MODELS.values()))


def title(model: type[BaseModel]) -> str:
    """Return what a model is called in Chinese; of the report only that."""
    return "报告" if model is Report else str(model.model_config["title"])


def properties(model: type[BaseModel]) -> dict[str, Any]:
    """Return the keys of a model in the schema."""
    part = SCHEMA if model is Report else SCHEMA["$defs"][model.__name__]
    (form,) = (form for form in [part, *part.get("anyOf", ())] if "properties" in form)
    return dict(form["properties"])


def forms(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the forms of a value that are no choice of others."""
    inner = value.get("anyOf")
    if inner is None:
        yield value
    for form in inner or ():
        yield from forms(form)


def words(value: dict[str, Any]) -> str:
    """Say what may be written: one, or a list of what one may be, or of something else."""
    blocks = {form["$ref"].rpartition("/")[2] for form in forms(value) if "$ref" in form} >= BLOCKS
    lists = list(dict.fromkeys(words(form["items"]) for form in forms(value) if form.get("type") == "array"))
    ones = (in_words(form, blocks=blocks) for form in forms(value) if form.get("type") != "array")
    said = "、".join(dict.fromkeys(one for one in ones if one))
    listed = [f"列表（每项是{items}）" for items in lists if items != said]
    return "，或".join([*([said] if said else []), *(["它们的列表"] if said in lists else []), *listed])


def in_words(form: dict[str, Any], *, blocks: bool) -> str:
    """Say what one form of a value is; the blocks of a content are one thing."""
    named = {model.__name__: title(model) for model in models()}
    if "$ref" in form:
        name = form["$ref"].rpartition("/")[2]
        return "[内容块](#一段之内的几点)" if blocks and name in BLOCKS else f"[{named[name]}](#{anchor(named[name])})"
    if "const" in form:
        return f"`{form['const']}`"
    if "enum" in form:
        choices = FLAG[:2] if form["enum"] == FLAG else form["enum"]
        return "、".join(f"`{choice}`" for choice in choices)
    if "additionalProperties" in form:
        return f"`{{名称: …}}`（每个是{words(form['additionalProperties'])}）"
    if "pattern" in form:
        return "`加权（指标）`"
    return "" if form.get("type") == "null" else "文字" if form else "`是`，或文字"


def anchor(heading: str) -> str:
    """Return the anchor that a heading of Markdown gets."""
    return heading.replace("、", "").replace("，", "").replace(" ", "-")


def without(name: str, default: object) -> str:
    """Say what a key is that is not written."""
    if default is PydanticUndefined:
        return "**必写**"
    if isinstance(default, bool):
        return f"`{FLAG[not default]}`"
    if isinstance(default, tuple) and name == "列":
        return "、".join(f"`{column}`" for column in default)
    return f"`{default}`" if default not in (None, "", (), {}) else ""


def passes(rule: bool | str) -> str:
    """Say whether a key passes on."""
    return f"写`{rule}`时" if isinstance(rule, str) else "是" if rule else "否"


def meaning(model: type[BaseModel], name: str, description: str) -> str:
    """Return what a key means, and what the program brings along for it."""
    brought = {"体裁": RESOURCES.genres, "版式": RESOURCES.names(LAYOUTS)}.get(name) if model is Report else None
    return f"{description}自带的：{'、'.join(f'`{one}`' for one in brought)}。" if brought else description


def of_model(model: type[BaseModel]) -> Iterator[str]:
    """Yield what the page says of the keys of a model."""
    task = TASKS.get(model.__name__, "内容")
    asked = passing(model) if model in REPORTS else None
    yield f"## {title(model)}\n\n怎样用：[{task}](tasks.md#{anchor(task)})。\n\n<!-- keys: {model.__name__} -->"
    columns = ["键", "写", "意思", "不写", *(["继承"] if asked else []), "例子"]
    yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for name, value in properties(model).items():
        cells = [
            f"`{name}`",
            words(value),
            meaning(model, name, value["description"]),
            without(name, fields[name].default),
            *([passes(asked[name])] if asked else []),
            f"`{name}: {examples(model)[name]}`",
        ]
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def page() -> str:
    """Return the page."""
    return "\n".join([HEAD, *("\n".join([*of_model(model), ""]) for model in models())])


def test_the_page_is_the_models() -> None:
    """The page has every key as the source says it."""
    if os.environ.get("HEALTHREPORT_ACCEPT") == "1":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text("utf-8") == page()


KEYS = [(model, name) for model in models() for name in properties(model)]


@pytest.mark.parametrize(("model", "name"), KEYS, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_examples_are_taken(model: type[BaseModel], name: str) -> None:
    """What is shown of a key is what the model reads there, beside what must be, and what editors take."""
    part = properties(model)
    needed = [one for one, field in model.model_fields.items() if field.default is PydanticUndefined]
    beside = [model.model_fields[one].alias or one for one in needed] + BESIDE.get((model.__name__, name), [])
    lines = [f"{one}: {examples(model)[one]}\n" for one in dict.fromkeys([*beside, name])]
    read = model.model_validate(parse(Source("", "".join(lines))))
    written = {field.alias or one: getattr(read, one) for one, field in model.model_fields.items()}
    assert written[name] != next(field.default for field in model.model_fields.values() if field.alias == name)
    for example in part[name]["examples"]:
        jsonschema.Draft202012Validator({"$defs": SCHEMA["$defs"], **part[name]}).validate(example)
