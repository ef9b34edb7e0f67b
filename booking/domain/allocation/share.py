"""Who gets places: the round itself."""

from itertools import islice

from booking.domain.allocation import claims, path


def allot(round_: claims.RoundFacts) -> claims.Allotment:
    """Give the places of a round, one by one, to the first units of its path.

    Takes at most n log s steps for n places among s schools, however much they ask for, and about n
    when many schools are level.
    """
    served = islice(path.Path(round_).walk(), round_.places)
    return claims.Allotment(schools=round_.schools, served=tuple(served))
