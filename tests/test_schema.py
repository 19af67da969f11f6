"""``healthreport schema``: the model and the schema say the same, and every file we ship keeps to it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from healthreport.jobs.new import skeleton
from healthreport.jobs.schema import DIALECT, schema
from healthreport.model.report import MODELS, Report
from healthreport.reading.resources import SKELETONS, Resources
from helpers import DOCUMENTS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from conftest import Cli

RESOURCES = Resources(ROOT / "templates")
SCHEMA = schema(RESOURCES)
LEVELS = ("县区", "乡镇", "医院", "社区")
SHIPPED = sorted([*(ROOT / "examples").glob("*.yaml"), *DOCUMENTS])


class Editor(yaml.SafeLoader):
    """Reads YAML as an editor does (YAML 1.2, core schema): dates stay text, 是 is no truth value."""


Editor.yaml_implicit_resolvers = {}
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?\d+(\.\d+)?$"), list("-+0123456789"))


def faults(text: str) -> list[str]:
    """Return what an independent validator says against a report."""
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return [error.message for error in validator.iter_errors(yaml.load(text, Editor))]  # noqa: S506 - safe


def mappings() -> Iterator[tuple[str, type[BaseModel], dict[str, Any]]]:
    """Yield every model with its part of the schema."""
    yield "Report", Report, SCHEMA
    for model in {model for model in MODELS.values() if model is not Report}:
        part = SCHEMA["$defs"][model.__name__]
        yield model.__name__, model, next((form for form in part.get("anyOf", ()) if "properties" in form), part)


def test_dialect() -> None:
    """The schema is a valid one of draft 2020-12."""
    assert SCHEMA["$schema"] == DIALECT
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_schema_and_model_do_not_drift() -> None:
    """Each model's keys are the schema's, and no other is allowed."""
    for name, model, part in mappings():
        assert set(part["properties"]) == {field.alias for field in model.model_fields.values()}, name
        assert part["additionalProperties"] is False, name
    assert len(list(mappings())) == len(SCHEMA["$defs"]) + 1


def test_descriptions_are_chinese() -> None:
    """Every key is explained in Chinese, every mapping named in it, and no English docstring is left."""
    for name, _, part in mappings():
        assert "description" not in part or name == "Report", name
        for key, value in part["properties"].items():
            assert re.search(r"[\u4e00-\u9fff].*。$", value["description"]), (name, key)
    assert all(re.search(r"[\u4e00-\u9fff]", part["title"]) for part in SCHEMA["$defs"].values())
    assert not re.search(r'"(?:description|title)": "[ -~]*"', json.dumps(SCHEMA, ensure_ascii=False))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_files_validate(path: Path) -> None:
    """Examples and the documents of the tests keep to the schema."""
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("genre", RESOURCES.names(SKELETONS))
def test_skeletons_validate(genre: str) -> None:
    """Skeletons keep to the schema as they stand, and name it in their first line."""
    for level in LEVELS:
        text = skeleton.render(skeleton.Wanted(genre, 2022, level), RESOURCES)
        assert text.startswith("# yaml-language-server: $schema=healthreport.schema.json\n")
        assert faults(text) == []


@pytest.mark.parametrize(
    "report",
    [
        "标提: 甲",
        "成绩: [{标题: 甲, 内文: 乙}]",
        "成绩: 甲",
        "指标: {甲: {数值: [1]}}",
        "结构: 两段式",
        "内容: {表格: {表头: [甲]}}",
        "内容: {条目: [{问题: 甲}]}",
    ],
)
def test_mistakes_are_found(report: str) -> None:
    """A misspelt key, a wrong kind and a missing part are marked while one types."""
    assert faults(report)


@pytest.mark.parametrize(
    "report",
    [
        "标题: 2022",
        "年度: 2022年",
        "指标: {甲: {数值: 1059, 目标: ≤22, 上年: }, 乙: }",
        "内容: {指标表: 全部}",
        "内容: [{指标表: [甲, 乙]}, {指标表: {指标: {一组: [甲]}, 列: [指标, 完成]}}]",
        "内容: {表格: {表头: [甲, 2], 行: [[1, ''], [{文字: 合计, 跨列: 2}]]}}",
        "章节: [{标题: 1, 待补: 是, 接排: true}, 甲, {标题: 乙, 待补: 建议, 接排: [（一）]}]",
        "日期:\n附件: {标题: 甲}",
        "继承: 县.yaml\n指标文件: 指标.csv",
        "指标文件: [指标.csv, 其他.yaml]",
    ],
)
def test_what_the_model_takes(report: str) -> None:
    """Texts may be numbers, one may stand for a list of one, and what is empty is missing."""
    assert faults(report) == []


def named(path: Path) -> Path:
    """Return the schema that a file's first line names."""
    first, _, _ = path.read_text("utf-8").partition("\n")
    return path.parent / first.removeprefix("# yaml-language-server: $schema=")


NEW = {
    "skeleton": (["new", "通用", "--defaults", "-o", "x.yaml"], "x.yaml", "."),
    "skeleton in a folder": (["new", "通用", "--defaults", "-o", "下 面/x.yaml"], "下 面/x.yaml", "下 面"),
    "next year": (["new", "--from", "县.yaml", "-o", "明年.yaml"], "明年.yaml", "."),
    "next year of a township": (
        ["new", "--from", "镇/镇.yaml", "--year", "2023", "-o", "镇/明年.yaml"],
        "镇/明年.yaml",
        ".",
    ),
    "townships": (["towns", "县.yaml", "名单.txt", "-o", "各镇"], "各镇/甲镇.yaml", "."),
}


@pytest.fixture
def county(here: Path) -> Path:
    """Work beside a county's report, a township's on it and a list of townships."""
    (here / "县.yaml").write_text("体裁: 通用\n标题: 甲\n年度: 2022\n内容: 乙\n", "utf-8")
    (here / "镇").mkdir()
    (here / "镇/镇.yaml").write_text("继承: ../县.yaml\n单位: 镇\n", "utf-8")
    (here / "名单.txt").write_text("甲镇\n乙镇\n", "utf-8")
    return here


@pytest.mark.parametrize(("arguments", "file", "folder"), NEW.values(), ids=NEW.keys())
def test_new_files_find_their_schema(arguments: list[str], file: str, folder: str, cli: Cli, county: Path) -> None:
    """The schema that a new file's first line names is there, takes the file, and never goes over another file."""
    schema_file = county / folder / skeleton.SCHEMA_NAME
    done = cli(*arguments)
    assert done.code == 0, done.err
    assert named(county / file).resolve() == schema_file
    assert json.loads(schema_file.read_text("utf-8")) == SCHEMA
    assert faults((county / file).read_text("utf-8")) == []
    assert str(schema_file.relative_to(county)) in done.err
    (county / file).unlink()
    (county / file).with_name("乙镇.yaml").unlink(missing_ok=True)
    schema_file.write_text("{}", "utf-8")
    again = cli(*arguments)
    assert (again.code, schema_file.read_text("utf-8")) == (0, "{}"), again.err
    assert skeleton.SCHEMA_NAME not in again.err


def test_a_schema_that_cannot_be_written(cli: Cli, here: Path) -> None:
    """It is a warning: the new file itself is there. A schema on the web is not ours to write."""
    (here / "templates/skeletons").mkdir(parents=True)
    own = here / "templates/skeletons/通用.yaml.j2"
    own.write_text("# yaml-language-server: $schema=x.yaml/schema.json\n体裁: 通用\n标题: 甲\n", "utf-8")
    done = cli("new", "通用", "--defaults", "-o", "x.yaml")
    assert (done.code, done.out) == (0, "x.yaml\n")
    assert "x.yaml/schema.json: 警告" in done.err
    own.write_text("# yaml-language-server: $schema=https://example.org/s.json\n体裁: 通用\n标题: 甲\n", "utf-8")
    assert "警告" not in cli("new", "通用", "--defaults", "-o", "y.yaml").err
    assert sorted(path.name for path in here.iterdir()) == ["templates", "x.yaml", "y.yaml"]


def test_command(cli: Cli, here: Path) -> None:
    """The schema goes to stdout or into a file, with the user's own genres among the examples."""
    (here / "templates/genres").mkdir(parents=True)
    (here / "templates/genres/请示.xml.j2").write_text('{# slug: request #}\n{% extends "base.xml.j2" %}\n', "utf-8")
    printed = cli("schema")
    assert printed.code == 0
    assert {"请示", "request", "讲话"} <= set(json.loads(printed.out)["properties"]["体裁"]["examples"])
    done = cli("schema", "-o", "healthreport.schema.json")
    assert (done.code, done.out) == (0, "healthreport.schema.json\n")
    assert json.loads((here / "healthreport.schema.json").read_text("utf-8")) == json.loads(printed.out)
    assert cli("schema", "-o", "healthreport.schema.json").code == 0
    (here / "file").touch()
    refused = cli("schema", "-o", "file/x.json")
    assert refused.code == 2
    assert "写不了文件" in refused.err
