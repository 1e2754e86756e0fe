key-title = { $name }: key account?
key-lede = { $count ->
    [0] No key account yet
    [one] One key account
   *[other] { $count } key accounts
}, { $open ->
    [0] no nomination open
    [one] one nomination open
   *[other] { $open } nominations open
}.
key-sub = A key account is declared by the sales lead, with reason and date; scores only suggest. { $due ->
    [0] No review is due.
    [one] One review is due.
   *[other] { $due } reviews are due.
}
key-list = Key accounts
key-none = No account is declared a key account yet.
key-open = { $count ->
    [one] One nomination waits for a decision
   *[other] { $count } nominations wait for a decision
}
key-doubted = { $count ->
    [one] One key account fell below the threshold
   *[other] { $count } key accounts fell below the threshold
}
key-suggested = { $count ->
    [one] One account reaches the thresholds
   *[other] { $count } accounts reach the thresholds
}
key-suggested-text = Score, class and coverage suffice. An account is nominated only when somebody says why.
key-since = Since
key-since-day = since { $day }
key-due = due
key-in-days = { $days ->
    [one] in one day
   *[other] in { $days } days
}
key-points = score { $score }
key-nominate = Nominate
key-nominate-do = Submit nomination
key-nominated = Nomination submitted.
key-nominated-by = { $name }, { $at }
key-nominated-already = A nomination of this account waits for a decision already.
key-nomination-closed = This nomination is decided already.
key-nomination-open = Nominated
key-not-nominated = Only a nominated account can be declared or declined. Nominate it first.
key-review = review
key-review-it = Put up for review
key-review-open = Put up for review
key-review-on = review { $day }
key-put-up = Put up for review
key-proposed = Nominated
key-taken-back = withdrawn
key-waits = nomination waits
key-withdraw = Withdraw nomination
key-withdraw-sure = Withdraw this nomination? It stays in the history.
key-withdrawn = Nomination withdrawn.
key-statement = Statement
key-statement-hint = What speaks for it beyond revenue? The statement stays for ever.
key-statement-missing = Please say why.
key-decide = Decide
key-decide-do = Record decision
key-decided = Decided.
key-decided-on = Decided on
key-decision = Decision
key-decision-declare = Declare
key-decision-decline = Decline
key-decision-keep = Keep
key-decision-revoke = Revoke
key-decision-wrong = This cannot be decided here: key accounts are kept or revoked, others declared or declined.
key-reason = Reason
key-reason-missing = Every decision needs a reason.
key-in-the-future = The day of the decision must not lie in the future.
key-before-last = The day lies before that of the last decision.
key-manager = Key account manager
key-manager-hint = Assigned to the account from the day of the decision on. Not needed to decline or revoke.
key-manager-missing = A key account needs a key account manager.
key-manager-wrong = There is no such user, or they are not active.
key-reach = Reach
key-reach-national = national
key-reach-international = international
key-reach-group = whole group
key-reach-missing = National, international or whole group.
key-next-review = Next review
key-review-missing = A key account needs the day of its next review.
key-review-early = The next review must lie after the decision.
key-why = Why this is a key account
key-why-not = What was decided
key-never = Nothing was ever decided about this account.
key-history = History
key-snapshot = then score { $score }, coverage { $coverage }, class { $class }, model { $model }
key-score-then = { $score } when decided
key-owed = What the account is owed: class { $class }
key-owed-column = Owed
key-done-column = Done
key-none-owed = none
key-every-months = { $months ->
    [one] every month
   *[other] every { $months } months
}
key-a-year = { $amount } a year
key-contact = Contact
key-contacts = within a year: { $contacts }
key-visits = { $count ->
    [one] { $count } visit
   *[other] { $count } visits
}
key-calls = { $count ->
    [one] { $count } call
   *[other] { $count } calls
}
key-videos = { $count ->
    [one] { $count } video meeting
   *[other] { $count } video meetings
}
key-mails = { $count ->
    [one] { $count } mail
   *[other] { $count } mails
}
key-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
key-no-contact = none within a year
key-contact-visit = visit
key-contact-video = video call
key-contact-phone = phone
key-contact-mail = in writing
key-class-wrong = key, a, b or c.
key-contact-wrong = Visit, video, phone or mail.
key-sponsor = Executive sponsor
key-sponsor-missing = missing
key-business-review = Business review
key-gifts = Gifts
key-gift-budget = Gifts a year, { $currency }
key-gifts-wrong = An amount from 0 on, or empty for no gifts.
key-review-months = Business review every … months
key-months-wrong = A number of months from 1 to 60, or empty.
key-service = Service level
key-treatments = Treatment by class
key-treatments-sub = What each class gets. Key accounts have a line of their own, whatever their ABC class.
key-cadence-elsewhere = How often there should be contact stands with the cadences by class and role.
key-owed-without-class = What the account is owed: without a class as yet, as C
