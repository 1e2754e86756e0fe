# Cadence
cadence-title = Cadence
cadence-sub = When contact is due, counted from the last real contact.
cadence-finding = { $overdue ->
    [0] No account has been waiting too long for contact.
    [one] One account has been waiting too long for contact.
   *[other] { $overdue } accounts have been waiting too long for contact.
}
cadence-state = State
cadence-state-overdue = overdue
cadence-state-never = never
cadence-state-due = due
cadence-state-fine = fine
cadence-state-all = all that wait
cadence-last = Last contact
cadence-next = Next by
cadence-overdue-by = { $days ->
    [one] overdue for a day
   *[other] overdue for { $days } days
}
cadence-interval-in-days = Cadence (days)
cadence-interval-own-short = own
cadence-interval = Cadence
cadence-interval-days = { $wanted }/{ $longest } days
cadence-interval-own = own cadence
cadence-wanted = Wanted (days)
cadence-longest = Longest (days)
cadence-interval-wrong = Whole days from 1 to { $max }, the wanted interval no longer than the longest.
cadence-class = Class
cadence-role = Role
cadence-kinds = What counts
cadence-kinds-missing = At least one kind of contact must count.
cadence-kam = KAM
cadence-kam-all = all
cadence-found = { $count ->
    [0] Nobody fits
    [one] One of them fits
   *[other] { $count } fit
}
cadence-none-found = Nobody is left with these filters.
cadence-none = Nobody waits. Well done.
cadence-rules = Rules
cadence-rules-title = Rules of the cadence
cadence-rules-sub = For each class and role: after how many days without contact the next one is due, and after how many it is overdue. Leave fields empty for no rule.
cadence-rules-saved = The rules hold from now on.
cadence-own = Own cadence
cadence-own-sub = Holds instead of the rule of the class.
cadence-own-set = Set
cadence-no-rule = No rule holds for this account.
cadence-person-not-here = This person does not work for this account.
event-cadence_rules_set = Rules of the cadence changed
event-cadence_set = Own cadence changed
cadence-finding-people = { $people ->
    [one] One person has been waiting too long for contact.
   *[other] { $people } people have been waiting too long for contact.
}
cadence-finding-both = { $accounts ->
    [one] One account
   *[other] { $accounts } accounts
} and { $people ->
    [one] one person have been waiting too long for contact.
   *[other] { $people } people have been waiting too long for contact.
}
