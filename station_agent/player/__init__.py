"""The player: mixes recordings to the sound card in a process of its own."""
