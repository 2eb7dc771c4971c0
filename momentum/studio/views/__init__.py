"""What the studio shows learners."""
