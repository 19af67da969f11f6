"""Sheets made at random from known figures, in the shapes bureaus send them; with words of their own.

The words are headings and rows as they stand in published tables. They are on purpose not those of
``templates/sheets``: a list that tests itself proves nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import sheets
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from random import Random

    from healthreport.reading.yaml.nodes import Mapping

YEAR = 2023
PLACES = [
    "白石镇",
    "注溪镇",
    "合作街道",
    "均安镇",
    "其中口乡",
    "全州镇",
    "计划乡",
    "待补镇",
    "老县镇",
    "三合镇",
    "总铺镇",
    "小河镇",
    "青山镇中心卫生院",
    "云台镇卫生院",
    "东湖风景区街道（武昌）",
    "八五〇农场",
    "万年镇",
    "一元街道",
    "平安乡",
    "县人民医院",
    "附城街道",
    "无梁镇",
    "制锦市街道",
    "天全县中医院",
    "第一街道",
    "甲子镇",
    "女山湖镇",
    "六十户乡",
    "人和镇",
    "名山镇",
]
NAME_HEADS = [
    "单位",
    "单 位",
    "机构名称",
    "机 构 名 称",
    "乡镇（街道）",
    "乡镇\n（街道）",
    "单位名称：",
    "卫生院名称",
    "医疗卫生机构",
    "填报单位",
    "镇（街道）",
    "*单位",
    "乡镇名称",
    "单位［全称］",
    "镇街名称",
    "县区",
]
INDICATORS = [
    ("门急诊人次", "人次"),
    ("出院人数", "人"),
    ("常住人口", "人"),
    ("农村改厕", "座"),
    ("财政补助", "万元"),
    ("业务收入", "元"),
    ("床位数", "张"),
    ("家庭医生签约", "人"),
    ("高血压在管", "例"),
    ("接种量", "剂次"),
    ("卫生机构", "个"),
    ("规范管理率", "%"),
    ("宣传资料", "份"),
    ("监督检查", "户次"),
    ("活产数", "人"),
]
THIS = [
    "2023年",
    "本年",
    "本 年",
    "完成数",
    "实际完成",
    "本年累计",
    "2023年1—12月",
    "完成情况",
    "累计完成",
    "2023",
    "今年",
    "本年度",
]
LAST = ["2022年", "上年同期", "上 年", "去年同期", "2022年同期", "上年数", "上年完成数", "2022年1—12月", "同期数"]
TASK = ["任务数", "2023年任务数", "任 务 数", "目标任务", "年度目标", "计划数", "任务", "目标值", "全年任务数"]
DONE = ["完成率", "完成率%", "完成比例（%）", "占任务%", "进度"]
GROWTH = ["增 减 %", "增减%", "同比增长(%)", "比上年±%", "增幅", "同比"]
TOTALS = [
    "合计",
    "合 计",
    "总计",
    "全县",
    "全 县",
    "合计：",
    "总　计",
    "全县合计",
    "合计（个）",
    "县级合计",
    "汇总",
    "Total",
]
SUBTOTALS = ["小计", "沿江片小计", "小 计", "东片小计", "城区小计", "片小计"]
SECTIONS = ["一、中心卫生院", "（一）城区", "东片", "第一片区", "一、县直医疗机构"]
PARTS = ["其中：白石社区", "#医院", "其中: 公立", "　其中：双溪分院", "—民营"]
NOTES = [
    "注：1.数据截至12月31日。",
    "资料来源：各乡镇上报",
    "1.本表一式两份，一份留存。",
    "数据来源：县统计局",
    "*号为新设单位。",
    "说明：本表为年报",
]
SIGN_OFFS = ["填表人：", "单位负责人（签字）：", "审核：王某", "填报日期：2023年12月30日", "单位（盖章）："]
TITLES = ["2023年各乡镇卫生工作情况表", "附件1", "槐溪县2023年重点工作统计表", "各单位业务情况统计表"]
NO_FIGURE = ["/", "—", "－", "无", ""]
BLOCK_TITLES = ["二、公共卫生服务情况", "附表2", "（二）其他工作", "2023年其他指标完成情况表", ""]
DISTRICTS = ["清河区", "槐溪县", "白云市", "高新区"]
DISTRICT_HEADS = ["县区", "县（市、区）", "所属地区", "区 县"]
BRANCHES = ["双溪分院", "东坪门诊部", "河口医疗点", "老街分部"]
DEPARTMENTS = ["急诊科", "发热门诊", "中医科", "儿科"]
SHORTFALLS = ["未完成数", "尚需完成", "差 额", "缺口"]
CLASSES = ["基本医疗", "公共卫生", "重点工作", "资源情况"]
IGNORED = ["备注", "排名", "联系电话", "序号"]
SCALES = {"人次": ("万人次", 4), "人": ("万人", 4), "元": ("万元", 4), "万元": ("元", -4), "座": ("", 0)}
WORDS = {
    "名称": NAME_HEADS,
    "本期": THIS,
    "上年": LAST,
    "目标": TASK,
    "完成率": DONE,
    "增长率": GROWTH,
    "合计": TOTALS,
    "小计": SUBTOTALS,
    "分段": SECTIONS,
    "注": NOTES,
    "落款": SIGN_OFFS,
    "县区": DISTRICT_HEADS,
    "差额": SHORTFALLS,
}

Figures = dict[str, dict[str, Decimal]]


class Made(NamedTuple):
    """A sheet, the report it is for, the figures it was made of, the trap it holds, or what shape it has."""

    sheet: sheets.Sheet
    base: Mapping
    figures: Figures
    trap: str
    shape: str = ""


class Heading(NamedTuple):
    """A column to be written: indicator, key, its headings from the top, and by which power of ten it is smaller."""

    name: str
    key: str
    path: tuple[str, ...]
    power: int = 0


def make(random: Random) -> Made:
    """Make a sheet from known figures; one in four has a trap, which has to be seen through or refused."""
    return _Maker(random).made()


class _Maker:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = random.sample(PLACES, random.randint(2, 8))
        self.indicators = random.sample(INDICATORS, random.randint(1, 4))
        self.trap = random.choice(TRAPS) if random.random() < 0.25 else ""
        self.figures: Figures = {name: {} for name in self.names}
        self.columns: list[Heading] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.caption = ""
        self.shape = ""

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def made(self) -> Made:
        """Return the sheet."""
        self._figures()
        deep = self.chance(0.6)
        for name, unit in self.indicators:
            self._columns(name, unit, deep=deep)
        if self.trap:
            self._spoil()
        several = not self.trap and len(self.indicators) > 1 and self.chance(0.25)
        texts = self._around(self._several() if several else self._body(*self._table()))
        width = max(map(len, texts))
        texts = [row + [""] * (width - len(row)) for row in texts]
        areas = self.merged
        if self.trap == "" and self.chance(0.15):
            texts, areas = self._transposed(texts, areas)
            self.shape = f"{self.shape}, on its side".removeprefix(", ")
        set_in = {(row, at): 2 for row, line in enumerate(texts) for at, text in enumerate(line) if text[:1] == "　"}
        texts = [[text.lstrip("　") for text in line] for line in texts]
        made = sheets.Sheet(Source("乡镇.xlsx", ""), "表1", texts, areas, {}, indents=set_in)
        return Made(made, self._base(), self.figures, self.trap, self.shape)

    def _table(self) -> tuple[list[list[str]], list[list[str]]]:
        """Return rows and header, where nothing else is chosen with districts before the names, or parts set in."""
        rows, head = self._rows(), self._head()
        if self.trap or self.merged or self.shape:
            return rows, head
        if self.chance(0.1):
            self.shape = "districts"
            return self._districts(rows, head)
        if self.chance(0.1):
            self.shape = "parts set in"
            at = next(number for number, row in enumerate(rows) if row[0] in self.names)
            rows.insert(at + 1, ["　" + self.random.choice(BRANCHES), *("0" for _ in self.columns)])
        return rows, head

    def _districts(self, rows: list[list[str]], head: list[list[str]]) -> tuple[list[list[str]], list[list[str]]]:
        """Put a column of districts before the names: on every row, or on the first of each."""
        head[0][0] = self.random.choice([one for one in NAME_HEADS if one != "县区"])
        head = [[self.random.choice(DISTRICT_HEADS) if number == 0 else "", *row] for number, row in enumerate(head)]
        cut, each = self.random.randint(0, len(rows)), self.chance(0.5)
        first, second = self.random.sample(DISTRICTS, 2)
        written: list[list[str]] = []
        before = ""
        for number, row in enumerate(rows):
            district = (first if number < cut else second) if row[0] in self.names else ""
            written.append([district if each or district != before else "", *row])
            before = district or before
        return written, head

    def _several(self) -> list[list[str]]:
        """Return two tables of the same townships, some indicators in each, under each other or side by side."""
        columns, names = self.columns, self.names
        cut = self.random.randint(1, len(self.indicators) - 1)
        first = {name for name, _ in self.indicators[:cut]}
        bodies = []
        self.shape = self.random.choice(["tables under each other", "tables side by side"])
        for part in (True, False):
            self.columns = [one for one in columns if (one.name in first) is part]
            head = self._head(merge=False)
            bodies.append((head, self._rows()))
            self.names = self.random.sample(names, len(names))
        self.columns, self.names = columns, names
        (head, rows), (other, others) = bodies
        if self.shape == "tables under each other":
            title = [[self.random.choice(BLOCK_TITLES)]] if self.chance(0.5) else []
            gap = [[""]] if self.chance(0.5) else []
            return [*head, *rows, *gap, *title, *other, *others]
        deep = max(len(head), len(other))
        left, right = ([*top, *([""] * len(top[0]) for _ in range(deep - len(top)))] for top in (head, other))
        long = max(len(rows), len(others))
        left += [*rows, *([""] * len(head[0]) for _ in range(long - len(rows)))]
        right += [*others, *([""] * len(other[0]) for _ in range(long - len(others)))]
        return [[*one, "", *two] for one, two in zip(left, right, strict=True)]

    def _base(self) -> Mapping:
        lines = "".join(f"  {name}: {{单位: '{unit}'}}\n" for name, unit in self.indicators)
        return parse(Source("全县.yaml", f"体裁: 通用\n年度: {YEAR}\n指标:\n{lines}"))

    def _figures(self) -> None:
        for name, unit in self.indicators:
            for figures in self.figures.values():
                for key in ("", ".上年", ".目标"):
                    figures[name + key] = self._number(unit)

    def _number(self, unit: str) -> Decimal:
        if unit == "%":
            return Decimal(self.random.randint(600, 999)) / 10
        if unit == "万元":
            return Decimal(self.random.randint(1000, 999_999)) / 100
        return Decimal(self.random.randint(1, 99_999))

    def _columns(self, name: str, unit: str, *, deep: bool) -> None:
        """Choose which columns an indicator has, and what they are headed."""
        said, power = self._unit(unit)
        kind = self.random.choice(["value", "value", "last", "task", "both"]) if deep else "value"
        top = name + said
        if kind == "value":
            self.columns.append(Heading(name, "", (top,), power))
            if deep and not self.trap and self.chance(0.1):
                parts = self.random.sample(DEPARTMENTS, 2)
                self.columns += [Heading(name, "部分", ("其中", part)) for part in parts]
            return
        keys = {"last": ["", ".上年"], "task": [".目标", ""], "both": [".目标", "", ".上年"]}[kind]
        self.random.shuffle(keys)
        words = {"": THIS, ".上年": LAST, ".目标": TASK}
        subs = {key: self.random.choice(words[key]) for key in keys}
        if ".目标" not in keys and "" in keys and subs[""] in ("完成数", "实际完成", "完成情况") and self.chance(0.5):
            subs[""] = "本年"
        self.columns += [Heading(name, key, (top, subs[key]), power) for key in keys]
        if ".目标" in keys and self.chance(0.5):
            self.columns.append(Heading(name, "完成率", (top, self.random.choice(DONE))))
        if ".目标" in keys and self.chance(0.2):
            self.columns.append(Heading(name, "差额", (top, self.random.choice(SHORTFALLS)), power))
        if ".上年" in keys and self.chance(0.5):
            self.columns.append(Heading(name, "同比", (top, self.random.choice(GROWTH))))

    def _unit(self, unit: str) -> tuple[str, int]:
        """Return how the heading says the unit, and by which power of ten its figures are smaller."""
        form = self.random.random()
        if form < 0.4:
            return "", 0
        scaled, power = SCALES.get(unit, ("", 0))
        if scaled and form > 0.75:
            return self.random.choice([f"（{scaled}）", f"({scaled})", f"[{scaled}]", f"/{scaled}"]), power
        return self.random.choice([f"（{unit}）", f"({unit})", f"［{unit}］"]), 0

    def _spoil(self) -> None:
        """Set a trap: what it does to the columns that were chosen."""
        first = self.columns[0]
        if self.trap == "another year":
            self.columns.insert(0, first._replace(key="别", path=(*first.path[:1], "2021年")))
        elif self.trap == "month":
            self.columns.insert(0, first._replace(key="别", path=(*first.path[:1], "本月")))
        elif self.trap == "another unit":
            self.columns[0] = first._replace(path=(first.name + "（吨）", *first.path[1:]))
        elif self.trap == "unknown part":
            self.columns.insert(0, first._replace(key="别", path=(*first.path[:1], "城镇职工")))
        elif self.trap == "another indicator":
            self.columns.insert(0, first._replace(key="别", path=("编制" + first.name,)))
        elif self.trap == "no this year":
            self.columns = [
                one._replace(path=(one.path[0], "2024年")) if one.key == "" and one.name == first.name else one
                for one in self.columns
            ]
        elif self.trap == "twice":
            self.columns.append(first._replace(key="别"))
        elif self.trap == "fraction":
            self.columns[0] = first._replace(key="分数")
        elif self.trap == "caption":
            self.caption = self.random.choice(["单位：户", "单位：吨", "单位：%", "单位：床日"])

    def _head(self, *, merge: bool = True) -> list[list[str]]:
        """Return the header's rows; groups are merged, or stand in the first of their cells."""
        depth = max(len(one.path) for one in self.columns)
        merge = merge and self.chance(0.5)
        heads = [[""] * (1 + len(self.columns)) for _ in range(depth)]
        heads[0][0] = self.random.choice(NAME_HEADS)
        for column, one in enumerate(self.columns, 1):
            before = self.columns[column - 2] if column > 1 else None
            grouped = (
                before is not None and before.path[0] == one.path[0] and len(one.path) > 1 and len(before.path) > 1
            )
            for row, text in enumerate(one.path):
                heads[row][column] = "" if grouped and row == 0 else text
        if merge and depth > 1:
            self._merge(heads)
        return heads

    def _merge(self, heads: list[list[str]]) -> None:
        self.merged.append((0, 0, len(heads) - 1, 0))
        column = 1
        while column <= len(self.columns):
            last = column
            while last < len(self.columns) and not heads[0][last + 1] and heads[1][last + 1]:
                last += 1
            if last > column:
                self.merged.append((0, column, 0, last))
            elif not heads[1][column]:
                self.merged.append((0, column, len(heads) - 1, column))
            column = last + 1

    def _rows(self) -> list[list[str]]:
        """Return the townships' rows, with totals, subtotals and sections among them."""
        rows = [[name, *(self._cell(name, one) for one in self.columns)] for name in self.names]
        total = [self.random.choice(TOTALS), *(self._sum(self.names, one) for one in self.columns)]
        if len(rows) > 3 and self.chance(0.3):
            cut = self.random.randint(1, len(rows) - 1)
            parts = [(rows[:cut], self.names[:cut]), (rows[cut:], self.names[cut:])]
            rows = []
            for part, names in parts:
                rows += part
                rows.append([self.random.choice(SUBTOTALS), *(self._sum(names, one) for one in self.columns)])
        elif self.chance(0.2):
            rows.insert(0, [self.random.choice(SECTIONS), *("" for _ in self.columns)])
        if self.chance(0.2):
            rows.insert(self.random.randint(1, len(rows)), ["" for _ in rows[0]])
        if self.chance(0.15):
            rows.insert(1, [self.random.choice(PARTS), *("1" for _ in self.columns)])
        place = self.random.choice(["foot", "foot", "top", "none"])
        return [total, *rows] if place == "top" else [*rows, total] if place == "foot" else rows

    def _written(self, number: Decimal, one: Heading) -> str:
        text = f"{number.scaleb(-one.power):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def _cell(self, name: str, one: Heading) -> str:
        figures = self.figures[name]
        now, last, task = (figures[one.name + key] for key in ("", ".上年", ".目标"))
        if one.key == "完成率":
            return f"{now / task * 100:.1f}"
        if one.key == "差额":
            return self._written(task - now, one)
        if one.key == "部分":
            return "1"
        if one.key == "同比":
            return f"{(now / last - 1) * 100:.1f}"
        if one.key == "分数":
            return f"{self.random.randint(500, 999) / 1000}" + (
                "" if dict(self.indicators)[one.name] == "%" else "万吨"
            )
        if one.key == "别":
            return str(self.random.randint(100, 999))
        if self.chance(0.04):
            del figures[one.name + one.key]
            figures[one.name + one.key] = Decimal("NaN")
            return self.random.choice(NO_FIGURE)
        return self._typed(self._written(figures[one.name + one.key], one), one)

    def _typed(self, text: str, one: Heading) -> str:
        """Write a number as somebody may type it."""
        form = self.random.random()
        if form < 0.04 and "." not in text and len(text) > 3:
            return f"{int(text):,}"
        if form < 0.07:
            return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
        unit = dict(self.indicators)[one.name]
        if form < 0.09 and not one.power and unit != "%":
            return text + unit
        return f"{text}.0" if form < 0.11 and "." not in text and unit != "%" else text

    def _sum(self, names: list[str], one: Heading) -> str:
        if one.key not in ("", ".上年", ".目标") or dict(self.indicators)[one.name] == "%":
            return ""
        found = [number for name in names if not (number := self.figures[name][one.name + one.key]).is_nan()]
        return self._written(sum(found, Decimal(0)), one)

    def _body(self, rows: list[list[str]], head: list[list[str]]) -> list[list[str]]:
        """Return header and rows: with a row of units, a column before the names, side by side, or the header again."""
        plain = self.shape != "districts" and not self.merged
        if plain and len(head) == 1 and self.chance(0.15) and all("（" not in text for text in head[0][1:]):
            head = [*head, ["", *(self._bare_unit(one) for one in self.columns)]]
        if not self.trap and not self.merged and len(rows) > 3 and len(head) == 1 and self.chance(0.2):
            self.shape = f"{self.shape}, goes on at the right".removeprefix(", ")
            return self._beside(rows, head)
        if self.chance(0.2):
            head = [["序号" if number == 0 else "", *row] for number, row in enumerate(head)]
            rows = [[str(number) if row[0] in self.names else "", *row] for number, row in enumerate(rows, 1)]
            self.merged = [(top, left + 1, bottom, right + 1) for top, left, bottom, right in self.merged]
        if not self.merged and len(self.columns) > 2 and self.chance(0.15):
            head = [["", *(["" for _ in head[0][1:]])], *head]
            head[0][-1], head[0][-2] = self.random.sample(CLASSES, 2)
        body = [*head, *rows]
        if len(rows) > 4 and self.chance(0.1) and not self.merged:
            body = [*head, *rows[:2], *head, *rows[2:]]
        if self.chance(0.2):
            word = self.random.choice(IGNORED)
            body = [[*row, word if number == 0 else ""] for number, row in enumerate(body)]
        return body

    def _bare_unit(self, one: Heading) -> str:
        return dict(self.indicators)[one.name] if one.key in ("", ".上年", ".目标") and not one.power else ""

    @staticmethod
    def _beside(rows: list[list[str]], head: list[list[str]]) -> list[list[str]]:
        """Let the second half of the rows go on at the right of the first."""
        cut = (len(rows) + 1) // 2
        right = [*rows[cut:], *([""] * len(rows[0]) for _ in range(2 * cut - len(rows)))]
        pairs = zip([*head, *rows[:cut]], [*head, *right], strict=True)
        return [[*one, "", *other] for one, other in pairs]

    def _around(self, body: list[list[str]]) -> list[list[str]]:
        above = [[title] for title in self.random.sample(TITLES, self.random.randint(0, 2))]
        if self.caption:
            above.append(["", self.caption])
        below = [[text] for text in self.random.sample(NOTES, self.random.randint(0, 2))]
        below += [[text] for text in self.random.sample(SIGN_OFFS, self.random.randint(0, 2))]
        down = len(above)
        self.merged = [(top + down, left, bottom + down, right) for top, left, bottom, right in self.merged]
        return [*above, *body, *below]

    @staticmethod
    def _transposed(
        texts: list[list[str]], areas: list[tuple[int, int, int, int]]
    ) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
        return [list(row) for row in zip(*texts, strict=True)], [(b, a, d, c) for a, b, c, d in areas]


TRAPS = [
    "another year",
    "month",
    "another unit",
    "unknown part",
    "another indicator",
    "no this year",
    "twice",
    "caption",
    "fraction",
]
