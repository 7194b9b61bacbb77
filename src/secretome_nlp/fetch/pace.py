"""How fast a service may be asked, and how long to wait after it refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

MARGIN = 1.1  # requests that leave evenly may arrive closer together
FIRST_WAIT = 1.0
LONGEST_BACK_OFF = 60.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and waiting, so that tests need not wait: `now` in seconds that only rise, `today` since the epoch."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    epoch: Callable[[], float] = time.time


@dataclass(slots=True)
class Pace:
    """Keeps requests apart, so that no second holds more than `per_second` of them."""

    per_second: float
    clock: Clock = field(default_factory=Clock)
    _next: float = float("-inf")

    def wait(self) -> None:
        """Return when the next request may be sent."""
        early = self._next - self.clock.now()
        if early > 0:
            self.clock.sleep(early)
        self._next = self.clock.now() + MARGIN / self.per_second


def back_off(attempt: int) -> float:
    """Return the seconds to wait after failure number `attempt` (from 0): 1, 2, 4, ... up to a minute."""
    return float(min(FIRST_WAIT * 2**attempt, LONGEST_BACK_OFF))


def retry_after(header: str | None, epoch: float) -> float | None:
    """Return the seconds that a Retry-After header asks for, in either of its forms; None where it asks nothing."""
    if not header:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        at = parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
    return max(0.0, at - epoch)
