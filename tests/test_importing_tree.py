"""A draft becomes a YAML file that says, word for word, what the draft says."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from healthreport.diagnostics import Position
from healthreport.importing import summary
from healthreport.importing.tree import Writing, escaped
from healthreport.reading.yaml.dump import dump
from healthreport.trees.draft import (
    Attachment,
    Draft,
    Figure,
    Items,
    Parts,
    Points,
    Section,
    Table,
    TableCell,
    Task,
    mapped,
)
from healthreport.trees.manuscript import Image, Manuscript
from helpers import lines

HERE = Position("去年.txt", 1, 1)
# Whatever YAML, the format or a careful eye could take for something else.
_ODD = "甲乙。，：:#＃-－—“”\"'[]【】（）{}｛｝%@`*&!|>?？ 、;~=1059a"
_WORDS = st.text(alphabet=_ODD, min_size=1, max_size=12).map(str.strip).filter(bool)
_KEYLIKE = st.sampled_from(
    [
        "引语：",
        "分述:甲",
        "标题：",
        "内容:",
        "条目：乙",
        "- 甲",
        "无",
        "是",
        "~",
        "2022-12-28",
        "1.50",
        "{{ 单位 }}",
        "{%",
        "[[ 单位 ]]",
        "{ 年度 }",
    ]
)
_TEXT = _WORDS | _KEYLIKE
_PARAGRAPHS = st.lists(_TEXT, min_size=1, max_size=4)


def written(draft: Draft) -> str:
    """Return the file of a draft."""
    return dump(Writing({}).tree(mapped(draft, escaped), {}))


def of(*blocks: object, **more: object) -> Draft:
    """Return a draft without title that holds some blocks."""
    return Draft(genre="通用", title="无", content=blocks, **more)  # type: ignore[arg-type]


@given(_PARAGRAPHS)
def test_paragraphs_print_as_they_are(paragraphs: list[str]) -> None:
    """No word is taken for a key, a mark of YAML or a reference."""
    assert lines(written(of(*paragraphs))) == paragraphs


@example(["*】]"])
@given(_PARAGRAPHS)
def test_items_print_as_they_are(paragraphs: list[str]) -> None:
    """In a list each item is one text, and nothing else."""
    numbered = [f"（{number}）{text}" for number, text in enumerate(paragraphs, 1)]
    assert lines(written(of(Items(tuple(paragraphs), "（1）"), "末段。"))) == [*numbered, "末段。"]


@given(_PARAGRAPHS)
def test_cells_print_as_they_are(paragraphs: list[str]) -> None:
    """A table has the words of its cells."""
    table = Table((tuple(map(TableCell, paragraphs)), tuple(TableCell("") for _ in paragraphs)))
    assert lines(written(of(table)))[0] == "\t".join(paragraphs)


@given(_TEXT, _PARAGRAPHS)
@example("甲", ["是"])
@example("甲", ["否"])
def test_sections_print_as_they_are(title: str, paragraphs: list[str]) -> None:
    """A title is a title whatever it says, but for what no title may hold."""
    title = title.replace("。", "") or "甲"
    section = Section(HERE, title if title != "无" else "甲", tuple(paragraphs), sections=("一句话",))
    assert lines(written(Draft(genre="通用", title="无", sections=(section,))))[1:] == [*paragraphs, "（一）一句话"]


def test_the_file_reads_as_if_somebody_had_written_it() -> None:
    """Keys in the order of a skeleton, long texts below their key, nothing in quotes that needs none."""
    draft = Draft(
        genre="通用",
        year=2022,
        org="白石镇卫生院",
        title="白石镇卫生院2022年工作总结",
        date="2022-12-28",
        numbering=("一、", "1."),
        run_in=("1.",),
        lead=("今年来，我院紧紧围绕群众健康，较好地完成了各项任务。", "现将有关情况总结如下："),
        sections=(
            Section(
                HERE,
                "做实公共卫生服务",
                (
                    Points(("建档", Points(("入户", "入校"), lead="随访："))),
                    Parts(("开展义诊，", Points(("下乡", "进村"), "①"), "受到好评。")),
                    Items((Task("配齐设备", "6月底前", ("周明远", "郑海棠")), Task("补岗", problem="缺员")), "（1）"),
                ),
                ("宣传到位。",),
                role="成绩",
                numbering=("一是",),
                doubts=("原文编号为“三、”，按顺序应为“一、”。",),
            ),
            Section(HERE, "附则", number="附", todo=True, run_in=False),
        ),
        closing=("特此报告。",),
        signature="白石镇卫生院",
        attachments=(
            Attachment(
                "名册",
                (Table(((TableCell("甲", 2), TableCell("乙", 1, 2)), (TableCell("丙"), TableCell("丁")))),),
                landscape=True,
            ),
        ),
    )
    assert written(draft) == EXPECTED


EXPECTED = """\
体裁: 通用
年度: 2022
单位: 白石镇卫生院
标题: 白石镇卫生院2022年工作总结
日期: 2022-12-28
落款: 白石镇卫生院
编号: [一、, 1.]
接排: [1.]

导语: |
  今年来，我院紧紧围绕群众健康，较好地完成了各项任务。
  现将有关情况总结如下：

章节:
  # 原文编号为“三、”，按顺序应为“一、”。
  - 标题: 做实公共卫生服务
    类别: 成绩
    下级编号: [一是]
    内容:
      - 分述:
          - 建档
          - {引语: 随访：, 分述: [入户, 入校]}
      - 段落:
          - 开展义诊，
          - {样式: ①, 分述: [下乡, 进村]}
          - 受到好评。
      - 样式: （1）
        条目:
          - {事项: 配齐设备, 时限: 6月底前, 责任人: [周明远, 郑海棠]}
          - {问题: 缺员, 措施: 补岗}
    章节: [宣传到位。]
  - {标题: 附则, 序号: 附, 接排: 否, 待补: 是}

结尾: 特此报告。

附件:
  - 标题: 名册
    横排: 是
    内容:
      表格:
        行:
          - - {文字: 甲, 跨列: 2}
            - {文字: 乙, 跨行: 2}
          - [丙, 丁]
"""


def test_pictures_are_named_and_what_is_no_picture_of_word_is_told() -> None:
    """A picture has its file's name and its width; one that Word documents of ours cannot hold is a comment."""
    photo, drawing = Image(b"1", "png", HERE, width=6804), Image(b"2", "emf", HERE)
    tree = Writing({photo: "去年-1.png"}).tree(of(Figure((photo,), "义诊现场"), Figure((drawing,), "流程图")), {})
    assert dump(tree) == (
        "体裁: 通用\n标题: 无\n\n内容:\n"
        "  - 图片: {文件: 去年-1.png, 图题: 义诊现场, 宽: 120mm}\n"
        "  # 原文这里有一幅 emf 图片，不是 png、jpg，没有放进来。\n"
        "  - 流程图\n"
    )


def test_pictures_that_are_left_out_are_told() -> None:
    """A picture of a kind that no file of ours shows is among what is left out, a photo is not."""
    photo, drawing = Image(b"1", "png", HERE), Image(b"2", "emf", HERE)
    told = summary.of(of(Figure((photo, drawing))), Manuscript("去年.docx", "word", (photo, drawing)), ())
    assert [(one.kind, one.times, one.sample) for one in told.left_out] == [("图片", 1, "emf")]
    assert told.counts == {"figures": 2}


def test_a_picture_of_one_pixel() -> None:
    """However small it is, it has a width that can be printed."""
    dot = Image(b"1", "png", HERE, width=15)
    assert "宽: 1mm" in dump(Writing({dot: "点.png"}).tree(of(Figure((dot,))), {}))


def test_a_picture_that_was_turned_is_told() -> None:
    """The format shows pictures as they are: one that was turned in Word says so."""
    photo = Image(b"1", "png", HERE, turned=90)
    made = dump(Writing({photo: "去年-1.png"}).tree(of(Figure((photo,))), {}))
    assert "  # 原文里的图是转过方向的，请先把图片文件转正。\n  - 图片: {文件: 去年-1.png}\n" in made
