# Account page
dossier-as-of = { $company }, as of { $date }
dossier-days = { $from } to { $to }
dossier-period = Period
dossier-show = Show
dossier-empty-title = The sales ledger is empty
dossier-empty-text = Once invoices are booked, revenue, margin, product groups and invoices of this customer are shown here.
dossier-import = Import invoices
dossier-no-lines = Nothing is booked for this customer in this period.
dossier-no-lines-last = The last invoice is of { $date }.
dossier-all-time = Show everything
dossier-unconverted = Without an exchange rate and therefore in no sum: { $amounts }.

dossier-revenue = Revenue
dossier-against-year = against last year
dossier-against-before = against the period before
dossier-not-comparable = not recorded before
dossier-margin-rate = Margin on revenue
dossier-margin-unknown = cost not known
dossier-house = company { $rate }
dossier-known = known for { $share }
dossier-rank = Rank
dossier-rank-of = of { $count }
dossier-rank-margin = Rank by margin
dossier-share-revenue = { $share } of all revenue
dossier-share-margin = { $share } of all margin
dossier-invoices = Invoices
dossier-average = { $amount } on average
dossier-last-invoice = Last invoice
dossier-days-ago = { $days ->
    [0] today
    [one] yesterday
   *[other] { $days } days ago
}
dossier-usual-gap = { $days ->
    [one] { $date }, usually every day
   *[other] { $date }, usually every { $days } days
}
dossier-never = none yet

dossier-finding-nothing = No revenue in this period
dossier-finding-credits = Credit notes exceed invoices
dossier-finding-new = No revenue before: new or returned
dossier-finding-below-since = Below last year in every month since { $month }
dossier-finding-above-since = Above last year in every month since { $month }
dossier-finding-up-year = Revenue { $rate } above last year
dossier-finding-down-year = Revenue { $rate } below last year
dossier-finding-up-before = Revenue { $rate } above the period before
dossier-finding-down-before = Revenue { $rate } below the period before
dossier-finding-mostly = { $change }, mostly { $group }
dossier-finding-since = { $change }, in every month since { $month }
dossier-finding-steady-year = Revenue about the same as last year
dossier-finding-steady-before = Revenue about the same as in the period before
dossier-finding-steady = Revenue by month
dossier-finding-best = Best month: { $month } with { $amount }
dossier-chart = Revenue and margin by month, { $from } to { $to }
dossier-month = Month
dossier-year-before = Last year
dossier-change = Change
dossier-margin = Margin
dossier-margin-percent = Margin %

dossier-groups = Product groups
dossier-groups-none = No product groups in this period.
dossier-groups-only = Only one product group: { $group }
dossier-groups-first = The largest product group is { $group } with { $share } of revenue
dossier-groups-silent = { $count ->
    [one] One product group has gone silent: { $groups }
   *[other] { $count } product groups have gone silent: { $groups }
}
dossier-group-none = no product group
dossier-silent = silent
dossier-silent-text = Bought in the period before, no longer in this one.
dossier-groups-more = { $count ->
    [one] One more product group
   *[other] { $count } more product groups
}
dossier-share = Share

dossier-invoices-title = { $count ->
    [one] One invoice of { $date }
   *[other] { $count } invoices, the last of { $date }
}
dossier-invoices-title-credits = { $count } invoices and credit notes, the last of { $date }
dossier-invoices-newer = Newer invoices, up to { $date }, lie after this period.
dossier-invoices-none = No invoices in this period.
dossier-invoices-end = There are not that many invoices.
dossier-invoices-first-page = To the first page
dossier-invoices-range = Invoice { $first } to { $last }
dossier-newer = Newer
dossier-older = Older
dossier-no-number = no number
dossier-credit = Credit note
dossier-invoice-kind = Invoice
dossier-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
dossier-groups-and-more = { $group } and { $count } more
dossier-source = Source
dossier-number = Customer number
dossier-date = Date
dossier-invoice = Invoice
dossier-kind = Kind
dossier-position = Line
dossier-article = Article
dossier-article-name = Article name
dossier-group = Product group
dossier-quantity = Quantity
dossier-net = Net
dossier-cost = Cost
dossier-currency = Currency
dossier-status = Status
dossier-csv = CSV
dossier-xlsx = Excel
dossier-group-revenue = Revenue of the group
dossier-group-revenue-below = Revenue with subsidiaries
dossier-group-accounts = Accounts in the group
dossier-group-accounts-buying = { $count ->
    [one] one bought in the period
   *[other] { $count } bought in the period
}
dossier-group-share = Share of the group
dossier-group-share-of = { $share } of { $head }
dossier-group-rank = Rank among groups
dossier-group-node = Account
dossier-group-own = Revenue
dossier-group-all = with subsidiaries
dossier-group-since = Since
dossier-group-alone-text = Once you enter who owns this account, or whom it owns, revenue, class and dependence count for the whole group too.
dossier-group-drawing = Structure of the group of { $head }
dossier-group-held-by = belongs to { $parent }
dossier-group-figures = Figures for { $period }, in { $currency }.
dossier-group-outside = Tied without a controlling share
dossier-group-whole = Group
