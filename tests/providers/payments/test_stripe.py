"""The Stripe adapter, by the real SDK over HTTP, against a server that speaks Stripe's shapes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import stripe

from momentum.providers.payments import BadSignatureError, CheckoutRequest, PaymentError, deadlines
from momentum.providers.payments.stripe import API_VERSION, StripePayments
from tests.providers.fake_stripe import KEY, NOW, SECRET, FakeStripe

REQUEST = CheckoutRequest(
    key="checkout:1",
    order="0190",
    mode="payment",
    name="Tides",
    amount=2900,
    currency="EUR",
    email="lea@example.com",
    success_url="https://shop.example/orders/1/",
    cancel_url="https://shop.example/",
    expires_at=datetime.fromtimestamp(NOW + 3600, UTC),
)


def test_the_version_is_the_one_that_the_sdk_pins() -> None:
    from stripe._api_version import _ApiVersion

    assert _ApiVersion.CURRENT == API_VERSION


def test_a_checkout_for_one_payment_is_asked_for_as_stripe_wants_it(
    provider: StripePayments, fake: FakeStripe
) -> None:
    opened = provider.open_checkout(REQUEST)

    assert (opened.status, opened.payment_status, opened.amount, opened.currency) == (
        "open",
        "unpaid",
        2900,
        "EUR",
    )
    assert opened.url == f"https://checkout.stripe.com/c/pay/{opened.id}"
    [asked] = fake.requests
    assert (asked["method"], asked["path"]) == ("POST", "/v1/checkout/sessions")
    assert asked["headers"]["Stripe-Version"] == API_VERSION
    assert asked["headers"]["Idempotency-Key"] == "checkout:1"
    assert asked["sent"] == {
        "mode": "payment",
        "client_reference_id": "0190",
        "metadata": {"order_id": "0190"},
        "payment_intent_data": {"metadata": {"order_id": "0190"}},
        "customer_creation": "always",
        "customer_email": "lea@example.com",
        "success_url": "https://shop.example/orders/1/?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://shop.example/",
        "expires_at": str(NOW + 3600),
        "line_items": {
            "0": {
                "price_data": {"currency": "eur", "unit_amount": "2900", "product_data": {"name": "Tides"}},
                "quantity": "1",
            }
        },
    }


def test_a_checkout_for_a_subscription_names_its_interval_and_the_customer(
    provider: StripePayments, fake: FakeStripe
) -> None:
    provider.open_checkout(replace(REQUEST, mode="subscription", interval="year", customer="cus_9"))

    sent = fake.requests[0]["sent"]
    assert sent["line_items"]["0"]["price_data"]["recurring"] == {"interval": "year"}
    assert sent["subscription_data"] == {"metadata": {"order_id": "0190"}}
    assert sent["customer"] == "cus_9"
    assert not {"customer_email", "customer_creation", "payment_intent_data"} & set(sent)


def test_promotion_codes_and_tax_are_stripes_where_they_are_wanted(fake: FakeStripe) -> None:
    taxed = StripePayments(KEY, SECRET, base=fake.url, tax=True)
    taxed.open_checkout(replace(REQUEST, promotions=True))
    taxed.open_checkout(replace(REQUEST, key="checkout:2", customer="cus_9"))

    first, second = (one["sent"] for one in fake.requests)
    assert (first["allow_promotion_codes"], first["automatic_tax"]) == ("true", {"enabled": "true"})
    # What our pages say is what is paid.
    assert first["line_items"]["0"]["price_data"]["tax_behavior"] == "inclusive"
    assert "customer_update" not in first
    assert second["customer_update"] == {"address": "auto"}
    assert "allow_promotion_codes" not in second


def test_asking_again_with_the_same_key_answers_the_same(provider: StripePayments, fake: FakeStripe) -> None:
    assert provider.open_checkout(REQUEST).id == provider.open_checkout(REQUEST).id

    with pytest.raises(PaymentError) as refused:
        provider.open_checkout(replace(REQUEST, amount=1900))

    assert refused.value.permanent
    assert len([one for one in fake.things.values() if one["object"] == "checkout.session"]) == 1


def test_an_answer_that_got_lost_is_asked_for_again_with_the_same_key(
    provider: StripePayments, fake: FakeStripe
) -> None:
    fake.stumbles = [(500, {}, {"error": {"type": "api_error", "message": "Oops."}})]

    with deadlines.patient():
        provider.open_checkout(REQUEST)

    assert [one["headers"]["Idempotency-Key"] for one in fake.requests] == ["checkout:1"] * 2


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (400, True),
        (401, False),
        (402, True),
        (403, False),
        (409, False),
        (429, False),
        (500, False),
        (503, False),
    ],
)
def test_each_refusal_says_whether_it_may_pass(
    provider: StripePayments, fake: FakeStripe, status: int, permanent: Any
) -> None:
    told = (status, {}, {"error": {"type": "api_error", "code": "some_code", "message": "No."}})
    fake.stumbles = [told] * 5

    with pytest.raises(PaymentError) as refused:
        provider.checkout("cs_1")

    assert (refused.value.permanent, refused.value.code) == (permanent, "some_code")


def test_nobody_at_the_other_end_may_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe.HTTPClient, "_sleep_time_seconds", lambda *_args, **_kwargs: 0)
    with pytest.raises(PaymentError) as refused:
        StripePayments(KEY, SECRET, base="http://127.0.0.1:9").checkout("cs_1")

    assert not refused.value.permanent


def test_closing_what_is_paid_already_says_so_instead_of_failing(
    provider: StripePayments, fake: FakeStripe
) -> None:
    opened = provider.open_checkout(REQUEST)
    assert provider.close_checkout(opened.id).status == "expired"
    other = provider.open_checkout(replace(REQUEST, key="checkout:2"))
    fake.complete(other.id)

    assert provider.close_checkout(other.id).is_paid


def test_a_payment_with_all_its_refunds_and_disputes(provider: StripePayments, fake: FakeStripe) -> None:
    opened = provider.open_checkout(REQUEST)
    intent = fake.complete(opened.id)["payment_intent"]
    for number in range(5):
        provider.refund(intent, amount=100, currency="EUR", key=f"refund:{number}")
    provider.refund(intent, amount=100, currency="EUR", key="refund:0")
    fake.make(
        "du",
        "dispute",
        payment_intent=intent,
        amount=900,
        currency="eur",
        status="needs_response",
        reason="general",
    )

    told = provider.intent(intent)

    assert (told.status, told.amount, told.refunded, told.disputed, told.net) == (
        "succeeded",
        2900,
        500,
        900,
        1500,
    )
    assert len(told.refunds) == 5
    with pytest.raises(PaymentError) as refused:
        provider.refund(intent, amount=9000, currency="EUR", key="refund:9")
    assert (refused.value.code, refused.value.permanent) == ("amount_too_large", True)


def test_a_subscription_its_bills_and_its_end(provider: StripePayments, fake: FakeStripe) -> None:
    opened = provider.open_checkout(replace(REQUEST, mode="subscription", interval="month"))
    ref = fake.complete(opened.id)["subscription"]

    told = provider.subscription(ref)
    assert (told.status, told.order, told.amount, told.currency, told.interval) == (
        "active",
        "0190",
        2900,
        "EUR",
        "month",
    )
    [bill] = provider.invoices(ref)
    assert (bill.status, bill.amount_paid, bill.subscription) == ("paid", 2900, ref)
    assert bill.payment_intent.startswith("pi_")
    assert bill.period_end == told.period_end
    assert provider.set_cancellation(ref, cancel=True).cancel_at_period_end
    assert not provider.set_cancellation(ref, cancel=False).cancel_at_period_end
    assert provider.end_subscription(ref).status == provider.end_subscription(ref).status == "canceled"
    assert (
        provider.portal(told.customer, back="https://shop.example/")
        == f"https://billing.stripe.com/p/{told.customer}"
    )


def test_lists_are_read_to_their_end(provider: StripePayments, fake: FakeStripe) -> None:
    for number in range(5):
        opened = provider.open_checkout(replace(REQUEST, key=f"checkout:{number}"))
        fake.complete(opened.id)

    recent = provider.since(datetime.fromtimestamp(NOW, UTC))

    assert len(recent.checkouts) == len(recent.intents) == 5


def test_the_signature_is_the_one_that_the_sdk_makes(provider: StripePayments) -> None:
    body = '{"id":"evt_1","object":"event","type":"ping","created":1767225600,"livemode":false,"data":{"object":{}}}'
    header = stripe.WebhookSignature.generate_signature_header(body, SECRET)

    assert provider.read_event(body.encode(), {"Stripe-Signature": header}).id == "evt_1"
    for payload, signed in (
        (body.replace("1", "2").encode(), header),
        (body.encode(), "t=1,v1=0"),
        (b"\xff\xfe", header),
        (body.encode(), ""),
    ):
        with pytest.raises(BadSignatureError):
            provider.read_event(payload, {"Stripe-Signature": signed})


def test_doctor_asks_stripe(provider: StripePayments, fake: FakeStripe) -> None:
    assert provider.check() == f"Stripe answers, test mode, API {API_VERSION}"
    with pytest.raises(PaymentError, match="Invalid API Key"):
        StripePayments("sk_test_wrong", SECRET, base=fake.url).check()
    with pytest.raises(PaymentError, match="STRIPE_WEBHOOK_SECRET"):
        StripePayments(KEY, "", base=fake.url).check()
    taxed = StripePayments(KEY, SECRET, base=fake.url, tax=True)
    with pytest.raises(PaymentError, match="Stripe Tax is pending"):
        taxed.check()
    fake.tax = "active"
    assert taxed.check().startswith("Stripe answers")
