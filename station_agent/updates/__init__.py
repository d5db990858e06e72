"""How the agent is replaced by a newer one: two slots, a trial, and the way back."""
