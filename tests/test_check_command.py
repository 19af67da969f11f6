"""``healthreport check``: files in, findings out; what is let be, how they are told, how it ends."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from helpers import Cli

SAME = "坚持关口前移，组织家庭医生团队进村入户，为老年人逐一测量血压、更新健康档案，做到底数清、情况明。"
REPORT = "体裁: 通用\n标题: 情况汇报\n单位: 白石镇卫生院\n日期: 2022-12-30\n内容:\n  - 一切有序。\n"
