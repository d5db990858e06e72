"""On which frequencies a commune's transmitter may be licensed."""

BANDS_KHZ = ((54_000, 68_000), (87_500, 108_000))
"""Commune radio, and the FM band in which many still are (hardware.md §2)."""

STEP_KHZ = 50


def licensed_khz(mhz: float) -> int:
    """Return the frequency in kHz. Raises ValueError, in Vietnamese, for one that cannot be."""
    khz = round(mhz * 1000)
    if not any(low <= khz <= high for low, high in BANDS_KHZ) or khz % STEP_KHZ:
        raise ValueError(f"tần số phải trong 54–68 hoặc 87,5–108 MHz, bước 0,05: không phải {mhz}")
    return khz
