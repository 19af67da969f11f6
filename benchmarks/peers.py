"""The like document made by other programs.

Each is prepared once and then makes one document after another. Usage, documents in a process of their
own: python benchmarks/peers.py NAME FOLDER COUNT
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zlib
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import like

HERE = Path(__file__).parent
NODE_MODULES = Path(os.environ.get("NODE_PATH", HERE / "node_modules"))


def context(number: int) -> dict[str, Any]:
    """Return a township's data as these programs want it: words already put together."""
    figures = like.values(number)
    wanted = iter(like.names())
    sections = []
    for section in range(like.SECTIONS):
        children = []
        for child in range(like.CHILDREN):
            names = [name for name, _ in zip(wanted, range(like.PER_CHILD), strict=False)]
            children.append({"title": f"第{child + 1}个方面", "figures": [figures[name] for name in names]})
        sections.append({"title": f"第{section + 1}项重点工作扎实推进", "children": children})
    rows = [{"name": name, "value": figures[name]} for name in like.names()[: like.ROWS]]
    return {"org": f"第{number}镇卫生院", "sections": sections, "rows": rows}


def _text(figures: list[int]) -> str:
    return "".join(like.SENTENCE.format(f"{one}人次") for one in figures) + like.FILLER


class Peer:
    """Another program: ``prepare`` writes what it needs into a folder, ``make`` one document below ``out``."""

    name = ""
    slower = 10  # how many fewer documents tell how long one takes

    def prepare(self, folder: Path, count: int) -> None:
        """Need nothing."""

    def make(self, folder: Path, number: int) -> None:
        """Make one document."""
        raise NotImplementedError

    def run(self, folder: Path, count: int, processes: int = 1) -> float:
        """Make so many documents; return the seconds they took."""
        began = time.perf_counter()
        if processes == 1:
            for number in range(count):
                self.make(folder, number)
        else:
            with ProcessPoolExecutor(processes) as pool:
                list(pool.map(self.make, [folder] * count, range(count), chunksize=10))
        return time.perf_counter() - began

    def command(self, folder: Path, count: int) -> list[str]:
        """Return the command that makes so many documents in a process of its own."""
        return [sys.executable, str(HERE / "peers.py"), self.name, str(folder), str(count)]


class Docxtpl(Peer):
    """docxtpl: a Jinja2 template inside a Word file."""

    name = "docxtpl"

    def prepare(self, folder: Path, count: int) -> None:  # noqa: ARG002
        """Write the template."""
        import docx

        word = docx.Document()
        word.add_heading("{{ org }}2022年工作总结", 0)
        word.add_paragraph("{%p for section in sections %}")
        word.add_heading("{{ section.title }}", 1)
        word.add_paragraph("{%p for child in section.children %}")
        sentence = like.SENTENCE.format("{{ one }}人次")
        word.add_paragraph(
            "{{ child.title }}。{% for one in child.figures %}" + sentence + "{% endfor %}" + like.FILLER
        )
        word.add_paragraph("{%p endfor %}")
        word.add_paragraph("{%p endfor %}")
        table = word.add_table(4, 5)
        for cell, text in zip(table.rows[0].cells, ("指标", "单位", "完成", "上年", "备注"), strict=True):
            cell.text = text
        table.rows[1].cells[0].text = "{%tr for row in rows %}"
        for cell, text in zip(
            table.rows[2].cells, ("{{ row.name }}", "人次", "{{ row.value }}", "100", "无"), strict=True
        ):
            cell.text = text
        table.rows[3].cells[0].text = "{%tr endfor %}"
        word.save(str(folder / "docxtpl.docx"))

    def make(self, folder: Path, number: int) -> None:
        """Render one document, the template opened anew as its documentation says."""
        from docxtpl import DocxTemplate

        template = DocxTemplate(folder / "docxtpl.docx")
        template.render(context(number))
        template.save(folder / "out" / f"{number}.docx")


class PythonDocx(Peer):
    """python-docx, straightforward: every paragraph with its style."""

    name = "python-docx"

    def make(self, folder: Path, number: int) -> None:
        """Build one document."""
        import docx

        data = context(number)
        word = docx.Document()
        word.add_heading(f"{data['org']}2022年工作总结", 0)
        for section in data["sections"]:
            word.add_heading(section["title"], 1)
            for child in section["children"]:
                word.add_paragraph(f"{child['title']}。{_text(child['figures'])}", style="Body Text")
        table = word.add_table(1, 5, style="Table Grid")
        for cell, text in zip(table.rows[0].cells, ("指标", "单位", "完成", "上年", "备注"), strict=True):
            cell.text = text
        for row in data["rows"]:
            cells = table.add_row().cells
            for cell, text in zip(cells, (row["name"], "人次", str(row["value"]), "100", "无"), strict=True):
                cell.text = text
        word.save(str(folder / "out" / f"{number}.docx"))


class MailMerge(Peer):
    """docx-mailmerge2: merge fields; loops are rows of a table."""

    name = "docx-mailmerge2"

    def prepare(self, folder: Path, count: int) -> None:  # noqa: ARG002
        """Write a template with one merge field for each figure."""
        import docx
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        def field(paragraph: Any, name: str) -> None:
            simple = OxmlElement("w:fldSimple")
            simple.set(qn("w:instr"), f" MERGEFIELD {name} ")
            run = OxmlElement("w:r")
            text = OxmlElement("w:t")
            text.text = f"«{name}»"
            run.append(text)
            simple.append(run)
            paragraph._p.append(simple)

        word = docx.Document()
        field(word.add_heading("", 0), "org")
        wanted = iter(like.names())
        before, after = like.SENTENCE.split("{}")
        for section in range(like.SECTIONS):
            word.add_heading(f"第{section + 1}项重点工作扎实推进", 1)
            for child in range(like.CHILDREN):
                paragraph = word.add_paragraph(f"第{child + 1}个方面。")
                for name, _ in zip(wanted, range(like.PER_CHILD), strict=False):
                    paragraph.add_run(before)
                    field(paragraph, name)
                    paragraph.add_run("人次" + after)
                paragraph.add_run(like.FILLER)
        table = word.add_table(2, 5)
        for cell, text in zip(table.rows[0].cells, ("指标", "单位", "完成", "上年", "备注"), strict=True):
            cell.text = text
        for cell, name in zip(table.rows[1].cells, ("name", "unit", "value", "last", "note"), strict=True):
            field(cell.paragraphs[0], name)
        word.save(str(folder / "mailmerge.docx"))

    def make(self, folder: Path, number: int) -> None:
        """Merge one document."""
        from mailmerge import MailMerge as Merge

        figures = like.values(number)
        fields = {name: str(value) for name, value in figures.items()}
        rows = [
            {"name": name, "unit": "人次", "value": str(figures[name]), "last": "100", "note": "无"}
            for name in like.names()[: like.ROWS]
        ]
        with Merge(folder / "mailmerge.docx") as document:
            document.merge(org=f"第{number}镇卫生院2022年工作总结", **fields)
            document.merge_rows("name", rows)
            document.write(folder / "out" / f"{number}.docx")


class Pandoc(Peer):
    """pandoc: Markdown to Word, a process for each document."""

    name = "pandoc"
    slower = 40

    def make(self, folder: Path, number: int) -> None:
        """Convert one document."""
        data = context(number)
        lines = [f"% {data['org']}2022年工作总结", ""]
        for section in data["sections"]:
            lines += [f"# {section['title']}", ""]
            for child in section["children"]:
                lines += [f"{child['title']}。{_text(child['figures'])}", ""]
        lines += ["| 指标 | 单位 | 完成 | 上年 | 备注 |", "|---|---|---|---|---|"]
        lines += [f"| {row['name']} | 人次 | {row['value']} | 100 | 无 |" for row in data["rows"]]
        target = folder / "out" / f"{number}.docx"
        subprocess.run(["pandoc", "-f", "markdown", "-o", target], input="\n".join(lines), text=True, check=True)


class Node(Peer):
    """A program of Node.js; its script measures itself, so starting Node does not count."""

    slower = 1

    def prepare(self, folder: Path, count: int) -> None:  # noqa: ARG002
        """Write its template and the townships' data."""
        self._template(folder)
        texts = {"sentence": like.SENTENCE.split("{}"), "filler": like.FILLER}
        (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        contexts = [json.dumps(context(number)) for number in range(100)]
        (folder / "contexts.jsonl").write_text("\n".join(contexts), encoding="utf-8")

    def run(self, folder: Path, count: int, processes: int = 1) -> float:
        """Make so many documents, each process its share."""
        command = self.command(folder, count // processes)
        shares = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self.environment())
            for _ in range(processes)
        ]
        return max(float(share.communicate()[0]) for share in shares)

    def command(self, folder: Path, count: int) -> list[str]:
        """Return the command that makes so many documents."""
        return ["node", str(HERE / "node_peers.cjs"), self.name, str(folder), str(count)]

    @staticmethod
    def environment() -> dict[str, str]:
        """Return the environment in which Node finds its packages."""
        return {**os.environ, "NODE_PATH": str(NODE_MODULES)}

    def _template(self, folder: Path) -> None:
        """Need none."""


class Docxtemplater(Node):
    """docxtemplater: a template inside a Word file."""

    name = "docxtemplater"

    def _template(self, folder: Path) -> None:
        import docx

        word = docx.Document()
        word.add_heading("{org}2022年工作总结", 0)
        word.add_paragraph("{#sections}")
        word.add_heading("{title}", 1)
        word.add_paragraph("{#children}")
        sentence = like.SENTENCE.format("{.}人次")
        word.add_paragraph("{title}。{#figures}" + sentence + "{/figures}" + like.FILLER)
        word.add_paragraph("{/children}")
        word.add_paragraph("{/sections}")
        table = word.add_table(2, 5)
        for cell, text in zip(table.rows[0].cells, ("指标", "单位", "完成", "上年", "备注"), strict=True):
            cell.text = text
        for cell, text in zip(
            table.rows[1].cells, ("{#rows}{name}", "人次", "{value}", "100", "无{/rows}"), strict=True
        ):
            cell.text = text
        word.save(str(folder / "docxtemplater.docx"))


class DocxOfNpm(Node):
    """docx of npm: a document built in code."""

    name = "docx (npm)"


class Floor(Peer):
    """What cannot be done without: a township's YAML read by libyaml, validated, put into a prepared text, deflated.

    It checks nothing, computes nothing, and its file lacks the directory that makes it a zip.
    """

    name = "floor with YAML"
    slower = 1

    def prepare(self, folder: Path, count: int) -> None:
        """Write the townships and compile the template."""
        import jinja2
        import pydantic

        (folder / "towns").mkdir()
        self._towns = like.write(folder / "towns", count)
        self._model = pydantic.create_model(
            "Town", 继承=(str, ...), 单位=(str, ...), 指标=(dict[str, dict[str, int]], ...)
        )
        self._template = jinja2.Environment(autoescape=True).from_string(_body())

    def make(self, folder: Path, number: int) -> None:
        """Write one document's parts."""
        import yaml

        town = self._model.model_validate(yaml.load(self._towns[number].read_bytes(), Loader=yaml.CSafeLoader))
        values = {name: one["数值"] for name, one in town.指标.items()}  # type: ignore[attr-defined]
        body = self._template.render(org=town.单位, v=values).encode()  # type: ignore[attr-defined]
        deflate = zlib.compressobj(3, zlib.DEFLATED, -15)
        (folder / "out" / f"{number}.docx").write_bytes(deflate.compress(body) + deflate.flush())


def _body() -> str:
    """Return the like document's body as a Jinja2 template."""
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    paragraph = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr>' + run + "</w:p>"
    cell = '<w:tc><w:tcPr><w:tcW w:w="1768" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>' + paragraph + "</w:tc>"
    parts = [paragraph.format("{{ org }}2022年工作总结")]
    wanted = iter(like.names())
    for section in range(like.SECTIONS):
        parts.append(paragraph.format(f"第{section + 1}项重点工作扎实推进"))
        for child in range(like.CHILDREN):
            values = [name for name, _ in zip(wanted, range(like.PER_CHILD), strict=False)]
            text = "".join(like.SENTENCE.format("{{ v." + name + " }}人次") for name in values)
            parts.append(paragraph.format(f"第{child + 1}个方面。{text}{like.FILLER}"))
    for name in like.names()[: like.ROWS]:
        cells = [name, "人次", "{{ v." + name + " }}", "100", "无"]
        parts.append(f"<w:tr>{''.join(cell.format(text) for text in cells)}</w:tr>")
    return "".join(parts)


def available() -> list[Peer]:
    """Return the peers that are installed here."""
    found: list[Peer] = [Floor()]
    python: list[tuple[type[Peer], str]] = [(Docxtpl, "docxtpl"), (PythonDocx, "docx"), (MailMerge, "mailmerge")]
    found += [peer() for peer, module in python if find_spec(module)]
    if shutil.which("node"):
        node: list[tuple[type[Peer], str]] = [(Docxtemplater, "docxtemplater"), (DocxOfNpm, "docx")]
        found += [peer() for peer, package in node if (NODE_MODULES / package).is_dir()]
    if shutil.which("pandoc"):
        found.append(Pandoc())
    return found


if __name__ == "__main__":
    next(peer for peer in available() if peer.name == sys.argv[1]).run(Path(sys.argv[2]), int(sys.argv[3]))
