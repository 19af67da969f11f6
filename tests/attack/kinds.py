"""What is attacked: files that stand in the repository, and those of a folder that is named, each with its commands."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

import mutating
import openpyxl
import xlwt
from trial import Case

from helpers import ROOT, jpeg, png
from tables_data import ods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from random import Random

EXAMPLES, TEMPLATES = ROOT / "examples", ROOT / "templates"
COUNTY, BASE, SHEET = EXAMPLES / "2022-全区.yaml", EXAMPLES / "townships" / "全区.yaml", EXAMPLES / "乡镇.xlsx"
SCHEMA = "healthreport.schema.json"  # which ``new`` writes beside a file, for editors
PICTURES = (
    "体裁: 通用\n标题: 甲\n内容:\n  - {图片: {文件: a.png, 图题: 甲}}\n  - {图片: [{文件: b.jpg}, {文件: a.png}]}\n"
)
INDICATORS = "体裁: 通用\n标题: 甲\n年度: 2022\n指标文件: t.csv\n指标: {门诊: {单位: 人次}}\n内容: '{{ 门诊 }}，{{ 农村改厕 }}。'\n"


class Material(NamedTuple):
    """Everything there is to start from."""

    reports: tuple[str, ...]
    words: tuple[bytes, ...]
    texts: tuple[str, ...]
    lines: tuple[str, ...]
    sheets: tuple[tuple[str, bytes], ...]
    templates: tuple[tuple[str, str], ...]


def material(corpus: Path | None) -> Material:
    """Read it: the examples, the documents of the tests, the templates, and what a folder of others' files holds."""
    folders = [EXAMPLES, ROOT / "tests" / "documents", *([corpus] if corpus else [])]
    found = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    reports = [path.read_text("utf-8") for path in found if path.suffix == ".yaml" and path not in (COUNTY, BASE)]
    texts = [path.read_text("utf-8") for path in found if path.suffix == ".txt"]
    texts += [(ROOT / "docs" / name).read_text("utf-8") for name in ("templates.md", "rules.md")]
    words = [path.read_bytes() for path in found if path.suffix == ".docx"]
    templates = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    return Material(
        (*reports, INDICATORS.replace("指标文件: t.csv\n", "")),
        (*words, (ROOT / "tests" / "data" / "pandoc.docx").read_bytes()),
        tuple(texts),
        tuple(line for report in reports for line in report.split("\n")),
        tuple(_sheets()),
        tuple((str(path.relative_to(TEMPLATES)), path.read_text("utf-8")) for path in templates),
    )


def _sheets() -> Iterator[tuple[str, bytes]]:
    """Yield the townships' sheet in each of the ways in which it may come."""
    yield "t.xlsx", SHEET.read_bytes()
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for row in openpyxl.load_workbook(SHEET).worksheets[0].values
    ]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    yield "t.csv", out.getvalue().encode()
    book = xlwt.Workbook()
    page = book.add_sheet("表1")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(at, column, cell)
    saved = io.BytesIO()
    book.save(saved)
    yield "t.xls", saved.getvalue()
    cells = (
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        for row in rows
    )
    yield "t.ods", ods(*(f"<table:table-row>{row}</table:table-row>" for row in cells))


def _report(given: Material, random: Random) -> Case:
    content = mutating.text(random.choice(given.reports), given.lines, random)
    arguments, writes = random.choice(_OF_REPORTS)
    return Case("YAML", {"x.yaml": mutating.encoded(content, random)}, arguments, writes)


_OF_REPORTS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("render", "x.yaml", "-o", "o.docx"), ("o.docx",)),
    (("render", "x.yaml", "--to", "docx,txt"), ("x.docx", "x.txt")),
    (("render", "x.yaml", "--draft", "--to", "docx,txt"), ("x-草稿.docx", "x-草稿.txt")),
    (("check", "x.yaml"), ()),
    (("check", "--fix", "x.yaml"), ("x.yaml",)),
    (("figures", "x.yaml", "--wide", "--where"), ()),
    (("figures", "x.yaml", "-o", "o.xlsx"), ("o.xlsx",)),
    (("new", "--from", "x.yaml", "-o", "o.yaml", "--defaults"), ("o*.yaml", "*.csv", "*.xlsx", SCHEMA)),
    (("sheet", "x.yaml", "-o", "o.xlsx"), ("o.xlsx",)),
)


def _county(given: Material, random: Random) -> Case:
    name, sheet = _table(given, random) if random.random() < 0.5 else given.sheets[0]
    county = COUNTY.read_text("utf-8").replace("乡镇.xlsx", name)
    county = mutating.text(county, given.lines, random) if random.random() < 0.6 else county
    command = random.choice(
        (
            (("render", "x.yaml"), ("x.docx",)),
            (("rollup", "x.yaml", "-o", "o.xlsx"), ("o.xlsx",)),
            (("rollup", "x.yaml", "-o", "o.yaml"), ("o.yaml",)),
            (("overview", "x.yaml", "-j", "1"), ()),
            (("figures", "x.yaml", "--where"), ()),
        )
    )
    return Case("county", {"x.yaml": county.encode("utf-8", errors="replace"), name: sheet}, *command)


def _table(given: Material, random: Random) -> tuple[str, bytes]:
    name, data = random.choice(given.sheets)
    if name.endswith(".csv"):
        content = data.decode()
        for _ in range(random.choice((1, 1, 2, 5))):
            content = random.choice((_cell, _cell, _cell, lambda text, random: mutating.text(text, [], random)))(
                content, random
            )
        return name, mutating.encoded(content, random)
    if name.endswith(".xls"):
        return name, mutating.raw(data, random)
    return name, mutating.archive(data, random)


def _cell(content: str, random: Random) -> str:
    """Put something else into a cell, or take it out."""
    rows = [line.split(",") for line in content.split("\n")]
    row = random.choice(rows)
    row[random.randrange(len(row))] = random.choice(
        (*mutating.NASTY, "合计", "其中：男", "单位：万元", random.choice(rows[0]))
    )
    if random.random() < 0.1:
        row.insert(random.randrange(len(row)), "")
    return "\n".join(map(",".join, rows))


def _townships(given: Material, random: Random) -> Case:
    name, sheet = _table(given, random)
    base = BASE.read_text("utf-8")
    base = mutating.text(base, given.lines, random) if random.random() < 0.2 else base
    command = random.choice(
        (
            (("batch", "x.yaml", "--data", name, "-o", "out", "-j", "1"), ("out/*",)),
            (("batch", "x.yaml", "--data", name, "--show-reading"), ()),
            (("overview", "x.yaml", "--data", name, "-o", "o.xlsx", "-j", "1"), ("o.xlsx",)),
            (("rollup", "x.yaml", "--data", name, "-o", "o.csv"), ("o.csv",)),
            (("render", "i.yaml"), ("i.docx",)),
        )
    )
    own = INDICATORS.replace("t.csv", name).encode()
    return Case("tables", {"x.yaml": base.encode("utf-8", errors="replace"), "i.yaml": own, name: sheet}, *command)


def _word(given: Material, random: Random) -> Case:
    data = mutating.archive(random.choice(given.words), random)
    command = random.choice(
        (
            (("import", "x.docx", "-o", "o.yaml", "--report"), ("o.yaml", "o-*")),
            (("import", "x.docx", "-o", "o.yaml", "--figures"), ("o.yaml", "o-*")),
            (("check", "x.docx"), ()),
            (("check", "x.docx", "--fix"), ("*.docx",)),
            (("new", "--from", "x.docx", "-o", "o.yaml", "--defaults"), ("o*.yaml", "o-*", "指标.xlsx", SCHEMA)),
        )
    )
    return Case("Word files", {"x.docx": data}, *command)


def _text(given: Material, random: Random) -> Case:
    content = mutating.text(random.choice(given.texts), given.lines, random)
    name = "x." + random.choice(("txt", "txt", "md"))
    command = random.choice(
        (
            (("import", name, "-o", "o.yaml", "--figures"), ("o.yaml", "o-*")),
            (("check", name), ()),
            (("check", name, "--fix"), (name,)),
        )
    )
    return Case("texts", {name: mutating.encoded(content, random)}, *command)


def _templates(given: Material, random: Random) -> Case:
    name, content = random.choice(given.templates)
    lines = content.split("\n")
    if name.endswith(".j2") and random.random() < 0.6:
        content = _markup(content, random)
    else:
        content = mutating.text(content, lines, random)
    report = random.choice(given.reports)
    command = random.choice(
        (
            (("render", "x.yaml"), ("x.docx",)),
            (("render", "x.yaml", "--to", "docx,txt", "--draft"), ("x-草稿.docx", "x-草稿.txt")),
            (("check", "x.yaml"), ()),
            (("new", "--defaults", "-o", "o.yaml"), ("o.yaml", SCHEMA)),
            (("template", "list"), ()),
            (("import", "x.txt", "-o", "o.yaml"), ("o.yaml", "o-*")),
            (("batch", "b.yaml", "--data", "t.csv", "-o", "out", "-j", "1"), ("out/*",)),
        )
    )
    files = {
        "x.yaml": report.encode(),
        "x.txt": random.choice(given.texts).encode(),
        "b.yaml": BASE.read_bytes(),
        "t.csv": given.sheets[1][1],
        f"templates/{name}": mutating.encoded(content, random),
    }
    return Case("templates", files, *command)


_STATEMENTS = (
    "{% for x in range(99999999) %}甲{% endfor %}", "{{ x }}", "{% include '../x' %}", "{% include '/etc/passwd' %}",
    "{{ ''.__class__.__mro__ }}", "{{ [1] * 99999999 }}", "{{ '甲' * 99999999 }}", "{{ 9 ** 99999999 }}",
    "{% set x = namespace(y=1) %}", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% extends '通用.xml.j2' %}",
    "{% block x %}", "{% endfor %}", "{{ 成绩 }}", "{{ self }}", "{{ cycler }}", "{{ lipsum(n=99999) }}", "{% raw %}",
    "<p>", "</p>", "<t n=\"0\"/>", "<t n=\"99999\"/>", "<t n=\"-1\"/>", "<heading level=\"99\">甲</heading>",
    "<heading level=\"x\"/>", "<section number=\"①\"/>", "<table><row><cell/></row></table>", "<table/>", "<figure/>",
    "<page-break/>", "<attachment/>", "<title/>", "<signature/>", "<document>", "&lt;", "&#0;", "&#xFDD0;", "<!-- x -->",
    "<![CDATA[x]]>", "<?x y?>", "<item/>", "<points/>", "<point/>", "<x/>", "<P/>",
)  # fmt: skip


def _markup(content: str, random: Random) -> str:
    """Put markup or a statement somewhere into a template."""
    for _ in range(random.choice((1, 1, 2))):
        at = random.choice([0, *(at + 1 for at, mark in enumerate(content) if mark in ">}\n"), len(content)])
        content = content[:at] + random.choice(_STATEMENTS) + content[at:]
    return content


def _pictures(_: Material, random: Random) -> Case:
    pictures = {"a.png": png(60, 40, dpi=random.choice((0, 1, 300))), "b.jpg": jpeg(64, 48)}
    name = random.choice([*pictures])
    pictures[name] = mutating.raw(pictures[name], random)
    return Case("pictures", {"x.yaml": PICTURES.encode(), **pictures}, ("render", "x.yaml"), ("x.docx",))


KINDS: Sequence[Callable[[Material, Random], Case]] = (
    _report, _townships, _word, _report, _text, _templates, _county, _word, _report, _townships, _templates, _pictures,
)  # fmt: skip
