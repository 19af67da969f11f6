"""继承: what a report takes over from the one it is based on, and what it never does."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Severity
from healthreport.jobs.producing import Options
from healthreport.jobs.render import render
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import packaged
from healthreport.writing import plain
from helpers import RESOURCES, UNTITLED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Cli
    from healthreport.pipeline import Composed

COUNTY = UNTITLED + "年度: 2022\n"


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def compose(path: Path, *, root: Path | None = None, reader: Reader | None = None, draft: bool = False) -> Composed:
    """Take a report through the pipeline."""
    reader = reader or Reader()
    return pipeline.compose(inherit.load(path, reader, root), reader, RESOURCES, draft=draft)


def lines(path: Path, *, root: Path | None = None, reader: Reader | None = None, draft: bool = False) -> list[str]:
    """Return the lines of a report's text."""
    written = plain.write(compose(path, root=root, reader=reader, draft=draft).document)
    return [line.strip() for line in written.splitlines() if line.strip()]


def mistakes(path: Path, *, root: Path | None = None) -> list[Diagnostic]:
    """Return what is wrong with a report, as the command tells it."""
    ((_, outcome),) = render([path], None, Options(root=root, templates=packaged()), Reader())
    wrong = [one for one in outcome.diagnostics if one.severity is Severity.ERROR]
    return sorted(wrong, key=lambda one: one.position)


def places(one: Diagnostic) -> list[str]:
    """Return the names of the files a diagnostic points into, its own first."""
    return [Path(place.file).name for place in (one.position, *(other.position for other in one.related))]


def test_definitions_pass_on(here: Path) -> None:
    """Unit, target, formula, decimals, 越低越好 and 说明 come from the base."""
    write(
        here,
        {
            "县.yaml": COUNTY + "指标:\n"
            "  改厕: {数值: 1059, 单位: 座, 目标: 100, 上年: 980, 说明: 含整村推进}\n"
            "  死亡率: {数值: 3.15, 单位: ‰, 目标: 5, 越低越好: 是, 小数位: 2}\n"
            "  管理: {数值: 66859, 单位: 人}\n"
            "  在管: {数值: 107500, 单位: 人}\n"
            "  管理率: {公式: 管理 / 在管, 单位: '%', 上年: 60.6}\n",
            "镇.yaml": "继承: 县.yaml\n"
            "指标:\n"
            "  改厕: {数值: 90, 上年: 100}\n"
            "  死亡率: {数值: 3}\n"
            "  管理: {数值: 1}\n"
            "  在管: {数值: 3}\n"
            "内容:\n"
            "- 改厕{{ 改厕 }}（{{ 改厕.说明 }}），完成{{ 改厕.目标 }}的{{ 改厕.完成率 }}，{{ 改厕.同比 }}。\n"
            "- 死亡率{{ 死亡率 }}，{{ 死亡率.达标 }}，管理率{{ 管理率 }}。\n",
        },
    )
    assert lines(here / "镇.yaml") == [
        "改厕90座（含整村推进），完成100座的90%，下降10%。",
        "死亡率3.00‰，达标，管理率33.3%。",
    ]


VALUES = {
    "数值": ("{数值: 1059, 单位: 座}", "{{ 甲 }}", "1059"),
    "数值, of a comparison": ("{数值: 1059, 单位: 座, 目标: 1000}", "{{ 甲.完成率 }}", "105"),
    "数值, in arithmetic": ("{数值: 1059, 单位: 座}", "{{ 2 * 甲 }}", "2118"),
    "上年": ("{上年: 980, 单位: 座}", "{{ 甲.上年 }}", "980"),
    "区间": ("{区间: 70%—75%, 单位: '%'}", "{{ 甲 }}", "70"),
    "分项, as numbers": ("{分项: {门诊: 12, 住院: 3}, 单位: 人}", "{{ 甲 }}", "15"),
    "分项, as names": ("{分项: [乙], 单位: 人}", "{{ 甲 }}", "7"),
    "截至": ("{截至: 2022-06-30, 单位: 座}", "{{ 甲.截至 }}", "2022年6月30日"),
    "约数": ("{数值: 1059, 约数: 余, 单位: 座}", "{{ 甲 }}", "1059"),
}


@pytest.mark.parametrize(("indicator", "reference", "printed"), VALUES.values(), ids=VALUES.keys())
def test_values_do_not_pass_on(indicator: str, reference: str, printed: str, here: Path) -> None:
    """A township that left a figure out gets an error at the reference; never does it print the county's."""
    county = f"{COUNTY}指标: {{甲: {indicator}, 乙: {{数值: 7, 单位: 人}}}}\n内容: 共{reference}。\n"
    write(here, {"县.yaml": county, "镇.yaml": "继承: 县.yaml\n", "乡.yaml": f"继承: 县.yaml\n内容: '{reference}。'\n"})
    assert any(printed in line for line in lines(here / "县.yaml"))
    for name, at in (("镇.yaml", "县.yaml"), ("乡.yaml", "乡.yaml")):
        (mistake,) = mistakes(here / name)
        assert mistake.id == "missing-value"
        assert Path(mistake.position.file).name == at
        assert {"县.yaml", name} <= set(places(mistake))
        assert not any(printed in line for line in lines(here / name, draft=True))


def test_about_does_not_pass_on(here: Path) -> None:
    """The county's 余 does not stand behind a township's exact number."""
    write(here, {"县.yaml": f"{COUNTY}指标: {{甲: {{数值: 1000, 约数: 余, 单位: 座}}}}\n"})
    write(here, {"镇.yaml": "继承: 县.yaml\n指标: {甲: {数值: 12}}\n内容: 共{{ 甲 }}。\n"})
    assert lines(here / "镇.yaml") == ["共12座。"]


def test_shared(here: Path) -> None:
    """With 共用: 是 all values pass on, and a township's own go before them."""
    county = (
        f"{COUNTY}指标:\n"
        "  标准: {数值: 84, 单位: 元, 上年: 79, 截至: 2022-06-30, 共用: 是}\n"
        "  区间: {区间: 3—5, 单位: 天, 共用: 是}\n"
        "  分项: {分项: {门诊: 12, 住院: 3}, 单位: 人, 共用: 是}\n"
        "  本地: {数值: 12, 单位: 人, 共用: 否}\n"
    )
    content = "{{ 标准 }}，{{ 标准.增减 }}，截至{{ 标准.截至 }}，{{ 区间 }}，{{ 分项 }}，门诊{{ 分项.门诊 }}"
    own = "指标: {标准: {数值: 90}}\n"
    write(here, {"县.yaml": county, "镇.yaml": f"继承: 县.yaml\n内容: '{content}'\n"})
    write(here, {"乡.yaml": f"继承: 县.yaml\n{own}内容: '{content}'\n"})
    write(here, {"村.yaml": "继承: 县.yaml\n内容: 共{{ 本地 }}\n"})
    assert lines(here / "镇.yaml") == ["84元，增加5元，截至2022年6月30日，3—5天，15人，门诊12人"]
    assert lines(here / "乡.yaml") == ["90元，增加11元，截至2022年6月30日，3—5天，15人，门诊12人"]
    assert [one.id for one in mistakes(here / "村.yaml")] == ["missing-value"]


def test_mappings_merge_and_lists_replace(here: Path) -> None:
    """A mapping is laid over the base's key by key, at every depth; a list or a text takes its place."""
    write(
        here,
        {
            "县.yaml": "体裁: 年度工作总结\n年度: 2022\n单位: 县局\n导语: 县的导语。\n编号: [1., （1）]\n"
            "成绩:\n- {标题: 县一, 内容: 甲。}\n- {标题: 县二, 内容: 乙。}\n"
            "问题: {标题: 县的问题, 内容: 县的话。, 章节: [县的一条。]}\n日期: 2022-12-30\n",
            "镇.yaml": "继承: 县.yaml\n单位: 镇院\n编号: [一、, （一）]\n成绩:\n- {标题: 镇一, 内容: 丙。}\n"
            "问题: {内容: 镇的话。}\n计划: [{标题: 镇的计划, 内容: 丁。}]\n",
        },
    )
    assert lines(here / "镇.yaml") == [
        *("镇院2022年工作总结", "县的导语。", "一、主要工作", "（一）镇一", "丙。", "二、县的问题", "镇的话。"),
        *("（一）县的一条。", "三、下一步工作打算", "（一）镇的计划", "丁。", "镇院", "2022年12月30日"),
    ]


@pytest.mark.parametrize("blank", ["", "~", "''", '"  "'], ids=["nothing", "tilde", "quotes", "spaces"])
def test_blanks_do_not_erase(blank: str, here: Path) -> None:
    """What is empty in a township's file is missing: the base's definition stays, its value does not come back."""
    county = (
        f"{COUNTY}上级: 县局\n"
        "指标: {甲: {数值: 9, 单位: 座, 目标: 8, 公式: }, 乙: {数值: 5, 单位: 元, 共用: 是}}\n"
        "内容: 县的内容{{ 乙 }}，{{ 甲.目标 }}，{{ 上级 }}。\n"
    )
    own = f"指标:\n  甲:\n    单位: {blank}\n    数值: {blank}\n  乙:\n    数值: {blank}\n    单位: {blank}\n"
    write(here, {"县.yaml": county})
    write(here, {"镇.yaml": f"继承: 县.yaml\n上级: {blank}\n内容: {blank}\n主送: {blank}\n{own}"})
    write(here, {"乡.yaml": f"继承: 县.yaml\n指标:\n  甲: {blank}\n  乙: {blank}\n"})
    write(here, {"村.yaml": f"继承: 县.yaml\n指标: {blank}\n"})
    write(here, {"缺.yaml": f"继承: 县.yaml\n{own}内容: 共{{{{ 甲 }}}}\n"})
    for name in ("镇.yaml", "乡.yaml", "村.yaml"):
        assert lines(here / name)[0] == "县的内容5元，8座，县局。"
    assert [one.id for one in mistakes(here / "缺.yaml")] == ["missing-value"]


def test_a_blank_name_is_told_where_it_stands(here: Path) -> None:
    """The place beside the error is the township's own line, where the figure is to be filled in."""
    write(here, {"县.yaml": f"{COUNTY}指标: {{甲: {{数值: 9, 单位: 座}}}}\n内容: 共{{{{ 甲 }}}}\n"})
    write(here, {"镇.yaml": "继承: 县.yaml\n指标:\n  甲:\n"})
    (mistake,) = mistakes(here / "镇.yaml")
    assert places(mistake)[:2] == ["县.yaml", "镇.yaml"]
    assert (mistake.related[0].position.line, mistake.related[0].position.column) == (3, 3)


def test_three_generations(here: Path) -> None:
    """Definitions pass on from both, the nearer first; no generation's values do, unless shared."""
    write(
        here,
        {
            "市.yaml": f"{COUNTY}指标:\n  甲: {{数值: 900, 单位: 座, 目标: 800}}\n"
            "  乙: {数值: 84, 单位: 元, 共用: 是}\n  丙: {数值: 3, 单位: 个}\n",
            "县.yaml": "继承: 市.yaml\n指标:\n  甲: {数值: 90, 目标: 80}\n  丁: {数值: 4, 单位: 张}\n"
            "  戊: {数值: 5, 单位: 次, 共用: 是}\n内容: '{{ 甲.目标 }}，{{ 乙 }}，{{ 戊 }}'\n",
            "镇.yaml": "继承: 县.yaml\n指标: {甲: {数值: 9}}\n内容: '{{ 甲 }}，{{ 甲.目标 }}，{{ 乙 }}，{{ 戊 }}'\n",
            "缺.yaml": "继承: 县.yaml\n内容: '{{ 甲 }}，{{ 丙 }}，{{ 丁 }}'\n",
        },
    )
    assert lines(here / "县.yaml") == ["80座，84元，5次"]
    assert lines(here / "镇.yaml") == ["9座，80座，84元，5次"]
    assert [one.id for one in mistakes(here / "缺.yaml")] == ["missing-value"] * 3
    assert "9" not in "".join(lines(here / "缺.yaml", draft=True))


def test_townships_do_not_see_each_other(here: Path) -> None:
    """Many reports on one base, read one after another, give what each gives alone; so does the base itself."""
    write(here, {"县.yaml": f"{COUNTY}指标: {{甲: {{数值: 9, 单位: 座}}}}\n内容: 共{{{{ 甲 }}}}\n"})
    for number in range(5):
        write(here, {f"镇{number}.yaml": f"继承: 县.yaml\n指标: {{甲: {{数值: {number}}}, 乙{number}: {{数值: 1}}}}\n"})
    write(here, {"缺.yaml": "继承: 县.yaml\n"})
    reader = Reader()
    for _ in range(2):
        for number in range(5):
            assert lines(here / f"镇{number}.yaml", reader=reader) == [f"共{number}座"]
        assert lines(here / "县.yaml", reader=reader) == ["共9座"]
        with pytest.raises(HealthReportError):
            compose(here / "缺.yaml", reader=reader)


@pytest.mark.parametrize(
    "chain",
    [["甲.yaml"], ["甲.yaml", "乙.yaml"], ["甲.yaml", "下/乙.yaml", "丙.yaml"]],
    ids=["itself", "two", "three"],
)
def test_cycle(chain: list[str], here: Path) -> None:
    """A report based on itself, however far round, is told with every file on the way."""
    for name, under in zip(chain, [*chain[1:], chain[0]], strict=True):
        up = "../" * name.count("/")
        write(here, {name: f"继承: {up}{under}\n{COUNTY}"})
    (mistake,) = mistakes(here / chain[0], root=here)
    assert mistake.id == "inherit-cycle"
    assert all(name in mistake.message for name in chain)
    assert {Path(name).name for name in chain} == set(places(mistake))


def test_a_cycle_further_up(here: Path) -> None:
    """A report whose bases go round is told of it, and is named itself."""
    write(here, {"镇.yaml": "继承: 甲.yaml\n", "甲.yaml": "继承: 乙.yaml\n", "乙.yaml": "继承: 甲.yaml\n"})
    (mistake,) = mistakes(here / "镇.yaml")
    assert mistake.id == "inherit-cycle"
    assert {"镇.yaml", "甲.yaml", "乙.yaml"} <= set(places(mistake))


BAD_BASES = {
    "missing": ("没有.yaml", None, "not-found"),
    "missing-in-a-folder": ("没有/县.yaml", None, "not-found"),
    "folder": ("夹", None, "is-a-folder"),
    "word": ("县.docx", b"PK\x03\x04...", "not-text"),
    "syntax": ("县.yaml", "内容: [1\n".encode(), "unclosed-bracket"),
    "empty": ("县.yaml", b"", "empty-file"),
    "encoding": ("县.yaml", "年度".encode("utf-16"), "encoding"),
    "list": ("县.yaml", b"- 1\n", "not-a-mapping"),
}


@pytest.mark.parametrize(("base", "content", "id"), BAD_BASES.values(), ids=BAD_BASES.keys())
def test_bad_base(base: str, content: bytes | None, id: str, here: Path) -> None:
    """A base that cannot be read is told with its own name, and every file that leads to it."""
    (here / "夹").mkdir()
    if content is not None:
        (here / base).write_bytes(content)
    write(here, {"镇.yaml": f"继承: 乡.yaml\n{COUNTY}", "乡.yaml": f"年度: 2022\n继承: {base}\n"})
    (mistake,) = mistakes(here / "镇.yaml")
    assert mistake.id == id
    assert places(mistake) == [Path(base).name, "乡.yaml", "镇.yaml"]
    assert [(other.position.line, other.position.column) for other in mistake.related] == [(2, 5), (1, 5)]
    assert mistake.hint


@pytest.mark.parametrize("written", ["[县.yaml]", "{文件: 县.yaml}"])
def test_not_a_file_name(written: str, here: Path) -> None:
    """继承 takes one file name."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"继承: {written}\n{COUNTY}"})
    (mistake,) = mistakes(here / "镇.yaml")
    assert (mistake.id, mistake.position.line) == ("not-a-text", 1)


@pytest.mark.parametrize(
    ("typed", "meant"), [("继成", "继承"), ("继承于", "继承"), ("指标文本", "指标文件"), ("指标文件名", "指标文件")]
)
@pytest.mark.parametrize("value", ["县.yaml", ""])
def test_misspelt_head(typed: str, meant: str, value: str, here: Path) -> None:
    """The keys of the head are proposed like all others."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{COUNTY}{typed}: {value}\n"})
    (mistake,) = mistakes(here / "镇.yaml")
    assert (mistake.id, mistake.message) == ("unknown-key", f"未知的键“{typed}”，是否为“{meant}”？")


@pytest.mark.parametrize("written", ["", "~"])
def test_no_base(written: str, here: Path) -> None:
    """An empty 继承 is none."""
    write(here, {"镇.yaml": f"继承: {written}\n{COUNTY}内容: 甲\n"})
    assert lines(here / "镇.yaml") == ["甲"]


def test_only_inside(here: Path) -> None:
    """A base lies in the report's folder or the one above, or inside the root that is given; its path is relative."""
    bases = ("外.yaml", "市/市.yaml", "市/县/县.yaml", "市/县/下/全.yaml", "市/邻/邻.yaml")
    write(here, dict.fromkeys(bases, f"{COUNTY}内容: 甲\n"))
    cases = {"../../外.yaml": False, "县.yaml": True, "下/../县.yaml": True, "./县.yaml": True, "下/全.yaml": True}
    cases |= {"../市.yaml": True, "../县/县.yaml": True, "../邻/邻.yaml": True, "../../市/县/县.yaml": True}
    cases |= {str(here / "市/县/县.yaml"): False, "../../../外.yaml": False, "/etc/passwd": False}
    for written, allowed in cases.items():
        write(here, {"市/县/镇.yaml": f"继承: {written}\n"})
        found = mistakes(here / "市/县/镇.yaml")
        assert [one.id for one in found] == ([] if allowed else ["outside"]), written
        assert all(one.position.line == 1 and one.hint for one in found)
    write(here, {"市/县/镇.yaml": "继承: ../../外.yaml\n"})
    assert lines(here / "市/县/镇.yaml", root=here) == ["甲"]
    write(here, {"市/县/镇.yaml": "继承: ../市.yaml\n"})
    assert [one.id for one in mistakes(here / "市/县/镇.yaml", root=here / "市/县")] == ["outside"]


def test_a_base_above_is_told(here: Path, cli: Cli) -> None:
    """That a base was read from the folder above is told, once for all townships; not where a root was given."""
    write(here, {"全/县.yaml": f"{COUNTY}内容: 甲\n"})
    write(here, {f"全/镇/{name}.yaml": "继承: ../县.yaml\n" for name in "甲乙"})
    for command in (["render", "全/镇/甲.yaml"], ["figures", "全/镇/甲.yaml"], ["batch", "全/镇"]):
        result = cli(*command)
        assert result.code == 0, result.err
        assert result.err.count("说明 “继承”的文件在报告的文件夹外面") == 1
        assert "县.yaml: 说明" in result.err
    assert "说明" not in cli("render", "全/镇/甲.yaml", "--root", "全").err
    assert cli("render", "全/镇/甲.yaml", "--strict").code == 0  # a note is no warning
    write(here, {"全/镇/丙.yaml": "继承: 丁.yaml\n", "全/镇/丁.yaml": f"{COUNTY}内容: 甲\n"})
    assert "说明" not in cli("render", "全/镇/丙.yaml").err


def test_never_the_whole_disk(here: Path) -> None:
    """A report in a folder right below the root of the disk does not open the disk."""
    folder = Path(here.anchor) / "nowhere-healthreport"
    assert inherit.allowed(folder / "镇.yaml", Reader(), None) == str(folder)
    assert inherit.allowed(folder / "下" / "镇.yaml", Reader(), None) == str(folder)


def test_the_root_is_the_first_file_s(here: Path) -> None:
    """A base further up may not lead out of the first report's root either."""
    write(here, {"外.yaml": COUNTY, "省/市.yaml": "继承: ../外.yaml\n", "省/县/下/县.yaml": "继承: ../../市.yaml\n"})
    write(here, {"省/县/镇.yaml": "继承: 下/县.yaml\n"})
    (mistake,) = mistakes(here / "省/县/镇.yaml")
    assert mistake.id == "outside"
    assert places(mistake) == ["市.yaml", "县.yaml", "镇.yaml"]


def test_a_link_does_not_lead_out(here: Path) -> None:
    """A link inside the folder to a file outside is outside."""
    write(here, {"外.yaml": COUNTY, "市/县/镇.yaml": "继承: 链.yaml\n"})
    try:
        (here / "市/县/链.yaml").symlink_to(here / "外.yaml")
    except OSError:
        pytest.skip("no links here")
    assert [one.id for one in mistakes(here / "市/县/镇.yaml")] == ["outside"]


def test_root_on_the_command_line(here: Path, cli: Cli) -> None:
    """``--root`` lets a township's file stand two folders below the county's."""
    write(here, {"县.yaml": f"{COUNTY}内容: 甲\n", "东/镇/镇.yaml": "继承: ../../县.yaml\n"})
    refused = cli("render", "东/镇/镇.yaml")
    assert refused.code == 2
    assert "[outside]" in refused.err
    assert "--root" in refused.err
    assert cli("render", "东/镇/镇.yaml", "--root", ".").code == 0
    assert (here / "东/镇/镇.docx").exists()


def test_a_mistake_in_the_base(here: Path, cli: Cli) -> None:
    """A mistake in the base is shown in the base's own file and names the report it was met in."""
    county = f"{COUNTY}标提: 甲\n指标: {{甲: {{数值: 多, 共用: 是}}}}\n内容: 共{{{{ 乙 }}}}\n"
    write(here, {"县.yaml": county, "镇.yaml": "继承: 县.yaml\n"})
    found = mistakes(here / "镇.yaml")
    assert [one.id for one in found] == ["unknown-key", "bad-number", "unknown-name"]
    assert [one.position.line for one in found] == [4, 5, 6]
    for one in found:
        assert places(one) == ["县.yaml", "镇.yaml"]
    told = cli("render", "镇.yaml")
    assert told.code == 2
    assert "县.yaml:4:1: 错误" in told.err
    assert "标提" in told.err.splitlines()[1]
    assert "镇.yaml" in told.err


def test_brackets_around_a_name_of_the_base(here: Path) -> None:
    """A township's own text is looked at with the names of its base, and what is no name there stays text."""
    county = f"{COUNTY}指标: {{出院: {{单位: 人}}}}\n内容: 甲\n"
    own = "继承: 县.yaml\n指标: {出院: {数值: 5}}\n内容: 出院%s。\n"
    write(here, {"县.yaml": county, "镇.yaml": own % "{ 出院 }", "乡.yaml": own % "{ 人次 }"})
    (one,) = mistakes(here / "镇.yaml")
    assert (one.id, one.position.line, one.position.column) == ("expression-syntax", 3, 7)
    assert lines(here / "乡.yaml") == ["出院{ 人次 }。"]


def test_a_formula_of_the_base(here: Path) -> None:
    """A formula of the county's that a township left an operand out of is told once, with all three places."""
    write(
        here,
        {
            "县.yaml": f"{COUNTY}指标:\n  管理: {{数值: 1, 单位: 人}}\n  在管: {{数值: 2, 单位: 人}}\n"
            "  管理率: {公式: 管理 / 在管, 单位: '%'}\n内容: 共{{ 管理率 }}、{{ 管理率 }}\n",
            "镇.yaml": "继承: 县.yaml\n指标:\n  管理: {数值: 1}\n  在管: {数值: }\n",
        },
    )
    (mistake,) = mistakes(here / "镇.yaml")
    assert mistake.id == "missing-value"
    assert (Path(mistake.position.file).name, mistake.position.line) == ("县.yaml", 7)
    assert [(Path(one.position.file).name, one.position.line) for one in mistake.related] == [("镇.yaml", 4)]


def test_a_picture_of_the_base(here: Path) -> None:
    """A picture that a base names is looked for beside the base."""
    write(here, {"县/县.yaml": f"{COUNTY}内容: {{图片: {{文件: 图.png}}}}\n", "镇.yaml": "继承: 县/县.yaml\n"})
    (here / "县/图.png").write_bytes(b"no picture")
    (mistake,) = mistakes(here / "镇.yaml")
    assert mistake.id == "bad-picture"
    assert places(mistake) == ["县.yaml", "镇.yaml"]


KEYS = {
    "数值": st.sampled_from(["9", "12", ""]),
    "上年": st.sampled_from(["7", "12", ""]),
    "目标": st.sampled_from(["10", "≤11", ""]),
    "单位": st.sampled_from(["座", "%", ""]),
    "小数位": st.sampled_from(["1", ""]),
    "约数": st.sampled_from(["余", ""]),
    "越低越好": st.sampled_from(["是", "否"]),
    "共用": st.sampled_from(["是", "否", ""]),
}
INDICATORS = st.dictionaries(st.sampled_from(["甲", "乙"]), st.fixed_dictionaries({}, optional=KEYS))
VALUE_KEYS = {"数值", "上年", "约数"}
CONTENT = [f"{{{{ {name}{what} }}}}" for name in ("甲", "乙") for what in ("", ".同比", ".目标", ".达标", ".单位")]


def laid_over(base: dict[str, dict[str, str]], own: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return the indicators of a report on a base, as the rule says: blanks are missing, values stay behind."""
    merged = {}
    for name in {**base, **own}:
        passed = {key: value for key, value in base.get(name, {}).items() if value}
        if passed.get("共用") != "是":
            passed = {key: value for key, value in passed.items() if key not in VALUE_KEYS}
        merged[name] = passed | {key: value for key, value in own.get(name, {}).items() if value}
    return merged


def outcome(folder: Path, files: Mapping[str, object], name: str) -> list[str]:
    """Return the lines of a report, or the ids and messages of its mistakes."""
    write(folder, {key: yaml.safe_dump(value, allow_unicode=True) for key, value in files.items()})
    found = mistakes(folder / name)
    return sorted(f"{one.id}: {one.message}" for one in found) or lines(folder / name)


@given(INDICATORS, INDICATORS, INDICATORS)
def test_the_same_as_written_out(
    city: dict[str, dict[str, str]], county: dict[str, dict[str, str]], town: dict[str, dict[str, str]]
) -> None:
    """A report with bases says what the same report says with everything written out."""
    opening = {"体裁": "通用", "标题": "无", "内容": CONTENT}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {
            "市.yaml": {**opening, "指标": city},
            "县.yaml": {"继承": "市.yaml", "指标": county},
            "镇.yaml": {"继承": "县.yaml", "指标": town},
            "全.yaml": {**opening, "指标": laid_over(laid_over(city, county), town)},
        }
        assert outcome(folder, files, "镇.yaml") == outcome(folder, files, "全.yaml")
