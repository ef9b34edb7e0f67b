"""One payment for several places: what else the family has to pay, and what to pay now."""

from flask.typing import ResponseReturnValue

from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import by_token
from booking.money.checkout import forms, pages
from booking.money.checkout.queries import together as checkout_together
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.leaving import to_card_page
from booking.money.checkout.routes.visits import address, page, visit
from booking.money.payments import gateway
from booking.money.payments import service as payments

CHANGED = "Something on this page has just changed. Please check it again."
NOTHING_TICKED = "Tick what you would like to pay for."


@parent.get("/<token>/together")
@by_token("parent link")
def together(token: str) -> ResponseReturnValue:
    """Show everything that this family has still to pay. Contributions are never ticked."""
    seen = visit(token)
    items = checkout_together.payable(seen.parent.id, clock.now())
    ticked = [item.key for item in items if not item.voluntary]
    form = forms.TogetherForm.of(items, formdata=None, data={"charges": ticked})
    return _page(seen, items, form)


@parent.post("/<token>/together")
@by_token("parent link")
def pay_together(token: str) -> ResponseReturnValue:
    """Go to the card payment page with all that was ticked; the amounts come from our books."""
    seen = visit(token)
    items = checkout_together.payable(seen.parent.id, clock.now())
    form = forms.TogetherForm.of(items)
    form.validate()
    if not form.ticked:
        form.refuse(NOTHING_TICKED)
    elif not form.ticked <= {item.key for item in items}:
        form.refuse(CHANGED)
    if not form.errors:
        try:
            return to_card_page(seen, [item.wish for item in items if item.key in form.ticked])
        except (payments.AmountTooSmall, payments.AmountTooLarge) as error:
            form.refuse(str(error))
    return _page(seen, items, form)


def _page(
    seen: pages.Visit, items: list[checkout_together.DueItem], form: forms.TogetherForm
) -> ResponseReturnValue:
    if len(items) < 2 or not gateway.takes_cards():
        return redirects.see(address("parent.overview", seen))
    facts = {
        "form": form,
        "notes": {item.key: item.note for item in items},
        "pence": {item.key: item.amount_pence for item in items},
        "totals": {
            "charges": sum(item.amount_pence for item in items if not item.voluntary),
            "contributions": sum(item.amount_pence for item in items if item.voluntary),
        },
    }
    return page("together", seen, **facts), 422 if form.errors else 200
