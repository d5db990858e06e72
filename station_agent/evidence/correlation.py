"""Correlation of two series that come one pair after another, in constant memory."""

from math import sqrt

from msgspec import Struct


class Sums(Struct, frozen=True):
    """What Pearson's coefficient is made of."""

    n: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def plus(self, x: float, y: float) -> "Sums":
        """With one more pair."""
        return Sums(
            self.n + 1,
            self.x + x,
            self.y + y,
            self.xx + x * x,
            self.yy + y * y,
            self.xy + x * y,
        )

    @property
    def mean_y(self) -> float:
        """The mean of the second series; 0 of none."""
        return self.y / self.n if self.n else 0.0

    @property
    def rms_x(self) -> float:
        """Root of the mean square of the first series; 0 of none."""
        return sqrt(self.xx / self.n) if self.n else 0.0

    @property
    def r(self) -> float:
        """From -1 to 1; 0 when one of the two never changes."""
        across = self.n * self.xy - self.x * self.y
        spread = (self.n * self.xx - self.x**2) * (self.n * self.yy - self.y**2)
        return max(-1.0, min(1.0, across / sqrt(spread))) if spread > 0 else 0.0
