"""What stands in the way of a station: each thing that it needs, tried, in words for people."""

from station_agent.checks import equipment, own, server, sound
from station_agent.checks.finding import Finding, Level
from station_agent.settings import Settings


def findings(settings: Settings) -> list[Finding]:
    """Every thing that was tried, in the order in which a technician mends them."""
    return [
        own.keys(settings),
        own.disk(settings),
        *own.clock(settings),
        server.broker(settings),
        server.media(settings),
        sound.sink(settings),
        *equipment.board(settings),
        *equipment.exciter(settings),
        *equipment.modem(settings),
    ]


def verdict(found: list[Finding]) -> str:
    """The last line."""
    worst = {finding.level for finding in found}
    if Level.BAD in worst:
        count = sum(finding.level is Level.BAD for finding in found)
        return f"{count} chỗ phải sửa trước khi cụm loa chạy được."
    if Level.DOUBT in worst:
        return "Cụm loa sẵn sàng, nhưng nên xem các dòng có dấu !"
    return "Mọi thứ sẵn sàng."
