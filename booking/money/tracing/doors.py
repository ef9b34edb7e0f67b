"""Link to the fund's search."""


def search_page() -> str:
    """Return the endpoint of the fund's search."""
    return "tracing.find"
