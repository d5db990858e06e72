"""What the board does by itself: arms, watches its host, cuts for heat and interlock."""

from firmware_stubs import registers as r


class Senses:
    """One look at the world around the board; units as in the register map."""

    def __init__(
        self,
        *,
        door_open: int = 1,
        mains_present: int = 0,
        interlock_closed: int = 0,
        temperature_dc: int = r.NO_SENSOR,
        mains_dv: int = 0,
        battery_mv: int = 0,
        amp_ma: int = 0,
        forward_dw: int = 0,
        reflected_dw: int = 0,
        pilot_ma: int = 0,
    ) -> None:
        self.door_open = door_open
        self.mains_present = mains_present
        self.interlock_closed = interlock_closed
        self.temperature_dc = temperature_dc
        self.mains_dv = mains_dv
        self.battery_mv = battery_mv
        self.amp_ma = amp_ma
        self.forward_dw = forward_dw
        self.reflected_dw = reflected_dw
        self.pilot_ma = pilot_ma


class Board:
    """The outputs and the rules over them. Time is given in milliseconds that never go back.

    `coils` is what the outputs shall be, `pads` what they are seen to be, `why` who had the last
    word: reset, host, silence, interlock or heat.
    """

    def __init__(self, now_ms: int, reset_cause: int) -> None:
        self.coils = list(r.SAFE)
        self.pads = list(r.SAFE)
        self.why = "reset"
        self.watchdog_s = r.WATCHDOG_RESET_S
        self.volume_percent = r.VOLUME_MAX  # the player's own level; a pad only where one is fitted
        self.trips = 0
        self._reset_cause = reset_cause
        self._senses = Senses()
        self._fan_asked = 0
        self._now_ms = now_ms
        self._fed_ms = now_ms
        self._armed_until_ms = now_ms
        self._hot = False
        self._warm = False

    def tick(self, now_ms: int, senses: Senses) -> None:
        """Let time pass and look around; falls silent where a rule says so."""
        self._now_ms = now_ms
        self._senses = senses
        self._feel_heat(senses.temperature_dc)
        if self._hot:
            self._fall_silent("heat")
        if not senses.interlock_closed and self.coils[r.FM_TX]:
            self.coils[r.FM_TX] = 0
            self.why = "interlock"
        self._miss_host()
        self.coils[r.FAN] = 1 if self._fan_asked or self._warm else 0

    def feed(self) -> None:
        """Know that the host is alive: called for each write of its that was obeyed."""
        self._fed_ms = self._now_ms

    def write_coils(self, start: int, values: list[int]) -> bool:
        """Set outputs, all or none; False when a rule forbids one of them."""
        wanted = list(self.coils)
        wanted[start : start + len(values)] = values
        rising = [n for n in r.ARMED_COILS if wanted[n] and not self.coils[n]]
        if rising and not self._may_rise(wanted):
            return False
        if start <= r.FAN < start + len(values):
            self._fan_asked = wanted[r.FAN]
        if rising:
            self._armed_until_ms = self._now_ms  # one key, one switching on
        if wanted != self.coils:
            self.coils, self.why = wanted, "host"
        return True

    def write_holdings(self, start: int, values: list[int]) -> bool:
        """Set registers, all or none; False when a value is not allowed."""
        limits = (r.WATCHDOG_MAX_S, r.VOLUME_MAX, 0xFFFF)
        pairs = [(start + n, value) for n, value in enumerate(values)]
        if [n for n, value in pairs if value > limits[n]]:
            return False
        if (r.WATCHDOG_S, 0) in pairs and self.watchdog_s and not self.armed():
            return False  # nobody switches the guard off by a stray frame either
        for n, value in pairs:
            self._set_holding(n, value)
        return True

    def armed(self) -> bool:
        """Tell whether the arm key was turned a moment ago."""
        return self._now_ms < self._armed_until_ms

    def discretes(self) -> list[int]:
        """Return the discrete inputs in the order of the map."""
        s = self._senses
        pilot_ok = 1 if r.PILOT_MIN_MA <= s.pilot_ma <= r.PILOT_MAX_MA else 0
        return [s.door_open, s.mains_present, s.interlock_closed, pilot_ok]

    def holdings(self) -> list[int]:
        """Return the holding registers; the arm key only while it is turned."""
        return [self.watchdog_s, self.volume_percent, r.ARM if self.armed() else 0]

    def inputs(self) -> list[int]:
        """Return the input registers in the order of the map."""
        s = self._senses
        measured = [s.temperature_dc, s.mains_dv, s.battery_mv, s.amp_ma, s.forward_dw]
        measured += [s.reflected_dw, self.trips, r.VERSION, self._reset_cause, s.pilot_ma]
        return [value & 0xFFFF if value < 0 else min(value, 0xFFFF) for value in measured]

    def _set_holding(self, number: int, value: int) -> None:
        if number == r.WATCHDOG_S:
            self.watchdog_s = value
        elif number == r.VOLUME_PERCENT:
            self.volume_percent = value
        else:
            self._armed_until_ms = self._now_ms + (r.ARMED_MS if value == r.ARM else 0)

    def _may_rise(self, wanted: list[int]) -> bool:
        forbidden = self._hot or (wanted[r.FM_TX] and not self._senses.interlock_closed)
        return self.armed() and not forbidden

    def _feel_heat(self, dc: int) -> None:
        # A broken sensor starts the fan and cuts nothing: one lost wire must not silence a village.
        # Nor does it end a cut, for the heat may have broken it.
        self._warm = dc >= (r.FAN_OFF_DC if self._warm else r.FAN_ON_DC)
        if dc != r.NO_SENSOR:
            self._hot = dc >= (r.COOL_DC if self._hot else r.CUT_DC)

    def _miss_host(self) -> None:
        silent_ms = self._now_ms - self._fed_ms
        if self.watchdog_s and silent_ms > self.watchdog_s * 1000 and self._loud():
            self.trips = min(self.trips + 1, 0xFFFF)
            self._fall_silent("silence")

    def _loud(self) -> bool:
        safe = list(r.SAFE)
        safe[r.FAN] = self.coils[r.FAN]
        return self.coils != safe

    def _fall_silent(self, why: str) -> None:
        self._fan_asked = 0
        self._armed_until_ms = self._now_ms
        if self._loud():
            self.coils, self.why = list(r.SAFE), why
