"""Makes a worker kill itself, without warning, the first time it comes to each of these places."""

from momentum.mail import actions
from momentum.mail.files import EmailBackend
from tests.payments.trap.springs import spring

spring(actions, "compose", before="1 begun", after="2 made")
spring(EmailBackend, "send_messages", after="3 sent")
spring(actions, "send", after="4 noted")
