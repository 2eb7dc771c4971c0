"""What learners see of what they have earned."""
