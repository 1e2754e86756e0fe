handovers-title = Handovers
handovers-sub = What passed from one to another; every handover can be printed.
handovers-count = { $count ->
    [0] No handover yet
    [one] One handover
   *[other] { $count } handovers
}
handovers-none = Nothing was handed over yet
handovers-new = Hand accounts over
handovers-new-sub = All roles move, from a day on; nothing is left behind.
handovers-next = Next
handovers-from = From
handovers-to = To
handovers-on = As of
handovers-to-whom = To whom and when
handovers-note = About all of it
handovers-account-note = Note
handovers-note-of = Note on { $name }
handovers-accounts-of = { $count ->
    [0] { $name } looks after nobody
    [one] { $name } hands one account over
   *[other] { $name } hands up to { $count } accounts over
}
handovers-nothing = There is nothing to hand over here.
handovers-other = From somebody else
handovers-hint = What is not ticked stays.
handovers-do = Hand over
handovers-done = Handed over. This page can be printed.
handovers-of = Handover from { $from } to { $to }
handovers-page-sub = { $count ->
    [one] As of { $on }, one account; entered by { $by }
   *[other] As of { $on }, { $count } accounts; entered by { $by }
}
handovers-same = Who hands over cannot take over.
handovers-accounts-none = Please tick at least one account with a role to hand over.
handovers-workload-sub = Who leads how many accounts, by class and revenue; a click on the name hands over.
handovers-workload-none = No accounts yet
handovers-finding-without = { $count ->
    [one] One A account has no key account manager
   *[other] { $count } A accounts have no key account manager
}
handovers-finding-most = { $accounts ->
    [one] { $name } leads one account with { $share } of the revenue
   *[other] { $name } leads { $accounts } accounts with { $share } of the revenue
}
handovers-finding-nobody = Nobody leads an account yet
handovers-kam = Key account manager
handovers-without = without a key account manager
handovers-sort-wrong = Sort by name, accounts, a, b, c, contacts or revenue.
handovers-people = Contacts
handovers-last-contact = Last contact
handovers-steps = Open next steps
handovers-contacts = Interactions a month
handovers-classless = { $count } of them without a class
