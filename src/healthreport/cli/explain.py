"""``healthreport explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from healthreport.cli import console, exits
from healthreport.cli.help_zh import Command, alone

if TYPE_CHECKING:
    from healthreport.checking.rule import Rule

_HEADS = ("规则", "轻重", "名称")


app = alone()


@app.command(cls=Command)
def explain(
    rule: Annotated[str, typer.Argument(metavar="规则", help="规则的编号，如 HR204；不写则列出全部。")] = "",
) -> None:
    """说明一条检查规则：查什么、依据、对错的例子；不写编号则列出全部规则。"""
    from healthreport.checking.rules.every import RULES
    from healthreport.cli.findings import NAMES
    from healthreport.diagnostics import did_you_mean, or_rather

    if not rule:
        rows = [(one.id, NAMES[one.severity], one.name) for one in RULES]
        console.table(_HEADS, [dict(zip(_HEADS, row, strict=True)) for row in rows])
        return
    found = next((one for one in RULES if one.id.lower() == rule.lower()), None)
    if found is None:
        console.say(or_rather(f"没有规则“{rule}”", did_you_mean(rule.upper(), [one.id for one in RULES])))
        console.say("全部规则见 healthreport explain。")
        exits.leave(exits.Exit.NOTHING)
    console.result("\n".join(lines(found)))


def lines(rule: Rule) -> list[str]:
    """Return all there is to say of a rule, its examples marked ✗ and ✓."""
    from healthreport.checking.rule import TextRule
    from healthreport.cli.findings import NAMES

    told = "；生成公文时也提醒" if isinstance(rule, TextRule) and rule.certain else ""
    let_be = f"在键的那一行写 # healthreport: 忽略 {rule.id}，或在 .healthreport.yaml 里写 规则: {{{rule.id}: 关}}。"
    return [
        f"{rule.id} {rule.name}（{NAMES[rule.severity]}{told}）",
        f"依据：{rule.basis}",
        rule.why,
        *(f"✗ {line}" for example in rule.bad for line in example.rstrip().split("\n")),
        *(f"✓ {line}" for example in rule.good for line in example.rstrip().split("\n")),
        *([f"不要这一条：{let_be}"] if isinstance(rule, TextRule) else []),
    ]
