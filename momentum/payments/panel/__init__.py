"""What administrators see of money: what came, what went back, what was promised, and what the provider told."""
