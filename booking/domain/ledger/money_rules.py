"""Which rules of money take two people, and why the others may be one person's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MoneyRule:
    """One rule of money: what it says, how the trail calls its change, and whether two decide."""

    what: str
    #: The act by which it changes; "" for what no page can change.
    act: str
    takes_two: bool
    why: str


MONEY_RULES = (
    MoneyRule(
        "the most that one person can pay or reverse alone",
        "keep_ledger_rules",
        True,
        "who could raise it alone would be bound by nothing",
    ),
    MoneyRule(
        "the account that schools and families are asked to pay into",
        "keep_ledger_rules",
        True,
        "no page changes it: it is the server's setting, and counts once two people confirm it",
    ),
    MoneyRule(
        "what is paid for bids, and above which amount two approve",
        "keep_bid_rules",
        True,
        "who could raise a ceiling alone could promise anything",
    ),
    MoneyRule(
        "whether families may pay by transfer",
        "offer_transfers",
        False,
        "it moves no money, and the account is the one that two people confirmed",
    ),
    MoneyRule(
        "whether everybody sees where fees went",
        "show_money",
        False,
        "it shows sums and moves none",
    ),
    MoneyRule(
        "a fund of the network's own: added",
        "add_fund",
        False,
        "it begins empty; moving money into it above the limit takes two",
    ),
    MoneyRule(
        "a fund's name, purpose and restriction",
        "change_fund",
        False,
        "a restriction stays for ever once money has come in",
    ),
    MoneyRule("a fund: closed", "close_fund", False, "only an empty one can be"),
    MoneyRule("a fund: opened again", "open_fund", False, "it is empty"),
    MoneyRule("a fund: removed", "remove_fund", False, "only one without entries can be"),
)
