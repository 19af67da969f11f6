"""``healthreport new`` at a terminal: what is asked, in which order, wrong answers, and the way back."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.diagnostics import HealthReportError
from healthreport.jobs.new import answers, skeleton
from healthreport.reading.yaml import dump
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

INTERRUPT, END = "\x03", "\x04"
NAMES = ["党建", "妇幼健康", "疫情防控", "中医药", "人才队伍"]


def at_terminal(folder: Path, arguments: list[str], said: list[str]) -> tuple[int, str]:
    """Run ``new`` at a terminal, answer each question as it comes, and return exit code and screen."""
    screen, keyboard = pytest.importorskip("pty").openpty()
    command = [sys.executable, "-m", "healthreport", "new", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=keyboard, stdout=keyboard, stderr=keyboard, start_new_session=True
    ) as process:
        os.close(keyboard)
        shown, waiting, interrupted = b"", list(said), False
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if not select.select([screen], [], [], 2 if interrupted else 20)[0]:
                if interrupted:  # a signal in the moment before the terminal is read waits for the next one
                    process.send_signal(signal.SIGINT)
                    continue
                process.kill()
                pytest.fail(f"no answer was expected after {shown.decode(errors='replace')}")
            try:
                chunk = os.read(screen, 65536)
            except OSError:  # Linux says so when the program has gone
                break
            if not chunk:
                break
            shown += chunk
            if waiting and shown.rstrip(b" ").endswith(b":"):
                answer = waiting.pop(0)
                interrupted = answer == INTERRUPT
                if interrupted:
                    process.send_signal(signal.SIGINT)
                else:
                    os.write(screen, answer.encode() if answer == END else f"{answer}\n".encode())
                shown += b"\n"
        os.close(screen)
        return process.wait(timeout=30), shown.decode(errors="replace")


def names(folder: Path) -> set[str]:
    """Return all files in a folder, hidden ones too."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def written(path: Path) -> dump.Dict:
    """Return what a file says."""
    tree = dump.plain(parse(Source(path.name, path.read_text("utf-8"))))
    assert isinstance(tree, dict)
    return tree


def titles(path: Path) -> list[str]:
    """Return the titles of what was done."""
    done = written(path)["成绩"]
    assert isinstance(done, list)
    return [str(one["标题"]) for one in done if isinstance(one, dict)]


def asked(shown: str) -> list[str]:
    """Return the questions in their order, each time they were put."""
    heads = ("体裁", "单位名称", "层级", "年度", "期间", "上级", "主送", "章节", "文件名")
    lines = [line for line in shown.splitlines() if line.rstrip().endswith(":") or "]: " in line]
    return [head for line in lines for head in heads if line.lstrip().startswith(head)]  # a blank may come late


def test_wrong_answers_are_asked_again(here: Path) -> None:
    """What cannot be is said with a reason, and the same question put again; nothing that was answered is lost."""
    (here / "有了.yaml").write_text("体裁: 通用\n", "utf-8")
    said = ["无此体裁", "2", "2022年", "甲/乙", "石桥卫生所", "乡村", "乡镇", "22", "2024", "", "县卫生健康局", ""]
    said += ["９９", "党健", "１，3-5、21", "有了.yaml", "a?b.yaml", "CON.yaml", "报告.docx", "没有的/x.yaml"]
    code, shown = at_terminal(here, [], said)
    assert code == 0, shown
    for told in ("没有“无此体裁”", "这是年份", "名称里没有“/”这样的字符", "没有“乡村”", "“22”不是年份"):
        assert told in shown
    for told in ("没有“９９”这个序号", "是否为“党建”", "已经存在", "“a?b.yaml”不能作文件名", "“CON.yaml”不能作文件名"):
        assert told in shown
    assert "不是以 .yaml 结尾" in shown
    assert "请换一个；直接回车就用“报告.yaml”。" in shown
    assert "-o" not in shown
    assert asked(shown) == [
        *("体裁", "体裁", "单位名称", "单位名称", "单位名称", "层级", "层级", "年度", "年度", "期间", "上级", "主送"),
        *("章节", "章节", "章节", "文件名", "文件名", "文件名", "文件名", "文件名"),
    ]
    assert (here / "有了.yaml").read_text("utf-8") == "体裁: 通用\n"
    made = written(here / "没有的" / "x.yaml")
    assert [made[key] for key in ("体裁", "年度", "单位", "上级")] == [
        "半年工作总结",
        "2024",
        "石桥卫生所",
        "县卫生健康局",
    ]
    assert "主送" not in made
    assert "期间" not in made
    assert len(titles(here / "没有的" / "x.yaml")) == 5


def test_one_goes_back(here: Path) -> None:
    """``<`` or 返回 at any question puts the one before again, with what was answered as the default."""
    said = ["<", "5", "白石镇卫生院", "2023", "返回", "2024", "镇党委、政府", "＜", "", "县卫生健康局", "<", ""]
    said += ["1-2", "<", "3", "x.yaml"]
    code, shown = at_terminal(here, [], said)
    assert code == 0, shown
    assert "前面没有问题了。" in shown
    assert "年度 [2023]:" in shown
    assert "上级（正文里这样称呼） [镇党委、政府]:" in shown
    assert "主送（不用就写“无”） [县卫生健康局]:" in shown
    assert "章节（序号，如 1,3-5；也可写名称） [1-2]:" in shown
    made = written(here / "x.yaml")
    assert [made[key] for key in ("体裁", "年度", "上级", "主送")] == [
        "工作情况汇报",
        "2024",
        "镇党委、政府",
        "县卫生健康局",
    ]
    assert len(titles(here / "x.yaml")) == 1


def test_what_depends_is_asked_anew(here: Path) -> None:
    """Another genre or another unit makes other years, superiors and sections usual."""
    said = ["1", "清河区卫生健康局", "", "", "", "<", "<", "<", "<", "白石镇卫生院", "", "", "", "", "x.yaml"]
    code, shown = at_terminal(here, [], said)
    assert code == 0, shown
    assert "[区委、区政府]:" in shown
    made = written(here / "x.yaml")
    assert made["上级"] == "县卫生健康局和镇党委、政府"
    assert "落实基本药物制度，保障群众用药" in titles(here / "x.yaml")


@pytest.mark.parametrize(
    ("genre", "said", "expected"),
    [
        ("讲话", ["", "", "", "", ""], {"单位": "××县卫生健康局", "上级": "县委、县政府", "主送": None}),
        ("工作情况汇报", ["白石镇卫生院", "", "", "", ""], {"主送": "{{ 上级 }}"}),
        ("通用", ["白石镇卫生院", "", "无", ""], {"主送": None}),
        ("半年工作总结", ["白石镇卫生院", "1—9月", "", "", "", ""], {"期间": "1—9月", "截至": ""}),
        ("年度工作总结", ["白石镇卫生院", "", "区卫健局", "", ""], {"主送": "区卫健局"}),
    ],
)
def test_who_is_addressed(cli: Cli, here: Path, genre: str, said: list[str], expected: dict[str, str | None]) -> None:
    """上级 is asked always, 主送 and 期间 where the genre has them; Enter takes what is usual; the file renders."""
    code, shown = at_terminal(here, [genre, "--year", "2022"], said)
    assert code == 0, shown
    (path,) = here.glob("*.yaml")
    made = written(path)
    assert {key: made.get(key) for key in expected} == expected
    assert cli("render", path, "--draft", "--to", "txt").code == 0


def test_enter_takes_the_defaults(here: Path) -> None:
    """Enter at every question gives the usual file, under a free name where the usual one is taken."""
    for expected in ("2022年度工作总结.yaml", "2022年度工作总结-2.yaml"):
        code, shown = at_terminal(here, ["--year", "2022"], ["", "云溪县卫生健康局", "", "", "", ""])
        assert code == 0, shown
        assert f"文件名 [{expected}]:" in shown
        assert (here / expected).exists()
    assert names(here) == {"2022年度工作总结.yaml", "2022年度工作总结-2.yaml", skeleton.SCHEMA_NAME}
    assert asked(shown) == ["体裁", "单位名称", "上级", "主送", "章节", "文件名"]


def test_what_was_given_is_not_asked(here: Path) -> None:
    """What the command line says is not asked; ``-o -`` asks for no file and prints."""
    given_all = [
        "年度工作总结",
        "--year",
        "2022",
        "--unit",
        "白石镇卫生院",
        "--superior",
        "县卫健局",
        "--sections",
        "党建",
    ]
    code, shown = at_terminal(here, [*given_all, "-o", "-"], ["无"])
    assert (code, asked(shown)) == (0, ["主送"])
    assert "上级: 县卫健局" in shown
    assert names(here) == set()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_that_cannot_be_written(here: Path) -> None:
    """A folder without permission is asked again like any other wrong name."""
    (here / "锁").mkdir(mode=0o500)
    code, shown = at_terminal(here, ["通用", "--year", "2022"], ["白石镇卫生院", "", "", "锁/x.yaml", "x.yaml"])
    assert code == 0, shown
    assert "没有权限" in shown
    assert names(here) == {"x.yaml", skeleton.SCHEMA_NAME}


@pytest.mark.parametrize("key", [INTERRUPT, END])
@pytest.mark.parametrize("count", [0, 1, 3, 6])
def test_an_end_in_the_middle(here: Path, count: int, key: str) -> None:
    """Ctrl-C and the end of the input at any question say so in one line, end with 130 and leave nothing behind."""
    said = ["1", "青石镇卫生院", "2022", "", "", ""][:count]
    code, shown = at_terminal(here, [], [*said, key])
    assert code == 130, shown
    assert "\r\n已取消。\r\n" in shown
    assert "Traceback" not in shown
    assert names(here) == set()


def test_nothing_is_asked_with_defaults(here: Path) -> None:
    """``--defaults`` asks nothing at a terminal either."""
    code, shown = at_terminal(here, ["--defaults", "-o", "x.yaml"], [])
    assert code == 0, shown
    assert asked(shown) == []
    assert names(here) == {"x.yaml", skeleton.SCHEMA_NAME}


# What is typed


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("1,3-5", [0, 2, 3, 4]),
        ("１，３－５", [0, 2, 3, 4]),
        ("1、3~4；5", [0, 2, 3, 4]),
        ("1 3 — 5", [0, 2, 3, 4]),
        ("3到5 1", [2, 3, 4, 0]),
        ("5-4", [4, 3]),
        ("党建，3", [0, 2]),
        ("互联网+,2", ["互联网+", 1]),
    ],
)
def test_sections_by_number(typed: str, chosen: list[int | str]) -> None:
    """Numbers, ranges and names in any order, with the commas, dashes and digits of both widths."""
    assert answers.sections(typed, NAMES) == [NAMES[one] if isinstance(one, int) else one for one in chosen]


@pytest.mark.parametrize("typed", ["0", "6", "4-6", "1,0-2", "99999999999"])
def test_numbers_of_nothing(typed: str) -> None:
    """A number that no section has is refused, with those there are."""
    with pytest.raises(HealthReportError) as refused:
        answers.sections(typed, NAMES)
    assert [one.hint for one in refused.value.diagnostics] == ["请写1—5的序号。"]


@given(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
def test_numbers_read_back(chosen: list[str]) -> None:
    """What is shown as the default reads back as the same sections in the same order."""
    assert answers.sections(answers.numbered(chosen, NAMES), NAMES) == chosen


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2022", "这是年份"),
        ("二〇二二年度", "这是年份"),
        ("院", "至少要有两个字"),
        ("——", "至少要有两个字"),
        ("1,2", "“,”"),
        ("2022.yaml", "“.”"),
        (r"D:\报告", r"“:\”"),
        ("{{ 单位 }}", "“{}”"),
        ("白石镇卫生院。", "“。”"),
        ("白石\t镇", "控制字符"),
        ("白石镇卫生院" * 11, "太长"),
    ],
)
def test_what_is_no_unit(name: str, said: str) -> None:
    """A year, a file, marks or a sign are no unit's name; the reason is told with an example."""
    with pytest.raises(HealthReportError) as refused:
        answers.unit(name)
    (diagnostic,) = refused.value.diagnostics
    assert said in diagnostic.message
    assert diagnostic.hint


@pytest.mark.parametrize(
    "name",
    ["××县卫生健康局", "白石镇卫生院（槐溪县第三人民医院）", "槐溪县120急救中心", "县卫健局、县医保局", "CDC"],
)
def test_what_is_a_unit(name: str) -> None:
    """Names with brackets, digits, two in one and placeholders are taken as they are."""
    assert answers.unit(name) == name


@given(st.text(max_size=70))
def test_a_unit_that_is_taken_breaks_nothing(name: str) -> None:
    """Whatever is taken for a unit's name has no control character, no brace and no path in it."""
    try:
        taken = answers.unit(name)
    except HealthReportError:
        return
    assert not set(taken) & set("/\\:{}\n\r\t")
    assert not any(unicodedata.category(char) in ("Cc", "Cf") for char in taken)


def test_blanks_are_no_answer(tmp_path: Path) -> None:
    """Blanks of any width take what stands in the brackets, as Enter does."""
    code, screen = at_terminal(tmp_path, ["活动总结", "--unit", "青石镇卫生院"], ["  ", "　", " ", "  ", "　 "])
    assert (code, "“”" in screen) == (0, False), screen
    assert len([*tmp_path.glob("*年活动总结.yaml")]) == 1
