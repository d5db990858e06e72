"""Devices: a browser as its owner knows it, from what it says of itself (User-Agent)."""

BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("chrome", "Chrome"),
    ("crios", "Chrome"),
    ("safari", "Safari"),
)
"""The first that is named counts: most also claim to be Chrome, and all to be Safari."""

SYSTEMS = (
    ("android", "điện thoại Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "máy Windows"),
    ("mac os", "máy Mac"),
    ("linux", "máy Linux"),
)


def called(user_agent: str) -> str:
    """Such as "Chrome trên máy Windows"; empty for what nobody would know."""
    said = user_agent.casefold()
    browser = next((name for word, name in BROWSERS if word in said), "")
    system = next((name for word, name in SYSTEMS if word in said), "")
    return " trên ".join(filter(None, (browser, system)))
