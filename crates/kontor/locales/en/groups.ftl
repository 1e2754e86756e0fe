# Corporate groups
groups-relation = Relation
groups-relation-wrong = Choose how the two stand to each other.
groups-account = Other account
groups-account-hint = Customer number or name
groups-account-missing = Name the other account.
groups-account-unknown = No account has this number or name.
groups-account-several = Several accounts fit: { $names }. Give what stands in brackets.
groups-share = Share in %
groups-share-hint = From 50% on the account counts as controlled.
groups-share-wrong = Not a share. Give a percentage above 0 and up to 100, such as 51 or 33.34.
groups-from = Since
groups-from-hint = Empty when it has always been so.
groups-to = Until
groups-to-hint = Last day; empty while it goes on.
groups-itself = An account cannot be tied to itself.
groups-ends-before-start = The relation ends before it begins.
groups-no-share = No share can be given for paying and receiving.
groups-known = These two are already tied this way at that time.
groups-more-than-whole = All shares together would be { $percent }.
groups-more-than-whole-on = On { $day } all shares together would be { $percent }.
groups-cycle = An account would control itself: { $way }.
groups-relation-subsidiary = subsidiary of
groups-relation-subsidiary-down = parent of
groups-relation-joint_venture = joint venture of
groups-relation-joint_venture-down = partner in joint venture
groups-relation-pays_for = paid for by
groups-relation-pays_for-down = pays for
groups-relation-receives_for = goods received by
groups-relation-receives_for-down = receives goods for
groups-kind-subsidiary = Subsidiary
groups-kind-joint_venture = Joint venture
groups-kind-pays_for = Payment
groups-kind-receives_for = Receipt of goods
groups-add = Enter a relation
groups-edit = Correct a relation
groups-edit-short = Correct
groups-end = End
groups-end-hint = What held until then stays for figures as of a day.
groups-last-day = Last day
groups-withdraw = Take back as a mistake
groups-withdraw-text = The relation never held. It vanishes from all figures; the audit log keeps it.
groups-withdraw-confirm = Take this relation back as a mistake?
groups-added = Relation entered.
groups-ended = Relation ended.
groups-withdrawn = Relation taken back.
groups-edges = Relations of this account
groups-edges-none = No relation entered yet.
groups-always = always
groups-open = to this day
groups-finding-alone = { $name } belongs to no corporate group.
groups-finding = { $count ->
    [one] { $head } stands alone.
   *[other] { $head } heads a group of { $count } accounts.
}
groups-as-of = As of
groups-show = Show
groups-import = Import groups
groups-kind-wrong = Kind of relation: subsidiary, joint_venture, pays_for or receives_for.
groups-file-unreadable = The file cannot be read: { $message }
groups-file-columns = No row names the columns. Needed are the account (such as “customer number”) and its parent (such as “subsidiary of”).
groups-file-long = More than { $rows } rows.
groups-import-several = Several accounts have this name ({ $count }). Give the number.
groups-import-cycle = An account would control itself.
groups-import-sub = A CSV or Excel file with one row for each subsidiary: its number or name, and that of its parent. Share and beginning may stand beside it.
groups-import-file = File
groups-import-file-hint = Columns are found by their headers, such as “customer number”, “subsidiary of”, “share”, “since”.
groups-import-file-missing = Choose a file.
groups-import-create = Make prospects of names that no account has
groups-import-preview = Preview
groups-import-run = { $count ->
    [0] Nothing to enter
    [one] Enter one relation
   *[other] Enter { $count } relations
}
groups-import-finding = { $count ->
    [0] { $file } holds no new relation.
    [one] { $file } holds one new relation.
   *[other] { $file } holds { $count } new relations.
}
groups-import-column = “{ $header }”
groups-import-columns = Read: { $columns }.
groups-import-known = { $count ->
    [one] One relation is there already.
   *[other] { $count } relations are there already.
}
groups-import-without = { $count ->
    [one] One row names no parent.
   *[other] { $count } rows name no parent.
}
groups-import-new = { $count ->
    [one] One prospect will be made
   *[other] { $count } prospects will be made
}
groups-import-problems = { $count ->
    [one] One row will not be entered
   *[other] { $count } rows will not be entered
}
groups-import-line = Line
groups-import-value = Value
groups-import-why = Reason
groups-import-child = Subsidiary
groups-import-parent = Parent
groups-import-edges = Will be entered
groups-import-more = … and { $count } more.
groups-import-done = { $edges ->
    [one] One relation entered
   *[other] { $edges } relations entered
}, { $problems } rows not.
groups-import-new-mark = new
