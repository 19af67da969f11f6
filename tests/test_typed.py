"""Names of files in the commands that are proposed: a shell takes each as one word."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.values.typed import typed


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2021.yaml", "2021.yaml"),
        ("../去年/白石镇（2021年）.yaml", "../去年/白石镇（2021年）.yaml"),
        ("C:\\去年\\2021.yaml", "C:\\去年\\2021.yaml"),
        ("a b.yaml", '"a b.yaml"'),
        ("C:\\我的 文件\\a.yaml", '"C:\\我的 文件\\a.yaml"'),
        ("甲\u3000乙.yaml", '"甲\u3000乙.yaml"'),
        ("-x.yaml", "./-x.yaml"),
        ("$x.yaml", "'$x.yaml'"),
    ],
)
def test_names(name: str, expected: str) -> None:
    """A name is quoted only where it has to be, and as Windows reads it, too."""
    assert typed(Path(name)) == expected


@given(st.text(alphabet="a甲 -'\"$`!&;（）\u3000", min_size=1))
def test_a_name_is_one_word(name: str) -> None:
    """A shell that splits the command has the name again."""
    assert shlex.split(typed(Path(name))) == [f"./{name}" if name.startswith("-") else name]
