"""What invoices add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.invoices import routes, service, tasks
from booking.web import tasks as home_tasks


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages and the tasks."""
    app.register_blueprint(routes.invoices)
    app.add_template_filter(service.number_of, "invoice_number")
    app.add_template_filter(service.amount_of, "invoice_amount")
    home_tasks.provide("fund", tasks.of_treasurer)
    home_tasks.provide("school", tasks.of_school)
