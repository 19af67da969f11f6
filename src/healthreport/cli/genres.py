"""``healthreport genres``."""

from __future__ import annotations

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone

app = alone()


@app.command(cls=Command)
def genres(templates: options.Templates = None, no_user_templates: options.NoUserTemplates = False) -> None:
    """列出全部体裁和常用章节。"""
    from healthreport.jobs.new import sections
    from healthreport.reading.resources import Resources

    with exits.told() as reader:
        resources = Resources(options.own_templates(templates, not_of_here=no_user_templates), reader)
        rows = [
            {"类别": "体裁", "名称": name, "代号": header.get("slug", ""), "说明": header.get("说明", "")}
            for name, header in resources.genres.items()
        ]
        for named in sections.load(resources):
            levels = "、".join(named.section.levels) or "按需选用"
            count = len(named.section.indicators)
            note = f"{levels}；指标{count}个：{'、'.join(list(named.section.indicators)[:3])}等"
            rows.append({"类别": "章节", "名称": named.name, "代号": named.section.code, "说明": note})
    console.table(["类别", "名称", "代号", "说明"], rows)
