# Words
scoring-score = Score
scoring-coverage = Coverage
scoring-change = Change
scoring-stance = Stance
scoring-criterion = Criterion
scoring-weight = Weight
scoring-weight-percent = Weight in %
scoring-points = Points
scoring-points-of = Points: { $criterion }
scoring-because = Because
scoring-contribution = Contribution
scoring-brings = Brings
scoring-sum = Sum
scoring-axis = Axis
scoring-axis-none = none
scoring-axis-attractiveness = Attractiveness
scoring-axis-position = Own position
scoring-how = Computation
scoring-note = Note
scoring-rank-best = Best rank
scoring-rank-worst = Worst rank
scoring-rater = Who
scoring-rating = Rating
scoring-evidence = Evidence
scoring-rated_on = On
scoring-review = Look again on
scoring-stance-invest = Invest
scoring-stance-maintain = Maintain
scoring-stance-selective = Selective
scoring-stance-withdraw = Withdraw
scoring-metric-revenue = Revenue
scoring-metric-margin = Margin
scoring-metric-growth = Growth in %
scoring-metric-breadth = Number of product groups
scoring-metric-regularity = Months with orders in %

# List
scoring-lede = { $high ->
    [0] None
    [one] One
   *[other] { $high }
} of { $ranked ->
    [one] one valued account
   *[other] { $ranked } valued accounts
} { $high ->
    [one] reaches
   *[other] reach
} a score of { $from } or more.
scoring-lede-found = { $count ->
    [0] No account fits
    [one] One account fits
   *[other] { $count } accounts fit
} the selection.
scoring-lede-none = Not enough is known of any account yet: { $least }% of the weight is needed.
scoring-sub = figures from { $from } to { $to }, { $count ->
    [one] one account
   *[other] { $count } accounts
}.
scoring-rank-range = { $rank } ({ $best }–{ $worst })
scoring-a_low = { $count ->
    [one] One A account scores
   *[other] { $count } A accounts score
} below { $from }: large, but not worth the effort
scoring-b_high = { $count ->
    [one] One B or C account reaches
   *[other] { $count } B or C accounts reach
} { $from }: worth more than revenue shows
scoring-show_them = Show
scoring-sort = Sorted by
scoring-contrast = Against ABC
scoring-contrast-a_low = A with a low score
scoring-contrast-b_high = B and C with a high one
scoring-too-little = Too little is known for a rank

# One account
scoring-of-hundred = of 100
scoring-too-little-for = below { $least }% coverage, not ranked
scoring-known-of = { $known } of { $all } criteria known
scoring-rank-steady = of { $ranked }; also with other weights
scoring-rank-note = of { $ranked }; with ±20% weight { $best } to { $worst }
scoring-not-ranked = not ranked
scoring-since = since { $date }
scoring-no-last = no kept result
scoring-where-from = Where the score comes from
scoring-formula-whole = Sum of weight × points ÷ 5
scoring-formula = Sum of weight × points ÷ 5, divided by the { $coverage } of weight that is known
scoring-changed = What changed
scoring-changed-from = From { $was } to { $is }: what changed
scoring-changed-nothing = Nothing changed since the last kept result.
scoring-nothing-known = There is no invoice and no rating of this account yet.
scoring-unknown = unknown
scoring-not-rated = not rated
scoring-one-rater = one rating
scoring-raters-agree = { $count } ratings that agree
scoring-raters = { $count } ratings from { $low } to { $high }
scoring-stale = overdue
scoring-of-months = in { $share } of months
scoring-groups = { $count ->
    [one] one product group
   *[other] { $count } product groups
}

# Ratings
scoring-ratings = Ratings
scoring-ratings-none = Nobody has rated this account yet.
scoring-ratings-ended = { $count ->
    [one] One earlier rating
   *[other] { $count } earlier ratings
}
scoring-no-evidence = without evidence
scoring-rate-title = Your rating
scoring-rate-save = Rate
scoring-rated = Rating saved.
scoring-rate-nothing = Nothing new: change at least one rating.
scoring-rating-wrong = A rating from 0 to 5; for yes or no only 5 or 0.
scoring-rating-ended = This rating does not count any more already.
scoring-review-past = The day to look again must lie after today.
scoring-withdraw = Withdraw
scoring-withdraw-sure = Withdraw this rating? It stays in the history and counts no longer.
scoring-withdrawn = Rating withdrawn.

# Kept results
scoring-kept-title = Kept results
scoring-kept-sub = A kept result stays readable with the model it was made with. Changes are counted against the last one.
scoring-kept-none = No result is kept yet.
scoring-kept-at = Kept
scoring-kept-count = Count
scoring-kept-by = By
scoring-kept-notice = Result of { $at }, kept by { $by }.
scoring-to-present = To the present
scoring-keep = Keep the present result
scoring-keep-nothing = The sales ledger is empty; there is nothing to keep.
scoring-kept-done = Result kept.

# Model
scoring-model = Model
scoring-model-version = Model { $version }
scoring-version = Version { $version }
scoring-given = Default
scoring-made = { $by }, { $at }
scoring-model-old = This is an earlier version.
scoring-model-to-newest = To the one in force
scoring-model-set = Model { $version } is in force.
scoring-model-save = Save as a new version
scoring-model-note = Why this version
scoring-model-empty = A model needs at least one criterion.
scoring-model-repeated = The same criterion is in it twice.
scoring-weights = Criteria and weights
scoring-weights-text = The weights sum to 100%. Five to eight criteria can be kept in view; a criterion without a weight is not part of the model.
scoring-weights-wrong = The weights sum to { $sum } instead of 100.
scoring-weight-wrong = { $name }: a whole number from 0 to 100.
scoring-advice-count = { $count ->
    [one] One criterion
   *[other] { $count } criteria
} in the model: five to eight are recommended.
scoring-advice-light = “{ $name }” weighs less than 5% and hardly changes anything.
scoring-advice-axis = No criterion is part of the axis “{ $axis }”; the matrix stays empty.
scoring-thresholds = Thresholds
scoring-least-coverage = Least coverage in %
scoring-least-coverage-hint = Below it an account is not ranked and not suggested.
scoring-suggest-from = Suggested from score
scoring-suggest-from-hint = Who reaches it is suggested as a key account.
scoring-suggest-class = Suggested from class
scoring-keep-from = Review below score
scoring-keep-from-hint = Key accounts below it are put up for review.
scoring-attractive-from = Attractive from score
scoring-strong-from = Strong position from score
scoring-axis-hint = Divides this axis of the matrix.
scoring-class-wrong = A, B or C.
scoring-percent-wrong = A whole number from 0 to 100.
scoring-versions = Versions
scoring-archived = No longer offered:

# Criterion
scoring-criterion-unknown = There is no such criterion, or it is no longer offered.
scoring-out-wrong = The name of the file must end in .csv or .xlsx.
scoring-criterion-add = Add a criterion
scoring-criterion-add-sub = What else do you measure an account by? Once added, it gets its weight in the model.
scoring-criterion-added = Criterion added. Give it its weight here.
scoring-criterion-change = Change
scoring-criterion-change-text = This makes a new version, and where the model has the criterion, a new version of the model. Kept results stay as they were.
scoring-criterion-archive = Offer no longer
scoring-criterion-offer = Offer again
scoring-criterion-in-model = The criterion is part of the model; take its weight away there first.
scoring-kind-rated = Rated from 0 to 5
scoring-kind-yes_no = Yes or no
scoring-kind-metric = Figure of the sales ledger
scoring-kind-wrong = Rated (rated), yes or no (yes_no), or a figure (metric).
scoring-kind-fixed = The kind of a criterion cannot be changed, as its ratings would mean something else. Add a new one.
scoring-name-de = Name in German
scoring-name-en = Name in English
scoring-name-taken = There is a criterion of this name already.
scoring-text-missing = Please fill this in.
scoring-text-long = At most { $max } characters.
scoring-metric = Figure
scoring-metric-wrong = One of the figures in the list.
scoring-scale = Points by
scoring-scale-breakpoints = breakpoints
scoring-scale-percentiles = standing among all accounts
scoring-scale-hint = Breakpoints in the unit of the figure; or the share of accounts in % that one is ahead of.
scoring-scale-wrong = Breakpoints (breakpoints) or standing (percentiles).
scoring-scale-falls = The five values must rise; shares must lie between 0 and 100.
scoring-number-wrong = Not a number.
scoring-at = { $step } from
scoring-anchor-de = { $step } means in German
scoring-anchor-en = { $step } means in English
scoring-steps = What the steps mean
scoring-steps-metric = Each value that is reached gives one point, so 0 to 5.
scoring-how-breakpoints = { $metric }: one point for each of { $values }
scoring-how-percentiles = { $metric }: one point for each share of accounts one is ahead of: { $values }
scoring-how-rated = Rated from 0 to 5, mean of all ratings
scoring-how-yes_no = Yes gives 5 points, no none

# Explanation in files
scoring-explanation = Explanation
scoring-column = Column
scoring-explain-score = 100 × Σ(weight × points ÷ 5) ÷ Σ weight, both sums over the criteria with known points
scoring-explain-coverage = Σ weight of the criteria with known points ÷ Σ weight of all criteria
scoring-explain-rank = 1 + number of accounts with a higher score; only accounts with at least { $least }% coverage
scoring-explain-range = Best and worst rank when the weight of one criterion at a time is lowered or raised by 20% and the sum is brought back to 100
scoring-explain-change = Score minus the score of the last kept result
scoring-explain-axis = The same formula as the score, over the criteria of this axis only
scoring-explain-stance = For ranked accounts only. Attractive from { $attractive } and strong from { $strong }: maintain; only attractive: invest; only strong: selective; else: withdraw

# Matrix
scoring-matrix-title = Attractiveness against own position
scoring-matrix-lede = { $count ->
    [one] One account
   *[other] { $count } accounts
}: { $invest } invest, { $maintain } maintain, { $selective } selective, { $withdraw } withdraw.
scoring-matrix-none = No account has a place in the matrix yet.
scoring-matrix-tail = where the account stood a year before
scoring-matrix-marked = key account, with a ring
scoring-matrix-largest = Drawn are the { $drawn } largest of { $all }; the table has all.
scoring-matrix-axis = { $axis }: { $criteria }.
scoring-matrix-area = The area of a circle is revenue.
scoring-matrix-stances = What the cells recommend
scoring-matrix-borders = Attractive from a score of { $attractive }, strong position from { $strong }. Only ranked accounts have a place.
scoring-matrix-bubble = { $name }: revenue { $revenue }, attractiveness { $attractiveness }, own position { $position }, { $stance }
scoring-before = before
scoring-stance-text-invest = Attractive, but we are weak: spend time and money to win ground.
scoring-stance-text-maintain = Attractive, and we are strong: hold the position and secure it against competitors.
scoring-stance-text-selective = Less attractive, but we are strong: take what pays, with little effort.
scoring-stance-text-withdraw = Less attractive, and we are weak: standard care, or none.

# Rounds
scoring-rounds = { $open ->
    [0] No round is open
    [one] One round is open
   *[other] { $open } rounds are open
}
scoring-rounds-none = No rating round yet
scoring-rounds-text = In a round several people rate the same accounts by a day, in a table with the keyboard.
scoring-round = Round
scoring-round-name = Name of the round
scoring-round-open = Open a round
scoring-round-open-sub = Who shall rate which accounts by when and by what?
scoring-round-open-do = Open
scoring-round-opened = Round opened.
scoring-round-sub = Due { $due }, opened by { $name }.
scoring-round-close = Close
scoring-round-close-sure = Close this round? Nobody can rate in it any more; what is rated stays.
scoring-round-closed = This round is closed.
scoring-round-closed-done = Round closed.
scoring-round-state-open = open
scoring-round-state-closed = closed
scoring-round-progress = { $given } of { $all } ratings given
scoring-round-empty = Nobody has anything to rate in this selection.
scoring-state = State
scoring-due = Due
scoring-due-past = The day is past already.
scoring-opened-by = Opened by
scoring-given-count = Given
scoring-given-of = { $given } of { $all }
scoring-selection = Which accounts
scoring-selection-a = A accounts
scoring-selection-ab = A and B accounts
scoring-selection-rated = those rated before
scoring-selection-largest = the largest
scoring-selection-wrong = A selection from the list.
scoring-accounts-max = At most so many, the largest first
scoring-accounts-wrong = A number from 1 to { $max }.
scoring-raters-legend = Who rates
scoring-raters-missing = At least one active user who may rate.
scoring-own-only = Each only the accounts whose team they are on
scoring-criteria-legend = By what
scoring-criteria-missing = At least one criterion that is rated.
scoring-rate-own = { $count ->
    [one] Rate one account
   *[other] Rate { $count } accounts
}
scoring-rate-keys = Digits 0 to 5 fill a field and go on, arrows and Enter go to the neighbour. For yes or no, 1 stands for yes (5 points) and 0 for no. What you gave last stands in pale.
scoring-rate-nobody = You have no account to rate in this round.
