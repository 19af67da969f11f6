"""``render`` of somebody's folder: what it opens, what it writes, what it starts and calls; and it ends.

Every file that the process opens is recorded by Python itself (``watching``), from before the program is imported. What
libraries open behind Python's back is found by what it would bring: each file outside holds a word that must not come
out anywhere.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from watching import Act

import healthreport
from helpers import ROOT, png
from word_files import docx, p

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links of this kind are the other systems'")
WORD = "机密白石案"
SECONDS = 60
PROGRAM = """
import json, os, sys
sys.path.insert(0, os.environ["WATCHING"])
import watching
acts = []
watching.watch(acts.append)
from healthreport.cli.main import main
try:
    main()
finally:
    done = list(acts)
    with open(os.environ["WATCHED"], "w", encoding="utf-8") as told:
        json.dump(done, told)
"""
FAILING = PROGRAM.replace("try:", "from healthreport.jobs import render\nrender.render = lambda *_: 1 / 0\ntry:")
HEAD = "体裁: 通用\n标题: 甲\n"
COUNTY = "体裁: 通用\n标题: 甲\n指标: {改厕: {单位: 座}}\n内容: '共{{ 改厕 }}。'\n"


class Watched(NamedTuple):
    """How a command ended, what it said, and what it did."""

    code: int
    said: str
    acts: list[Act]

    def of(self, *kinds: str) -> set[Path]:
        """Return the paths of acts of some kinds, links followed."""
        return {Path(os.path.realpath(act.what)) for act in self.acts if act.kind in kinds}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return somebody's folder; three folders above it lie what nobody may see, and the user's own cache."""
    for name, data in secrets().items():
        (tmp_path / name).write_bytes(data)
    work = tmp_path / "上" / "中" / "下"
    work.mkdir(parents=True)
    (work / "图.png").write_bytes(png(20, 20))
    (work / "t.csv").write_text("单位,改厕\n白石镇,3\n", "utf-8")
    (work / "i.csv").write_text("指标,数值,单位\n改厕,3,座\n", "utf-8")
    links = {
        "链.yaml": "密.yaml",
        "链.csv": "密.csv",
        "链.xlsx": "密.xlsx",
        "链.png": "密.png",
        "链": ".",
        "链.txt": "密.txt",
    }
    for name, target in links.items():
        (work / name).symlink_to(tmp_path / target)
    (work / "镇").mkdir()
    (work / "镇" / "白石.yaml").symlink_to(tmp_path / "密.yaml")
    return work


def secrets() -> dict[str, bytes]:
    """Return files of all kinds that hold a word which must not come out."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["单位", "改厕"], [WORD, 7]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    report = f"体裁: 通用\n标题: {WORD}\n单位: {WORD}\n指标: {{改厕: {{数值: 7, 单位: 座, 共用: 是}}}}\n"
    return {
        "密.yaml": f"{report}内容: {WORD}\n".encode(),
        "密.csv": f"指标,数值,单位\n{WORD},7,座\n改厕,7,座\n".encode(),
        "密.xlsx": out.getvalue(),
        "密.png": png(20, 20) + WORD.encode(),
        "密.txt": f"{WORD}\n".encode(),
        "密.xml.j2": f"<document><title>{WORD}</title></document>".encode(),
    }


def watched(folder: Path, *arguments: str, program: str = PROGRAM) -> Watched:
    """Run the command in a folder, and return what it did."""
    told = folder.parents[2] / "told.json"
    environment = {
        **os.environ,
        "WATCHING": str(Path(__file__).parent),
        "WATCHED": str(told),
        "XDG_CACHE_HOME": str(folder.parents[2] / "cache"),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-P", "-c", program, *arguments]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False)
    said = (ended.stdout + ended.stderr).decode()
    return Watched(ended.returncode, said, [Act(*act) for act in json.loads(told.read_text("utf-8"))])


# What is the program's and the system's own: its code and data, Python's, time zones, types of files.
OWN = (
    Path(healthreport.__file__).parent,
    ROOT / "templates",
    *{Path(sysconfig.get_path(kind)) for kind in ("stdlib", "platstdlib", "purelib", "platlib")},
    *{Path(place).resolve() for place in sys.path if place and "site-packages" in place},
    Path(os.devnull),
)


def held(done: Watched, folder: Path, *may_write: Path, root: Path | None = None) -> None:
    """Assert that nothing is read but in the folder and its root, nothing written but what was asked for."""
    cache = folder.parents[2] / "cache" / "healthreport"
    readable = [*(place.resolve() for place in OWN), folder, cache, *([root] if root else [])]
    strange = {path for path in done.of("reads", "lists") if not any(path.is_relative_to(place) for place in readable)}
    strange -= {
        path.parent for path in may_write
    }  # where something is written, it is looked for what a killed run left
    assert {path for path in strange if path.parts[:2] not in (("/", "proc"), ("/", "sys"))} == set()
    written = {path for path in done.of("writes") if not path.is_relative_to(cache) and path != cache.parent}
    assert {path for path in written if not _is_asked_for(path, may_write)} == set()
    assert [act for act in done.acts if act.kind in ("starts", "calls")] == []
    assert WORD not in done.said
    for path in may_write:
        if path.is_file():
            assert WORD.encode() not in unpacked(path)


def _is_asked_for(path: Path, asked: tuple[Path, ...]) -> bool:
    """Say whether a path is one that was asked for, or the hidden name it has before it is whole."""
    hidden = path.name.startswith(".healthreport-") and path.name.endswith(".partial")
    return path in asked or (hidden and path.parent in {one.parent for one in asked})


def unpacked(path: Path) -> bytes:
    """Return all that is in a file, an archive's parts unpacked."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"\0".join(archive.read(name) for name in archive.namelist())


# Everything in a report that names a file, each with a way out of the folder: {} is one.
NAMING = {
    "继承": ("继承: {}\n内容: 甲\n", "密.yaml", "链.yaml"),
    "指标文件": (HEAD + "指标文件: {}\n内容: '{{{{ 改厕 }}}}'\n", "密.csv", "链.csv"),
    "指标文件, several": (HEAD + "指标文件: [i.csv, {}]\n内容: '{{{{ 改厕 }}}}'\n", "密.csv", "链.csv"),
    "图片": (HEAD + "内容: {{图片: {{文件: {}}}}}\n", "密.png", "链.png"),
    "图片, several": (HEAD + "内容: {{图片: [{{文件: 图.png}}, {{文件: {}}}]}}\n", "密.png", "链.png"),
    "汇总来源": ("汇总来源: {}\n" + COUNTY.replace("{", "{{").replace("}", "}}"), "密.xlsx", "链.xlsx"),
    "应报": (
        "汇总来源: {{来源: t.csv, 应报: {}}}\n" + COUNTY.replace("{", "{{").replace("}", "}}"),
        "密.txt",
        "链.txt",
    ),
    "体裁": ("体裁: {}\n标题: 甲\n内容: 乙\n", "密", "链"),
    "版式": ("版式: {}\n" + HEAD + "内容: 乙\n", "密", "链"),
}
WAYS = ("../../../{}", "/{}", "链/{}", "./镇/../../../../{}", "link", "..\\..\\..\\{}", "file:///{}")


def test_no_name_leads_out(folder: Path) -> None:
    """No key that names a file leads out of the folder: not up, not from the root of the disk, not by a link."""
    outside, names = str(folder.parents[2]), []
    for naming, (content, secret, link) in NAMING.items():
        for way in WAYS:
            whole = f"{outside.lstrip('/')}/{secret}"
            name = link if way == "link" else way.format(whole if way.startswith(("/", "f")) else secret)
            names.append(f"{naming} {WAYS.index(way)}.yaml")
            (folder / names[-1]).write_text(content.format(json.dumps(name, ensure_ascii=False)), "utf-8")
    done = watched(folder, "render", *names, "--to", "docx,txt")
    assert done.code == 2, done.said
    assert [name for name in names if f"{name}:" not in done.said] == []
    held(done, folder)


@pytest.mark.parametrize("way", WAYS)
def test_settings_lead_nowhere(way: str, folder: Path) -> None:
    """Settings beside a report extend nothing outside, and are no link that leads there; its lines would be shown."""
    (folder / "x.yaml").write_text(HEAD + "内容: 工作布署\n", "utf-8")
    settings, secret = folder / ".healthreport.yaml", folder.parents[2] / "密.yaml"
    if way == "link":
        settings.symlink_to(secret)
    else:
        whole = str(secret).lstrip("/")
        name = way.format(whole if way.startswith(("/", "f")) else secret.name)
        settings.write_text(f"extends: {json.dumps(name, ensure_ascii=False)}\n", "utf-8")
    for command in (("render", "x.yaml"), ("check", "x.yaml"), ("check", "--fix", "x.yaml")):
        done = watched(folder, *command)
        assert done.code == 2, done.said
        held(done, folder)


def test_settings_above_the_root_are_not_read(folder: Path) -> None:
    """With --root neither settings above it hold, nor those that settings inside extend; without, those above."""
    (folder / "x.yaml").write_text(HEAD + "内容: 工作布署。\n", "utf-8")
    (folder.parent / ".healthreport.yaml").write_text("规则: {HR401: 关}\n", "utf-8")
    done = watched(folder, "check", "x.yaml")
    assert (done.code, "[HR401]" in done.said) == (0, False)
    done = watched(folder, "check", "x.yaml", "--root", ".")
    assert (done.code, "[HR401]" in done.said) == (1, True)
    held(done, folder)
    (folder / ".healthreport.yaml").write_text("extends: ../.healthreport.yaml\n", "utf-8")
    assert watched(folder, "check", "x.yaml").code == 0
    done = watched(folder, "check", "x.yaml", "--root", ".")
    assert (done.code, "[outside]" in done.said) == (2, True)
    held(done, folder)
    assert watched(folder, "check", "x.yaml", "--root", "..").code == 0


def test_a_folder_of_townships_leads_nowhere(folder: Path) -> None:
    """A township's report that is a link out of the folder is not read, neither by the county's nor by a batch."""
    (folder / "x.yaml").write_text("汇总来源: 镇/\n" + COUNTY, "utf-8")
    (folder / "镇" / "青山.yaml").write_text(COUNTY.replace("单位: 座", "数值: 3, 单位: 座"), "utf-8")
    for command in (
        ("render", "x.yaml"),
        ("batch", "镇", "-j", "1"),
        ("rollup", "x.yaml"),
        ("overview", "镇", "-j", "1"),
    ):
        done = watched(folder, *command)
        assert done.code == 2, done.said
        assert "[link-outside]" in done.said
        held(done, folder, folder / "镇" / ".healthreport-batch")


PLANTED = (
    "{% include '../密.xml.j2' %}", "{% import '../../密.xml.j2' as x %}", "{% extends '/etc/passwd' %}",
    "{% from 'genres/../../密.xml.j2' import x %}", "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ report.__init__.__globals__ }}", "{{ namespace.__init__.__globals__['os'].system('id') }}",
)  # fmt: skip


def test_no_template_leads_out(folder: Path) -> None:
    """A template in ./templates opens templates and nothing else."""
    (folder / "templates" / "genres").mkdir(parents=True)
    for number, said in enumerate(PLANTED):
        content = f"<document><title>{{{{ report.title }}}}</title><p>甲{said}</p></document>"
        (folder / "templates" / "genres" / f"种{number}.xml.j2").write_text(content, "utf-8")
        (folder / f"{number}.yaml").write_text(f"体裁: 种{number}\n标题: 甲\n内容: 乙\n", "utf-8")
    done = watched(folder, "render", *(f"{number}.yaml" for number in range(len(PLANTED))))
    assert done.code == 2, done.said
    held(done, folder)
    (folder / "templates" / "layouts").mkdir()
    (folder / "templates" / "layouts" / "链.yaml").symlink_to(folder.parents[2] / "密.yaml")
    done = watched(folder, "render", "0.yaml")
    assert (done.code, "[bad-template-file]" in done.said) == (2, True)
    held(done, folder)


def test_only_what_was_asked_for_is_written(folder: Path) -> None:
    """A report with all that it may name writes its documents, and in the user's cache folder; it reads its folder."""
    report = "指标文件: i.csv\n内容: ['{{ 改厕 }}', {图片: {文件: 图.png}}]\n"
    (folder / "x.yaml").write_text(HEAD + report, "utf-8")
    (folder / "y.yaml").write_text("汇总来源: t.csv\n" + COUNTY, "utf-8")
    done = watched(folder, "render", "x.yaml", "y.yaml", "--to", "docx,txt")
    assert done.code == 0, done.said
    held(done, folder, *(folder / name for name in ("x.docx", "x.txt", "y.docx", "y.txt")))
    assert {path.name for path in folder.iterdir() if path.suffix in (".docx", ".txt", ".bak")} == {
        "x.docx", "x.txt", "y.docx", "y.txt", "链.txt",
    }  # fmt: skip
    done = watched(folder, "render", "x.yaml", "-o", "../y.docx")
    held(done, folder, folder.parent / "y.docx")


def test_the_folder_above_only_by_leave(folder: Path) -> None:
    """A base may lie in the folder above, which is said; with --root nothing is read outside of that."""
    (folder.parent / "县.yaml").write_text(COUNTY, "utf-8")
    (folder.parent.parent / "市.yaml").write_text(COUNTY, "utf-8")
    (folder / "x.yaml").write_text("继承: ../县.yaml\n指标: {改厕: {数值: 3}}\n", "utf-8")
    (folder / "y.yaml").write_text("继承: ../../市.yaml\n指标: {改厕: {数值: 3}}\n", "utf-8")
    done = watched(folder, "render", "x.yaml")
    assert (done.code, "[base-above]" in done.said) == (0, True)
    held(done, folder, folder / "x.docx", root=folder.parent)
    assert watched(folder, "render", "x.yaml", "--root", ".").code == 2
    done = watched(folder, "render", "y.yaml", "--root", "../..")
    assert done.code == 0
    held(done, folder, folder / "y.docx", root=folder.parent.parent)


def test_after_a_failure_of_its_own_one_file_in_the_cache(folder: Path) -> None:
    """The account of a failure is the one other thing that is written; it starts nothing to ask for the system."""
    (folder / "x.yaml").write_text(HEAD + "内容: 乙\n", "utf-8")
    done = watched(folder, "render", "x.yaml", program=FAILING)
    assert (done.code, "[program-error]" in done.said) == (2, True)
    held(done, folder)
    cache = folder.parents[2] / "cache" / "healthreport"
    assert [path.name for path in cache.iterdir() if path.suffix == ".txt"] == ["last-error.txt"]


EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{}">]>'


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_xml_leads_nowhere(kind: str, folder: Path) -> None:
    """An entity of a file in a Word file or a workbook is not followed: its words come out nowhere."""
    entity = EXTERNAL.format(folder.parents[2] / "密.txt").encode()
    if kind == "docx":
        data, part, mark, shown = docx(p("甲")), "word/document.xml", b"<w:document", rb"(<w:t[^>]*>)[^<]*"
    else:
        data, part, mark, shown = secrets()["密.xlsx"], "xl/worksheets/sheet1.xml", b"<worksheet", rb"(<t[^>]*>)[^<]*"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part], count = re.subn(shown, rb"\1&e;", parts[part].replace(mark, entity + mark, 1))
    assert count
    with zipfile.ZipFile(folder / f"f.{kind}", "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    (folder / "x.yaml").write_text("汇总来源: f.xlsx\n" + COUNTY, "utf-8")
    done = watched(folder, *(["import", "f.docx", "-o", "o.yaml"] if kind == "docx" else ["render", "x.yaml"]))
    assert done.code in (0, 1, 2), done.said
    held(done, folder, folder / "o.yaml", folder / "x.docx")
