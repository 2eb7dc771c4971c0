"""The names of the studio's queues, for those who enqueue and may not import `workflows`."""

JOBS = "studio"
LESSONS = "studio-lessons"
