"""Two colleagues of two schools, and the lead."""

import pytest

from booking.domain.permissions import Role
from tests.builders import colleague_questions, schools


@pytest.fixture
def ashdale(db_session):
    """Provide the asker's school."""
    return schools.make_school(name="Ashdale School")


@pytest.fixture
def birchwood(db_session):
    """Provide another school."""
    return schools.make_school(name="Birchwood School")


@pytest.fixture
def asker(ashdale):
    """Provide a member of staff of Ashdale."""
    return schools.make_person(role=Role.STAFF, school=ashdale, name="Ana Asker")


@pytest.fixture
def helper(birchwood):
    """Provide somebody of another school."""
    return schools.make_person(role=Role.COORDINATOR, school=birchwood, name="Hal Helper")


@pytest.fixture
def lead(db_session):
    """Provide the network lead."""
    return schools.make_person(role=Role.LEAD, name="Lena Lead")


@pytest.fixture
def question(asker, ashdale):
    """Provide a question with a name."""
    return colleague_questions.ask(asker, ashdale)


@pytest.fixture
def nameless(asker, ashdale):
    """Provide a question without a name."""
    return colleague_questions.ask(asker, ashdale, title="How do you go on?", without_name=True)
