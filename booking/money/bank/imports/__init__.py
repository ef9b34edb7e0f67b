"""Reading a statement as a bank exports it; nothing here writes.

`columns` says what each column is, `cells` reads days and amounts, `statement` reads the lines in
their order and checks that their balances follow, `carried` keeps them between preview and yes.
"""
