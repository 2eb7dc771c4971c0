"""Makes a worker kill itself, without warning, the first time it comes to each of these places."""

from momentum.mail.actions import delivery as mailing
from momentum.mail.adapters.file_backend import EmailBackend
from momentum.payments import actions
from momentum.payments.actions import settlement, webhook_events
from tests.payments.trap.springs import spring

spring(actions, "handle_event", before="1 event read", after="6 event noted")
spring(settlement, "take_in", before="2 nothing written", after="3 payment written")
spring(settlement, "give_what_was_bought", after="4 place given")
spring(webhook_events, "settle_checkout", after="5 all committed")
spring(mailing, "compose", before="7 mail begun", after="8 mail made")
spring(EmailBackend, "send_messages", after="9 mail sent")
spring(mailing, "deliver", after="10 mail noted")
