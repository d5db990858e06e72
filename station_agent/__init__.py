"""The box on the pole: plays its signed plan by its own clock, and reports what it did."""
