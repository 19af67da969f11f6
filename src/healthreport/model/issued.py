"""红头 and 版记, above the title and at the end of a document that is sent out (GB/T 9704-2012, 7.2, 7.4)."""

from healthreport.model.fields import key
from healthreport.model.validating.types import AnyText, Day, Model, Names


class RedHead(Model, title="红头"):
    """What stands above the title; nothing of it passes on, for it is each document's own."""

    copy_number: AnyText | None = key("份号", "涉密公文的份号，六位数，如000001。", None, example='"000001"')
    secrecy: AnyText | None = key("密级", "密级和保密期限，如“机密★1年”。", None, example="机密★1年")
    urgency: AnyText | None = key("紧急程度", "特急或加急。", None, example="特急")
    offices: Names = key(
        "发文机关标志",
        "红色的大字，如“清河区卫生健康局文件”；联合行文的写成列表，或用“|”一行一个。",
        (),
        example="槐溪县卫生健康局文件",
    )
    document_number: AnyText | None = key("发文字号", "如“清卫发〔2022〕8号”。", None, example="槐卫发〔2022〕8号")
    signers: Names = key("签发人", "上行文的签发人，可写几个；“签发人：”由程序写。", (), example="[周明远, 郑海棠]")


class Imprint(Model, title="版记"):
    """What closes the document; nothing of it passes on."""

    copies_to: AnyText | None = key("抄送", "抄送机关；“抄送：”和末尾的句号由程序补上。", None, example="县教育局")
    printed_by: AnyText | None = key("印发机关", "如“清河区卫生健康局办公室”。", None, example="槐溪县卫生健康局办公室")
    printed_on: Day | None = key("印发日期", "如2022-12-30；“印发”二字由程序补上。", None, example="2022-12-31")
