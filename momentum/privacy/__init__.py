"""What is known about people: giving it to them, forgetting it, and saying so."""
