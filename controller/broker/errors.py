"""What can keep our own broker from running."""


class BrokerMissing(Exception):
    """Mosquitto is not installed."""

    def __init__(self) -> None:
        super().__init__("Chưa có Mosquitto: hãy chạy apt-get install mosquitto")
