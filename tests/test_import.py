"""``healthreport import``: what comes in goes out again, and nothing is lost, overwritten or hidden."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from healthreport.cli.exits import Exit
from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.jobs.importing import comparing, faults, reading, running
from healthreport.jobs.importing.reading import Options
from healthreport.reading import manuscripts
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.reading.yaml import builder
from healthreport.recognising import structure
from helpers import ROOT, lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.table import _Cell

    from conftest import Cli
    from healthreport.trees.draft import Draft
    from healthreport.trees.manuscript import Manuscript

EXAMPLE = ROOT / "examples" / "2021.docx"
TEXT = """\
白石镇卫生院2022年工作总结
清河区卫生健康局：
2022年，我院较好地完成了各项任务。现将有关情况总结如下：
一、主要工作
（一）加强管理。健全制度。
（二）改进服务。全年门诊52400人次，上年同期50000人次，同比增长4.8%。
二、存在的问题
一是人员不足；二是设备老化。
三、下一步打算
（一）充实人员。招聘3名。
（二）更新设备。添置2台。
白石镇卫生院
2022年12月28日
"""


def words_of(path: Path) -> list[str]:
    """Return the paragraphs and rows of a Word file, without blanks, in order."""
    found = []
    for element in docx.Document(str(path)).iter_inner_content():
        if isinstance(element, Table):
            found += ["".join(cell.text for cell in row.cells) for row in element.rows]
        else:
            found.append(element.text)
    return [text for text in ("".join(one.split()) for one in found) if text]


def printed(path: Path) -> list[str]:
    """Return the lines that a report prints, without blanks."""
    return ["".join(line.split()) for line in lines(path.read_bytes())]


def test_the_example(here: Path, cli: Cli) -> None:
    """Last year's Word file becomes YAML that prints it, and the file itself stays."""
    shutil.copy(EXAMPLE, here)
    done = cli("import", "2021.docx")
    assert (done.code, done.out) == (Exit.DONE, "2021.yaml\n")
    assert "没有收入页脚1处，如“— 1 —”" in done.err
    assert printed(here / "2021.yaml") == words_of(EXAMPLE)
    assert (here / "2021.docx").read_bytes() == EXAMPLE.read_bytes()


def test_the_way_on_works(here: Path, cli: Cli) -> None:
    """The command that is proposed at the end renders, and keeps the Word file that came in."""
    shutil.copy(EXAMPLE, here)
    command = cli("import", "2021.docx").err.rpartition("healthreport ")[2].split()
    done = cli(*command)
    assert (done.code, done.out) == (Exit.DONE, "2021-新.docx\n")
    assert f"healthreport {' '.join(command)}" in (here / "2021.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["a b.txt", "-x.txt", "白石镇（2021年）.txt", "a&b.txt", "it's.txt", "$x `y`.txt"])
def test_the_way_on_for_any_name(here: Path, cli: Cli, name: str) -> None:
    """A shell takes the proposed command as it is meant, whatever the file is called."""
    (here / name).write_text(TEXT, "utf-8")
    done = cli("import", f"./{name}")
    target = here / name.replace(".txt", ".yaml")
    for told in (done.err, target.read_text("utf-8").partition(" 生成。")[0]):
        words = shlex.split(told.rpartition("healthreport ")[2].strip())
        assert cli(*words).code == Exit.DONE
        target.with_suffix(".docx").unlink()
    refused = cli("import", f"./{target.name}").err
    assert cli(*shlex.split(refused.rpartition("healthreport ")[2].strip().removesuffix("。"))).code == Exit.DONE


def test_figures_print_the_same(here: Path, cli: Cli) -> None:
    """With figures the text refers to indicators, and prints what came in."""
    (here / "去年.txt").write_text(TEXT, "utf-8")
    done = cli("import", "去年.txt", "--figures", "--report")
    assert done.code == Exit.DONE
    made = (here / "去年.yaml").read_text("utf-8")
    assert "{数值: 52400, 单位: 人次, 上年: 50000}" in made
    assert ".同比 }}" in made
    assert printed(here / "去年.yaml") == TEXT.split()
    assert "做成指标3个，认出但没有做成指标的数0处。" in done.err
    (here / "证.txt").write_text("情况汇报\n办理《健康证》300张。《健康报》12份。\n", "utf-8")
    assert "做成指标1个，认出但没有做成指标的数1处，--report 列出。" in cli("import", "证.txt", "--figures").err
    told = cli("new", "--from", "证.txt", "--year", "2023", "-o", "今年.yaml").err
    assert "--report" not in told  # which new has not
    assert "认出但没有做成指标的数1处。\n  \u3000“" in told


def test_more_figures_than_a_report_holds(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with too many figures comes in without indicators, and says why."""
    text = "".join(f"{chr(at)}病随访{at}人。\n" for at in range(0x5000, 0x5000 + 1000))
    (here / "去年.txt").write_text(f"情况汇报\n{text}", "utf-8")
    monkeypatch.setattr(builder, "MAX_NODES", 4000)
    done = cli("import", "去年.txt", "--figures")
    assert (done.code, done.out) == (Exit.DONE, "去年.yaml\n")
    assert "没有把数做成指标：内容超过4000项。" in done.err
    assert "指标:" not in (here / "去年.yaml").read_text("utf-8")


def test_nothing_is_written_over(here: Path, cli: Cli) -> None:
    """A report that is there stays, whoever wrote it."""
    (here / "去年.txt").write_text(TEXT, "utf-8")
    (here / "去年.yaml").write_text("我的", "utf-8")
    refused = cli("import", "去年.txt")
    assert (refused.code, refused.out) == (Exit.NOTHING, "")
    assert "[exists]" in refused.err
    assert (here / "去年.yaml").read_text("utf-8") == "我的"


def test_pictures_stand_beside(here: Path, cli: Cli) -> None:
    """A picture becomes a file beside the report, which shows it; no file that is there is taken."""
    picture = next((ROOT / "docs").glob("*.png"))
    made = docx.Document()
    made.add_paragraph("情况汇报")
    made.add_paragraph("义诊的情况如下。")
    made.add_picture(str(picture), width=Mm(100))
    made.save(str(here / "去年.docx"))
    done = cli("import", "去年.docx")
    assert done.out.split() == ["去年.yaml", "去年-1.png"]
    assert (here / "去年-1.png").read_bytes() == picture.read_bytes()
    assert cli("render", "去年.yaml", "-o", "新.docx").code == Exit.DONE
    (here / "去年.yaml").unlink()
    assert "[exists]" in cli("import", "去年.docx").err
    told = cli("new", "--from", "去年.docx", "--year", "2023", "-o", "今年.yaml")
    assert (told.out, "去年的1幅图片没有写出来；要用，加 --keep-text" in told.err) == ("今年.yaml\n", True)
    shutil.copy("去年.docx", here / "又.docx")
    told = cli("new", "--from", "又.docx", "--year", "2023", "--keep-text", "-o", "又.yaml")
    assert (told.out.split(), "没有写出来" in told.err) == (["又.yaml", "又-1.png"], False)
    assert not (here / "去年.yaml").exists()


def test_several_files(here: Path, cli: Cli) -> None:
    """Each becomes a report in the folder; one that cannot be read does not stop the others."""
    for name in ("甲", "乙", "丙"):
        (here / f"{name}.txt").write_text(TEXT, "utf-8")
    (here / "坏.docx").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = cli("import", "甲.txt", "坏.docx", "乙.txt", "丙.txt", "-o", "去年")
    assert done.code == Exit.PARTLY
    assert done.out.split() == ["去年/甲.yaml", "去年/乙.yaml", "去年/丙.yaml"]
    assert "坏.docx: 错误" in done.err
    clash = cli("import", "甲.txt", "去年/甲.txt", "-o", "又")
    assert (clash.code, "[same-output]" in clash.err) == (Exit.NOTHING, True)
    assert "[bad-output]" in cli("import", "甲.txt", "乙.txt", "-o", "一份.yaml").err


def test_one_file_twice(here: Path, cli: Cli) -> None:
    """A file that is named twice is one."""
    (here / "甲.txt").write_text(TEXT, "utf-8")
    assert cli("import", "甲.txt", "甲.txt", "-o", "乙.yaml").out == "乙.yaml\n"


def test_what_leads_nowhere(here: Path, cli: Cli) -> None:
    """A link to nothing does not propose itself; a folder that is not there keeps its place in the hint."""
    (here / "甲.txt").symlink_to(here / "没有" / "甲.txt")
    told = cli("import", "甲.txt").err
    assert "甲.txt: 错误 这是一个链接，它指向的文件找不到了。 [not-found]" in told
    assert "是否为" not in told
    (here / "乙.txt").write_text(TEXT, "utf-8")
    told = cli("import", "乙.txt", "-o", "没有/去年").err
    assert "例如 -o 没有/去年.yaml；要写进文件夹，请先建好它。" in told


def test_many_files_by_several_processes(here: Path, cli: Cli) -> None:
    """Many files are shared out, and come back in their order."""
    names = [f"{number:02}.txt" for number in range(40)]
    for name in names:
        (here / name).write_text(TEXT, "utf-8")
    done = cli("import", *names, "-o", "去年", "-q")
    assert done.out.split() == [f"去年/{name.removesuffix('.txt')}.yaml" for name in names]


def test_standard_input_and_output(here: Path, cli: Cli) -> None:
    """The report of standard input can be printed; without -o nobody knows where it goes."""
    assert "[stdin-needs-output]" in cli("import", "-").err
    (here / "去年.txt").write_text(TEXT, "utf-8")
    shown = cli("import", "去年.txt", "-o", "-")
    assert "标题: 白石镇卫生院2022年工作总结" in shown.out
    assert not list(here.glob("*.yaml"))


def test_what_was_cleaned_can_be_kept(here: Path, cli: Cli) -> None:
    """A kind that is to be kept is not touched; one that is none is a mistake on the command line."""
    (here / "去年.txt").write_text("情况汇报\n来源：网友投稿\n今年来,工作扎实.\n", "utf-8")
    assert cli("import", "去年.txt", "-o", "净.yaml").code == Exit.DONE
    assert printed(here / "净.yaml") == ["情况汇报", "今年来，工作扎实。"]
    assert cli("import", "去年.txt", "--keep", "halfwidth,web", "-o", "留.yaml").code == Exit.DONE
    assert printed(here / "留.yaml") == ["情况汇报", "来源：网友投稿", "今年来,工作扎实."]
    assert cli("import", "去年.txt", "--keep", "all", "-o", "全.yaml").code == Exit.DONE
    assert printed(here / "全.yaml") == ["情况汇报", "来源：网友投稿", "今年来,工作扎实."]
    for listed in ("halfwidth, web", "halfwidth，web", "halfwidth、web"):
        assert cli("import", "去年.txt", "--keep", listed, "-o", f"{listed}.yaml").code == Exit.DONE
        assert printed(here / f"{listed}.yaml") == ["情况汇报", "来源：网友投稿", "今年来,工作扎实."]
    for wrong in ("空格", "control"):
        refused = cli("import", "去年.txt", "--keep", wrong)
        told = "".join(refused.err.split())
        assert (refused.code, f"“{wrong}”不是可选的种类" in told) == (Exit.NOTHING, True)
        assert "spaces（多余的空格）" in told
        assert "control（" not in told


def test_new_has_nothing_to_keep(here: Path, cli: Cli) -> None:
    """What new cleans it tells, without an option that only import has."""
    (here / "去年.txt").write_text("2022年情况汇报\n工作平稳， 有序。\n", "utf-8")
    told = cli("new", "--from", "去年.txt").err
    assert "清理了多余的空格1处。例如" in told
    assert "--keep " not in told


def test_control_characters_cannot_be_kept(here: Path, cli: Cli) -> None:
    """They are told, but not how to keep them: neither YAML nor Word can hold them."""
    (here / "去年.txt").write_text("情况汇报\n工作\u200e平稳， 有序。\n", "utf-8")
    told = cli("import", "去年.txt", "--keep", "all").err
    assert "清理了看不见的控制字符1处。" in told
    assert "--keep" not in told
    assert "不清理加 --keep spaces" in cli("import", "去年.txt", "-o", "又.yaml").err


def test_numbers_can_be_kept(here: Path, cli: Cli) -> None:
    """Numbers that are wrong on purpose stay in the words."""
    (here / "去年.txt").write_text("情况汇报\n一、甲\n三、乙\n", "utf-8")
    assert cli("import", "去年.txt", "--keep-numbers").code == Exit.DONE
    made = (here / "去年.yaml").read_text("utf-8")
    assert "三、乙" in made
    assert printed(here / "去年.yaml") == ["情况汇报", "一、甲", "三、乙"]


def test_genre_and_year_can_be_given(here: Path, cli: Cli) -> None:
    """What is given is taken, and told."""
    (here / "去年.txt").write_text(TEXT, "utf-8")
    done = cli("import", "去年.txt", "--genre", "通用", "--year", "2020")
    made = (here / "去年.yaml").read_text("utf-8")
    assert ("体裁: 通用" in made, "年度: 2020" in made) == (True, True)
    assert "是您指定的" in done.err
    assert cli("import", "去年.txt", "--year", "二〇二二", "-o", "又.yaml").code == Exit.NOTHING
    unknown = cli("import", "去年.txt", "--genre", "总结", "-o", "又.yaml")
    assert (unknown.code, "没有体裁“总结”" in unknown.err, (here / "又.yaml").exists()) == (Exit.NOTHING, True, False)


def test_a_word_file_has_no_lines_to_show(here: Path) -> None:
    """A message that names a paragraph of a Word file shows none of its bytes."""
    docx.Document().save(str(here / "去年.docx"))
    (here / "去年.txt").write_text(TEXT, "utf-8")
    shown = [Reader().line(Position(str(here / name), 1)) for name in ("去年.docx", "去年.txt")]
    assert shown == ["", "白石镇卫生院2022年工作总结"]


def test_json(here: Path, cli: Cli) -> None:
    """Programs are told all of it: outline, what was cleaned, what is left out, each with its place."""
    (here / "去年.txt").write_text(TEXT.replace("健全制度。", "健全制度, 压实责任。"), "utf-8")
    (entry,) = json.loads(cli("import", "去年.txt", "--format", "json").out)
    assert entry["written"] == ["去年.yaml"]
    assert {"level": 1, "kind": "标题", "title": "加强管理", "position": "去年.txt:5:1"}.items() <= entry["outline"][
        0
    ].items()
    assert [one["kind"] for one in entry["cleaned"]] == ["halfwidth", "spaces"]
    assert (entry["year"], entry["problems"], "text" in entry) == (2022, [], False)
    (entry,) = json.loads(cli("import", "去年.txt", "-o", "-", "--format", "json").out)
    assert entry["written"] == []
    assert entry["text"] == (here / "去年.yaml").read_text("utf-8").replace("去年.yaml", "导入.yaml")
    (problem,) = json.loads(cli("import", "没有.txt", "--format", "json").out)[0]["problems"]
    assert (problem["id"], problem["hint"]) == ("not-found", "请检查文件名和所在的文件夹。")


def test_what_prints_otherwise_is_kept_as_text(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    """Whatever recognition makes of a paragraph, the report prints what came in: tried before it is written."""
    (here / "去年.txt").write_text(TEXT, "utf-8")
    seen: list[frozenset[int]] = []
    recognise = structure.recognise

    def mistaken(manuscript: Manuscript, options: structure.Options, reader: Reader) -> Draft:
        seen.append(options.literal)
        draft = recognise(manuscript, options, reader)
        return draft if options.literal else draft._replace(recipient="别人")

    monkeypatch.setattr(structure, "recognise", mistaken)
    made = reading.read(here / "去年.txt", here / "去年.yaml", Options(), Resources(None, Reader()))
    assert seen == [frozenset(), frozenset({1})]
    assert made.differences == ()


def word_file(change: Callable[[Table], None], path: Path) -> list[str]:
    """Write a Word file with a table of three rows and columns, changed; return the words of its lines."""
    made = docx.Document()
    for text in ("白石镇卫生院2022年工作总结", "一、主要工作", "全年完成各项任务，群众满意。"):
        made.add_paragraph(text)
    table = made.add_table(3, 3)
    for row, first in zip(table.rows, "甲乙丙", strict=True):
        for cell, second in zip(row.cells, "子丑寅", strict=True):
            cell.text = first + second
    change(table)
    made.add_paragraph("二、存在的问题")
    made.add_paragraph("基层人才不足，有待改进。")
    made.save(str(path))
    return [part for line in words_of(path) for part in re.findall("[甲乙丙][子丑寅]", line)]


def set_property(cell: _Cell, tag: str, value: str) -> None:
    """Say something of a cell as the format writes it."""
    properties = cell._tc.get_or_add_tcPr()
    one = OxmlElement(f"w:{tag}")
    one.set(qn("w:val"), value)
    properties.append(one)


def without_cells(row: int, *columns: int) -> Callable[[Table], None]:
    """Return what takes cells out of a row."""

    def change(table: Table) -> None:
        cells = table.rows[row]._tr.tc_lst
        for column in columns:
            table.rows[row]._tr.remove(cells[column])

    return change


def with_two_columns_of_three_widths(table: Table) -> None:
    """Take the third column away, but not out of the grid, whose columns differ."""
    for at, column in enumerate(table._tbl.tblGrid.gridCol_lst):
        column.w = Mm(10 + 30 * at)
    for row in range(3):
        without_cells(row, 2)(table)


def with_a_header_that_reaches_down(table: Table) -> None:
    """Mark the first row as the header, one of whose cells stands in the second, too."""
    table.cell(0, 0).merge(table.cell(1, 0))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


@pytest.mark.parametrize(
    "change",
    [
        lambda table: set_property(table.cell(0, 0), "gridSpan", "999"),
        lambda table: set_property(table.cell(1, 1), "gridSpan", "2"),
        without_cells(1, 2),
        without_cells(1, 0, 1, 2),
        with_two_columns_of_three_widths,
        with_a_header_that_reaches_down,
    ],
    ids=["span", "span in the middle", "short row", "empty row", "widths", "header"],
)
def test_tables_as_word_allows_them(here: Path, cli: Cli, change: Callable[[Table], None]) -> None:
    """Rows of different widths are a table all the same, and print as they are; headings stay headings."""
    words = word_file(change, here / "去年.docx")
    done = cli("import", "去年.docx")
    assert (done.code, "警告" in done.err) == (Exit.DONE, False)
    assert "认出2节，1张表，2段。" in done.err
    assert re.findall("[甲乙丙][子丑寅]", "".join(printed(here / "去年.yaml"))) == sorted(set(words), key=words.index)


def test_what_cannot_be_printed(here: Path, cli: Cli) -> None:
    """A damaged picture is told at its place, as what has to be mended first; the rest is recognised as ever."""
    picture = next((ROOT / "docs").glob("*.png"))
    made = docx.Document()
    for text in ("情况汇报", "一、主要工作", "工作平稳。"):
        made.add_paragraph(text)
    made.add_picture(str(picture), width=Mm(100))
    made.save(str(here / "好.docx"))
    with zipfile.ZipFile(here / "好.docx") as good, zipfile.ZipFile(here / "坏.docx", "w") as damaged:
        for name in good.namelist():
            damaged.writestr(name, good.read(name)[: 60 if name.endswith(".png") else None])
    done = cli("import", "坏.docx")
    assert (done.code, done.out.split()) == (Exit.PARTLY, ["坏.yaml", "坏-1.png"])
    assert "坏.docx:第4段: 错误 这一段写成的 YAML 不能生成：不是完好的 png 或 jpg 图片。 [cannot-print]" in done.err
    assert (done.err.count("不能生成"), "healthreport render" in done.err) == (1, False)
    assert "标题: 主要工作" in (here / "坏.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (2, [0]),  # words
        (4, [1]),  # in the first table
        (5, [2]),  # behind it
        (7, [3]),  # in the second
        (8, [4]),  # the middle of a paragraph that the file divides
        (9, [*range(5)]),  # nobody's
    ],
)
def test_whose_fault_a_mistake_is(line: int, expected: list[int]) -> None:
    """A line of the report leads back to the paragraph or the table that it was made of."""
    tables = "健全制度，压实责任。\n|子|丑|\n|-|-|\n|甲|乙|\n\n改进服务，方便群众。\n\n|丙|丁|\n|-|-|\n|戊|己|\n\n"
    manuscript = manuscripts.read(f"{tables}一是充实人员；二是更新设备。".encode(), "去年.md")
    report = """\
内容:
  - 健全制度，压实责任。
  - 表格:
      行: [[甲, 乙]]
  - 改进服务，方便群众。
  - 表格:
      行: [[戊, 己]]
  - 分述: [充实人员, 更新设备]
版式: 没有
"""
    wrong = error("some-id", "不对。", Position("去年.yaml", line))
    found = faults.parts(manuscript, report, {}, wrong)
    assert [*found] == expected
    assert {one.why for one in found.values()} == {"不对。"}


def test_quiet(monkeypatch: pytest.MonkeyPatch, here: Path, cli: Cli) -> None:
    """With -q nothing is said but the files, and what is wrong; without it warnings are, too."""
    (here / "去年.txt").write_text(TEXT, "utf-8")
    recognise = structure.recognise

    def mistaken(manuscript: Manuscript, options: structure.Options, reader: Reader) -> Draft:
        return recognise(manuscript, options, reader)._replace(recipient="别人")

    monkeypatch.setattr(structure, "recognise", mistaken)
    loud, quiet = cli("import", "去年.txt", "-o", "甲.yaml"), cli("import", "去年.txt", "-q", "-o", "乙.yaml")
    assert "警告 这一段印出来和原文不一样：“别人：”。 [prints-otherwise]" in loud.err
    assert (quiet.code, quiet.out, quiet.err) == (Exit.DONE, "乙.yaml\n", "")
    assert "[not-found]" in cli("import", "没有.txt", "-q").err


def dies(_: running.Task) -> None:
    """Take the place of a process that the system kills."""
    os._exit(1)


def test_a_process_that_is_killed(monkeypatch: pytest.MonkeyPatch, here: Path, cli: Cli) -> None:
    """Files that went down with a process are told, each by its name."""
    names = [f"{number:02}.txt" for number in range(16)]
    for name in names:
        (here / name).write_text(TEXT, "utf-8")
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(running, "_in_worker", dies)
    done = cli("import", *names, "-o", "去年", "--format", "json")
    made = json.loads(done.out)
    assert (done.code, [one["source"] for one in made]) == (Exit.NOTHING, names)
    assert {one["problems"][0]["id"] for one in made} == {"killed"}


def test_next_years_superior(here: Path, cli: Cli) -> None:
    """Whom last year's lead thanks is whom this year's is to thank."""
    text = TEXT.replace("2022年，我院", "2022年，在县委、县政府的正确领导下，我院")
    (here / "去年.txt").write_text(text, "utf-8")
    assert cli("new", "--from", "去年.txt", "-o", "今年.yaml").code == Exit.DONE
    made = (here / "今年.yaml").read_text("utf-8")
    assert "上级: 县委、县政府\n" in made
    assert "2022年（待补），在县委、县政府的正确领导下，我院较好地完成了各项任务。现将有关情况总结如下：" in made
    for lead in ("2022年，我院", "2022年，在以习近平同志为核心的党中央坚强领导下，我院"):
        (here / "去年.txt").write_text(TEXT.replace("2022年，我院", lead), "utf-8")
        (here / "今年.yaml").unlink()
        (here / "指标.xlsx").unlink()
        assert cli("new", "--from", "去年.txt", "-o", "今年.yaml").code == Exit.DONE
        assert "上级:" not in (here / "今年.yaml").read_text("utf-8")


def test_words_under_a_wrong_key(here: Path, cli: Cli) -> None:
    """A list that nobody reads is told, with the one that was meant."""
    (here / "templates" / "recognising").mkdir(parents=True)
    (here / "templates" / "recognising" / "网页.yaml").write_text("行里: [本页由网站生成]\n", "utf-8")
    (here / "去年.txt").write_text(TEXT, "utf-8")
    done = cli("import", "去年.txt")
    assert (done.code, "网页.yaml:1:1: 错误" in done.err, "行里" in done.err) == (Exit.NOTHING, True, True)


def test_differences_are_found() -> None:
    """A paragraph that is missing, changed or added is told at its place in what came in."""
    manuscript = manuscripts.read("甲\n乙\n丙\n".encode(), "去年.txt")
    assert comparing.differences(manuscript, ["甲", "乙", "丙"]) == {}
    changed = comparing.differences(manuscript, ["甲", "丁", "丙"])
    assert {at: (one.before, one.after) for at, one in changed.items()} == {1: ("乙", "丁")}
    assert [*comparing.differences(manuscript, ["甲", "丙"])] == [1]
    assert [*comparing.differences(manuscript, ["甲", "乙", "丁", "丙"])] == [1, 2]
    # A title in two lines is printed as one; its first line may stand below again, as the signature.
    manuscript = manuscripts.read("清河区卫生健康局\n关于督查的通知\n请落实。\n清河区卫生健康局".encode(), "甲.txt")
    same = ["清河区卫生健康局关于督查的通知", "请落实。", "清河区卫生健康局"]
    assert comparing.differences(manuscript, same) == {}


@pytest.mark.parametrize(
    ("name", "data", "id", "hint"),
    [
        (".", b"", "is-a-folder", "里面的文件名"),
        ("报告.yaml", b"\xe4\xbd\x93", "is-a-report", "healthreport render 报告.yaml"),
        ("报告.yml", b"\xe4\xbd\x93", "is-a-report", "healthreport render 报告.yml"),
        ("空.txt", b" \n", "empty-file", "是否已保存"),
        ("图.png", b"\x89PNG\r\n", "not-a-document", "把图里的字录成"),
        ("图.docx", b"\xff\xd8\xff", "not-a-document", "把图里的字录成"),
        ("去年.pdf", b"%PDF-1.4", "not-a-document", "转成 .docx"),
        ("去年.rar", b"Rar!", "not-a-document", "先解压"),
        ("网页.txt", b"<html>", "not-a-document", "另存为 .docx"),
    ],
)
def test_what_is_no_manuscript(here: Path, cli: Cli, name: str, data: bytes, id: str, hint: str) -> None:
    """A folder, a report and an empty file are told, with the way out."""
    if data:
        (here / name).write_bytes(data)
    done = cli("import", name)
    assert (done.code, done.out) == (Exit.NOTHING, "")
    assert f"[{id}]" in done.err
    assert hint in done.err


def test_a_word_file_without_words(here: Path, cli: Cli) -> None:
    """A Word file in which nothing stands is told as an empty text is; a title alone is counted."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "白石镇卫生院"
    made.add_paragraph("  ")
    made.save(str(here / "空.docx"))
    done = cli("import", "空.docx")
    assert (done.code, done.out) == (Exit.NOTHING, "")
    assert "空.docx: 错误 文件里没有文字、表格和图片。 [empty-file]" in done.err
    made.add_paragraph("2022年工作总结")
    made.save(str(here / "题.docx"))
    done = cli("import", "题.docx")
    assert (done.code, "认出1个标题。" in done.err) == (Exit.DONE, True)
    (here / "文.txt").write_text(TEXT, "utf-8")
    assert "个标题" not in cli("import", "文.txt").err


def test_a_sheet_is_no_manuscript(here: Path, cli: Cli) -> None:
    """A sheet is sent to where sheets are read."""
    shutil.copy(ROOT / "examples" / "乡镇.xlsx", here)
    assert "batch --data" in cli("import", "乡镇.xlsx").err


def test_next_year_says_what_was_understood(here: Path, cli: Cli) -> None:
    """What a Word file was taken for is told, also on the way to next year's file."""
    shutil.copy(EXAMPLE, here)
    told = cli("new", "--from", "2021.docx", "--year", "2022").err
    assert "年度：2021，导语里写的是这一年" in told
    assert "没有收入页脚1处" in told


def test_words_of_ones_own(here: Path, cli: Cli) -> None:
    """A folder of templates that was copied changes nothing; what is written into it is known, in all processes."""
    shutil.copytree(ROOT / "templates", here / "templates")
    (here / "去年.txt").write_text(TEXT, "utf-8")
    plain = cli("import", "去年.txt", "--no-user-templates", "-o", "甲.yaml")
    assert plain.code == Exit.DONE
    assert cli("import", "去年.txt", "-o", "乙.yaml").code == Exit.DONE
    first, second = ((here / name).read_text("utf-8").split("\n", 1)[1] for name in ("甲.yaml", "乙.yaml"))
    assert first == second
    assert cli("new", "--from", "去年.txt", "-o", "今年.yaml").code == Exit.DONE
    own = "2022年大事记\n白石镇：本页由网站生成\n全年工作平稳。\n"
    (here / "templates" / "recognising" / "网页.yaml").write_text("行内: [本页由网站生成]\n", "utf-8")
    for number in range(20):
        (here / f"{number}.txt").write_text(own, "utf-8")
    assert cli("import", *(f"{number}.txt" for number in range(20)), "-o", "出", "-q").code == Exit.DONE
    assert {printed(path)[-1] for path in (here / "出").glob("*.yaml")} == {"全年工作平稳。"}
    assert not any("本页由网站生成" in path.read_text("utf-8") for path in (here / "出").glob("*.yaml"))


def test_a_file_of_pandoc(here: Path, cli: Cli) -> None:
    """What pandoc makes of Markdown keeps its title, its levels, its list and its table."""
    shutil.copy(ROOT / "tests" / "data" / "pandoc.docx", here / "去年.docx")
    assert cli("import", "去年.docx").code == Exit.DONE
    assert printed(here / "去年.yaml") == [
        "白石镇卫生院工作总结",
        "全年各项工作稳步推进，现总结如下。",
        *("主要工作", "公共卫生", "建立健康档案26850份。", "1.入户随访", "2.集中体检"),
        *("医疗服务", "指标完成", "门诊52400", "存在的问题", "人员不足。全科医生缺5人。"),
    ]
    made = (here / "去年.yaml").read_text("utf-8")
    assert (
        made.index("标题: 主要工作")
        < made.index("    章节:\n      - 标题: 公共卫生")
        < made.index("表头: [指标, 完成]")
    )


def test_a_file_that_is_not_there() -> None:
    """It is told as everywhere."""
    with pytest.raises(HealthReportError, match="找不到"):
        reading.read(EXAMPLE.with_name("没有.docx"), EXAMPLE, Options(), Resources(None, Reader()))


def test_next_year_from_a_word_file(here: Path, cli: Cli) -> None:
    """Last year's Word file is enough: its values are 上年 in a sheet, its sections ask for this year's words."""
    shutil.copy(EXAMPLE, here)
    done = cli("new", "--from", "2021.docx", "--year", "2022")
    assert done.out.split() == ["2022.yaml", "指标.xlsx"]
    made = (here / "2022.yaml").read_text("utf-8")
    assert "由“2021.docx”生成" in made
    assert "指标文件: 指标.xlsx" in made
    assert "标题: 白石镇卫生院2022年工作总结" in made
    assert "# 去年的计划：充实人员。2022年招聘专业技术人员5名" in made
    listed = json.loads(cli("figures", "2022.yaml", "--format", "json").out)
    clinic = next(row for row in listed if row["指标"].startswith("门诊"))
    assert (clinic["上年"], clinic["数值"], clinic["单位"]) == ("52400人次", "", "人次")
    assert cli("render", "2022.yaml", "--draft").code == Exit.DONE


def test_next_year_with_last_years_words(here: Path, cli: Cli) -> None:
    """Texts that are kept have every number and year of last year's marked, so that none is filed by mistake."""
    (here / "去年.txt").write_text(TEXT, "utf-8")
    assert cli("new", "--from", "去年.txt", "--keep-text", "-o", "今年.yaml").code == Exit.DONE
    made = (here / "今年.yaml").read_text("utf-8")
    assert "2022年（待补），我院" in made
    assert "招聘3名（待补）。" in made
    assert "健全制度。" in made
    assert "同比{{" in made


def test_next_year_of_a_file_without_a_year(here: Path, cli: Cli) -> None:
    """The year that --year names stands in the new file, where last year's said none; the phrases print it."""
    (here / "去年.txt").write_text("卫生院工作总结\n各项工作平稳。\n一、主要工作\n健全制度。\n", "utf-8")
    assert cli("new", "--from", "去年.txt", "--year", "2024", "-o", "今年.yaml").code == Exit.DONE
    assert "\n年度: 2024\n" in (here / "今年.yaml").read_text("utf-8")
    assert cli("render", "今年.yaml", "--draft").code == Exit.DONE


@pytest.mark.parametrize("keep", [[], ["--keep-text"]])
@pytest.mark.parametrize("day", ["二〇二二年十二月二十日", "二○二二年十二月", "2022.12.20"])
@pytest.mark.parametrize(
    ("signers", "signed"),
    [
        (["白石镇卫生院"], "单位: 白石镇卫生院\n日期:\n"),
        (["槐溪县卫生局", "槐溪县教育局"], "槐溪县卫生局\n  槐溪县教育局\n日期:\n"),
    ],
)
def test_next_year_is_not_dated_last_year(
    signers: list[str], signed: str, day: str, keep: list[str], here: Path, cli: Cli
) -> None:
    """A day that the format does not read is last year's all the same: it does not sign this year's report."""
    text = ["白石镇2022年工作总结", "2022年，各项工作平稳。", "一、主要工作", "完成改厕10座。", *signers, day]
    (here / "去年.txt").write_text("\n".join(text) + "\n", "utf-8")
    assert cli("new", "--from", "去年.txt", *keep, "--year", "2023", "-o", "今年.yaml").code == Exit.DONE
    made = (here / "今年.yaml").read_text("utf-8")
    assert signed in made
    assert day not in made


def test_next_year_with_last_years_pictures(here: Path, cli: Cli) -> None:
    """The pictures of a Word file come along with its words, which show them."""
    picture = next((ROOT / "docs").glob("*.png"))
    made = docx.Document()
    for text in ("2021年情况汇报", "一、主要工作", "工作平稳。"):
        made.add_paragraph(text)
    made.add_picture(str(picture), width=Mm(100))
    made.save(str(here / "去年.docx"))
    done = cli("new", "--from", "去年.docx", "--keep-text", "-o", "今年.yaml")
    assert (done.code, done.out.split()) == (Exit.DONE, ["今年.yaml", "去年-1.png"])
    assert (here / "去年-1.png").read_bytes() == picture.read_bytes()
    assert "文件: 去年-1.png" in (here / "今年.yaml").read_text("utf-8")


def test_a_large_file_on_standard_input(cli: Cli, here: Path) -> None:
    """A Word file with large pictures comes whole through a pipe, too."""
    made = docx.Document()
    made.add_paragraph("情况汇报")
    made.add_paragraph("工作平稳。")
    made.save(str(here / "去年.docx"))
    with zipfile.ZipFile(here / "去年.docx", "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/image9.png", bytes(6_000_000))
    done = cli("import", "-", "-o", "去年.yaml", stdin=(here / "去年.docx").read_bytes())
    assert done.code == Exit.DONE, done.err
    assert printed(here / "去年.yaml") == ["情况汇报", "工作平稳。"]
