"""Finding the gain that brings a sound through a limiter to a loudness."""

# The limiter eats a part of every correction: at first ask for 10 % more than what was missed,
# then for what the last correction showed, within reason (a limiter at its end gives nothing).
CORRECTION = 1.1
MAX_CORRECTION = 4.0


class Gain:
    """`db` is the gain to try; it is told what was missed with it."""

    def __init__(self, db: float) -> None:
        self.db = db
        self._correction = CORRECTION
        self._step_db = self._missed_db = 0.0

    def missed(self, missed_db: float, lost_db: float = 0.0) -> None:
        """The sound was `missed_db` too faint, and will lose `lost_db` more."""
        gained_db = self._missed_db - missed_db
        if self._step_db * gained_db > 0:
            self._correction = min(self._step_db / gained_db, MAX_CORRECTION)
        self._missed_db = missed_db
        self._step_db = self._correction * (missed_db + lost_db)
        self.db += self._step_db
