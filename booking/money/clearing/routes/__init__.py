"""Payouts, disputes, refunds on their way, things to explain, and messages."""

from booking.money.clearing.routes import explaining, going_back, payouts, webhooks
from booking.money.clearing.routes.blueprint import clearing

__all__ = ["clearing", "explaining", "going_back", "payouts", "webhooks"]
