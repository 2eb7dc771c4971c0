"""A payment provider on this machine: its own books, checkout and portal pages, webhooks and clock.

It takes no money, and speaks Stripe's shapes in all it stores and sends. Its tables are what "the provider" knows:
Momentum's payments read them through `provider.SandboxPayments` alone.
"""
