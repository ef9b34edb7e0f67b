"""A browser in words that its owner will recognise: "Firefox on Windows"."""

#: What to look for in the browser's own description, in this order: Edge also says Chrome, and
#: Chrome also says Safari.
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_DEVICES = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "a Chromebook",
    "Mac OS": "a Mac",
    "Linux": "Linux",
}


def name(description: str) -> str:
    """Return the browser and the device that a User-Agent header describes."""
    browser = next((words for mark, words in _BROWSERS.items() if mark in description), "")
    device = next((words for mark, words in _DEVICES.items() if mark in description), "")
    if browser and device:
        return f"{browser} on {device}"
    return browser or (f"A browser on {device}" if device else "An unknown browser")
