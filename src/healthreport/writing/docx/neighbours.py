"""What a block is by those before and behind it."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from healthreport.trees.document import Block, Figure, Paragraph, Signature, Table
from healthreport.trees.roles import Look, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLES = (Look.TITLE, Look.BELOW_TITLE)


def row(blocks: Sequence[Block], at: int) -> list[Figure]:
    """Return the figures that stand side by side from an index on; none where there is no figure."""
    first = blocks[at]
    if not isinstance(first, Figure):
        return []
    behind = (blocks[index] for index in range(at + 1, len(blocks)))
    beside = takewhile(lambda block: isinstance(block, Figure) and block.beside, behind)
    return [first, *(block for block in beside if isinstance(block, Figure))]


def is_title(block: Block | None) -> bool:
    """Say whether a block is a title, or what stands close below one."""
    return isinstance(block, Paragraph) and block.role.look in _TITLES


def is_turned(block: Block | None) -> bool:
    """Say whether a block has landscape pages of its own."""
    return isinstance(block, Table) and block.landscape


def meets_signature(blocks: Sequence[Block], at: int) -> bool:
    """Say whether a block is held to the signature: it stands before it, or is one of the last two of 附件说明."""
    behind = blocks[at + 1 : at + 3]
    if is_attachment_note(blocks[at]) and behind and is_attachment_note(behind[0]):
        behind = behind[1:]
    return bool(behind) and isinstance(behind[0], Signature)


def is_attachment_note(block: Block | None) -> bool:
    """Say whether a block is one of the names of 附件说明."""
    return isinstance(block, Paragraph) and block.role is Role.ATTACHMENT_NOTE


def is_remark(block: Block | None) -> bool:
    """Say whether a block is 附注, or a line of it."""
    return isinstance(block, Paragraph) and block.role is Role.NOTE
