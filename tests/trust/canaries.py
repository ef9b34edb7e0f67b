"""Words that only some people may ever read; they are searched for on everybody else's pages."""

from dataclasses import dataclass, field


@dataclass
class Canaries:
    """What only one school, or only it and the host, may read."""

    letter: str
    #: Never leaves the school.
    private: set[str] = field(default_factory=set)
    #: Allowed on the roster, as long as that part is open.
    roster: set[str] = field(default_factory=set)
    #: Access: also on the roster, only for those who look after the pupils on the day.
    needs: set[str] = field(default_factory=set)
    #: Life-safety alerts, for the same people.
    health: set[str] = field(default_factory=set)
    #: Answers that the parent has not sent: only for the parent.
    unsent: set[str] = field(default_factory=set)

    @property
    def all(self) -> set[str]:
        """Every canary of the school."""
        return self.private | self.roster | self.needs | self.health | self.unsent

    def word(self, kind: str, group: set[str]) -> str:
        """Return a new canary: "Zq" and the letter of its school come first."""
        made = f"Zq{self.letter}{kind}{len(self.all)}"
        group.add(made)
        return made

    def email(self) -> str:
        """Return an address that is a canary."""
        made = f"zq{self.letter}{len(self.all)}@parents.example"
        self.private.add(made)
        return made

    def phone(self, group: set[str]) -> str:
        """Return a telephone number whose last digits are a canary."""
        known = sum(word.isdigit() for word in self.all)
        digits = f"900{'2' if self.letter == 'a' else '3'}{known:02d}"
        group.add(digits)
        return f"+447700{digits}"
