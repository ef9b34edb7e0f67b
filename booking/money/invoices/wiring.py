"""What invoices add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation.web import task_lists
from booking.money.invoices import routes, service, tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and the tasks."""
    app.register_blueprint(routes.invoices)
    app.add_template_filter(service.number_of, "invoice_number")
    app.add_template_filter(service.amount_of, "invoice_amount")
    task_lists.provide("fund", tasks.of_treasurer)
    task_lists.provide("school", tasks.of_school)
