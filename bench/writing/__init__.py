"""How good the courses are that a writer makes: real documents, whole courses, counted.

`corpus` says which documents, `course` has one written in a process of its own, `measures` counts what became of it,
`report` sets it down. Run by `python -m bench.writing`.
"""
