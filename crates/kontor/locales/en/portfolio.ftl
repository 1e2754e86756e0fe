portfolio-largest = The largest accounts
portfolio-all = All { $count }
portfolio-months = Revenue and margin by month
portfolio-month = Month
portfolio-of-revenue = { $rate } of revenue
portfolio-against-before = against the period before
portfolio-invoices = { $count ->
    [one] one invoice
   *[other] { $count } invoices
}
portfolio-newest = Newest invoice
portfolio-found = { $found } of { $total } accounts
portfolio-search = Search
portfolio-any = all
portfolio-sort = Sorted by
portfolio-none = No account fits.
portfolio-filter-wrong = There is no such choice.
