"""A server on this machine that speaks Stripe's HTTP: form-encoded requests, JSON answers, idempotency, its errors.

Written from the shapes of API 2026-10-28.endive; it keeps what it was sent, so that tests can look at it.
"""

import itertools
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

KEY, SECRET = "sk_test_fake", "whsec_test_secret"
NOW = 1_790_000_000


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Read `a[b][0][c]=1` as Stripe does."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        keys = [part for part in re.split(r"[\[\]]+", name) if part]
        here = found
        for key in keys[:-1]:
            here = here.setdefault(key, {})
        here[keys[-1]] = value
    return found


class FakeStripe:
    """Its books, and all requests that came; `stumbles` are given first: (status, headers, body)."""

    def __init__(self) -> None:
        self.things: dict[str, dict[str, Any]] = {}
        self.requests: list[dict[str, Any]] = []
        self.replays: dict[str, tuple[Any, int, dict[str, Any]]] = {}
        self.stumbles: list[tuple[int, dict[str, str], dict[str, Any]]] = []
        self.lock = threading.Lock()
        self.url = ""
        self.tax = "pending"
        self._ids = itertools.count(1)

    def make(self, prefix: str, kind: str, **data: Any) -> dict[str, Any]:
        identifier = f"{prefix}_{next(self._ids)}"
        made = {"id": identifier, "object": kind, "livemode": False, "created": NOW, **data}
        self.things[identifier] = made
        return made

    def promote(self, session_id: str, off: int) -> None:
        """Take something off, as a promotion code does on Stripe's page."""
        session = self.things[session_id]
        session |= {
            "amount_total": session["amount_subtotal"] - off,
            "total_details": {**session["total_details"], "amount_discount": off},
        }

    def complete(self, session_id: str) -> dict[str, Any]:
        """Pay a session."""
        session = self.things[session_id]
        customer = session["customer"] or self.make("cus", "customer")["id"]
        intent = self.make(
            "pi", "payment_intent", amount=session["amount_total"], amount_received=session["amount_total"],
            currency=session["currency"], status="succeeded", metadata=session["metadata"], last_payment_error=None,
        )  # fmt: skip
        session |= {"status": "complete", "payment_status": "paid", "url": None, "customer": customer}
        if session["mode"] == "payment":
            session["payment_intent"] = intent["id"]
        else:
            session["subscription"] = self._subscribe(session, intent["id"], customer)
        return session

    def _subscribe(self, session: dict[str, Any], intent: str, customer: str) -> str:
        end = NOW + 30 * 86_400
        price = {
            "id": "price_1", "unit_amount": session["amount_subtotal"], "currency": session["currency"],
            "recurring": {"interval": session["_interval"], "interval_count": 1},
        }  # fmt: skip
        item = {
            "id": "si_1",
            "quantity": 1,
            "price": price,
            "current_period_start": NOW,
            "current_period_end": end,
        }
        made = self.make(
            "sub", "subscription", status="active", customer=customer, metadata=session["metadata"],
            cancel_at_period_end=False, cancel_at=None, ended_at=None, items={"object": "list", "data": [item]},
        )  # fmt: skip
        payment = {"status": "paid", "payment": {"type": "payment_intent", "payment_intent": intent}}
        details = {"type": "subscription_details", "subscription_details": {"subscription": made["id"]}}
        self.make(
            "in", "invoice", status="paid", currency=session["currency"], amount_paid=session["amount_total"],
            billing_reason="subscription_create", parent=details, payments={"object": "list", "data": [payment]},
            lines={"object": "list", "data": [{"period": {"start": NOW, "end": end}}]},
        )  # fmt: skip
        return str(made["id"])

    def answer(self, method: str, path: str, sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:  # noqa: C901, PLR0911 - a table
        parts = path.removeprefix("/v1/").split("/")
        match (method, *parts):
            case ("GET", "balance"):
                return 200, {"object": "balance", "livemode": False, "available": [], "pending": []}
            case ("GET", "tax", "settings"):
                return 200, {"object": "tax.settings", "livemode": False, "status": self.tax}
            case ("POST", "checkout", "sessions"):
                return self._open(sent)
            case ("POST", "checkout", "sessions", found, "expire"):
                return self._expire(found)
            case ("GET", "checkout", "sessions", found) | ("GET", "subscriptions" | "payment_intents", found):
                return self._one(found)
            case ("POST", "subscriptions", found):
                self.things[found]["cancel_at_period_end"] = sent["cancel_at_period_end"] == "true"
                return self._one(found)
            case ("DELETE", "subscriptions", found):
                self.things[found] |= {"status": "canceled", "ended_at": NOW + 5}
                return self._one(found)
            case ("POST", "refunds"):
                return self._refund(sent)
            case ("POST", "billing_portal", "sessions"):
                return 200, self.make(
                    "bps", "billing_portal.session", url=f"https://billing.stripe.com/p/{sent['customer']}"
                )
            case ("GET", *rest):
                return self._list(rest, sent)
        return 404, _error("Unrecognized request URL", "url_invalid")

    def _open(self, sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        line = sent["line_items"]["0"]["price_data"]
        if int(line["unit_amount"]) < 50:
            return 400, _error("The amount is too small.", "amount_too_small")
        made = self.make(
            "cs_test", "checkout.session", mode=sent["mode"], status="open", payment_status="unpaid",
            amount_subtotal=int(line["unit_amount"]), amount_total=int(line["unit_amount"]),
            total_details={"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0}, currency=line["currency"],
            metadata=sent["metadata"], client_reference_id=sent["client_reference_id"],
            customer=sent.get("customer"), payment_intent=None, subscription=None,
            expires_at=int(sent["expires_at"]), _interval=line.get("recurring", {}).get("interval"),
        )  # fmt: skip
        made["url"] = f"https://checkout.stripe.com/c/pay/{made['id']}"
        return 200, made

    def _expire(self, session_id: str) -> tuple[int, dict[str, Any]]:
        session = self.things[session_id]
        if session["status"] != "open":
            sentence = 'Only Checkout Sessions with a status in ["open"] can be expired.'
            return 400, _error(sentence, None)
        session |= {"status": "expired", "url": None}
        return 200, session

    def _refund(self, sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        back = [one for one in self.things.values() if one["object"] == "refund"]
        left = self.things[sent["payment_intent"]]["amount"] - sum(one["amount"] for one in back)
        if int(sent["amount"]) > left:
            return 400, _error(
                "Refund amount is greater than unrefunded amount on charge", "amount_too_large"
            )
        made = self.make(
            "re", "refund", payment_intent=sent["payment_intent"], amount=int(sent["amount"]), currency="eur",
            status="succeeded", reason=sent["reason"], metadata=sent.get("metadata", {}),
        )  # fmt: skip
        return 200, made

    def _one(self, identifier: str) -> tuple[int, dict[str, Any]]:
        if identifier not in self.things:
            return 404, _error(f"No such object: '{identifier}'", "resource_missing")
        return 200, self.things[identifier]

    def _list(self, rest: list[str], sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        kinds = {"refunds": "refund", "disputes": "dispute", "invoices": "invoice", "subscriptions": "subscription",
                 "payment_intents": "payment_intent", "sessions": "checkout.session"}  # fmt: skip
        found = [one for one in self.things.values() if one["object"] == kinds[rest[-1]]]
        if intent := sent.get("payment_intent"):
            found = [one for one in found if one["payment_intent"] == intent]
        if subscription := sent.get("subscription"):
            found = [
                one for one in found if one["parent"]["subscription_details"]["subscription"] == subscription
            ]
        # Pages of two, so that whoever lists has to turn them.
        ids = [one["id"] for one in found]
        start = ids.index(sent["starting_after"]) + 1 if "starting_after" in sent else 0
        page = found[start : start + 2]
        more = start + 2 < len(found)
        return 200, {"object": "list", "url": "/v1/" + "/".join(rest), "has_more": more, "data": page}


def _error(message: str, code: str | None, kind: str = "invalid_request_error") -> dict[str, Any]:
    told = {"type": kind, "message": message, **({"code": code} if code else {})}
    return {"error": told}


@contextmanager
def fake_stripe() -> Iterator[FakeStripe]:
    """Run it for as long as the block lasts."""
    fake = FakeStripe()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            parts = urlsplit(self.path)
            sent = nested(parse_qsl(body or parts.query, keep_blank_values=True))
            with fake.lock:
                fake.requests.append(
                    {"method": self.command, "path": parts.path, "sent": sent, "headers": dict(self.headers)}
                )
                status, headers, told = self._answer(parts.path, sent)
            content = json.dumps({k: v for k, v in told.items() if not k.startswith("_")}).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Request-Id": "req_1", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _answer(self, path: str, sent: dict[str, Any]) -> tuple[int, dict[str, str], dict[str, Any]]:
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                return 401, {}, _error("Invalid API Key provided", "api_key_invalid")
            if fake.stumbles:
                return fake.stumbles.pop(0)
            key = self.headers.get("Idempotency-Key", "") if self.command == "POST" else ""
            if key in fake.replays:
                before, status, told = fake.replays[key]
                if before != (path, sent):
                    return (
                        400,
                        {},
                        _error(
                            "Keys for idempotent requests can only be used with the same parameters",
                            None,
                            "idempotency_error",
                        ),
                    )
                return status, {"Idempotent-Replayed": "true"}, told
            status, told = fake.answer(self.command, path, sent)
            if key and status != 400:
                fake.replays[key] = ((path, sent), status, told)
            return status, {}, told

        do_GET = do_POST = do_DELETE = _handle  # noqa: N815 - the library's names

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
