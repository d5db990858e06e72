"""The whole system on one machine with a sample province."""
