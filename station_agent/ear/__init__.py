"""The ear: what a microphone or an off-air receiver hears, in a process of its own."""
