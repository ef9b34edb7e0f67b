"""Read a statement as a bank exports it; nothing here writes.

`columns` says what each column is, `cells` reads dates and amounts, `statement` reads the lines in
order and checks that their balances follow, `carried` keeps them between preview and confirmation.
"""
