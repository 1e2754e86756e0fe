# The frame of all pages
web-skip = Skip to content
web-search = Account, person or command …
web-shortcuts = Keyboard shortcuts
web-shortcut-search = Search
web-shortcut-help = This overview
web-close = Close
web-errors = { $count ->
    [one] One entry is not right yet.
   *[other] { $count } entries are not right yet.
}
web-new = new
web-pages = Pages
web-range = { $first }–{ $last } of { $total }
web-previous = Back
web-next = Next
web-save = Save
web-cancel = Cancel
web-date-wrong = Not a date. Example: 31 Dec 2026.
web-date-example = e.g. 31 Dec 2026
web-yes = yes
web-no = no
web-table = As a table
web-print = Print
web-saved = Saved.
web-key-account = Key account
web-never = never

nav-label = Main menu
nav-home = Overview
nav-accounts = Accounts
nav-people = Contacts
nav-valuation = Valuation
nav-ledger = Sales ledger
nav-workload = Account teams
nav-settings = Settings
nav-users = Users
nav-audit = Audit log
nav-profile = Profile
nav-tokens = API tokens

fault-title = Error
fault-status = Error { $status }.
fault-home = To the overview
fault-signed-out = Please sign in.
fault-not-found = There is no such thing here.
fault-forbidden = Your role may not do that.
fault-too-many = Too many tries. Please try again in { $minutes } minutes.
fault-malformed = This request is not complete or does not come from a page of this house.
fault-too-large = Too large: at most { $megabytes } MB are possible.
fault-day = Not a day. Example: 2026-12-31.
fault-one-of = Possible are: { $choices }.
fault-wrong-method = That cannot be done here.
fault-internal = Something went wrong here. The reason is in the server’s log.

api-field-missing = This field is missing.
api-field-wrong = Not what belongs here: { $cause }.
api-key-missing = The API key is missing: Authorization: Bearer …
api-key-unknown = This API key is unknown, expired or revoked.
api-scope-too-narrow = This API key may not do that: its scope is “{ $scope }”.
api-parameter-unknown = There is no such parameter here. Possible are: { $choices }.
api-parameter-none = There are no parameters here.
api-limit-wrong = A number from 1 to { $max }.
api-cursor-wrong = Not a cursor of this list; start with the first page.
api-key-wrong = A text of 1 to { $max } characters.
api-key-reused = This key belongs to another request.
api-key-busy = The first request with this key is still at work.
web-choice-wrong = Please choose one of these.
web-days-wrong = Please give two days, the earlier one first: such as from 1 Jan 2025 to 30 Jun 2025.
web-filter-left-out = All else that is asked for is shown.
web-without-that = Go on without that
fault-session-ended = Your session has ended
fault-session-ended-text = Nothing was saved. Please sign in in a new tab, then come back here.
fault-sign-in-beside = Sign in in a new tab
fault-send-again-text = What you entered is still here. Once you are signed in, send it from here again.
fault-send-again = Send again
fault-go-back = Once you are signed in, go back to the form from here and send it again.
fault-address-wrong = This cannot be shown like that
