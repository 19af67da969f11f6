"""What ``new`` asks at a terminal, in the order a clerk expects, and how one goes back."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from healthreport.cli import console, questions
from healthreport.diagnostics import Position
from healthreport.jobs.new import answers, sections, skeleton, usual

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from healthreport.jobs.new.given import Given
    from healthreport.reading.resources import Resources

_HOW = "直接回车用方括号里的；写“<”或“返回”回到上一个问题；按 Ctrl-C 不做了。"


class Answers(NamedTuple):
    """What was answered so far; none is not asked yet, and the default where it is asked again."""

    genre: str | None = None
    org: str | None = None
    level: str | None = None
    year: int | None = None
    period: str | None = None
    superior: str | None = None
    recipient: str | None = None
    sections: tuple[str, ...] | None = None


class Interview:
    """Asks for what was not given; ``write`` is handed the last answer, and raises where nothing can be written."""

    def __init__(self, given: Given, resources: Resources, write: Callable[[skeleton.Wanted, Path], None]) -> None:
        self._given = given
        self._resources = resources
        self._write = write
        self._known = sections.levels(resources)
        self._told = Answers(
            given.genre and skeleton.genre_name(resources, given.genre),
            given.org,
            given.level or sections.level_of(given.org, self._known),
            given.year,
            superior=given.superior,
            sections=given.sections,
        )

    def ask(self, *, file: bool) -> skeleton.Wanted:
        """Ask all questions, the last for a file's name where ``file`` says so; return what is wanted."""
        steps = [self._genre, self._unit, self._level, self._year, self._period, self._superior, self._recipient]
        steps += [self._sections, *([self._file] if file else [])]
        console.say(_HOW)
        at, asked = 0, list[int]()
        while at < len(steps):
            try:
                if steps[at]():
                    asked.append(at)
            except questions.BackError:
                if not asked:
                    console.say("前面没有问题了。")
                at = asked.pop() if asked else at
            else:
                at += 1
        return self._wanted()

    def _wanted(self) -> skeleton.Wanted:
        told = self._told
        assert told.genre is not None
        return skeleton.Wanted(
            told.genre,
            told.year or self._usual_year(),
            told.level or next(iter(self._known)),
            told.org or "",
            told.superior or "",
            told.sections,
            period=told.period or "",
            recipient=told.recipient or "",
        )

    def _header(self) -> dict[str, str]:
        return skeleton.header(self._resources, self._told.genre or "")

    def _usual_year(self) -> int:
        return usual.default_year(self._header().get("year", ""), datetime.date.today())

    def _genre(self) -> bool:
        if self._given.genre:
            return False
        notes = {name: header.get("说明", "") for name, header in self._resources.genres.items()}
        genre = questions.choice("体裁（序号或名称）", list(notes), self._told.genre or next(iter(notes)), notes)
        if genre != self._told.genre:  # what else was answered may not fit any more
            self._told = self._told._replace(
                year=self._given.year, period=None, recipient=None, sections=self._given.sections
            )
        self._told = self._told._replace(genre=genre)
        return True

    def _unit(self) -> bool:
        if self._given.org:
            return False
        org = questions.until("单位名称", self._told.org or "", lambda answer: answer and answers.unit(answer))
        if org != self._told.org:
            level = self._given.level or sections.level_of(org, self._known)
            self._told = self._told._replace(org=org, superior=self._given.superior or None, recipient=None)
            self._of_level(level)
        return True

    def _of_level(self, level: str | None) -> None:
        """Note the level; what was usual for another is asked anew."""
        if level != self._told.level:
            self._told = self._told._replace(level=level, sections=self._given.sections)

    def _level(self) -> bool:
        known = self._given.level or sections.level_of(self._told.org or "", self._known)
        if known:
            return False
        default = self._told.level or next(iter(self._known))
        self._of_level(questions.choice("层级", list(self._known), default))
        return True

    def _year(self) -> bool:
        if self._given.year:
            return False
        year = questions.until("年度", str(self._told.year or self._usual_year()), answers.year)
        self._told = self._told._replace(year=year)
        return True

    def _period(self) -> bool:
        default = self._header().get("period")
        if not default:
            return False
        period = questions.until("期间（如上半年、1—9月）", self._told.period or default, _line)
        self._told = self._told._replace(period=period)
        return True

    def _superior(self) -> bool:
        if self._given.superior:
            return False
        default = self._told.superior or usual.superior(self._wanted(), self._resources)
        superior = questions.until("上级（正文里这样称呼）", default, _line)
        if superior != self._told.superior:
            self._told = self._told._replace(superior=superior, recipient=None)
        return True

    def _recipient(self) -> bool:
        default = usual.recipient(self._wanted(), self._resources)
        if not default:
            return False
        recipient = questions.until("主送（不用就写“无”）", self._told.recipient or default, _line)
        self._told = self._told._replace(recipient=recipient)
        return True

    def _sections(self) -> bool:
        if self._given.sections is not None or self._header().get("sections", "none") == "none":
            return False
        known = sections.load(self._resources)
        names = [named.name for named in known]
        default = self._told.sections or skeleton.usual(self._wanted(), self._resources)

        def read(answer: str) -> tuple[str, ...]:
            chosen = answers.sections(answer, names)
            return tuple(named.name for named in sections.choose(chosen, known, Position("章节")))

        questions.listed(names)
        chosen = questions.until("章节（序号，如 1,3-5；也可写名称）", answers.numbered(default, names), read)
        self._told = self._told._replace(sections=chosen)
        return True

    def _file(self) -> bool:
        wanted = self._wanted()
        name = usual.file_name(wanted)
        skeleton.render(wanted, self._resources)  # what is wrong with a template is not asked for again

        def read(answer: str) -> None:
            self._write(wanted, answers.new_file(answer, name))

        questions.until("文件名", answers.better(name, name), read, lambda answer: answers.better(answer, name))
        return True


def _line(answer: str) -> str:
    return skeleton.refuse_control(answer, "这一项")
