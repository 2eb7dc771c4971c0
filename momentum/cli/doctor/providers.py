"""What is asked of others: who signs people in, who takes payments, what writes courses and reads scans."""

from momentum.cli.refusal import RefusedError


def signing_in() -> str:
    """Ask every configured issuer what it says of itself; the others can't be asked without a person."""
    from django.conf import settings

    from momentum.providers.identity.configured import issuer_answers

    names = ["password", "passkeys"]
    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        issuer = app["settings"]["server_url"]
        if (problem := issuer_answers(issuer)) is not None:
            raise RefusedError(f"{app['name']}: {issuer} {problem}. Correct the issuer's address.")
        names.append(app["name"])
    names += [name.capitalize() for name in ("facebook", "apple") if name in settings.SOCIALACCOUNT_PROVIDERS]
    return ", ".join(names)


def payments() -> str:
    """Ask the provider something small."""
    from django.conf import settings

    from momentum.providers.payments import PaymentError, breaker, get_provider, is_open

    if not is_open():
        return "off: purchases are disabled; set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET to sell"
    if settings.SANDBOX_IN_PRODUCTION:
        return "the sandbox, in production, because MOMENTUM_SANDBOX_IN_PRODUCTION says so: no money is taken"
    stands = breaker.state(get_provider().name)
    try:
        found = get_provider().check()
    except PaymentError as error:
        if error.code == breaker.OPEN:
            raise RefusedError(
                f"{settings.PAYMENTS} didn’t answer {breaker.FAILURES} times in a row, and isn’t asked for "
                f"{breaker.REST} seconds at a time. Look at its status page and at this machine’s way out."
            ) from error
        raise RefusedError(f"{error} Check STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET.") from error
    return found if stands == "closed" else f"{found}; it didn’t answer lately"


def heygen() -> str:
    """Ask HeyGen for the account, which shows that the key is good and how much is left."""
    from django.conf import settings

    from momentum.providers.video.heygen.provider import HeyGenVideos

    if not settings.HEYGEN_API_KEY:
        return "off: set HEYGEN_API_KEY for videos that avatars speak"
    left = HeyGenVideos.from_settings().credits()
    return "answers" if left is None else f"answers, {left:g} of its credit left"


def course_writer() -> str:
    """Call what writes courses: a model answers one small question, which costs a few tokens."""
    from momentum.providers.writer import EXTRACTIVE
    from momentum.site.queries.current import current
    from momentum.studio.actions.writers import what_is_wrong_with
    from momentum.studio.site_settings import GenerationSettings

    generation = current(GenerationSettings)
    names = list(dict.fromkeys([generation.writer, generation.draft]))
    if generation.cheap_writer and names != [EXTRACTIVE]:
        names.append(generation.cheap_writer)
    for name in names:
        if wrong := what_is_wrong_with(name):
            raise RefusedError(f"{name}: {wrong}")
    if names == [EXTRACTIVE]:
        return "built-in writer (extractive): works from documents alone, no setup needed"
    return f"{' and '.join(names)} answered"


def scans() -> str:
    """Say whether pictures of pages are read, and how to switch that on; a platform does without."""
    from django.conf import settings

    from momentum.providers.documents.recognition import SCRIPTS, is_installed

    if not settings.OCR:
        return "refused: text recognition is switched off (MOMENTUM_OCR)"
    if not is_installed():
        return (
            "refused: text recognition is not installed; `make ocr`, or pip install 'momentum[ocr]', adds it"
        )
    return f"read by text recognition: {SCRIPTS}"
