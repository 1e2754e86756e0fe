duplicates-title = Duplicates
duplicates-finding = { $count ->
    [0] No duplicates
    [one] One pair of accounts is probably the same
   *[other] { $count } pairs of accounts are probably the same
}
duplicates-sub = Compared are names without legal form and spelling, address, website, VAT id and LEI, and mail domains and phone numbers of those who work there.
duplicates-score = Score
duplicates-score-from = Score from
duplicates-score-wrong = A number from { $min } to 100.
duplicates-one = Account
duplicates-other = and account
duplicates-why = Reasons
duplicates-more = and { $count } more; merge the first ones, or ask for a higher score.
duplicates-none-text = From this score on, no account is like another.
duplicates-compare = Compare
duplicates-dismiss = Not the same
duplicates-dismissed = This pair will not be reported any more.
duplicates-dismissed-already = This pair is noted as different already.
duplicates-same = This is the same account twice.
duplicates-merge-title = Merge
duplicates-merge-sub = { $gone } becomes part of { $kept }.
duplicates-merge-note = Numbers, addresses, group relations, account team, people, contacts, maps, ratings and decisions go over to the account that stays; its figures are then those of both. It can be undone.
duplicates-kept = Stays
duplicates-gone = Becomes part of it
duplicates-both = (both)
duplicates-swap = The other way round
duplicates-merge-do = Merge
duplicates-merged = Merged. Under “Merged” at the duplicates it can be undone.
duplicates-merges = Merged
duplicates-merges-sub = What was merged can be parted again, in reverse order.
duplicates-merges-none = Nothing merged yet.
duplicates-undo = Undo
duplicates-undo-sure = Part the two again?
duplicates-undone = { $kept } and { $gone } are two again.
duplicates-undone-on = undone on { $day }
duplicates-undone-already = This is undone already.
duplicates-later-first = One of the two was merged again later (no. { $id }); undo that first.
duplicates-later-people-first = People who work there were merged later (no. { $id }); undo that first.
duplicates-later-accounts-first = An account where they work was merged later (no. { $id }); undo that first.
duplicates-finding-people = { $count ->
    [0] No duplicates
    [one] One pair of people is probably the same
   *[other] { $count } pairs of people are probably the same
}
duplicates-people-sub = Compared are names in any spelling and order, mail addresses, phone numbers, employer and birthday.
duplicates-none-people-text = From this score on, nobody is like anybody else.
duplicates-one-person = Person
duplicates-other-person = and person
duplicates-kind = Kind
duplicates-same-person = This is the same person twice.
duplicates-field-unknown = A person has no such field.
duplicates-merge-people-note = Ways to reach them, employments, notes, places on maps and all contacts go over to the person who stays. It can be undone.
reason-vat_id = same VAT id
reason-lei = same LEI
reason-name = same name
reason-similar_name = similar name
reason-address = same address
reason-postal_code = same postal code
reason-city = same city
reason-website = same website
reason-mail_domain = same mail domain
reason-office_phone = same phone number
reason-switchboard = same switchboard
reason-mail = same mail address
reason-phone = same phone number
reason-employer = same employer
reason-birthday = same birthday
reason-other_vat_id = but another VAT id
reason-other_lei = but another LEI
reason-other_country = but another country
reason-other_person = but another first name or birthday
