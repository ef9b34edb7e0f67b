"""How the places of a whole season of events could be shared at once, pupil by pupil.

`wishes` holds the types, `clashes` which events one pupil cannot both go to, `network` the flow
that the rule comes down to, `solving` the port to whatever finds that flow, `planning` the plan,
`check` the second opinion (`steps` and `exchanges` walk for it), `outcome` the numbers, `explain`
and `nexts` the sentences, and `record` what is stored and published.

The rule, most important first:

1. As many places are used as can be.
2. Schools are levelled. Every place that a school could get has its turn in the order that a round
   by season follows (places received so far and now, by weight; then fewest received; then the
   public lottery), and the places go to the turns that come first. The order is strict, so each
   school's total follows from it alone: no preference can move a place between schools.
3. Within a school, as few pupils as can be get a second event, then a third, and so on.
4. Preferences, added up over all pupils. They break what ties are left. A pupil may have none, or
   a first choice alone.

Totals of maximum flows form the bases of an integral polymatroid, where the cheapest turns are
also the fairest totals (A. Frank and K. Murota, "Decreasing minimization on M-convex sets:
background and structures", Mathematical Programming 195, 2022); so with equal weights no school's
total can be raised at the cost of one that has as many or fewer. With rankings no rule is
efficient, truthful and fair between equals at once (A. Bogomolnaia and H. Moulin, "A new solution
to the random assignment problem", Journal of Economic Theory 100, 2001): ask for acceptable
events, and promise nothing for the order in which they are written.

Where plans are equal in all four, the solver's own choice stands; it sees pupils in the order of
the lottery and never in that of the input.
"""
