"""How the places of one event are shared between schools: the rules, their proof and their words.

`claims` holds the types, `path` the one strict order of places that every rule comes down to,
`share` who gets places, `line` who is next, `draw` the public lottery, `check` the second opinion,
`explain` the sentences and `record` what is published so that anyone can recompute a round.
`balance` compares what schools received over a season.
"""
