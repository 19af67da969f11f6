"""The like document made by other programs: each is a pair of functions, prepare(folder) and make(folder, number)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import like


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


class Docxtpl:
    """docxtpl: a Jinja2 template inside a Word file."""

    name = "docxtpl"

    def prepare(self, folder: Path) -> None:
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


class PythonDocx:
    """python-docx, straightforward: every paragraph with its style."""

    name = "python-docx"

    def prepare(self, folder: Path) -> None:
        """Need nothing."""

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


class MailMerge:
    """docx-mailmerge2: merge fields; loops are rows of a table."""

    name = "docx-mailmerge2"

    def prepare(self, folder: Path) -> None:
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


class Pandoc:
    """pandoc: Markdown to Word, a process for each document."""

    name = "pandoc"

    def prepare(self, folder: Path) -> None:
        """Need nothing."""

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


def available() -> list[Any]:
    """Return the peers that are installed here."""
    from importlib.util import find_spec

    found: list[Any] = []
    for peer, module in ((Docxtpl, "docxtpl"), (PythonDocx, "docx"), (MailMerge, "mailmerge")):
        if find_spec(module):
            found.append(peer())
    if shutil.which("pandoc"):
        found.append(Pandoc())
    return found
