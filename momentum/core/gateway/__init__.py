"""Between the network and the pages: an event loop that does all the waiting for clients.

Granian calls the gateway by its RSGI interface. It receives a request whole, takes a page worker, lets that run the
WSGI application, and sends the answer when the worker is free again. So no page worker ever waits for a client.
docs/adr/0015 says why it is built so, with figures.
"""

from momentum.core.gateway.answer import Answer, File
from momentum.core.gateway.application import Gateway
from momentum.core.gateway.limits import MB, PICTURE_BYTES, body_limit

__all__ = ["MB", "PICTURE_BYTES", "Answer", "File", "Gateway", "body_limit"]
