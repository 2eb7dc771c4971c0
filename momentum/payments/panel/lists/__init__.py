"""The lists of money in the panel: their columns, and what can be done with several rows at once."""

from momentum.payments.panel.lists.books import EVENTS, LEDGER, RECONCILIATIONS
from momentum.payments.panel.lists.coupons import COUPONS
from momentum.payments.panel.lists.sales import ORDERS, PAYMENTS, SUBSCRIPTIONS

__all__ = ["COUPONS", "EVENTS", "LEDGER", "ORDERS", "PAYMENTS", "RECONCILIATIONS", "SUBSCRIPTIONS"]
