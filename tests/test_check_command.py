"""``healthreport check``: files in, findings out; what is let be, how they are told, how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from helpers import ROOT, word

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

SAME = "坚持关口前移，组织家庭医生团队进村入户，为老年人逐一测量血压、更新健康档案，做到底数清、情况明。"
LAST = f"白石镇卫生院2021年工作总结\n\n2021年，{SAME}\n"
HEAD = "体裁: 通用\n标题: 白石镇卫生院2022年工作总结\n单位: 白石镇卫生院\n日期: 2022-12-30\n"
REPORT = f"{HEAD}内容:\n  - 一切有序。\n  - 2021年，{SAME}\n"
COMMENT = "  # healthreport: 忽略 HR604"


@pytest.fixture
def files(here: Path) -> Path:
    """Write last year's text and this year's report, which has a year of it left."""
    (here / "2021.txt").write_text(LAST, encoding="utf-8")
    (here / "2022.yaml").write_text(REPORT, encoding="utf-8")
    return here


def found(cli: Cli, *arguments: str) -> list[dict[str, Any]]:
    """Return the findings of a file as JSON, without what only says how files were read."""
    listed = json.loads(cli("check", *arguments, "--format", "json").out)
    assert isinstance(listed, list)
    return [one for one in listed if one["severity"] != "note"]


@pytest.mark.usefixtures("files")
def test_text(cli: Cli) -> None:
    """A finding is told with place, weight, id, line, caret and the way out; a summary follows on stderr."""
    done = cli("check", "2022.yaml", "--last-year", "2021.txt")
    assert done.code == 1
    lines = done.out.splitlines()
    assert lines[0] == "2022.yaml:7:5: 警告 这一段和上年的一样，还写着“2021年”。 [HR604]"
    assert lines[1].startswith("  7 │   - 2021年，坚持关口前移")
    assert lines[2] == "    │     ^^^^^^"
    assert lines[3].startswith("  → 请改成今年的年份")
    assert "检查了1份：警告 1，建议 1。" in done.err
    assert "--severity 建议" in done.err


@pytest.mark.usefixtures("files")
def test_json(cli: Cli) -> None:
    """Programs get every finding with file, line, columns, words and the rest."""
    (one,) = found(cli, "2022.yaml", "--last-year", "2021.txt")
    assert one == {
        "id": "HR604",
        "severity": "warning",
        "file": "2022.yaml",
        "line": 7,
        "column": 5,
        "end_column": 10,
        "paragraph": None,
        "message": "这一段和上年的一样，还写着“2021年”。",
        "hint": "请改成今年的年份，并核对这一段的数。",
        "text": "2021年",
        "related": [],
        "places": [],
        "files": ["2022.yaml"],
    }


@pytest.mark.usefixtures("files")
def test_github(cli: Cli) -> None:
    """GitHub gets workflow commands, in which marks of its own are escaped."""
    asked = ("--last-year", "2021.txt", "--format", "github", "--select", "HR603,HR604")
    line, share = cli("check", "2022.yaml", *asked).out.splitlines()
    assert share.startswith("::notice file=2022.yaml,line=7,")
    assert "占全文的91%25" in share
    assert line.startswith("::warning file=2022.yaml,line=7,col=5,endColumn=10,title=HR604::这一段和上年的一样")


@pytest.mark.usefixtures("files")
def test_sarif(cli: Cli) -> None:
    """SARIF 2.1.0 has the rules, the results and their regions."""
    log = json.loads(cli("check", "2022.yaml", "--last-year", "2021.txt", "--format", "sarif").out)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert "HR604" in [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    (result,) = [one for one in run["results"] if one["ruleId"] == "HR604"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "2022.yaml"}
    assert place["region"] == {"startLine": 7, "startColumn": 5, "endColumn": 10}


def test_a_word_file(cli: Cli, files: Path) -> None:
    """Of a Word file the paragraph is told, and the sentence is shown."""
    word(REPORT).save(str(files / "2022.docx"))
    (one,) = found(cli, "2022.docx", "--last-year", "2021.txt")
    assert (one["id"], one["paragraph"], one["line"], one["column"], one["text"]) == ("HR604", 3, 3, 1, "2021年")
    out = cli("check", "2022.docx", "--last-year", "2021.txt").out
    assert out.startswith("2022.docx:第3段第1字: 警告 这一段和上年的一样")
    assert "  3 │ 2021年，坚持关口前移" in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--severity", "错误"), 0),
        (("--select", "HR604"), 1),
        (("--select", "HR601,HR605"), 0),
        (("--ignore", "HR6"), 0),
        (("--ignore", "HR604", "--severity", "建议"), 1),
    ],
)
@pytest.mark.usefixtures("files")
def test_exit_codes(cli: Cli, arguments: tuple[str, ...], code: int) -> None:
    """It ends with 1 where a finding weighs as much as is asked for, of the rules that are asked for."""
    assert cli("check", "2022.yaml", "--last-year", "2021.txt", *arguments).code == code


@pytest.mark.usefixtures("files")
def test_a_file_that_cannot_be_read(cli: Cli) -> None:
    """A file that cannot be read ends with 2, and does not stop the others."""
    done = cli("check", "没有.docx", "2022.yaml", "--last-year", "2021.txt")
    assert done.code == 2
    assert "没有.docx" in done.out
    assert "HR604" in done.out


@pytest.mark.usefixtures("files")
def test_no_such_rule(cli: Cli) -> None:
    """A rule that nobody knows is a mistake on the command line."""
    done = cli("check", "2022.yaml", "--select", "HR999")
    assert (done.code, done.out) == (2, "")
    assert "没有规则“HR999”" in done.err


def test_a_gap_does_not_stop_it(cli: Cli, here: Path) -> None:
    """A figure without a value is told as a warning; everything else is looked at."""
    report = f"{HEAD}指标: {{改厕: {{单位: 座}}}}\n内容:\n  - 改厕{{{{ 改厕 }}}}。\n章节:\n  - {{标题: 甲, 待补: 是}}\n"
    (here / "甲.yaml").write_text(report, encoding="utf-8")
    done = cli("check", "甲.yaml")
    assert done.code == 1
    assert "“改厕”还没有数值" in done.out
    assert "[todo]" in done.out


def test_a_base(cli: Cli, here: Path) -> None:
    """Words of a base are told once for all reports on it; a base that is no report by itself is not looked at."""
    (here / "2021.txt").write_text(LAST, encoding="utf-8")
    (here / "全县.yaml").write_text(f"体裁: 通用\n标题: 2022年工作总结\n内容: 2021年，{SAME}\n", encoding="utf-8")
    for name in ("白石镇", "青山镇"):
        (here / f"{name}.yaml").write_text(f"继承: 全县.yaml\n单位: {name}\n日期: 2022-12-30\n", encoding="utf-8")
    (one,) = found(cli, "白石镇.yaml", "青山镇.yaml", "--last-year", "2021.txt")
    assert (one["id"], one["file"], one["files"]) == ("HR604", "全县.yaml", ["白石镇.yaml", "青山镇.yaml"])
    assert "↑ 白石镇.yaml、青山镇.yaml" in cli("check", "白石镇.yaml", "青山镇.yaml", "--last-year", "2021.txt").out
    (here / "底稿.yaml").write_text("体裁: 年度工作总结\n年度: 2022\n", encoding="utf-8")
    (here / "红土乡.yaml").write_text("继承: 底稿.yaml\n单位: 红土乡\n", encoding="utf-8")
    done = cli("check", "底稿.yaml", "--severity", "建议")
    assert "[bare-base]" in done.out
    assert cli("check", "底稿.yaml").code == 0


def test_townships_that_are_alike(cli: Cli, here: Path) -> None:
    """Files that are checked together are held against each other; what both have of their base is no copy."""
    (here / "全县.yaml").write_text(f"体裁: 通用\n标题: 工作总结\n落款: 无\n导语: {SAME}\n", encoding="utf-8")
    for name in ("白石镇", "青山镇"):
        (here / f"{name}.yaml").write_text(f"继承: 全县.yaml\n单位: {name}\n内容: 一切有序。\n", encoding="utf-8")
    assert found(cli, "白石镇.yaml", "青山镇.yaml") == []
    for name in ("白石镇", "青山镇"):
        (here / f"{name}.txt").write_text(f"{name}工作总结\n{SAME}共{len(name)}00人次。\n", encoding="utf-8")
    (one,) = found(cli, "白石镇.txt", "青山镇.txt")
    assert (one["id"], one["file"]) == ("HR605", "青山镇.txt")
    assert one["related"][0]["file"] == "白石镇.txt"


def test_word_files_of_one_base(cli: Cli, here: Path) -> None:
    """A Word file does not say what it has of its base: the way out says so, and what to check, which is silent."""
    (here / "全县.yaml").write_text(f"体裁: 通用\n标题: 工作总结\n落款: 无\n导语: {SAME}\n", encoding="utf-8")
    for name in ("白石镇", "青山镇"):
        (here / f"{name}.yaml").write_text(f"继承: 全县.yaml\n单位: {name}\n内容: 一切有序。\n", encoding="utf-8")
    assert cli("render", "白石镇.yaml", "青山镇.yaml").code == 0
    (one,) = found(cli, "白石镇.docx", "青山镇.docx")
    assert one["id"] == "HR605"
    assert "由同一份底稿生成的，请改为一起检查它们的 YAML" in one["hint"]
    assert found(cli, "白石镇.yaml", "青山镇.yaml") == []


def test_a_comment_lets_be(cli: Cli, files: Path) -> None:
    """A comment on the line of a key covers its whole value, also a block's and an item's."""
    for silenced in (
        REPORT.replace("内容:", f"内容:{COMMENT}"),
        REPORT.replace("明。\n", f"明。{COMMENT}\n"),
        f"{HEAD}内容: |{COMMENT}\n  一切有序。\n  2021年，{SAME}\n",
    ):
        (files / "2022.yaml").write_text(silenced, encoding="utf-8")
        assert found(cli, "2022.yaml", "--last-year", "2021.txt") == []
    (files / "2022.yaml").write_text(REPORT.replace("标题:", f"年度: 2022{COMMENT}\n标题:"), encoding="utf-8")
    done = cli("check", "2022.yaml", "--last-year", "2021.txt")
    assert "“忽略 HR604”没有用上" in done.out
    assert "[HR604]" in done.out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("内容:\n  - 一切有序。\n", f"内容: |\n  一切有序。{COMMENT}\n", "在文字里面，会印出来"),
        ("内容:", f"{COMMENT}\n内容:", "不在写键的那一行"),
        ("内容:", "内容:  # healthreport: 忽略 HR9", "没有规则“HR9”"),
        ("内容:", "内容:  # healthreport: 不查", "看不懂这句"),
    ],
)
def test_a_comment_that_is_wrong(cli: Cli, files: Path, old: str, new: str, told: str) -> None:
    """A comment within a text, beside no key, of no rule or without one is an error."""
    rest = f"  2021年，{SAME}\n" if "|" in new else ""
    text = HEAD + (new + rest if rest else REPORT.removeprefix(HEAD).replace(old, new))
    (files / "2022.yaml").write_text(text, encoding="utf-8")
    done = cli("check", "2022.yaml", "--last-year", "2021.txt")
    assert done.code == 2
    assert told in done.out + done.err


def test_settings(cli: Cli, files: Path) -> None:
    """``.healthreport.yaml`` beside a file or above it says how rules weigh, and what is let be."""
    path = files / ".healthreport.yaml"
    for text, code in (
        ("规则: {HR604: 关}", 0),
        ("规则: {HR604: 建议}", 0),
        ("规则: {HR604: 错误}", 1),
        ("忽略: [{文件: 2022.yaml, 规则: HR604, 引文: 坚持关口前移}]", 0),
        ("# 还没有设置", 1),
        ("忽略: [{文件: 2023.yaml, 规则: HR1, 引文: 甲}]", 2),
        ("忽略: [{文件: 2023.yaml, 规则: HR604, 引文: 坚持关口前移}]", 1),
        ("忽略: [{文件: '*.yaml', 规则: HR604, 引文: 别的话}]", 1),
    ):
        path.write_text(text, encoding="utf-8")
        assert cli("check", "2022.yaml", "--last-year", "2021.txt").code == code, text
    (files / "乡镇").mkdir()
    (files / "乡镇" / "2022.yaml").write_text(REPORT, encoding="utf-8")
    path.write_text("规则: {HR604: 关}", encoding="utf-8")
    assert cli("check", "乡镇/2022.yaml", "--last-year", "2021.txt").code == 0
    (files / "另.yaml").write_text("规则: {HR604: 错误}", encoding="utf-8")
    assert cli("check", "乡镇/2022.yaml", "--last-year", "2021.txt", "--config", "另.yaml").code == 1
    path.write_text("extends: 另.yaml", encoding="utf-8")
    assert "错误 这一段" in cli("check", "2022.yaml", "--last-year", "2021.txt").out
    path.write_text("extends: 另.yaml\n规则: {HR604: 关}", encoding="utf-8")
    assert cli("check", "2022.yaml", "--last-year", "2021.txt").code == 0


def test_a_threshold(cli: Cli, here: Path) -> None:
    """From which share on documents are too much alike, a bureau may say itself."""
    for name in ("白石镇", "青山镇"):
        own = f"{name}" + "地处山区，配备巡诊车一辆，每周到偏远村组义诊。" * 4
        (here / f"{name}.txt").write_text(f"{name}工作总结\n{SAME}\n{own}\n", encoding="utf-8")
    assert [one["id"] for one in found(cli, "白石镇.txt", "青山镇.txt")] == ["HR605"]
    (here / ".healthreport.yaml").write_text("阈值: {雷同: 60%}", encoding="utf-8")
    assert found(cli, "白石镇.txt", "青山镇.txt") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("规则: {HR9: 关}", "没有规则“HR9”"),
        ("规则: {todo: 关}", "没有规则“todo”，或者它不能设置"),
        ("规则: {HR604: 小心}", "“小心”不在可选的"),
        ("规矩: {HR604: 关}", "未知的键“规矩”，是否为“规则”？"),
        ("阈值: {雷同: 300%}", "不是大于0、不大于100%的百分数"),
        ("阈值: {重复: 30%}", "没有“重复”这个阈值"),
        ("忽略: [{文件: 甲.docx, 规则: HR604}]", "缺少“引文”"),
        ("忽略: [{文件: 甲.docx, 规则: HR9, 引文: 甲}]", "没有规则“HR9”"),
        ("extends: .healthreport.yaml", "绕回了自己"),
        ("extends: 没有.yaml", "找不到"),
        ("- 关", "“键: 值”"),
    ],
)
def test_settings_that_are_wrong(cli: Cli, files: Path, text: str, told: str) -> None:
    """A rule, a key, a weight or a threshold that nobody knows is an error, with its place."""
    (files / ".healthreport.yaml").write_text(text, encoding="utf-8")
    done = cli("check", "2022.yaml", "--last-year", "2021.txt")
    assert done.code == 2
    assert told in done.err
    assert ".healthreport.yaml" in done.err or "没有.yaml" in done.err


def test_explain(cli: Cli) -> None:
    """A rule is explained by its id, in small letters too; without one all are listed."""
    done = cli("explain", "hr604")
    assert done.code == 0
    assert done.out.startswith("HR604 从上年带过来的年份（警告）\n依据：实务\n")
    assert "\n✗ 2021年" in done.out
    assert "HR604: 关" in done.out
    assert "tenfold" in cli("explain").out
    done = cli("explain", "HR699")
    assert (done.code, done.out) == (2, "")
    assert "没有规则“HR699”" in done.err


def test_the_sheet_of_a_batch(cli: Cli, here: Path) -> None:
    """A batch lists every figure of every township in a sheet, and marks what is doubtful."""
    indicators = "指标:\n  门诊: {单位: 人次, 目标: 12000}\n  签约: {单位: 人}\n"
    base = HEAD.replace("单位: 白石镇卫生院\n", "") + indicators + "内容: 门诊{{ 门诊 }}，签约{{ 签约 }}。\n"
    (here / "全县.yaml").write_text(base, encoding="utf-8")
    (here / "表.csv").write_text("单位,门诊,门诊上年,签约\n白石镇,12600,12000,300\n青山镇,9000,90,\n", encoding="utf-8")
    batch = ("batch", "全县.yaml", "--data", "表.csv", "-o", "出", "--draft")
    assert cli(*batch, "--checks", "核对表.xlsx").code == 0
    book = openpyxl.load_workbook(here / "核对表.xlsx")
    leap = "“门诊”是9000人次，上年是90人次，相差十倍以上。"
    assert [*book["核对表"].values] == [
        ("材料", "指标", "数值", "上年", "同比", "增减", "目标", "完成率", "存疑"),
        ("白石镇", "门诊", "12600人次", "12000人次", "增长5%", "增加600人次", "12000人次", "105%", ""),
        ("白石镇", "签约", "300人", "", "", "", "", "", ""),
        ("青山镇", "门诊", "9000人次", "90人次", "增长9900%", "增加8910人次", "12000人次", "75%", leap),
        ("青山镇", "签约", "", "", "", "", "", "", "“签约”还没有数值。"),
    ]
    told = [row[:3] for row in book["提醒"].values]
    assert sorted(told[1:]) == [("青山镇", "警告", "missing-value"), ("青山镇", "警告", "tenfold")]
    again = cli(*batch, "--checks", "核对表.xlsx")
    assert (again.code, "核对表已经存在" in again.err) == (2, True)
    assert cli(*batch, "--checks", "核对表.xlsx", "--force").code == 0
    assert (here / "核对表.xlsx.bak").exists()
    assert "只能写成 .xlsx" in cli(*batch, "--checks", "核对表.csv").err


@pytest.mark.parametrize(
    ("name", "text", "column"),
    [
        ("表.txt", "情况表\n乡镇\t人数\t门诊\n白石镇\t12\t台帐齐全\n", 8),
        ("表.md", "| 乡镇 | 门诊 |\n|---|---|\n| 白石镇 | 台帐齐全 |\n", 9),
    ],
)
def test_cells_of_texts(cli: Cli, here: Path, name: str, text: str, column: int) -> None:
    """A cell of a table in a text has its own place."""
    (here / name).write_text(text, encoding="utf-8")
    places = [(one["line"], one["column"], one["text"]) for one in found(cli, name) if one["id"] == "HR401"]
    assert places == [(3, column, "台帐")]


def test_own_words(cli: Cli, here: Path) -> None:
    """Words that a bureau lists as wrong are told, and what is right there is not."""
    (here / "甲.txt").write_text("情况汇报\n清合区的台帐齐全，由再接再励公司提供。\n", encoding="utf-8")
    (here / ".healthreport.yaml").write_text("错词: {清合区: 清河区}\n正确: [再接再励公司]\n", encoding="utf-8")
    assert sorted(one["text"] for one in found(cli, "甲.txt")) == ["台帐", "清合区"]


def test_the_table_of_sums(cli: Cli, here: Path) -> None:
    """Figures that do not add up are listed once more at the end, with the sum; without any there is no table."""
    (here / "甲.txt").write_text("全镇有卫生室41家，其中公办26家、民办12家。\n", encoding="utf-8")
    out = cli("check", "甲.txt").out.splitlines()
    assert out[-3:] == ["算不拢的数：", "位置        算式", "甲.txt:1:7  26 + 12 = 38，文中为41家"]
    (here / "甲.txt").write_text("全镇有卫生室38家，其中公办26家、民办12家，完善台帐。\n", encoding="utf-8")
    assert "算不拢" not in cli("check", "甲.txt").out


def test_what_could_not_serve_is_not_told(cli: Cli, files: Path) -> None:
    """A comment for a rule that needs last year's document is told to be of no use only where there is one."""
    silenced = REPORT.replace("2021年，", "2022年，").replace("内容:", f"内容:{COMMENT}")
    (files / "2022.yaml").write_text(silenced, encoding="utf-8")
    assert cli("check", "2022.yaml").code == 0
    assert "没有用上" in cli("check", "2022.yaml", "--last-year", "2021.txt").out


def test_two_documents_of_one_office(cli: Cli, here: Path) -> None:
    """One figure in two documents of an office and a year is one; the second is told with the place in the first."""
    (here / "总结.txt").write_text("白石镇卫生院2022年工作总结\n全年门诊诊疗12500人次。\n", encoding="utf-8")
    (here / "汇报.txt").write_text("白石镇卫生院2022年工作汇报\n全年门诊诊疗12800人次。\n", encoding="utf-8")
    (one,) = found(cli, "总结.txt", "汇报.txt")
    assert (one["id"], one["file"], one["related"][0]["file"]) == ("HR606", "汇报.txt", "总结.txt")
    assert found(cli, "汇报.txt") == []


def test_findings_have_one_shape(cli: Cli, files: Path) -> None:
    """A finding looks the same in the JSON of a batch and of an import as in that of a check."""
    (checked, *_) = found(cli, "2022.yaml", "--last-year", "2021.txt")
    (files / "镇").mkdir()
    (files / "镇" / "甲.yaml").write_text(f"{HEAD}内容: 完善台帐。\n", encoding="utf-8")
    (document,) = json.loads(cli("batch", "镇", "--format", "json").out)["documents"]
    (imported,) = json.loads(cli("import", "没有.txt", "--format", "json").out)
    for one in (*document["diagnostics"], *imported["problems"]):
        assert {*one} == {*checked} - {"files"}
    assert [one["text"] for one in document["diagnostics"]] == ["台帐"]


def test_a_clause_that_is_not_printed(cli: Cli, here: Path) -> None:
    """A clause without its figure is no gap: the report is looked at as it prints."""
    indicators = "指标: {改厕: {数值: 12, 单位: 座}, 培训: {单位: 人次}}\n"
    report = f"{HEAD}{indicators}内容: 改厕{{{{ 改厕 }}}}[[，培训{{{{ 培训 }}}}，完善台帐]]。\n"
    (here / "甲.yaml").write_text(report, encoding="utf-8")
    assert found(cli, "甲.yaml") == []
    (here / "甲.yaml").write_text(report.replace("培训: {单位", "培训: {数值: 30, 单位"), encoding="utf-8")
    assert [one["id"] for one in found(cli, "甲.yaml")] == ["HR401"]


def test_what_an_indicator_says_is_told_once(cli: Cli, here: Path) -> None:
    """A rate over 100 % of an indicator is its own rule's matter, and may be right; a typed one is a text's."""
    indicators = '指标: {签约率: {数值: 120, 单位: "%", 可超过100: 是}, 合格率: {数值: 130, 单位: "%"}}\n'
    content = "内容: 家庭医生签约率{{ 签约率 }}，抽检合格率{{ 合格率 }}，接种覆盖率140%。\n"
    (here / "甲.yaml").write_text(HEAD + indicators + content, encoding="utf-8")
    assert [(one["id"], one["text"]) for one in found(cli, "甲.yaml")] == [("rate-over-100", ""), ("HR215", "140%")]


def test_words_over_text_and_value(cli: Cli, here: Path) -> None:
    """Words that run over a value and the text behind it are told at the reference, with the indicator's place."""
    indicators = "指标: {门诊: {数值: 12500, 单位: 人次}}\n"
    (here / "甲.yaml").write_text(f"{HEAD}{indicators}内容: 门诊{{{{ 门诊 }}}}人次。\n", encoding="utf-8")
    (one,) = found(cli, "甲.yaml")
    assert (one["id"], one["text"], one["line"], one["column"]) == ("HR405", "人次人次", 6, 7)
    assert [(other["line"], other["message"]) for other in one["related"]] == [(5, "“门诊”写在这里")]


def test_a_gap_is_no_blank_too_many(cli: Cli, here: Path) -> None:
    """What has no value yet is told as missing; the gap it leaves is no slip of the hand, and no number beside it."""
    report = f"{HEAD}指标: {{门诊: {{单位: 人次}}}}\n内容: （例如{{{{ 门诊 }}}}，住院60人）完成门诊{{{{ 门诊 }}}}。\n"
    (here / "甲.yaml").write_text(report, encoding="utf-8")
    told = found(cli, "甲.yaml")
    assert {one["id"] for one in told} == {"HR702", "missing-value"}
    assert [one["text"] for one in told if one["id"] == "HR702"] == ["（例如…，住院60人）"]


def test_the_examples_have_no_finding(cli: Cli) -> None:
    """All that is shipped as an example, checked together, with suggestions, is as it should be."""
    shipped = sorted((ROOT / "examples").rglob("*.yaml"))
    told = json.loads(cli("check", *shipped, "--format", "json", "--severity", "建议").out)
    assert {one["id"] for one in told} <= {"bare-base"}


def test_a_report_and_its_own_word_file(cli: Cli, here: Path) -> None:
    """One office's documents of a year say the same by right; another's are alike, and its own line is shown."""
    text = f"体裁: 通用\n标题: 白石镇卫生院2022年工作总结\n落款: 无\n内容:\n  - 一切有序。\n  - {SAME}\n"
    (here / "今年.yaml").write_text(text, encoding="utf-8")
    assert cli("render", "今年.yaml").code == 0
    assert found(cli, "今年.yaml", "今年.docx") == []
    (here / "青山.yaml").write_text(text.replace("白石", "青山").replace("  - 一切有序。\n", ""), encoding="utf-8")
    shown = cli("check", "青山.yaml", "今年.docx").out
    assert "[HR605]" in shown
    (line,) = [line for line in shown.splitlines() if line.startswith("  5 │")]
    assert "坚持关口前移" in line
