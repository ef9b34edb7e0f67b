"""Plain values of questions: what is asked, what is answered, and what is looked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AskedDetails:
    """What somebody asks, and for which school."""

    title: str
    about: str = ""
    area: str = ""
    school_id: int | None = None
    without_name: bool = False
    #: A name that stands in the text is not a pupil's.
    no_pupil: bool = False


@dataclass(frozen=True)
class AnsweredDetails:
    """What somebody answers, and for which school."""

    words: str
    school_id: int | None = None
    no_pupil: bool = False


@dataclass(frozen=True)
class QuestionFilters:
    """What somebody looks for in the list."""

    q: str = ""
    area: str = ""
    #: "", "open", "unanswered", "closed" or "mine".
    which: str = ""
