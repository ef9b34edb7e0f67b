"""What coordinators, the host, the treasurer and the lead do all day."""

from collections.abc import Callable

from bench.chaos.browser import Browser
from bench.chaos.people import Person, Surroundings, marker


class Coordinator(Person):
    """Asks for places, names pupils, withdraws some, and answers offers."""

    def __init__(self, around: Surroundings, school: str, seed: int) -> None:
        self.school, self.email = school, f"coordinator@{school}.example"
        super().__init__(around, self.email, seed)

    def acts(self) -> list[tuple[int, Callable[[], None]]]:
        """Return what a coordinator does, and how often."""
        return [
            (4, self.ask),
            (6, self.name_pupils),
            (1, self.rank_reserve),
            (1, self.withdraw),
            (1, self.give_back),
            (2, self.answer_offer),
            (2, lambda: self.browser.go("/school/")),
        ]

    def _open_event(self) -> str:
        scene = self.around.scene
        slug = self._pick(scene.open + scene.rounds)
        self.browser.go(f"/school/events/{slug}/")
        return slug

    def ask(self) -> None:
        """Ask for some places, or another number of them."""
        slug, wanted = self._open_event(), str(self.dice.randint(1, 7))
        button = "Change the request" if self.browser.has("Change the request") else "Ask for"
        about = f"{slug} {self.school}"
        self._press("asked for places", about, button, {"wanted": wanted}, value=wanted)

    def name_pupils(self) -> None:
        """Name one or two pupils."""
        slug, pupils = self._open_event(), self.browser.choices("pupils")
        chosen = self.dice.sample(pupils, min(len(pupils), self.dice.randint(1, 2)))
        about = " ".join([slug, *chosen])
        self._press("named", about, "Give them places", {"pupils": chosen})

    def rank_reserve(self) -> None:
        """Put a pupil on the list of reserves."""
        slug, pupils = self._open_event(), self.browser.choices("pupils")
        if pupils:
            chosen = self._pick(pupils)
            about = f"{slug} {chosen}"
            self._press("named", about, "Add as reserves", {"pupils": [chosen]})

    def withdraw(self) -> None:
        """Withdraw a pupil."""
        self._open_event()
        booking = self._pick(bookings(self.browser, "/withdraw"))
        self.browser.go(f"/school/bookings/{booking}/withdraw")
        self._press("withdrew", booking, "Withdraw ")

    def give_back(self) -> None:
        """Give one place back."""
        slug = self._open_event()
        self._press("gave a place back", f"{slug} {self.school}", "Give back", {"count": "1"})

    def answer_offer(self) -> None:
        """Accept an offer, if there is one."""
        self._open_event()
        form = self.browser.page.select_one("form[action^='/school/offers/']")
        if form is not None:
            offer = str(form["action"]).rpartition("/")[2]
            self._press("accepted an offer", offer, "Accept")


class Secretary(Person):
    """Somebody at another browser of a school: takes cash, gives money back, adds pupils, bids."""

    def __init__(self, around: Surroundings, school: str, seed: int) -> None:
        self.email = f"coordinator@{school}.example"
        super().__init__(around, f"secretary of {school}", seed)

    def acts(self) -> list[tuple[int, Callable[[], None]]]:
        """Return what a secretary does, and how often."""
        return [
            (2, self.take_cash),
            (1, self.refund),
            (1, self.add_pupil),
            (1, self.bid),
            (1, lambda: self.browser.go("/school/")),
        ]

    def _money_page(self) -> str:
        scene = self.around.scene
        self.browser.go(f"/school/events/{self._pick(scene.open)}/money")
        booking = self._pick(bookings(self.browser, "/bookings/"))
        self.browser.go(f"/school/bookings/{booking}/money")
        return booking

    def take_cash(self) -> None:
        """Record cash from a family."""
        self._money_page()
        reference, pounds = marker("cash"), f"{self.dice.randint(50, 250) / 100:.2f}"
        fields: dict[str, object] = {"method": "cash", "amount": pounds, "reference": reference}
        self._press("took cash", reference, "Record", fields, value=pounds.replace(".", ""))

    def refund(self) -> None:
        """Give a part of some money back."""
        self._money_page()
        reason, pence = marker("refund"), self.dice.randint(10, 90)
        fields: dict[str, object] = {
            "refund-amount": f"0.{pence}",
            "refund-reason": reason,
        }
        self._press("refunded", reason, "Refund", fields, value=str(pence))

    def add_pupil(self) -> None:
        """Add a pupil."""
        self.browser.go("/school/pupils/add")
        surname = marker("Newcomer")
        years = [year for year in self.browser.choices("year_group") if year in {"5", "6"}]
        fields: dict[str, object] = {
            "forename": "Ada",
            "surname": surname,
            "year_group": self._pick(years),
            "first-name": "Sam",
            "first-email": f"{surname.split()[1]}@newcomers.example",
        }
        self._press("added a pupil", surname, "Add", fields)

    def bid(self) -> None:
        """Bid for CPD money."""
        self.browser.go("/cpd/apply")
        title = marker("Course")
        fields: dict[str, object] = {
            "kind": "subsidy",
            "title": title,
            "provider": "A hub",
            "for_whom": "Our mathematics lead",
            "takes_place_on": "2027-04-20",
            "cost_pence": "40",
            "asked_pence": "20",
            "benefit": "A session for everybody.",
        }
        self._press("bid", title, "Send the bid", fields)


class Host(Person):
    """Runs rounds, takes the register, and cancels an event now and then."""

    email = "host@tindlebrook.example"

    def acts(self) -> list[tuple[int, Callable[[], None]]]:
        """Return what a host does, and how often."""
        return [(12, self.mark), (2, self.run_round), (1, self.look)]

    def look(self) -> None:
        """Read the host's pages."""
        self.browser.go("/host/")
        self.browser.go(f"/host/events/{self._pick(self.around.scene.open)}/roster")

    def mark(self) -> None:
        """Mark a pupil as here or not here."""
        slug = self._pick(self.around.scene.today)
        self.browser.go(f"/host/events/{slug}/register")
        forms = [form for form in self.browser.page.select("form.register-buttons")]
        if row := self._pick(forms):
            booking = str(row.select_one("[name=booking]")["value"])  # type: ignore[index]
            word, pupil = self._pick(["Here", "Not here"]), row.get_text(" ")
            name = " ".join(pupil.split()).partition(":")[2].split(" Of ")[0].strip()
            self._press("marked", booking, f"{word} : {name} Of", near=f"{name} Of", value=word)

    def run_round(self) -> None:
        """Run a round whose requests have closed."""
        slug = self._pick(self.around.scene.rounds)
        self.browser.go(f"/host/events/{slug}/round/check")
        self._press("ran a round", slug, "Run the round")

    def cancel(self) -> None:
        """Cancel one event; money goes back."""
        slug = self._pick(self.around.scene.open)
        self.browser.go(f"/host/events/{slug}/cancel")
        self._press("cancelled", slug, "Cancel this event", {"reason": "The hall is flooded."})


class Decider(Person):
    """The treasurer or the lead: decides on bids, and looks at the fund."""

    def __init__(self, around: Surroundings, email: str, seed: int) -> None:
        self.email = email
        super().__init__(around, email, seed)

    def acts(self) -> list[tuple[int, Callable[[], None]]]:
        """Return what somebody who decides does, and how often."""
        return [(4, self.decide), (1, lambda: self.browser.go("/fund/"))]

    def decide(self) -> None:
        """Approve a bid that waits."""
        self.browser.go("/fund/bids")
        links = self.browser.links("/cpd/bids/")
        bid = self._pick(links).split("/cpd/bids/")[1].split("/")[0]
        self.browser.go(f"/cpd/bids/{bid}/decide")
        fields: dict[str, object] = {"decision": ["approve"], "pence": "20"}
        self._press("approved", f"{bid} {self.email}", "Record the decision", fields)


def bookings(browser: Browser, part: str) -> list[str]:
    """Return the public ids of the bookings that the page's links with this part lead to."""
    return [link.split("/bookings/")[1].split("/")[0] for link in browser.links(part)]
