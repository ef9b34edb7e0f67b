"""Common sheets of labels, in millimetres from the top left corner of an A4 sheet.

Two of a printer's habits are allowed for: nothing is printed within the safe edge of a label, and
no sheet has a label within the edge of the paper that printers leave white.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PAPER_MM = (210.0, 297.0)
#: What printers leave white at the edge of the paper.
WHITE_EDGE_MM = 4.2


@dataclass(frozen=True)
class LabelSheet:
    """One kind of sheet: how many labels, how large, and where they begin."""

    key: str
    name: str
    across: int
    down: int
    width_mm: float
    height_mm: float
    left_mm: float
    top_mm: float
    #: From the left edge of a label to that of the next, and from top edge to top edge.
    step_x_mm: float
    step_y_mm: float
    #: Whether lines are printed to cut along: plain paper or card has no labels of its own.
    cut: bool = False

    @property
    def labels(self) -> int:
        """Return how many labels a sheet has."""
        return self.across * self.down

    def corners(self) -> Iterator[tuple[float, float]]:
        """Yield where each label begins, from left to right and then downwards."""
        for row in range(self.down):
            for column in range(self.across):
                yield (
                    self.left_mm + column * self.step_x_mm,
                    self.top_mm + row * self.step_y_mm,
                )


#: The only table of sizes. The first three are what stationers sell for address labels.
SHEETS: Mapping[str, LabelSheet] = {
    sheet.key: sheet
    for sheet in (
        LabelSheet(
            *("24", "24 labels, 63.5 × 33.9 mm", 3, 8, 63.5, 33.9),
            left_mm=7.2,
            top_mm=12.9,
            step_x_mm=66.04,
            step_y_mm=33.9,
        ),
        LabelSheet(
            *("21", "21 labels, 63.5 × 38.1 mm", 3, 7, 63.5, 38.1),
            left_mm=7.2,
            top_mm=15.15,
            step_x_mm=66.04,
            step_y_mm=38.1,
        ),
        LabelSheet(
            *("10", "10 labels, 99.1 × 57 mm", 2, 5, 99.1, 57.0),
            left_mm=4.63,
            top_mm=6.0,
            step_x_mm=101.64,
            step_y_mm=57.0,
        ),
        LabelSheet(
            *("badges", "10 badges to cut out, 90 × 55 mm", 2, 5, 90.0, 55.0),
            left_mm=15.0,
            top_mm=11.0,
            step_x_mm=90.0,
            step_y_mm=55.0,
            cut=True,
        ),
    )
}


def spread(count: int, sheet: LabelSheet, *, first: int) -> list[tuple[int, int]]:
    """Return the page and the place on it for each of `count` labels, both from 0.

    The first sheet may be half used: its labels before number `first` (from 1) are left out.
    """
    assert 1 <= first <= sheet.labels, "the form offers only labels that the sheet has"
    return [divmod(number, sheet.labels) for number in range(first - 1, first - 1 + count)]
