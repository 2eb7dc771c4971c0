"""Makes a worker kill itself, without warning, the first time it comes to each of these places."""

from momentum.mail.actions import delivery
from momentum.mail.adapters.file_backend import EmailBackend
from tests.payments.trap.springs import spring

spring(delivery, "compose", before="1 begun", after="2 made")
spring(EmailBackend, "send_messages", after="3 sent")
spring(delivery, "deliver", after="4 noted")
