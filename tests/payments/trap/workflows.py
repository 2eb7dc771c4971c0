"""Makes a worker kill itself, without warning, the first time it comes to each of these places."""

from momentum.mail import actions as mailing
from momentum.mail.files import EmailBackend
from momentum.payments import actions
from momentum.payments.actions import events, settling
from tests.payments.trap.springs import spring

spring(actions, "handle_event", before="1 event read", after="6 event noted")
spring(settling, "take_in", before="2 nothing written", after="3 payment written")
spring(settling, "give_what_was_bought", after="4 place given")
spring(events, "settle_checkout", after="5 all committed")
spring(mailing, "compose", before="7 mail begun", after="8 mail made")
spring(EmailBackend, "send_messages", after="9 mail sent")
spring(mailing, "send", after="10 mail noted")
