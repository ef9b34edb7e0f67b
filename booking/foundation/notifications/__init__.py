"""The outbox: mail queued in the transaction that causes it, sent by the worker."""
