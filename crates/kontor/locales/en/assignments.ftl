assignments-title = Account team: { $name }
assignments-finding-kam = { $count ->
    [one] { $name } looks after the account alone
   *[other] { $name } leads a team of { $count } roles
}
assignments-finding-no-kam = This account has no key account manager
assignments-none-title = Nobody looks after this account yet
assignments-none-text = Give it a key account manager, and who else belongs to it.
assignments-later = To come
assignments-past = Earlier team
assignments-add = Assign
assignments-assigned = Assigned.
assignments-user = Who
assignments-reach = Covers
assignments-reach-account = this account
assignments-reach-group = this account and all that it controls
assignments-from = From
assignments-to = To
assignments-to-hint = Empty: until further notice
assignments-replace = Follows the present key account manager
assignments-by-group = by its group
assignments-end = End
assignments-end-sure = End the role of { $name } as of today?
assignments-user-wrong = Please choose somebody who may sign in.
assignments-role-wrong = Please choose one of the eight roles.
assignments-reach-wrong = Either the account alone or with all that it controls.
assignments-to-before-from = The end lies before the beginning.
assignments-already = They have this role in that time already.
assignments-taken = { $name } is key account manager in that time. Tick that somebody follows them.
assignments-ended-already = The role ends on that day or earlier already.
assignments-no-change = That changes nothing at any of the accounts.
assignments-accounts-none = No account fits.
assignments-accounts-which = Give either accounts or an industry.
assignments-account-unknown = No account is called “{ $typed }” or has that number.
assignments-account-several = “{ $typed }” fits several accounts: { $names }. Give what stands in brackets.
assignments-bulk = Assign accounts
assignments-bulk-sub = Many accounts at once: first see what changes, then assign.
assignments-bulk-accounts = Which accounts
assignments-bulk-who = Who looks after them
assignments-bulk-industry = All accounts of an industry
assignments-bulk-numbers = Or single accounts
assignments-bulk-numbers-hint = Numbers or names, separated by commas; of a corporate group its head is enough.
assignments-bulk-preview = See what changes
assignments-bulk-assign = { $count ->
    [one] Assign one account
   *[other] Assign { $count } accounts
}
assignments-bulk-changes = { $count ->
    [0] Nothing changes at any of { $total } accounts
    [one] Something changes at one of { $total } accounts
   *[other] Something changes at { $count } of { $total } accounts
}
assignments-bulk-outcome = What happens
assignments-assigned-many = { $count ->
    [one] One account is assigned.
   *[other] { $count } accounts are assigned.
}
assignments-outcome-added = is added
assignments-outcome-follows = follows { $name }
assignments-outcome-already = has this role already
assignments-outcome-taken = stays with { $name }
assignments-roles = Roles
assignments-open = See the team
