"""Templates, skeletons and layouts: the user's folder first, then the packaged ones."""

from __future__ import annotations

import filecmp
import hashlib
import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, did_you_mean, error, or_rather
from healthreport.disk.read import read_bytes
from healthreport.reading.kept import Kept
from healthreport.reading.reader import Reader
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from healthreport.reading.tables.words import Words
    from healthreport.reading.yaml.nodes import Mapping, Source
    from healthreport.values.units import Units
from healthreport.values.scalars import quoted

GENRES = ("genres", ".xml.j2")
SKELETONS = ("skeletons", ".yaml.j2")
SECTIONS = ("sections", ".yaml")
SHEETS = ("sheets", ".yaml")
CHECKING = ("checking", ".yaml")
WORDS = ("checking", ".txt")
RECOGNISING = ("recognising", ".yaml")
# What a document depends on, and what else a user may have of his own.
_ALL = ("*.j2", "*.txt", "genres/*.j2", "layouts/*.yaml")
_LISTS = ("sections/*.yaml", "sheets/*.yaml", "checking/*.yaml", "checking/*.txt", "recognising/*.yaml")
_OTHER = ("*.yaml", "skeletons/*.j2", *_LISTS)
LAYOUTS = ("layouts", ".yaml")
# The first line of a template may say what the program should know of it: {# slug: speech; 说明: … #}
_HEADER = r"(?:\{#|<#)-?\s*(.*?)\s*-?(?:#\}|#>)"
# What ``template list`` shows, and what each is called.
_KINDS = {
    "模板": GENRES,
    "骨架": SKELETONS,
    "章节": SECTIONS,
    "版式": LAYOUTS,
    "表格": SHEETS,
    "核对": CHECKING,
    "字词": WORDS,
    "识别": RECOGNISING,
}


class Entry(NamedTuple):
    """A file that can be shown and copied: its kind, its name, its path below the folder, and whose it is."""

    kind: str
    name: str
    file: str
    own: bool


@lru_cache(maxsize=1)
def packaged() -> Path:
    """Return the folder of packaged templates: in the wheel, or in the checkout of an editable install."""
    inside = Path(__file__).parents[1] / "_data" / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "templates"


def files_of(folder: Path) -> list[Path]:
    """Return all of a folder that could take the place of a packaged file, or stand beside them."""
    return sorted(path for pattern in (*_ALL, *_OTHER) for path in folder.glob(pattern))


def is_as_packaged(path: Path, folder: Path) -> bool:
    """Say whether a file of a folder holds what the packaged one of its name holds."""
    try:
        return filecmp.cmp(path, packaged() / path.relative_to(folder), shallow=False)
    except OSError:
        return False  # there is no such packaged file, or it cannot be read, which is told where it is used


def _refuse_strange_files(folder: Path) -> None:
    """Refuse a user's folder in which a pipe, a device or a link leads out of it: it may have come from anybody.

    Raises :class:`HealthReportError` with every such file.
    """
    inside = folder.resolve()
    strange = [path for path in files_of(folder) if not (path.is_file() and path.resolve().is_relative_to(inside))]
    if strange:
        message = "模板文件夹里的这一项不是普通的文件，或是指向文件夹外面的链接，没有使用。"
        hint = "请删去它，或换成文件本身。"
        raise HealthReportError(
            Diagnostic("bad-template-file", message, Position(str(path)), hint=hint) for path in strange
        )


def _refuse_unknown_lists(folder: Path) -> None:
    """Refuse a user's list of words that nobody reads, for its name, its ending or its folder is another.

    Raises :class:`HealthReportError` with the one that it may be meant for.
    """
    known = {name: kind for kind, _ in (SHEETS, CHECKING, RECOGNISING) for name in _names_in(packaged() / kind)}
    found = [path for kind in {*known.values()} for path in sorted(folder.glob(f"{kind}/*")) if _is_list(path)]
    found += [path for path in sorted(folder.glob("*")) if _is_list(path) and path.stem in known]
    wrong = [path for path in found if known.get(path.stem) != path.parent.name or path.suffix != ".yaml"]
    problems = []
    for path in wrong:
        meant = known.get(path.stem, path.parent.name)
        files = [f"{meant}/{name}.yaml" for name, kind in known.items() if kind == meant]
        guess = did_you_mean(f"{meant}/{path.stem}.yaml", files)
        message = or_rather(f"没有“{path.relative_to(folder).as_posix()}”这个词表，里面的词不会用上", guess)
        problems.append(Diagnostic("unknown-list", message, Position(str(path)), hint=f"可以有：{'、'.join(files)}。"))
    if problems:
        raise HealthReportError(problems)


def _names_in(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.yaml"))


def _is_list(path: Path) -> bool:
    """Say whether a file was written as a list of words: notes and an editor's copies beside them were not."""
    return path.suffix in (".yaml", ".yml") and not path.name.startswith((".", "~"))


class Resources:
    """Finds files by kind and name, in a folder of the user's own first where one is given.

    A name is looked up in a list, never joined to a path.
    """

    def __init__(self, folder: Path | None = None, reader: Reader | None = None) -> None:
        if folder is not None and not folder.is_dir():
            raise error("not-found", "找不到模板文件夹。", Position(str(folder)), hint="请检查 --templates 的写法。")
        self.own = folder
        self.folders = [folder, packaged()] if folder else [packaged()]
        if folder:
            _refuse_strange_files(folder)
            _refuse_unknown_lists(folder)
        self.reader = reader or Reader()
        self.reader.template_folders = tuple(self.folders)
        self._found: dict[tuple[tuple[str, str], str], Path | None] = {}

    def names(self, kind: tuple[str, str]) -> list[str]:
        """Return the names of all files of a kind."""
        folder, suffix = kind
        found = {path.name.removesuffix(suffix) for root in self.folders for path in root.glob(f"{folder}/*{suffix}")}
        return sorted(found)

    def find(self, kind: tuple[str, str], name: str) -> Path | None:
        """Return the file of this kind and name, the user's first."""
        key = (kind, name)
        if key not in self._found:
            folder, suffix = kind
            paths = (root / folder / (name + suffix) for root in self.folders if name in self.names(kind))
            self._found[key] = next((path for path in paths if path.is_file()), None)
        return self._found[key]

    def require(self, kind: tuple[str, str], name: str, what: str, place: Callable[[], Position]) -> Path:
        """Return the file of this kind and name, or raise an error at the place that asks for it."""
        path = self.find(kind, name)
        if path is None and kind == GENRES and name in self.slugs:
            path = self.find(kind, self.slugs[name])
        if path is None:
            choices = list(self.genres) if kind == GENRES else self.names(kind)
            guess = did_you_mean(name, [*choices, *self.slugs] if kind == GENRES else choices)
            message = or_rather(f"没有{what}{quoted(name)}", guess)
            raise error("unknown-" + kind[0][:-1], message, place(), hint=f"可选：{'、'.join(choices)}。")
        return path

    def header(self, path: Path) -> dict[str, str]:
        """Return what the comment on a template's first line says: ``{# key: value; key: value #}``."""
        found = re.match(_HEADER, self.reader.read(path).line(1))
        pairs = [part.partition(":") for part in re.split("[;；]", found[1])] if found else []
        return {key.strip(): value.strip() for key, colon, value in pairs if colon}

    @cached_property
    def slugs(self) -> dict[str, str]:
        """The genres by their second, Latin name."""
        return {slug: name for name, header in reversed(self.genres.items()) if (slug := header.get("slug"))}

    @cached_property
    def genres(self) -> dict[str, dict[str, str]]:
        """The genres and what their templates say of themselves, in the order they ask for."""
        paths = {name: self.find(GENRES, name) for name in self.names(GENRES)}
        headers = {name: self.header(path) for name, path in paths.items() if path is not None}

        def order(name: str) -> tuple[int, str]:
            wanted = headers[name].get("顺序", "")
            return int(wanted) if wanted.isdecimal() else 999, name

        return {name: headers[name] for name in sorted(headers, key=order)}

    def entries(self) -> list[Entry]:
        """Return all files a user may want to see, copy and change."""
        found = []
        for kind, (folder, suffix) in _KINDS.items():
            for name in self.names((folder, suffix)):
                path = self.find((folder, suffix), name)
                own = path is not None and not path.resolve().is_relative_to(packaged().resolve())
                found.append(Entry(kind, name, f"{folder}/{name}{suffix}", own))
        for name in sorted({path.name for root in self.folders for path in root.glob("*.*") if path.is_file()}):
            own = Path(self.template(name).name).resolve().parent != packaged().resolve()
            found.append(Entry("公用", name, name, own))
        return found

    def named(self, name: str, position: Position) -> list[Entry]:
        """Return the files of a name, slug or path, or raise an error that proposes one."""
        entries = self.entries()
        wanted = (name, self.slugs.get(name, name))
        found = [entry for entry in entries if entry.name in wanted or entry.file == name]
        if not found:
            guess = did_you_mean(name, [word for entry in entries for word in (entry.name, entry.file)])
            message = or_rather(f"没有“{name}”", guess)
            raise error("no-template", message, position, hint="全部名称见 healthreport template list。")
        return found

    def template(self, name: str) -> Source:
        """Read a template by its path below the templates folder (``genres/通用.xml.j2``)."""
        for root in self.folders:
            path = (root / name).resolve()
            if path.is_relative_to(root.resolve()) and path.is_file():
                return self.reader.read(root / name)
        hint = "请检查自己的模板里引用的名称，全部名称见 healthreport template list；自带的缺了，请重新安装。"
        raise error("no-template", f"找不到模板“{name}”。", Position(str(self.folders[0] / name)), hint=hint)

    @cached_property
    def digest(self) -> str:
        """The digest of all templates and layouts, in the order in which they are looked for."""
        files = sorted(path for root in self.folders for pattern in _ALL for path in root.glob(pattern))
        return hashlib.sha256(b"".join(map(read_bytes, files))).hexdigest()

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the words of the field that a title never breaks within."""
        return frozenset(self.template("title-words.txt").text.split())

    @cached_property
    def standard_indicators(self) -> frozenset[str]:
        """The names of the indicators of all standard sections."""
        trees = [parse(self.template(f"{SECTIONS[0]}/{name}{SECTIONS[1]}")) for name in self.names(SECTIONS)]
        return frozenset(name for tree in trees for name in getattr(tree.get("指标"), "keys_at", ()))

    @property
    def sheet_words(self) -> Words:
        """The words of sheets: the packaged lists, the user's own on top."""
        return sheet_words(self.reader)

    @property
    def units(self) -> Units:
        """The units of measure among them, which documents need without the others."""
        return _units_in(self.reader, tuple(self.folders))

    def lists(self, kind: tuple[str, str], names: Iterable[str]) -> Iterator[tuple[str, Mapping]]:
        """Yield files of words with their names, the packaged ones first: the user's own are added to them."""
        return trees_of(self.reader, tuple(self.folders), kind, names)

    def word_lists(self, name: str) -> Iterator[Source]:
        """Yield the lists of words of a name that have a word a line, the packaged one first."""
        return (self.reader.read(path) for _, path in _lists(tuple(self.folders), WORDS, (name,)))


def sheet_words(reader: Reader) -> Words:
    """Return the words of sheets: the packaged lists, and on top those of the folders the reader was told of.

    Raises :class:`HealthReportError` for a file that is no list of words.
    """
    return _words_in(reader, reader.template_folders or (packaged(),))


@Kept(2)
def _words_in(reader: Reader, folders: tuple[Path, ...]) -> Words:
    from healthreport.reading.tables import words

    return words.build(trees_of(reader, folders, SHEETS, words.KEYS), _units_in(reader, folders))


@Kept(2)
def _units_in(reader: Reader, folders: tuple[Path, ...]) -> Units:
    from healthreport.reading.tables import measures

    return measures.build(trees_of(reader, folders, SHEETS, (measures.FILE,)))


def trees_of(
    reader: Reader, folders: tuple[Path, ...], kind: tuple[str, str], names: Iterable[str]
) -> Iterator[tuple[str, Mapping]]:
    """Yield files of words with their names, those of the last folder, the packaged one, first."""
    return ((name, parse(reader.read(path))) for name, path in _lists(folders, kind, names))


def _lists(folders: tuple[Path, ...], kind: tuple[str, str], names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield the lists there are; a copy of a packaged one that nobody has edited would say everything twice."""
    folder, suffix = kind
    for root, name in [(root, name) for root in reversed(folders) for name in names]:
        path = root / folder / (name + suffix)
        if path.is_file() and (root == folders[-1] or not is_as_packaged(path, root)):
            yield name, path
