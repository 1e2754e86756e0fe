portfolio-largest = The largest customers
portfolio-all = All { $count }
portfolio-months = Revenue and margin by month
portfolio-month = Month
portfolio-of-revenue = { $rate } of revenue
portfolio-against-before = against the period before
portfolio-invoices = { $count ->
    [one] one invoice
   *[other] { $count } invoices
}
portfolio-found = { $count ->
    [one] One of { $total } customers brings
   *[other] { $count } of { $total } customers bring
} { $amount }, { $share } of revenue
portfolio-search = Search
portfolio-any = all
portfolio-more-filters = More filters
portfolio-none = No customer is left with these filters.
portfolio-filter-wrong = There is no such choice.
portfolio-largest-finding = { $count ->
    [one] The largest customer brings
   *[other] The { $count } largest customers bring
} { $share } of revenue
portfolio-to-classes = Classes and table
portfolio-months-both = Revenue { $revenue }, margin { $margin } against the period before
portfolio-months-revenue = Revenue { $revenue } against the period before
portfolio-points = { $points } points
portfolio-buying = Customers invoiced
portfolio-before-count = { $count } before
portfolio-effective = like { $count } equal ones
portfolio-risen = { $count ->
    [one] One customer rose by { $amount }
   *[other] { $count } customers rose, by { $amount } together
}
portfolio-fallen = { $count ->
    [one] One customer fell by { $amount }
   *[other] { $count } customers fell, by { $amount } together
}
portfolio-all-changes = All
portfolio-found-all = { $total ->
    [one] One customer brings
   *[other] { $total } customers bring
} { $amount } of revenue
portfolio-found-buying = { $buying ->
    [one] One of { $total } customers brings
   *[other] { $buying } of { $total } customers bring
} { $amount } of revenue, the others have no invoice in this period
portfolio-found-partly = { $count } of { $total } customers; { $buying ->
    [one] one of them brings
   *[other] { $buying } of them bring
} { $amount }, { $share } of revenue
portfolio-found-idle = { $count ->
    [one] One of { $total } customers, without an invoice in this period
   *[other] { $count } of { $total } customers, all without an invoice in this period
}
portfolio-found-none = None of { $total } customers fits
portfolio-no-such-page = There are not that many customers.
portfolio-columns = Columns
portfolio-columns-remember = Remember as my default
portfolio-columns-chosen = Your list of customers now begins with these columns.
portfolio-source = Source
portfolio-numbers = Further numbers
portfolio-country = Country
portfolio-postal-code = Postal code
portfolio-city = City
portfolio-industry = Industry
portfolio-class = Class (revenue)
portfolio-margin-class = Class (margin)
portfolio-difference = Difference
portfolio-invoices-column = Invoices
portfolio-first = First purchase
portfolio-last = Last purchase
portfolio-contact = Cadence
portfolio-idle = Last purchase
portfolio-idle-days = { $days ->
    [one] more than a day ago
   *[other] more than { $days } days ago
}
portfolio-reset = Clear filters
growth-up = grows by 10% or more
growth-steady = steady
growth-down = shrinks by 10% or more
growth-new = new
growth-lost = stayed away
margin-loss = loss
margin-low = below 10%
margin-middle = 10 to 25%
margin-high = 25% or more
margin-unknown = unknown
portfolio-archived = Archived
portfolio-archived-alone = these alone
portfolio-archived-too = these, too
portfolio-found-unbooked = { $count ->
    [one] One customer, without invoices as yet
   *[other] { $count } customers, without invoices as yet
}
portfolio-unbooked = Revenue, classes and margin stand here as soon as invoices are imported.
