"""Leading on after a form with files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url


def lead_on(request: HttpRequest, to: str, *args: object) -> HttpResponse:
    """Redirect there; a script that showed how far the upload was (file-drop.js) is told, and goes there itself.

    A redirect that a script follows would show the page's messages to nobody.
    """
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(to, *args)})
    return redirect(to, *args)
