"""What the server and a station agree on: topics, messages, states, signatures."""

__version__ = "0.1.0"
