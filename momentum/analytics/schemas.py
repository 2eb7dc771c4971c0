"""What a browser tells of its visit."""

import uuid

from pydantic import BaseModel


class Told(BaseModel):
    """That it is here today, under the number it gave itself."""

    id: uuid.UUID
