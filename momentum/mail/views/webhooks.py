"""Where Amazon SNS says what became of mails. Checked, stored, answered; the worker does the rest."""

import requests
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from momentum.mail.actions import provider_events
from momentum.providers.mail import sns
from momentum.providers.mail.ses_events import BadEventError, read_event


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Take one message: 200 once it is stored, 400 where Amazon didn't send it to us, 503 to have it sent again."""
    try:
        message = sns.read_message(
            request.body, request.headers, topics=settings.SES_TOPICS, now=timezone.now()
        )
        if message.type == sns.CONFIRMATION:
            provider_events.accept_topic(topic=message.topic, token=message.token, message_id=message.id)
        elif message.type == sns.NOTIFICATION and (event := read_event(message.text)) is not None:
            provider_events.accept_event(event)
    except (sns.BadMessageError, BadEventError) as error:
        return HttpResponse(str(error), status=400, content_type="text/plain")
    except requests.RequestException:
        return HttpResponse("The certificate can't be had now.", status=503, content_type="text/plain")
    return HttpResponse(status=200)
