"""Traces of somebody's machine and mailbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_PATH = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]:\\[^\s，。；、“”《》（）<>|*?\"]{1,200}|file:///[^\s，。；、“”《》（）]{1,200}"
    r"|(?<![A-Za-z0-9.:/])/(?:Users|home)/[^\s，。；、“”《》（）]{1,200}|(?<!\\)\\\\[A-Za-z0-9.-]{1,60}\\[^\s，。；、“”]{1,200}"
)
_SIGNS = (":\\", "file:", "/Users/", "/home/", "\\\\")
_ANY_MAIL = re.compile(
    r"(?<![0-9A-Za-z._+-])[0-9A-Za-z](?:[0-9A-Za-z._+-]{0,40}[0-9A-Za-z])?@[0-9A-Za-z-]{1,40}\.[A-Za-z.]{2,20}"
)
# So near before an address stands whose it is.
_LABEL = 10
_MAIL = re.compile(
    r"(?<![0-9A-Za-z._+-])(?:[1-9][0-9]{4,10}@qq\.com|1[3-9][0-9]{9}@[a-z0-9]{2,12}\.(?:com|cn))(?![A-Za-z])"
)


def _find_paths(subject: Subject) -> Iterator[Finding]:
    r"""Tell of paths of somebody's machine: C:\\Users\\…, /home/…, file:///…."""
    text = subject.joined
    if any(sign in text.text for sign in _SIGNS):
        for match in _PATH.finditer(text.text):
            yield Finding("这里有电脑上的文件路径。", text.spot(*match.span()), "请删去，或换成附件的名称。")


def _find_mails(subject: Subject) -> Iterator[Finding]:
    """Tell of addresses that are a person's number (12345678@qq.com) or said to be a person's; an office's are none."""
    text = subject.joined
    if "@" in text.text:
        words = subject.known.clues["个人邮箱"]
        for match in _ANY_MAIL.finditer(text.text):
            start = match.start()
            before = re.split("[，,。；;、]", text.text[max(text.line(start)[0], start - _LABEL) : start])[-1]
            if not _MAIL.match(text.text, start) and not any(word in before for word in words):
                continue
            yield Finding("这里有个人的电子邮箱。", text.spot(*match.span()), "宜改为单位的邮箱。")


PATH = TextRule(
    "HR505",
    Severity.WARNING,
    _find_paths,
    name="文件路径",
    basis="实务",
    why="路径里有用户名和文件夹的名称，别人也打不开。",
    bad=(
        r"详见C:\Users\张三\Desktop\年报.xlsx。",
        "附件：file:///D:/2022/年报.docx",
        "数据来自/home/zhang/data.csv。",
    ),
    good=(
        "门诊/住院、城/乡分别统计，比例为1/3。",
        "网址为https://www.example.gov.cn/home/index.html。",
        "打开开始\\设置菜单，C:盘空间不足。",
    ),
)
MAIL = TextRule(
    "HR506",
    Severity.NOTE,
    _find_mails,
    name="个人邮箱",
    basis="实务",
    why="用QQ号、手机号作名字的邮箱会泄露个人的号码，公文宜用单位的邮箱。",
    bad=(
        "请将材料发至123456789@qq.com。",
        "报送邮箱：13812345678@163.com。",
        "联系邮箱2837465@qq.com，逾期不候。",
        "个人邮箱wangxm1980@163.com。",
        "私人邮箱：li.na@sina.com.cn",
    ),
    good=(
        "请将材料发至qhqwjj@163.com。",
        "报送邮箱：wsjk@example.gov.cn。",
        "严禁用个人邮箱传送文件，材料报局办公室qhwjj@163.com。",
        "办公室邮箱bgs2022@126.com，微信公众号@健康清河。",
    ),
)
