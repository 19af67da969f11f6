"""The small language of ``{{ }}`` and 公式: what parses, what does not, and what a formula comes to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import (
    Binary,
    Call,
    Derived,
    Expression,
    Name,
    Negative,
    Node,
    Number,
    names,
)
from helpers import UNTITLED, body, mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator

KNOWN = names(
    frozenset(
        [
            "甲",
            "乙",
            "甲乙",
            "签约",
            "签约率",
            "65岁以上老年人体检率",
            "0-6岁儿童建档率",
            "B超检查",
            "“两癌”筛查",
            "年度",
        ]
    )
    | frozenset(["互联网+护理服务", "门诊/急诊", "医务人员（在编）", "合计人数"])
    | frozenset(["甲 - 乙差"])
)


def shown(node: Node) -> str:
    """Return a tree as text, every operation in brackets."""
    match node:
        case Number():
            return str(node.value)
        case Name():
            return f"<{node.name}>"
        case Derived():
            return f"{shown(node.base)}.{node.what}" + (f"[{shown(node.argument)}]" if node.argument else "")
        case Binary():
            return f"({shown(node.left)} {node.operator} {shown(node.right)})"
        case Negative():
            return f"(-{shown(node.operand)})"
        case Call():
            return f"{node.function}[{', '.join(map(shown, node.arguments))}]"


def attempt(text: str) -> Expression | ExpressionError:
    """Return what a text parses to, or its mistake; anything else that is raised fails the test."""
    try:
        return KNOWN.parse(text)
    except ExpressionError as wrong:
        return wrong


def parsed(text: str) -> str:
    """Return what a text parses to, with its formats."""
    expression = KNOWN.parse(text)
    formats = [one.name if one.digits is None else f"{one.name}({one.digits})" for one in expression.formats]
    return " | ".join([shown(expression.node), *formats])


PARSES = [
    ("甲", "<甲>"),
    ("  甲　", "<甲>"),
    ("12.50", "12.50"),
    ("１２", "12"),
    ("１２．５", "12.5"),
    ("甲 + 乙 × 2", "(<甲> + (<乙> * 2))"),
    ("(甲 + 乙) × 2", "((<甲> + <乙>) * 2)"),
    ("甲 - 乙 - 2", "((<甲> - <乙>) - 2)"),
    ("甲 / 乙 ÷ 2 * 3", "(((<甲> / <乙>) / 2) * 3)"),
    ("甲 ＋ 乙 － 1 ＊ 2 ／ 3", "((<甲> + <乙>) - ((1 * 2) / 3))"),
    ("（甲 − 乙）", "(<甲> - <乙>)"),
    ("-甲 + −乙", "((-<甲>) + (-<乙>))"),
    ("甲 - -乙", "(<甲> - (-<乙>))"),
    ("--甲", "(-(-<甲>))"),
    ("((甲))", "<甲>"),
    ("甲.同比", "<甲>.同比"),
    ("甲 . 占比 ( 乙 + 1 )", "<甲>.占比[(<乙> + 1)]"),
    ("甲.占比（甲乙）× 2", "(<甲>.占比[<甲乙>] * 2)"),
    ("合计(甲，乙,最大（1, 2）)", "合计[<甲>, <乙>, 最大[1, 2]]"),
    ("最小(甲 + 1, -乙)", "最小[(<甲> + 1), (-<乙>)]"),
    ("甲|万", "<甲> | 万"),
    ("甲 + 乙 | 万 | 小数（２）|千分位", "(<甲> + <乙>) | 万 | 小数(2) | 千分位"),
    ("65岁以上老年人体检率", "<65岁以上老年人体检率>"),
    ("0-6岁儿童建档率 - 0.5", "(<0-6岁儿童建档率> - 0.5)"),
    ("B超检查/“两癌”筛查", "(<B超检查> / <“两癌”筛查>)"),
    ("“两癌”筛查.同比", "<“两癌”筛查>.同比"),
    ("签约率", "<签约率>"),
    ("签约 + 签约率.上年", "(<签约> + <签约率>.上年)"),
    ("甲乙 + 甲 + 乙", "((<甲乙> + <甲>) + <乙>)"),
    ("互联网+护理服务 + 门诊/急诊", "(<互联网+护理服务> + <门诊/急诊>)"),
    ("门诊/急诊/甲", "(<门诊/急诊> / <甲>)"),
    ("医务人员（在编）/ 2", "(<医务人员（在编）> / 2)"),
    ("合计(合计人数, 甲)", "合计[<合计人数>, <甲>]"),
    ("甲 - 乙差", "<甲 - 乙差>"),
    ("年度-1", "(<年度> - 1)"),
    ("年度 - 1", "(<年度> - 1)"),
]


@pytest.mark.parametrize(("text", "expected"), PARSES)
def test_parses(text: str, expected: str) -> None:
    """Names go longest-first, products before sums, one rank from the left; full-width marks are as good as others."""
    assert parsed(text) == expected


@pytest.mark.parametrize(
    ("text", "id", "start", "end"),
    [
        ("", "expression-syntax", 0, 1),
        ("   ", "expression-syntax", 3, 4),
        ("甲 +", "expression-syntax", 3, 4),
        ("+ 甲", "expression-syntax", 0, 1),
        ("甲 × ÷ 乙", "expression-syntax", 4, 5),
        ("(甲", "expression-syntax", 2, 3),
        ("甲)", "expression-syntax", 1, 2),
        ("()", "expression-syntax", 1, 2),
        ("甲 乙", "expression-syntax", 2, 3),
        ("甲.", "expression-syntax", 2, 3),
        ("甲.占比(乙", "expression-syntax", 6, 7),
        ("甲.占比()", "expression-syntax", 5, 6),
        ("甲.同比.增减", "expression-syntax", 4, 7),
        ("甲|", "expression-syntax", 2, 3),
        ("甲|小数(x)", "expression-syntax", 5, 6),
        ("甲|小数(1.5)", "expression-syntax", 5, 6),
        ("合计()", "expression-syntax", 3, 4),
        ("合计(甲,)", "expression-syntax", 5, 6),
        ("甲, 乙", "expression-syntax", 1, 2),
        ("丙", "unknown-name", 0, 1),
        ("甲 + 丙丁 × 2", "unknown-name", 4, 6),
        ("甲丙", "unknown-name", 0, 2),
        ("2甲", "unknown-name", 0, 2),
        ("平均(甲)", "unknown-name", 0, 2),
        ("合计", "unknown-name", 0, 2),
        ("3岁", "unknown-name", 0, 2),
    ],
)
def test_mistakes(text: str, id: str, start: int, end: int) -> None:
    """A mistake names the characters it is about; what is missing is missed at the next character."""
    with pytest.raises(ExpressionError) as wrong:
        KNOWN.parse(text)
    assert (wrong.value.id, wrong.value.start, wrong.value.end) == (id, start, end)


NOT_THE_LANGUAGE = """
[甲, 乙]
[x for x in 甲]
{甲: 乙}
{甲}
(甲, 乙)
甲[0]
甲['同比']
甲[1:2]
甲.同比.上年
'文字' + '文字'
"文字"|整
“文字”
'甲' * 3
甲 ~ 乙
f'{甲}'
甲 ** 2
甲 // 2
甲 % 2
甲 > 乙
甲 == 乙
甲 and 乙
not 甲
甲 if 甲 else 乙
lambda: 甲
甲 := 1
甲 = 1
甲; 乙
import os
for x in 甲
{% for x in 甲 %}
1e5
0x10
print(甲)
range(3)
甲(乙)
甲()
同比(甲)
(合计)(甲)
合计 甲
合计(*甲)
合计(甲=1)
甲.占比
甲.__class__
甲.__init__()
甲.同比()
甲.目标(乙)
甲|upper
甲|map('upper')
甲|小数(2, 3)
True
None
self
loop.index
config
''.__class__
甲.数值.__class__
甲 is defined
甲|attr('x')
""".strip().splitlines()


@pytest.mark.parametrize("text", NOT_THE_LANGUAGE)
def test_nothing_else_is_in_the_language(text: str) -> None:
    """Lists, loops, attributes, indexing, strings, comparisons and other calls are mistakes, told at their place."""
    quoted = text.replace("'", "''")
    report = f"{UNTITLED}指标: {{甲: {{数值: 3, 上年: 2}}, 乙: {{数值: 2}}}}\n内容: '共{{{{ {quoted} }}}}'\n"
    found = mistakes(report)
    assert len(found) == 1
    assert found[0].id in {"expression-syntax", "unknown-name", "unknown-derived", "unknown-format"}
    assert found[0].position.line == 4


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000 + "甲" + ")" * 5_000,
        "(" * 5_000,
        "-" * 5_000 + "甲",
        "合计(" * 5_000 + "甲",
        "甲.占比(" * 5_000,
        "甲" + " + 甲" * 5_000,
        "甲 / (" * 5_000,
        "甲|小数(" + "9" * 5_000 + ")",
        "甲|小数(" + "９" * 5_000 + ")",
        "9" * 5_000,
        "甲" + "|万" * 5_000,
    ],
    ids=[
        "brackets",
        "open",
        "minus",
        "calls",
        "derived",
        "sum",
        "quotients",
        "digits",
        "wide-digits",
        "number",
        "formats",
    ],
)
def test_long_or_deep(text: str) -> None:
    """However long or deep, a text parses or is a mistake, and its value is printed or is a mistake."""
    attempt(text)
    found = mistakes(f"{UNTITLED}指标: {{甲: {{数值: 3}}}}\n内容: '共{{{{ {text} }}}}'\n")
    assert len(found) <= 1


WORDS = "甲 乙 甲乙 签约 0-6岁儿童建档率 “两癌”筛查 互联网+护理服务 合计 最大 丙 x 3.5 小数(2) 万 同比 占比("
TOKENS = st.sampled_from([*WORDS.split(), *"+-−＋－*×/÷／()（）,，.| 　\n1２[]{}'\"%_٣²½\x00"])


@st.composite
def slips(draw: st.DrawFn) -> str:
    """Return an expression that parses with a few characters deleted or put in, and perhaps blanks around it."""
    pieces = list(draw(st.sampled_from(PARSES))[0])
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(pieces)))
        pieces[at : at + draw(st.integers(0, 1))] = draw(TOKENS)
    blanks = st.sampled_from(["", " ", "　"])
    return draw(blanks) + "".join(pieces) + draw(blanks)


TEXTS = st.text(max_size=30) | st.lists(TOKENS, max_size=16).map("".join) | slips()


def nodes(node: Node) -> Iterator[Node]:
    """Yield a node and all below it."""
    yield node
    match node:
        case Derived():
            yield from nodes(node.base)
            if node.argument is not None:
                yield from nodes(node.argument)
        case Binary():
            yield from nodes(node.left)
            yield from nodes(node.right)
        case Negative():
            yield from nodes(node.operand)
        case Call():
            for argument in node.arguments:
                yield from nodes(argument)


@given(TEXTS)
def test_any_text(text: str) -> None:
    """Any text parses or raises an ExpressionError; every position lies inside the text and holds what it is about."""
    expression = attempt(text)
    if isinstance(expression, ExpressionError):
        wrong = expression
        assert 0 <= wrong.start <= len(text)
        assert wrong.start < wrong.end <= len(text) + 1
        assert wrong.message
        assert wrong.id in {"expression-syntax", "unknown-name"}
        assert wrong.id != "unknown-name" or f"“{text[wrong.start : wrong.end]}”" in wrong.message
        return
    for node in nodes(expression.node):
        piece = text[node.start : node.end]
        assert 0 <= node.start < node.end <= len(text)
        assert piece == piece.strip()
        if isinstance(node, Name):
            assert piece == node.name
    for one in expression.formats:
        piece = text[one.start : one.end]
        assert piece.startswith(one.name)
        assert piece == piece.strip()


@given(TEXTS)
def test_any_text_in_a_report(text: str) -> None:
    """Any expression in a report prints, or gives mistakes that lie in its line."""
    assume(text.isprintable() and "\n" not in text and "{{" not in text and "}}" not in text)
    line = "内容: '共{{ " + text.replace("'", "''") + " }}人'"
    report = f"{UNTITLED}指标: {{甲: {{数值: 3, 上年: 2}}, 乙: {{数值: 2}}, 签约: {{}}}}\n{line}\n"
    for one in mistakes(report):
        assert one.position.line == 4
        assert 0 < one.position.column <= len(line)
        assert one.position.column + one.position.width <= len(line) + 2
        assert one.message.endswith(("。", "？"))


class Value(NamedTuple):
    """What a formula must come to: a number in base units, and of what kind (人, 元, a rate, nothing)."""

    number: Fraction
    kind: str


class Tree(NamedTuple):
    """A formula as text, how tightly it binds (0 a sum, 1 a product, 2 an atom), and its value."""

    text: str
    rank: int
    value: Value


FACTORS = {
    "人": ("人", Fraction(1)),
    "万人": ("人", Fraction(10_000)),
    "元": ("元", Fraction(1)),
    "万元": ("元", Fraction(10_000)),
    "亿元": ("元", Fraction(10**8)),
    "%": ("率", Fraction(1, 100)),
    "‰": ("率", Fraction(1, 1000)),
    "/10万": ("率", Fraction(1, 100_000)),
}
KINDS = sorted({kind for kind, _ in FACTORS.values()})


@st.composite
def trees(draw: st.DrawFn, given: list[tuple[str, str]], kind: str, depth: int = 3) -> Tree:
    """Return a formula of a kind over the indicators ``given`` as value and unit; units always fit."""
    below = depth - 1
    forms = ["atom"]
    if depth:
        forms += ["sum", "function", "bracket", "minus"]
        if kind in ("", "人", "元"):
            forms += ["product", "quotient"]
    form = draw(st.sampled_from(forms))
    if form == "atom":
        return draw(atoms(given, kind))
    if form == "function":
        # Rates have no sum of their own.
        name = draw(st.sampled_from(["最大", "最小"] if kind == "率" else ["合计", "最大", "最小"]))
        parts = [draw(trees(given, kind, below)) for _ in range(draw(st.integers(1, 3)))]
        numbers = [part.value.number for part in parts]
        result = {"合计": sum(numbers, start=Fraction(0)), "最大": max(numbers), "最小": min(numbers)}[name]
        comma = draw(st.sampled_from([", ", "，"]))
        return Tree(f"{name}({comma.join(part.text for part in parts)})", 2, Value(result, kind))
    if form == "bracket":
        inner = draw(trees(given, kind, below))
        return Tree(draw(st.sampled_from(["({})", "（{}）", "( {} )"])).format(inner.text), 2, inner.value)
    if form == "minus":
        inner = draw(trees(given, kind, below))
        text = inner.text if inner.rank == 2 else f"({inner.text})"
        return Tree(draw(st.sampled_from("-−－")) + text, 1, Value(-inner.value.number, kind))
    return draw(operations(given, kind, form, below))


@st.composite
def operations(draw: st.DrawFn, given: list[tuple[str, str]], kind: str, form: str, below: int) -> Tree:
    """Return a sum, product or quotient of a kind, with brackets only where they are needed, or a few more."""
    if form == "sum":
        left, right = draw(trees(given, kind, below)), draw(trees(given, kind, below))
    elif form == "product":
        other = draw(st.sampled_from(["", "率"]))
        pair = [draw(trees(given, kind, below)), draw(trees(given, other, below))]
        left, right = draw(st.permutations(pair))
    else:
        over = draw(st.sampled_from(["", "人", "元", "率"])) if kind == "" else draw(st.sampled_from(["", "率"]))
        above = kind or over
        left, right = draw(trees(given, above, below)), draw(trees(given, over, below))
        assume(right.value.number)
    rank = 0 if form == "sum" else 1
    sign = draw(st.sampled_from({"sum": "+-＋−", "product": "*×", "quotient": "/÷／"}[form]))
    result = {
        "+": left.value.number + right.value.number,
        "-": left.value.number - right.value.number,
        "*": left.value.number * right.value.number,
        "/": left.value.number / (right.value.number or 1),
    }["+" if sign in "+＋" else "-" if sign in "-−" else "*" if form == "product" else "/"]
    texts = (_bracketed(draw, left, rank), _bracketed(draw, right, rank + 1))
    return Tree(f"{texts[0]} {sign} {texts[1]}", rank, Value(result, kind))


def _bracketed(draw: st.DrawFn, tree: Tree, rank: int) -> str:
    needed = tree.rank < rank or tree.text[0] in "-−－"
    return f"({tree.text})" if needed or draw(st.integers(0, 4)) == 0 else tree.text


@st.composite
def atoms(draw: st.DrawFn, given: list[tuple[str, str]], kind: str) -> Tree:
    """Return an indicator of a kind, or a number."""
    fitting = [
        (f"指标{n}", Fraction(value) * FACTORS[unit][1])
        for n, (value, unit) in enumerate(given)
        if FACTORS[unit][0] == kind
    ]
    if kind and fitting:
        name, number = draw(st.sampled_from(fitting))
        return Tree(name, 2, Value(number, kind))
    literal = draw(st.decimals(min_value=0, max_value=1000, places=2))
    return Tree(f"{literal:f}", 2, Value(Fraction(literal), ""))


@st.composite
def formulas(draw: st.DrawFn) -> tuple[list[tuple[str, str]], Tree, str, Fraction]:
    """Return indicators, a formula over them, the unit to express it in, and the number it must print."""
    given = []
    for unit in FACTORS:
        number = draw(st.decimals(min_value=-1000, max_value=10**6, places=draw(st.integers(0, 3))))
        given.append((f"{number:f}", unit))
    kind = draw(st.sampled_from(["", *KINDS]))
    tree = draw(trees(given, kind))
    if kind in ("", "率"):
        # What comes to a rate is not printed bare: 0.1 is not 10%.
        unit = draw(st.sampled_from(["%", "‰", "/10万", *([] if kind else [""])]))
    else:
        unit = draw(st.sampled_from([unit for unit, (own, _) in FACTORS.items() if own == kind]))
    factor = FACTORS[unit][1] if unit else Fraction(1)
    return given, tree, unit, tree.value.number / factor


@given(formulas())
def test_a_formula_is_computed_exactly(drawn: tuple[list[tuple[str, str]], Tree, str, Fraction]) -> None:
    """A formula comes to what fractions in base units come to, expressed in its unit, to the sixth decimal."""
    given, tree, unit, expected = drawn
    indicators = "".join(f"  指标{n}: {{数值: {value}, 单位: '{one}'}}\n" for n, (value, one) in enumerate(given))
    report = f"指标:\n{indicators}  结果: {{公式: '{tree.text}', 单位: '{unit}', 小数位: 6}}\n内容: '{{{{ 结果 }}}}'\n"
    (line,) = body(report)
    printed = Fraction(line.removesuffix(unit))
    assert abs(printed - expected) <= Fraction(1, 2 * 10**6), (tree.text, unit)


@given(st.data())
def test_units_that_do_not_add(data: st.DataObject) -> None:
    """A sum of two kinds is a mistake at the sum, whatever stands on its two sides."""
    given = [("3", unit) for unit in FACTORS]
    left, right = data.draw(st.permutations(["", *KINDS]))[:2]
    first, second = data.draw(trees(given, left, 1)), data.draw(trees(given, right, 1))
    indicators = "".join(f"  指标{n}: {{数值: 3, 单位: '{one}'}}\n" for n, (_, one) in enumerate(given))
    report = f"{UNTITLED}指标:\n{indicators}内容: 共{{{{ ({first.text}) + ({second.text}) }}}}\n"
    assert [one.id for one in mistakes(report)] == ["unit-mismatch"]


def test_what_was_perhaps_meant_hangs_on_no_order() -> None:
    """Of two names that are equally like a word the first in order is proposed, in every run."""
    known = names(frozenset(f"甲{one}" for one in "丁丙戊己庚"))
    assert known.unknown("甲乙", "这个指标", 0).message == "没有“甲乙”这个指标，是否为“甲丁”？"
    assert known.unknown("子丑", "这个指标", 2).message == "没有“子丑”这个指标。"
    assert known.unknown("子丑", "这个指标", 2).hint == "可以用：甲丁、甲丙、甲己、甲庚、甲戊。"
