valuation-metric-wrong = revenue or margin.
valuation-days-wrong = Two days, the earlier one first, such as 2025-01-01 and 2025-06-30.
valuation-lede-few = { $count } of { $total } customers bring { $share } of { $metric ->
    [margin] margin
   *[revenue] revenue
}, the largest alone { $largest }.
valuation-lede-one = One of { $total } customers brings { $largest } of { $metric ->
    [margin] margin
   *[revenue] revenue
}.
valuation-lede-single = { $metric ->
    [margin] One customer brings all of the margin.
   *[revenue] One customer brings all of the revenue.
}
valuation-lede-empty = No line lies in this period; the sales ledger reaches from { $first } to { $last }.
valuation-lede-none = { $metric ->
    [margin] No customer brings any margin in this period.
   *[revenue] No customer brings any revenue in this period.
}
valuation-compared = Compared with { $days }.
valuation-compared-partly = Compared with { $days }, of which only { $first } and later is recorded: growth looks too large.
valuation-nothing-before = Nothing of the period before is recorded.
valuation-sub = { $period }, net in { $currency }.
valuation-margin-known = Margin known for { $share } of revenue.
valuation-margin-unknown = Margin unknown.
valuation-period = Period
valuation-metric = Classes by
valuation-thresholds = A and B end at
valuation-threshold-pair = { $a }% and { $b }%
valuation-own-days = From–to
valuation-own-days-hint = Without the first day: the last 12 complete months up to the second, such as the day of a report.
valuation-from = From
valuation-to = To
valuation-show = Show
valuation-unassigned = { $lines ->
    [one] One line without a customer worth { $amount } is
   *[other] { $lines } lines without a customer worth { $amount } are
} in none of these figures.
valuation-unconverted = Without a currency rate and therefore in none of these figures: { $amounts }.
valuation-unconverted-do = Set a rate
valuation-empty-title = No invoices yet
valuation-empty-text = The invoice lines of your ERP become, here, who your important customers are. One file as CSV, Excel or Parquet is enough.
valuation-empty-wait = As soon as somebody with the role for it imports invoices, this page shows who the important customers are.
valuation-empty-do = Import invoices
valuation-revenue = Revenue
valuation-margin = Margin
valuation-margin-rate = Margin rate
valuation-rank = Rank
valuation-account = Customer
valuation-number = Number
valuation-share = Share
valuation-cumulative = Cumulative
valuation-growth = Change
valuation-class = Class
valuation-change = Class
valuation-before-of = { $metric } before
valuation-came = new
valuation-gone = gone
valuation-pareto-label = Customers by { $metric }, the largest first, and what they bring together
valuation-pareto-finding = { $count ->
    [one] One customer carries { $share }
   *[other] { $count } customers carry { $share }
}; the largest fifth of all customers brings { $top20 }
valuation-pareto-none = No customer with a positive amount
valuation-concentration-none = Nothing to spread
valuation-concentration-few = The largest brings { $top1 }; as concentrated as { $effective } equal customers
valuation-concentration-finding = Five customers bring { $top5 }; as concentrated as { $effective } equal ones
valuation-strip-label = Shares of the largest customers
valuation-strip-largest = Largest customer
valuation-strip-to = Ranks { $first } to { $last }
valuation-strip-rest = All others
valuation-major-none = No customer brings { $share } or more.
valuation-major = { $count ->
    [one] One customer brings { $share } or more:
   *[other] { $count } customers bring { $share } or more:
}
valuation-movers-finding = { $moved ->
    [0] No customer changed class
    [one] One customer changed class
   *[other] { $moved } customers changed class
}, { $came } came, { $gone } stayed away
valuation-cross-head = Number and revenue
valuation-corner = { $count ->
    [one] One customer is A by revenue and C by margin:
   *[other] { $count } customers are A by revenue and C by margin:
}
valuation-level = Counts as one customer
valuation-as-of-wrong = Not a day. Example: 2026-12-31.
valuation-groups-on = Corporate groups count as one customer, as of { $day }.
valuation-groups-day = Groups as of
valuation-members = group of { $count } accounts
valuation-part = { $count ->
    [0] You see no account, as you are on no account team.
    [one] You see one account. Sums and shares are its own; rank and class are those in the whole house.
   *[other] You see { $count } accounts. Sums and shares are over these; rank and class are those in the whole house.
}
valuation-ranking = { $shown ->
    [one] The largest customer
   *[other] The largest { $shown } of { $total } customers
}
valuation-difference = Difference
valuation-movers-more = { $count ->
    [one] One more, whose amount changed by no more than that, is not named here.
   *[other] { $count } more, whose amount changed by no more than that, are not named here.
}
valuation-movers-all = All as a file:
valuation-movers-title = Changes of class
valuation-all-accounts = All customers
valuation-a-accounts = A customers
valuation-a-note = bring { $share }
valuation-top-fifth = Largest fifth
valuation-balance = { $few } of customers bring { $much }
valuation-top10 = the ten largest { $share }
valuation-hhi = Concentration (HHI)
valuation-equal = like { $count } equal ones
valuation-gini = Gini coefficient
valuation-gini-note = 0 all equal, 1 one has all
valuation-classes-finding = { $a } A, { $b } B and { $c } C
valuation-cross-finding = { $drains ->
    [0] No A customer by revenue is
    [one] One A customer by revenue is
   *[other] { $drains } A customers by revenue are
} C by margin, { $gems ->
    [0] none
    [one] one
   *[other] { $gems }
} the other way round
valuation-tabs = Pages of the customer valuation
valuation-tab-abc = ABC
valuation-tab-scores = Scores
valuation-tab-matrix = Matrix
valuation-tab-key-accounts = Key accounts
valuation-tab-rounds = Rounds
valuation-period-wrong = There is no such period. Please choose one from the list, or give two days: such as from 1 Jan 2025 to 30 Jun 2025.
