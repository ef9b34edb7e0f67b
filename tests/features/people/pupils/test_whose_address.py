"""A name only ever has its own address: each contact is filled from one group of columns."""

import csv
import io
from dataclasses import dataclass

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from booking.people.pupils.details import ParentDetails
from booking.people.pupils.imports import rows
from booking.people.pupils.imports.preview import ContactFate, compare

YEARS = (0, 6)
PUPIL = ("Forename", "Surname", "Year group")


def read(*lines):
    return rows.read("\n".join(lines).encode(), years=YEARS)


def linked(row):
    return [(parent.name, parent.email) for parent in row.parents]


def left_out(row):
    return [(left.contact.name, left.why) for left in row.left_out]


def test_mother_and_father_are_two_people_and_a_gap_stays_a_gap():
    [row] = read(
        "Forename,Surname,Year,Mother name,Mother email,Mother mobile,"
        "Father name,Father email,Father mobile",
        "Uche,Eze,5,Ifeoma Eze,,07700 900111,Obi Eze,obi.eze@parents.example,07700 900222",
    ).rows

    assert linked(row) == [("Ifeoma Eze", ""), ("Obi Eze", "obi.eze@parents.example")]
    assert [parent.phone for parent in row.parents] == ["+447700900111", "+447700900222"]
    assert left_out(row) == []


def test_a_third_contact_never_takes_the_place_of_the_first():
    [row] = read(
        "Forename,Surname,Year,Contact 3 Name,Contact 3 Relationship,Contact 3 Email,"
        "Contact 1 Name,Contact 1 Email,Contact 2 Name,Contact 2 Email",
        "Cato,Obi,5,Gail Pugh,Childminder,gail@minders.example,Ife Obi,,Tom Obi,tom@p.example",
    ).rows

    assert linked(row) == [("Ife Obi", ""), ("Tom Obi", "tom@p.example")]
    assert left_out(row) == [
        ("Gail Pugh", "is left out: only a pupil’s first two contacts are kept"),
    ]


@pytest.mark.parametrize(
    "title", ["Email", "Pupil email", "Student e-mail", "Email 1", "Home Email"]
)
def test_an_address_that_may_be_the_pupils_own_is_never_a_parents(title):
    reading = read(
        f"Forename,Surname,Year,{title},Parent name",
        "Dela,Marsh,6,26dmarsh@pupils.example,Hatty Marsh",
    )

    assert linked(reading.rows[0]) == [("Hatty Marsh", "")]
    assert title in reading.ignored + reading.never_kept


@pytest.mark.parametrize(
    "header",
    [
        "Parent name,Parent email,Parent name,Parent email",
        "Mum Name,Mother E-mail,Carer's name,Carer email address",
        "Parent1 Name,Parent1 Email,Parent2 Name,Parent2 Email",
        "First contact,First contact email,Second contact,Second contact email",
    ],
)
def test_people_are_told_apart_by_the_words_or_the_place_of_their_columns(header):
    [row] = read(
        f"Forename,Surname,Year,{header}", "Ada,Ng,5,Lin,lin@p.example,Wei,w@p.example"
    ).rows

    assert linked(row) == [("Lin", "lin@p.example"), ("Wei", "w@p.example")]


def test_names_side_by_side_have_the_addresses_in_the_same_order():
    [row] = read(
        "Forename,Surname,Year,Parent name,Parent name,Parent email,Parent email",
        "Ada,Ng,5,Lin,Wei,,wei@p.example",
    ).rows

    assert linked(row) == [("Lin", ""), ("Wei", "wei@p.example")]


def test_columns_that_could_be_either_parents_are_passed_over_and_named():
    reading = read(
        "Forename,Surname,Year,Parent name,Parent name,Parent email",
        "Ada,Ng,5,Lin,Wei,lin@p.example",
    )

    assert reading.rows[0].contacts == ()
    assert reading.columns.unclear == ["Parent name", "Parent name", "Parent email"]


def test_one_address_of_two_parents_is_said_and_goes_by_the_first():
    [row] = read(
        "Forename,Surname,Year,Parent 1 name,Parent 1 email,Parent 2 name,Parent 2 email",
        "Alba,Rook,5,Pia Rook,rooks@p.example,Sol Rook,rooks@p.example",
    ).rows

    assert linked(row) == [("Pia Rook", "rooks@p.example")]
    assert left_out(row) == [("Sol Rook", "has the same address as Pia Rook, who gets the link")]


CONTACTS = "Forename,Surname,Year,Contact 1 Name,Contact 1 Email,Contact 2 Name,Contact 2 Email"
FORBIDDING = [
    ("Contact 2 Court Order", "No contact - court order"),
    ("Contact 2 Parental Responsibility", "No"),
    ("Contact 2 Parental Responsibility", "see file"),
    ("Contact 2 Do Not Contact", "Yes"),
    ("Contact 2 email declined", "x"),
    ("Contact 2 may be contacted", "N"),
]


@pytest.mark.parametrize(("title", "cell"), FORBIDDING)
def test_a_column_that_takes_a_permission_away_takes_the_contact_out(title, cell):
    reading = read(
        f"{CONTACTS},{title}",
        f"Rowan,Ives,5,Hana Ives,hana@p.example,Ray Sutton,ray@elsewhere.example,{cell}",
    )

    [row] = reading.rows
    assert linked(row) == [("Hana Ives", "hana@p.example")]
    assert left_out(row) == [("Ray Sutton", f"must not be written to (“{title}”)")]
    assert reading.columns.only_take == [title]
    [line] = compare(reading.rows, [])
    assert [(one.name, one.fate) for one in line.contacts] == [
        ("Hana Ives", ContactFate.ADDED),
        ("Ray Sutton", ContactFate.LEFT_OUT),
    ]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Contact 2 Court Order", ""),
        ("Contact 2 Court Order", "No"),
        ("Contact 2 Parental Responsibility", "Yes"),
        ("Contact 2 Parental Responsibility", ""),
        ("Contact 2 Do Not Contact", "N"),
    ],
)
def test_such_a_column_gives_nothing_and_takes_nothing_where_it_says_so(title, cell):
    cells = "Rowan,Ives,5,Hana,hana@p.example,Ray,ray@p.example"

    assert read(f"{CONTACTS},{title}", f"{cells},{cell}").rows[0].parents == (
        read(CONTACTS, cells).rows[0].parents
    )


def test_a_prohibition_that_names_nobody_is_everybodys():
    [row] = read(
        "Forename,Surname,Year,Mother name,Mother email,Father name,Father email,Court order",
        "Rowan,Ives,5,Hana,hana@p.example,Ray,ray@p.example,Yes",
    ).rows

    assert linked(row) == []


def test_a_forbidden_address_is_nobodys_whatever_name_stands_with_it():
    [row] = read(
        "Forename,Surname,Year,Mother name,Mother email,Dad name,Dad email,Dad court order",
        "Rowan,Ives,5,Hana Ives,ives@p.example,Ray Ives,ives@p.example,Yes",
    ).rows

    assert linked(row) == []
    assert left_out(row)[0] == (
        "Hana Ives",
        "has the address of Ray Ives, who must not be written to",
    )


def test_words_in_a_cell_forbid_as_well():
    [row] = read(
        "Forename,Surname,Year,Parent name,Parent relationship,Parent email",
        "Rowan,Ives,5,Ray Sutton,Father - DO NOT CONTACT,ray@p.example",
    ).rows

    assert linked(row) == []


GROUPS = [
    *("Mother", "Father", "Parent", "Carer", "Guardian", "Contact", "Grandmother"),
    *("Parent 1", "Parent 2", "Contact 1", "Contact 2", "Contact 3", "Adult 1", "Adult 2"),
]
COLUMNS = ("name", "e-mail", "mobile", "court order")


@st.composite
def files(draw):
    """Draw a file: groups of columns in any order, cells with gaps, rows of many pupils.

    Each name and address contains its pupil and group, so that a wrong pair is visible.
    """
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=5, unique=True))
    held = [
        (group, column)
        for group in groups
        for column in draw(st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True))
    ]
    if draw(st.booleans()):
        held = draw(st.permutations(held))
    own = draw(st.integers(0, len(held)))  # where the pupil's own address stands
    table = []
    for n in range(draw(st.integers(1, 5))):
        pupil = draw(st.sampled_from(["Ada", "Bo", "Cy"]))
        cells = [
            _cell(n, groups.index(group), column, draw(st.booleans())) for group, column in held
        ]
        cells.insert(own, f"pupil{n}@pupils.example")
        table.append([pupil, "Ng", "5", *cells])
    titles = [f"{group} {column}" for group, column in held]
    titles.insert(own, "E-mail")
    return [[*PUPIL, *titles], *draw(st.permutations(table))]


def _cell(n, group, column, is_filled):
    filled = {
        "name": f"Person {n} {group}",
        "e-mail": f"person{n}.{group}@p.example",
        "mobile": f"07700 9000{n}{group}",
        "court order": "yes",
    }
    return filled[column] if is_filled else ""


def as_bytes(table):
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def wrong_pairs(rows_read):
    """Return every name or number that is beside an address from another row or group."""
    wrong = []
    for row in rows_read:
        for parent in row.parents:
            # Without an address, the number must be of the name's own group.
            of = parent.email or f"person{parent.name.removeprefix('Person ').replace(' ', '.')}"
            mark = of.removeprefix("person").removesuffix("@p.example")
            if not parent.email and parent.name == "Parent or carer":
                continue
            if parent.name not in {f"Person {mark.replace('.', ' ')}", "Parent or carer"}:
                wrong.append((parent.name, parent.email))
            if parent.phone and not parent.phone.endswith(mark.replace(".", "")):
                wrong.append((parent.phone, parent.email))
    return wrong


def forbidden_addresses(table):
    header, *lines = table
    return {
        line[header.index(f"{title.removesuffix(' court order')} e-mail")]
        for line in lines
        for title, cell in zip(header, line, strict=True)
        if title.endswith("court order")
        and cell
        and f"{title.removesuffix(' court order')} e-mail" in header
    } - {""}


@given(files())
@settings(max_examples=60, deadline=None)
def test_no_name_ever_stands_with_an_address_of_another_group(table):
    reading = rows.read(as_bytes(table), years=YEARS)

    assert wrong_pairs(reading.rows) == []
    addresses = {parent.email for row in reading.rows for parent in row.parents}
    assert not addresses & forbidden_addresses(table)
    assert not any(address.endswith("@pupils.example") for address in addresses)


@given(files(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_changes_nobodys_parents(table, dice):
    header, *lines = table
    shuffled = dice.sample(lines, len(lines))

    def outcome(some):
        found = compare(rows.read(as_bytes([header, *some]), years=YEARS).rows, [])
        return sorted((line.shown, line.kind, sorted(map(str, line.parents))) for line in found)

    assert outcome(lines) == outcome(shuffled)


@dataclass
class AsBefore:
    """A pupil whose parent has the first filled name, address and number of any group."""

    parents: list[ParentDetails]


def filled_as_before(table):
    header, *lines = table
    found = []
    for line in lines:
        held = dict.fromkeys(COLUMNS, "")
        for title, cell in zip(header, line, strict=True):
            column = title.rpartition(" ")[2]
            held[column] = held.get(column, "") or (cell if title not in PUPIL else "")
        parents = [ParentDetails(held["name"], held["e-mail"], "")] if held["e-mail"] else []
        found.append(AsBefore(parents))
    return found


def test_filling_a_gap_from_another_group_breaks_the_promise_and_is_noticed():
    table = find(files(), lambda table: bool(wrong_pairs(filled_as_before(table))))

    assert wrong_pairs(rows.read(as_bytes(table), years=YEARS).rows) == []
