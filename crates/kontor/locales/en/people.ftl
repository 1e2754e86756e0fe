# Contacts
people-title = Contacts
people-name = Name
people-salutation = Salutation
people-salutation-none = none
salutation-ms = Ms
salutation-mr = Mr
people-academic-title = Title
people-academic-title-hint = As on the business card, such as “Prof. Dr.”
people-first-name = First name
people-last-name = Last name
people-formality = Form of address
formality-formal = formal (Sie)
formality-informal = by first name (Du)
people-languages = Languages
people-languages-hint = Codes, the preferred one first: “en de”
people-letters-de = letters in German
people-letters-en = letters in English
tongue-cs = Czech
tongue-da = Danish
tongue-de = German
tongue-en = English
tongue-es = Spanish
tongue-fi = Finnish
tongue-fr = French
tongue-hu = Hungarian
tongue-it = Italian
tongue-nl = Dutch
tongue-pl = Polish
tongue-pt = Portuguese
tongue-ro = Romanian
tongue-sv = Swedish
tongue-tr = Turkish
people-letter = Salutation in letters
people-address-line = Address line
people-birthday = Birthday
people-birthday-hint = “5 Mar 1970”, or without the year “5 Mar”
people-remark = Remark
people-no-special = Write nothing about health, religion or family: there is no place for it here.
people-channels = Reached by
people-channels-hint = Empty rows do not count. What is removed ends today and stays in the history.
people-channel-more = There are more rows after saving.
people-channel-ended = until { $date }
people-channels-ended = No longer used
channel-work_phone = Phone
channel-mobile = Mobile
channel-home_phone = Private phone
channel-fax = Fax
channel-work_mail = Mail
channel-home_mail = Private mail
channel-address = Address
channel-website = Website
channel-profile = Network profile
people-origin = Where this is known from
people-origin-hint = Holds for everything that is new or changes here.
people-source = Source
people-source-hint = Such as “business card, trade fair”
people-source-unknown = not given
people-basis = Legal basis
basis-f = Legitimate interest, GDPR Art. 6 (1) f
basis-b = Contract, GDPR Art. 6 (1) b
basis-a = Consent, GDPR Art. 6 (1) a
people-since = Since
people-when = Period
people-datum = What
datum-name = Name and title
datum-formality = Form of address
datum-languages = Languages
datum-birthday = Birthday
datum-remark = Remark
datum-channel = Channel
datum-employment = Employment
people-provenance = Where the data are known from
people-provenance-change = Change the source

people-employments = Employments
people-company = Company
people-function = Function
people-department = Department
people-reports-to = Reports to
people-reports-to-nobody = not known
people-from = From
people-to = To
people-days-open = since { $from }
people-days-until = until { $to }
people-days-between = { $from } to { $to }
people-days-unknown = days not known
people-primary = Primary
people-primary-hint = The employment this person is named with
people-former = former
people-outside = outside our accounts
people-employment-new = Add an employment
people-employment-edit = Change employment
people-employment-end = End employment
people-employment-end-hint = The last day ends it; it stays in the history.
people-employment-added = The employment is there.
people-place = This is
place-account = an account
place-prospect = a new prospect
place-outside = none of our accounts
people-company-hint = Customer number or name

people-new = Add a contact
people-edit = Change
people-edit-title = Change { $name }
people-added = The contact is there.
people-archive = Archive
people-archive-confirm = Take out of lists and suggestions? The history stays.
people-archive-reason = Reason
people-archived = Archived since { $date }
people-archived-done = The contact is archived.
people-unarchive = Take back
people-unarchived-done = The contact is taken back.
people-archived-already = This contact is archived already.
people-archived-not = This contact is not archived.

people-none-found = No contact fits
people-none-at = Nobody is known here yet
people-finding = { $count ->
    [0] No contact yet
    [one] One contact
   *[other] { $count } contacts
}
people-at = { $count ->
    [one] One contact at { $account }
   *[other] { $count } contacts at { $account }
}
people-none-text = Who decides there, who calls back? The first contact turns figures into a relationship.
people-former-title = { $count ->
    [one] One former contact
   *[other] { $count } former contacts
}
people-all-title = See all

people-name-missing = Please give a first or last name.
people-text-too-long = At most { $max } characters.
people-choice-wrong = Please choose one of these.
people-basis-wrong = Please choose one of the three legal bases.
people-languages-wrong = Codes such as “de” or “en”, at most eight, separated by blanks.
people-birthday-ahead = The birthday must not lie in the future.
people-birthday-wrong = This is no birthday. Examples: 5 Mar 1970 or 5 Mar.
people-channel-kind-wrong = Please choose one of the kinds.
people-channels-many = At most { $max } channels.
people-mail-wrong = “{ $value }” is not a mail address.
people-phone-wrong = “{ $value }” is not a telephone number.
people-reports-to-wrong = There is no such person here.
people-reports-to-circle = This person reports to them.
people-days-reversed = The last day is before the first.
people-account-unknown = There is no such account here. Please give its number or its full name.
people-account-several = Several accounts fit: { $names }. Please give what stands in brackets.
people-company-missing = Please name the company.

people-letter-title = Letters
people-job = Change of job
people-job-title = { $name } changes jobs
people-job-sub = The old employment ends, the new one begins; what was, stays with the old account. Both account teams are told.
people-job-old = Until now
people-job-old-none = There is no employment at present.
people-job-new = From now on
people-job-last = Last day of the old job
people-job-first = First day of the new job
people-job-first-hint = Empty: the day after
people-job-end-channels = Telephone numbers, fax and mail of the old job end
people-job-phone = New phone
people-job-mail = New mail
people-job-do = Enter the change
people-job-done = { $name } is at { $company } now.
people-job-employment-wrong = Please choose an employment that goes on.
people-job-before = The new job begins before the old one ends.
people-job-same = This is the present job. A new function there can be entered with “Change”.
people-day-missing = Please give a day.
people-search = Name, mail, phone
people-similar = Nobody has exactly this name; these are similar.
people-none = Nobody fits.
people-show = Show
people-state = Who
people-state-all = everybody
people-state-present = at accounts today
people-state-former = formerly at accounts
people-state-archived = archived

# Contacts in and out
contacts-title = Import contacts
contacts-sub = vCards of Outlook, Apple or Gmail, or a table. First the preview, then they are taken in.
contacts-file = File
contacts-file-hint = vCard (.vcf), CSV or Excel; at most 5,000 contacts and 32 MB.
contacts-files = Read last
contacts-read = Read
contacts-take = Take the contacts in
contacts-keep = Save decisions
contacts-discard = Discard
contacts-discard-confirm = Discard this file? No contact is taken in.
contacts-discarded = The file is discarded.
contacts-finding = { $count ->
    [one] One contact in { $file }
   *[other] { $count } contacts in { $file }
}
contacts-counts = { $new } new, { $updated } to complete, { $skipped } to skip. { $found } belong to known accounts.
contacts-taken = { $added } new, { $updated } completed, { $skipped } skipped.
contacts-line = Line
contacts-at-line = Line { $line }
contacts-found = Found
contacts-becomes = Becomes
contacts-account = Account
contacts-number = Customer number
contacts-reason = Reason
contacts-text = Content
contacts-left = not taken in: { $what }
contacts-same-as = like line { $line }
contacts-rejected-title = Rejected
contacts-rejected = { $count ->
    [one] One entry is no contact
   *[other] { $count } entries are no contacts
}
contacts-reason-no_name = without a name
contacts-reason-not_a_card = not a vCard
contacts-reason-unfinished = the card does not end
contacts-reason-unreadable = cannot be read
contacts-reason-group_card = a group, not a person
contacts-by-number = by number
contacts-by-name = by name
contacts-by-domain = by mail domain
contacts-by-mail = same mail
contacts-by-phone = same phone number
contacts-choice-new = new
contacts-choice-update = complete
contacts-choice-skip = skip
contacts-state-open = waits for a decision
contacts-state-done = taken in
contacts-state-discarded = discarded
contacts-missing = Please choose a file.
contacts-empty = There is no contact in the file.
contacts-unreadable = The file cannot be read. vCard, CSV and Excel are possible.
contacts-no-columns = No column holds names. Looked for are “First Name”, “Last Name”, “Name” or “Vorname”, for example.
contacts-many = At most { $max } contacts per file.
contacts-closed = This file is decided about already.
contacts-choice-wrong = Please choose one of these.
contacts-account-unknown = Line { $line }: there is no such account here, or several fit.
contacts-person-gone = One of the people is gone. Please read the file again.
contacts-person-archived = Line { $line }: { $name } is archived. Please choose “new” or “skip”, or take the person back.
contacts-export-many = At most { $max } contacts per file. Please narrow the selection.
contacts-export-card = vCard
contacts-export-card3 = vCard for Outlook

# Private notes
notes-title = Private notes
notes-who = Only you and the account team read them; each reading by others is written down.
notes-logged = Your reading is written down; the authors see it.
notes-read = { $count ->
    [one] Read one note of others
   *[other] Read { $count } notes of others
}
notes-read-by = read by { $names }
notes-new = Write a note
notes-kind = What it is about
notes-body = Note
notes-add = Save the note
notes-end = End
notes-ended = The note is ended.
notes-missing = Please write something.
note-kind-preference = preference
note-kind-opener = conversation opener
note-kind-other = other
people-export-hint = Those ticked, else the whole list:
people-pick = Selection
people-pick-one = Select { $name }
people-history = Changes
people-restored = The former value is back.
people-prospect-known = There is an account of this name already; please choose “an account”.
