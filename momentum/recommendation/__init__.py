"""Which course might be next: worked out ahead by scheduled work, read in one query.

`likeness.py` says which courses are like which, `choosing.py` what that means for each learner; both are SQL over
whole tables. Pages ask `reading.recommendations_for`.
"""
