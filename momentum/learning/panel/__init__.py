"""What administrators see of learners' doings."""
