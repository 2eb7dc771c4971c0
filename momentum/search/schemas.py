"""What a browser tells of a page of results."""

import uuid

from pydantic import BaseModel, Field


class Looked(BaseModel):
    """That it was looked at and, with a course, that this result was opened."""

    id: uuid.UUID
    token: str = Field(max_length=4000)
    course: str = Field(default="", max_length=160)
    position: int = 0
