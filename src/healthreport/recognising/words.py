"""The words that tell the parts of a document, from ``templates/recognising``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from healthreport.reading import word_lists
from healthreport.reading.kept import Kept
from healthreport.reading.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("结构", "体裁")
ROLES = ("问题", "计划", "保障", "致谢")
_CHAPTERS = "各章"


class Words(NamedTuple):
    """What tells the parts of a document; ``genres`` and ``roles`` are in the order in which they are tried."""

    salutations: tuple[str, ...]
    recipients: tuple[str, ...]
    organisations: tuple[str, ...]
    speakers: tuple[str, ...]
    documents: tuple[str, ...]
    farewells: tuple[str, ...]
    closings: tuple[str, ...]
    within_closings: tuple[str, ...]
    articles: frozenset[str]
    contents: frozenset[str]
    genres: dict[str, tuple[tuple[str, ...], ...]]
    roles: dict[str, tuple[str, ...]]
    chapters: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, structure: word_lists.Lists, genres: word_lists.Lists) -> Self:
        """Read the lists of the files."""
        return cls(
            structure["称谓"],
            structure["主送"],
            structure["落款"],
            structure["讲话人"],
            structure["文种"],
            structure["结束语"],
            structure["结尾"],
            structure["结尾里"],
            frozenset(structure["分条"]),
            frozenset(structure["目录"]),
            {
                genre: tuple(tuple(words.split("+")) for words in listed)
                for genre, listed in genres.items()
                if genre not in ROLES and not genre.endswith(_CHAPTERS)
            },
            {role: genres[role] for role in ROLES},
            # The titles of three chapters are one whole: those of the user's own file, which are read last, count.
            {key.removesuffix(_CHAPTERS): titles[-3:] for key, titles in genres.items() if key.endswith(_CHAPTERS)},
        )

    def role_of(self, title: str) -> str:
        """Return what a section is by its title: 问题, 计划, 保障, 致谢, or nothing."""
        return next((role for role, words in self.roles.items() if any(word in title for word in words)), "")


def words(reader: Reader) -> Words:
    """Return the words, as the reader's folders of templates have them."""
    return _words(reader, reader.template_folders)


@Kept(1)
def _words(reader: Reader, _: tuple[Path, ...]) -> Words:
    return Words.of(*(word_lists.read(reader, file) for file in FILES))
