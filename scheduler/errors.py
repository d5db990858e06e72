"""What can go wrong in the scheduler."""

from datetime import datetime


class MissedTick(Exception):
    """A chore did not run when it was due: too late, or its last run has not ended."""

    def __init__(self, name: str, due_at: datetime) -> None:
        super().__init__(f"{name}: no run at {due_at.isoformat()}")
        self.name, self.due_at = name, due_at
