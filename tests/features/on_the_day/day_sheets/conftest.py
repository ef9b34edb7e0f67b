"""Ways to sign in for the day, and to read what was printed."""

import io

import pypdf
import pytest


@pytest.fixture
def fetch(client, event):
    """Return a way to fetch one of the event's PDFs, as its pages."""

    def go(path, status=200, of=event):
        response = client.get(f"/host/events/{of.slug}/{path}")
        assert response.status_code == status
        if status != 200:
            return []
        assert response.headers["Cache-Control"] == "no-store"
        found = pypdf.PdfReader(io.BytesIO(response.data)).pages
        return [" ".join(page.extract_text().split()) for page in found]

    return go
