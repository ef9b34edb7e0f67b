"""Texts that break out of a page, a file or a mail that takes them for more than text."""

_SCRIPT = "alert(9)"
_TAGS = (
    "script", "svg", "iframe", "object", "embed", "style", "link", "meta", "base", "form", "math",
    "template", "marquee", "portal", "frameset", "applet", "button", "select", "audio", "dialog",
)  # fmt: skip
_HANDLERS = (
    "onerror", "onload", "onclick", "onmouseover", "onfocus", "onanimationstart", "ontoggle",
    "onpointerdown", "onbeforeinput", "onwheel", "onscroll", "onpageshow",
)  # fmt: skip
#: Where a text may stand: in an element, in either kind of attribute, in a script, in a comment.
_WAYS_OUT = ("", '">', "'>", "</title>", "</textarea>", "</script>", "-->", "</style>", "]]>")

MARKUP = (
    *(f"<{tag}>{_SCRIPT}</{tag}>" for tag in _TAGS),
    *(f"<img src=x {handler}={_SCRIPT}>" for handler in _HANDLERS),
    *(f'" {handler}="{_SCRIPT}" x="' for handler in _HANDLERS),
    *(f"' {handler}='{_SCRIPT}' x='" for handler in _HANDLERS),
    *(f"{way}<zqx-tag zqx-name=1>" for way in _WAYS_OUT),
    *(f"{way}<svg/onload={_SCRIPT}>" for way in _WAYS_OUT),
    "javascript:alert(9)", "data:text/html,<script>alert(9)</script>", "jAvAsCrIpT:alert(9)",
    "<a href=javascript:alert(9)>x</a>", "<a href='data:text/html;base64,PHN2Zz4='>x</a>",
    "{{ 7777 * 7777 }}", "{% raw %}{{ config }}{% endraw %}", "${7777*7777}", "#{7777*7777}",
    "<%= 7777*7777 %>",
    "&lt;script&gt;alert(9)&lt;/script&gt;", "&#60;script&#62;", "\\u003cscript\\u003e",
    "%3Cscript%3Ealert(9)%3C/script%3E", "<scr<script>ipt>alert(9)</scr</script>ipt>",
    "<img/src/onerror=alert(9)>", "<img src=x onerror=alert`9`>", "<x contenteditable autofocus>",
    "<details open ontoggle=alert(9)>", "<video><source onerror=alert(9)></video>",
    "<body onload=alert(9)>", "<input autofocus onfocus=alert(9)>", "<b id=csrf_token>x</b>",
    "＜script＞alert(9)＜/script＞", "`;alert(9);//", "';alert(9);//", '";alert(9);//',
)  # fmt: skip

#: What a spreadsheet would run.
FORMULAS = (
    "=1+191", "+1+191", "-1+191", "@SUM(A1)", "=HYPERLINK(\"http://elsewhere.example\";\"x\")",
    "=cmd|'/c calc'!A0", "\t=1+1", " =1+1", "＝1+1", "＋1", "－1", "＠A1", "|cmd", "'=1+1",
)  # fmt: skip
