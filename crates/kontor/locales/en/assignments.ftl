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
