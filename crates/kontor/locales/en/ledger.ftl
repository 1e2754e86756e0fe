ledger-files-missing = Please choose at least one file that is not empty.
ledger-source-wrong = At most 60 letters, digits, blanks, points and dashes.
ledger-import-busy = Somebody is working on this import. Please try again in a moment.
ledger-import-not-open = This import is not open any more.
ledger-import-not-booked = This import is not booked.
ledger-undo-later-first = A later import builds on this one; please take the later one back first.
ledger-unreadable = { $file } cannot be read: { $reason }
ledger-unwritable = { $file } cannot be written: { $reason }
unreadable-empty = There is nothing in the file.
unreadable-format = This is neither text nor a workbook nor Parquet.
unreadable-workbook = The workbook is damaged or protected by a password.
unreadable-parquet = The Parquet file is damaged.
unreadable-no-sheet = The workbook has no sheet.
unreadable-sheet = There is no sheet “{ $wanted }”. There are: { $known }.
unreadable-header-row = Row { $line }, which was said to be the header row, is empty or not among the first rows of the file.
unreadable-twin = It holds the same as { $other }. Please choose only one of the two.
unreadable-currency = “{ $text }” is no currency. Three letters as in ISO 4217 are one, such as EUR.
unreadable-reader = Reading broke off. Please try again.
ledger-cancelled = The work was given up.
ledger-files-many = At most { $max } files at once.
ledger-columns-missing = No column was recognised as { $roles }. Please choose the column by hand. The headers are: { $headers }.
ledger-role-twice = { $role } is given to more than one column by hand.
ledger-column-twice = The column “{ $header }” is given two meanings: { $one } and { $other }.
ledger-header-row-wrong = The number of a row, or 0 where there is no header row.
ledger-encoding-wrong = Kontor does not know this encoding. Possible are for instance utf-8, utf-16le and windows-1252.
ledger-delimiter-wrong = A single character that parts the columns, such as a semicolon or a comma; tab for the tabulator.
ledger-accept-wrong = “{ $name }” is no finding that stops an import.
ledger-options-wrong = The options cannot be read: { $reason }

ledger-title = Sales ledger
ledger-standing = { $lines ->
    [one] One line is booked
   *[other] { $lines } lines are booked
}
ledger-standing-none = Nothing is booked at present
ledger-standing-sub = From { $imports ->
    [one] one import
   *[other] { $imports } imports
}, with invoices from { $first } to { $last }.
ledger-new = New import
ledger-empty-title = No invoices yet
ledger-empty-text = Everything starts with the invoice lines exported from your ERP: CSV, Excel or Parquet, as they are. Kontor recognises the columns, checks every row and books only when you say so.
ledger-list = Imports
ledger-number = No.
ledger-when = When
ledger-who = Who
ledger-source = Source
ledger-files = Files
ledger-state = State
ledger-lines = Lines
ledger-revenue = Revenue
ledger-older = Older
ledger-state-uploaded = unchecked
ledger-state-checked = checked
ledger-state-stopped = stopped
ledger-state-booked = booked
ledger-state-undone = taken back
ledger-state-discarded = discarded
ledger-state-busy = at work

ledger-new-title = Which invoices go into the sales ledger?
ledger-new-sub = The files are checked first. Nothing is booked before you confirm it.
ledger-files-hint = CSV, XLSX, XLS, ODS or Parquet, also several at once. Invoice headers and positions in two files are joined by themselves.
ledger-source-hint = The system these invoices come from. A line is known again within its source and never booked twice.
ledger-upload = Upload and check

ledger-import = Import { $number }
ledger-import-by = { $source } · by { $who } on { $when }
ledger-is-busy = Import { $number } is at work
ledger-is-uploaded = Import { $number } is not checked yet
ledger-is-checked = { $lines ->
    [one] One new line can be booked
   *[other] { $lines } new lines can be booked
}
ledger-is-checked-nothing = Nothing new: what could be booked is booked already
ledger-is-checked-empty = No row of these files can be booked
ledger-is-stopped = Stopped before anything was booked
ledger-is-booked = { $lines ->
    [one] One line is booked
   *[other] { $lines } lines are booked
}
ledger-is-booked-nothing = Booked, but without new lines
ledger-is-undone = Import { $number } is taken back
ledger-is-discarded = Import { $number } is discarded
ledger-undone-text = Taken back on { $when }. Its lines are no longer part of any figure.
ledger-discarded-text = Discarded before anything was booked. The uploaded files are removed.
ledger-booked-text = Booked on { $when }.
ledger-booked-accounts = { $count ->
    [0] All accounts were known already.
    [one] One account is new.
   *[other] { $count } accounts are new.
}
ledger-to-accounts = To the accounts
ledger-to-overview = To the overview
ledger-stopped-by = Stopped because of: { $kinds }.
ledger-stopped-help = If the file is right like this, tick “Book anyway” below and check again. Otherwise correct the columns, or the file in the ERP, and upload it again.
ledger-stopped-unknown = What booking it anyway would bring could not be computed.
ledger-new-lines-accepted = New lines, if booked anyway
ledger-revenue-accepted = Revenue added, if booked anyway
ledger-without-rate = For { $currency } there is no currency rate: { $amount } in { $lines ->
    [one] one line
   *[other] { $lines } lines
} are in no figure.
ledger-without-rate-before = For { $currency } there are rates from { $from } only. Of { $amount } in { $lines ->
    [one] one line
   *[other] { $lines } lines
}, what belongs to months before is in no figure.
ledger-without-rate-do = Set a rate
ledger-book = Book
ledger-check = Check
ledger-check-again = Check again
ledger-discard = Discard
ledger-discard-sure = Discard import { $number }? The uploaded files are removed.
ledger-undo = Take back
ledger-undo-sure = Take import { $number } back? Its lines will no longer be part of any figure.
ledger-undo-done = Import { $number } is taken back.
ledger-discard-done = Import { $number } is discarded.

ledger-progress-waiting = Looking at the files …
ledger-progress-reading = { $done } of { $total } MB read, { $rows } rows
ledger-progress-comparing = { $rows } rows read; comparing them with the sales ledger …
ledger-reload = Reload
ledger-cancel = Give up

ledger-rows = Rows
ledger-rows-note = in { $files ->
    [one] one file
   *[other] { $files } files
}
ledger-new-lines = New lines
ledger-new-lines-note = { $accounts ->
    [one] of one account
   *[other] of { $accounts } accounts
}
ledger-new-lines-note-new = { $accounts ->
    [one] of one new account
   *[other] of { $accounts } accounts, { $new } of them new
}
ledger-rejected = Rejected
ledger-rejected-none = every row can be read
ledger-rejected-head-file = File
ledger-rejected-head-row = Row
ledger-rejected-head-kind = Finding
ledger-rejected-head-value = Value
ledger-rejected-head-reason = Reason
ledger-check-first = Something below was changed: please check again first.
ledger-rejected-file = Rows as CSV
ledger-days = Invoice days
ledger-days-note = to { $last }
ledger-revenue-new = Revenue added
ledger-already-booked = Already booked
ledger-changed = Changed
ledger-replaced = Replaced of these
ledger-without-account = Without customer
ledger-excluded = Left out (status)
ledger-duplicates = Duplicates
ledger-credit-notes = Credit notes
ledger-empty-rows = Empty rows

ledger-findings = { $count ->
    [one] One finding
   *[other] { $count } findings
}
ledger-findings-none = No findings: nothing was out of the ordinary.
ledger-findings-none-else = No further findings.
ledger-findings-no-rows = Below the headers there is no row.
ledger-findings-more = The first { $shown } of { $total }.
ledger-finding-file = File
ledger-finding-line = Row
ledger-finding-column = Column
ledger-finding-value = Value
ledger-finding-places = { $count ->
    [one] The place
   *[other] { $count } places
}
ledger-weight-stop = stops
ledger-weight-rejection = rejects
ledger-weight-note = note

ledger-reading = How the files are read
ledger-reading-joined = Header and position file belong together; joined by { $key }.
ledger-reading-remembered = With columns, ways of writing or statuses chosen by hand. After booking, Kontor remembers them for the next such files of this source.
ledger-format-text = Text
ledger-format-sheet = Workbook
ledger-format-parquet = Parquet
ledger-encoding = Encoding
ledger-delimiter = Delimiter
ledger-decimal = Decimal separator
ledger-date-order = How days are written
ledger-date-order-hint = Days with the year in front are read in any case.
ledger-sheet = Sheet
ledger-header-line = Header row
ledger-header-none = none; columns by number
ledger-kilobytes = { $size } kB
ledger-megabytes = { $size } MB
ledger-column = Column
ledger-kind = Kind
ledger-written = Written
ledger-samples = Samples
ledger-role = Meaning
ledger-role-none = – not used –
ledger-role-of = Meaning of { $header }
ledger-role-chosen = by hand
ledger-role-above = as above
ledger-kind-empty = empty
ledger-kind-text = text
ledger-kind-number = number
ledger-kind-date = date
ledger-preview = The first rows
ledger-options = Further
ledger-exclude-status = Leave rows with this status out
ledger-exclude-status-hint = Several separated by commas, such as: draft, cancelled
ledger-exclude-status-found = Several separated by commas. The files have: { $statuses }.
ledger-status-lost = No row has the status “{ $statuses }”, so nothing was left out for it.
ledger-status-lost-none = No column was recognised as the status. Please give its meaning below.
ledger-status-lost-found = The files have: { $statuses }.
ledger-currency = Currency of rows that name none
ledger-currency-hint = Otherwise { $currency }.
ledger-replace-changed = Changed lines replace the booked ones
ledger-accept = Book anyway
ledger-detected = detect
ledger-delimiter-semicolon = semicolon ;
ledger-delimiter-comma = comma ,
ledger-delimiter-tab = tabulator
ledger-delimiter-bar = vertical bar |
ledger-delimiter-caret = circumflex ^
ledger-delimiter-tilde = tilde ~
ledger-delimiter-colon = colon :
ledger-delimiter-hash = number sign #
ledger-order-year-first = yyyy-mm-dd
ledger-order-day-first = dd.mm.yyyy
ledger-order-month-first = m/d/yyyy
ledger-sheet-hint = Detected are the sheet with the most invoice columns and all with the same headers.
ledger-header-row-hint = Empty: detect it. 0: there is no header row, columns are named by number.

column-invoice_number = invoice number
column-line_number = line number
column-date = invoice date
column-account_number = customer number
column-account_name = customer name
column-country = country
column-postal_code = postal code
column-city = city
column-industry = industry
column-article_number = article number
column-article_name = article name
column-product_group = product group
column-quantity = quantity
column-unit_price = unit price
column-discount_percent = discount in percent
column-net_amount = net amount
column-unit_cost = cost per unit
column-line_cost = cost of the line
column-currency = currency
column-status = status
column-invoice_type = kind of document
column-debit_credit = debit or credit

finding-bad_date = Unreadable date
finding-bad_date-text = The date is missing or is none. These rows are not booked.
finding-bad_number = Unreadable number
finding-bad_number-text = An amount, a price or a quantity is no number. These rows are not booked.
finding-missing_amount = Missing amount
finding-missing_amount-text = Neither a net amount nor quantity and unit price are there. These rows are not booked.
finding-broken_row = Broken row
finding-broken_row-text = The row has more or fewer fields than the header row, or characters its encoding does not know. It is not booked.
finding-missing_header = Position without header
finding-missing_header-text = The invoice header of these positions is missing in the other file. They are not booked.
finding-implausible_dates = Implausible dates
finding-implausible_dates-text = Invoices before 1990 or after next year. Mostly it is the wrong column or a typing error.
finding-contradictory_dates = Day and month contradict each other
finding-contradictory_dates-text = In the same column sometimes the day comes first, sometimes the month. Wrong days would be booked.
finding-contradictory_decimals = Comma and point contradict each other
finding-contradictory_decimals-text = In the same column sometimes the comma, sometimes the point separates the decimals. Wrong amounts would be booked.
finding-ambiguous_decimals = Comma and point not certain
finding-ambiguous_decimals-text = No amount shows whether comma and point part decimals or thousands. Please choose the decimal separator below.
finding-other_headers = Second header row
finding-other_headers-text = In the middle of the file stands another header row, whose columns lie elsewhere. Please import the parts as files of their own.
finding-overlapping_files = Invoices in several files
finding-overlapping_files-text = The same invoices stand in more than one file, and without line numbers nothing shows whether the lines are the same. Where the files overlap, please import each by itself: then each invoice counts once.
finding-duplicate_headers = Invoice headers twice
finding-duplicate_headers-text = Several invoice headers have the same number and say different things. Booked anyway, the first one counts.
finding-opposed_costs = Costs with the opposite sign
finding-opposed_costs-text = Most costs have the opposite sign of their amount. They would raise the margin instead of lowering it.
finding-most_without_account = Mostly without customer
finding-most_without_account-text = More than nine in ten lines name no customer. Mostly the customer's column was not recognised.
finding-text_rows = Rows of text
finding-text_rows-text = Rows with neither quantity, price nor amount were passed over.
finding-filled_down = Invoice data in the first line only
finding-filled_down-text = Number, day and customer stand in the first line of an invoice only. The lines that follow were taken as its own.
finding-other_sheets = Other sheets
finding-other_sheets-text = These sheets of the workbook were not read.
finding-duplicate_lines = Lines twice
finding-duplicate_lines-text = The same line of the same invoice is in the files more than once. Booked anyway, each counts once.
finding-totals_disagree = Totals disagree
finding-totals_disagree-text = The positions of invoices do not add up to their header. Booked anyway, the positions count.
finding-mostly_empty = Mostly empty
finding-mostly_empty-text = More than half of the rows are empty. Perhaps the export was broken off.
finding-many_rejected = Many rows rejected
finding-many_rejected-text = More than a tenth of the rows cannot be read. Mostly a column has the wrong meaning.
finding-several_currencies = Several currencies
finding-several_currencies-text = The rows are in more than one currency, and without rates they cannot be added up.
finding-without_account = Without customer
finding-without_account-text = These rows name no customer. They are booked, but counted for none.
finding-credit_notes = Credit notes
finding-credit_notes-text = Their negative amounts lower revenue.
finding-cancellations = Cancellations
finding-cancellations-text = Their negative amounts lower revenue.
finding-zero_amounts = Amount of zero
finding-zero_amounts-text = These lines count as lines, not as revenue.
finding-negative_amounts = Negative amounts
finding-negative_amounts-text = These lines lower revenue.
finding-excluded_status = Left out for their status
finding-excluded_status-text = These rows are left out, as asked.
finding-rounded_amounts = Rounded amounts
finding-rounded_amounts-text = The net amount is printed rounded. The exact product of quantity, price and discount is booked.
ledger-rounded-sum = Together the printed amounts come to { $sum }.
finding-amounts_per_unit = Amounts per unit
finding-amounts_per_unit-text = The amounts of positions are per unit, as the headers show. They are multiplied by quantity.
finding-ambiguous_dates = Day and month not certain
finding-ambiguous_dates-text = No date shows whether day or month comes first. Please look at how days are written below; it can be chosen by hand.
finding-future_dates = Dates in the future
finding-future_dates-text = These lines are dated after today, mostly a slip of the pen. They are booked; figures are still as of today at the latest.
finding-empty_rows = Empty rows
finding-empty_rows-text = Rows without any value are passed over.
finding-total_rows = Rows of totals
finding-total_rows-text = Rows of totals and taxes are passed over: an amount without date, number and customer, or a row without quantity that calls itself a total or tax.
finding-headers_without_lines = Headers without positions
finding-headers_without_lines-text = These invoices have no positions. They do not count.
finding-already_booked = Already booked
finding-already_booked-text = These lines are in the sales ledger unchanged and are not booked again.
finding-changed_lines = Changed lines
finding-changed_lines-text = These lines are in the sales ledger with other values. The booked ones stand, unless it is chosen below to replace them.
finding-bad_currency = Currency cannot be read
finding-bad_currency-text = The currency is none of ISO 4217. These lines are not booked.
finding-positive_credit_notes = Credit notes with a positive amount
finding-positive_credit_notes-text = The document type says credit note, the amount is positive: revenue would rise. Booked anyway, the amount counts as it stands.
ledger-fresh-ahead = The newest invoice is dated { $day }, which is still to come
ledger-fresh-today = The newest invoice is of today
ledger-fresh = { $days ->
    [one] The newest invoice is of { $day }, one day old
   *[other] The newest invoice is of { $day }, { $days } days old
}
ledger-fresh-read = last read { $at }
ledger-totals-disagree = For { $some } of { $all } invoice headers the lines do not add up to the amount of the header.
ledger-amounts-per-unit = { $some } of { $all } invoice headers add up only when the amounts of their lines are multiplied by the quantity.
ledger-source-known = Under another source the same customers are entered a second time. So far: { $sources }.
ledger-weight-accepted = accepted
ledger-booked-despite = Booked all the same, as it was accepted: { $kinds }.
ledger-new-lines-never = New lines, not booked
ledger-revenue-never = Revenue, not booked
ledger-new-lines-undone = Lines taken back
ledger-revenue-undone = Revenue taken back
ledger-revenue-booked = Revenue added
