"""Puts the look of a letter on its elements: many mail programs read no style sheet."""

SERIF = "'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif"
#: How each plain element of a letter looks. Whatever has a style of its own keeps that.
STYLES = {
    "h1": f"margin:0 0 16px;font:700 26px/1.25 {SERIF}",
    "h2": "margin:28px 0 8px;font-size:19px",
    "p": "margin:0 0 16px",
    "ul": "margin:0 0 16px;padding-left:24px",
    "ol": "margin:0 0 16px;padding-left:24px",
    "dl": "margin:0 0 16px",
    "dt": "font-weight:700",
    "dd": "margin:0 0 10px",
    "cite": "font-style:normal;font-weight:700",
}
LINK = "color:#97390f;overflow-wrap:anywhere;word-break:break-word"


def styled(html: str) -> str:
    """Return a letter whose elements say themselves how they look."""
    for name, style in STYLES.items():
        html = html.replace(f"<{name}>", f'<{name} style="{style}">')
    return html.replace("<a href=", f'<a style="{LINK}" href=')
